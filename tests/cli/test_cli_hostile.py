"""The command line in a hostile world: two lines and an exit code, never a trace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.cli.talk import shown

ROOT = Path(__file__).parents[2]


def shell(command: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """A line of a shell, in which `visavis` is the command."""
    script = f'visavis() {{ "{sys.executable}" -m pipeline "$@"; }}; {command}'
    return subprocess.run(
        ["bash", "-c", script], capture_output=True, check=False, cwd=cwd, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )


@pytest.mark.parametrize(
    ("command", "code", "lines"),
    [
        ("echo 'Bonjour.' | visavis split >/dev/full", 1, 2),
        ("echo 'Bonjour.' | visavis split >&-", 0, 0),
        ("echo 'Bonjour.' | visavis split --why >&- 2>&-", 0, 0),
        ("visavis split <&-", 0, 0),
        ("visavis split nowhere 2>/dev/full", 1, 0),
        ("visavis split nowhere 2>&-", 1, 0),
        ("yes 'Bonjour.' | head -n 9000 | visavis split | head -n 1", 0, 0),
    ],
)
def test_streams_that_are_full_or_closed_give_no_trace(tmp_path: Path, command: str, code: int, lines: int) -> None:
    done = shell(command, tmp_path)
    assert done.returncode == code
    assert len(done.stderr.splitlines()) == lines, done.stderr


@pytest.mark.parametrize("path", ["x" * 300, "~nouser/x", "\x1b[31mred", "a\nb", "", "."])
@pytest.mark.parametrize(
    "command",
    [
        ["split"], ["translate"], ["align", "{}"], ["align", "--anchors", "{}", "{}"], ["book", "-o", "x.html"],
        ["compare", "{}"], ["config", "check"], ["run"], ["train"], ["models", "show"], ["models", "fetch"],
        ["memory", "stats", "--memory"], ["memory", "import", "--memory", "{}"],
        ["evaluate", "--source", "{}", "--reference"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_names_of_no_file_give_two_lines(tmp_path, monkeypatch, capsys, command: list[str], path: str) -> None:
    monkeypatch.chdir(tmp_path)
    code = main([*(part.format(path) for part in command), path])
    told = capsys.readouterr().err
    assert code in (1, 2)
    assert "Traceback" not in told
    assert "fault of visavis" not in told
    assert "\x1b" not in told


def test_a_fault_of_ours_is_a_report_with_a_log(monkeypatch, capsys, tmp_path: Path) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise AttributeError("not thought of")

    monkeypatch.setattr("pipeline.split.split_sentences", stumble)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    text = tmp_path / "a.txt"
    text.write_text("Bonjour.")
    assert main(["split", str(text)]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert "fault of visavis" in first
    assert "not thought of" in first
    log = Path(second.rpartition(" ")[2])
    assert "Traceback" in log.read_text()


def test_control_characters_are_seen_and_not_obeyed() -> None:
    assert shown("a\x1b[2Jb\x9bc\u202ed\te\ud800") == "a\\x1b[2Jb\\x9bc\\x202ed\te?"


@pytest.mark.parametrize("option", ["--ladder", "--html"])
@pytest.mark.parametrize("place", ["a.html/x.html", "."])
def test_places_that_cannot_be_are_refused_before_any_work(tmp_path, monkeypatch, capsys, option, place) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.html").touch()
    monkeypatch.setattr("pipeline.documents.pairing.pair_files", lambda *_, **__: pytest.fail("work was done"))
    assert main(["align", "a.html", "a.html", option, place]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_ladder_may_lie_in_a_new_folder(tmp_path: Path) -> None:
    from pipeline.cli.paper import write_file

    write_file(tmp_path / "new" / "x.ladder", b"0\t0\t1\n")
    assert (tmp_path / "new" / "x.ladder").read_bytes() == b"0\t0\t1\n"


def test_a_failure_is_told_in_whole_sentences() -> None:
    from pipeline.cli.ending import _said
    from pipeline.errors import Failure

    assert _said(Failure("a.txt", "is not a regular file", "Check it.")) == "a.txt is not a regular file. Check it."
    assert _said(Failure("a.txt", "a.txt cannot be read", "Do.")) == "a.txt cannot be read. Do."
    assert _said(Failure("a.txt", "no text")) == "a.txt: no text"


def test_being_stopped_before_the_start_is_told(tmp_path: Path, monkeypatch, capsys) -> None:
    (tmp_path / "a.txt").write_text("Il pleut.")
    (tmp_path / "j.yaml").write_text("name: j\ninputs: [a.txt]\n")

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.job.run", stopped)
    assert main(["run", str(tmp_path / "j.yaml"), "--quiet"]) == 130
    assert capsys.readouterr().err == "visavis: stopped; run it again to go on\n"


def test_the_worst_pair_fits_a_line() -> None:
    from pipeline.job.report import Doubtful

    assert str(Doubtful(0.3, "d", "a" * 200, "b")) == f"d (0.30): {'a' * 69}… | b"
