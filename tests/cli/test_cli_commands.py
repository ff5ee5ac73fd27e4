"""The command line as a person uses it: real processes, their output, their exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def visavis(*arguments: str, given: str | bytes = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own; stdin is `given`, in UTF-8 where it is text."""
    raw = given.encode("utf-8") if isinstance(given, str) else given
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        input=raw,
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120"},
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def test_help_names_every_command() -> None:
    done = visavis("--help")
    assert done.returncode == 0
    for command in ("run", "translate", "split", "align", "book", "compare", "train", "evaluate", "models", "memory"):
        assert command in done.stdout


def test_an_unknown_command_is_wrong_use() -> None:
    done = visavis("trnslate")
    assert done.returncode == 2
    assert "trnslate" in done.stderr


def test_split_gives_one_sentence_a_line() -> None:
    done = visavis("split", given="M. Collomb est venu.Paris envisage autre chose. « Viens ! » dit-il.\n")
    assert done.stdout.splitlines() == ["M. Collomb est venu.", "Paris envisage autre chose.", "« Viens ! » dit-il."]


def test_split_as_json_gives_offsets_into_the_text() -> None:
    text = "Il pleut.  Elle sort."
    found = [json.loads(line) for line in visavis("split", "--json", given=text).stdout.splitlines()]
    assert [text[one["start"] : one["end"]] for one in found] == [one["text"] for one in found]


def test_split_says_why() -> None:
    done = visavis("split", "--why", given="M. Dupont est là. Il dort.")
    assert done.returncode == 0
    assert done.stdout.strip()


def test_text_that_is_not_utf_8_is_refused_with_the_place() -> None:
    done = visavis("split", given=b"\xc9t\xe9 1999")
    assert done.returncode == 1
    assert "0xc9 at offset 0" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 2


def test_translate_gives_as_many_lines_as_it_took() -> None:
    lines = ["Le chat dort. Le chien mange.", "", "12:30", "   ", "Bonjour à tous."]
    done = visavis("translate", given="\n".join(lines) + "\n")
    assert done.returncode == 0, done.stderr
    made = done.stdout.split("\n")
    assert len(made) == len(lines) + 1
    assert made[0].count(".") == 2
    assert made[1] == made[3] == ""
    assert made[2] == "12:30"


def test_translate_of_nothing_is_nothing() -> None:
    assert visavis("translate", given="").stdout == ""


def test_an_absent_model_is_named_with_both_remedies() -> None:
    done = visavis("translate", "--model", "Nobody/no-such-model@abc123", given="Bonjour.\n")
    assert done.returncode == 1
    assert "Nobody/no-such-model@abc123" in done.stderr
    assert "models fetch" in done.stderr
    assert "allow_download" in done.stderr


def test_models_lists_the_built_in_one() -> None:
    assert visavis("models", "list").stdout.startswith("built-in\tfr-en\t")


def test_align_writes_corpus_book_and_ladder(tmp_path: Path) -> None:
    texts = ROOT / "configs" / "texts"
    done = visavis(
        "align", str(texts / "le-phare.fr.md"), str(texts / "le-phare.en.md"),
        "-o", str(tmp_path / "c.tsv"), "-o", str(tmp_path / "c.html"), "--ladder", str(tmp_path / "c.ladder"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    table = (tmp_path / "c.tsv").read_text(encoding="utf-8")
    assert "Personne ne l'attendait sur le quai.\tNobody was waiting for her on the quay." in table
    assert "<html" in (tmp_path / "c.html").read_text(encoding="utf-8")
    assert (tmp_path / "c.ladder").read_text(encoding="utf-8").startswith("[0]:[0]")


def test_align_of_lines_keeps_each_line_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "fr.txt").write_text("Un. Deux.\nTrois\n", encoding="utf-8")
    (tmp_path / "en.txt").write_text("One. Two.\nThree\n", encoding="utf-8")
    done = visavis("align", "--lines", str(tmp_path / "fr.txt"), str(tmp_path / "en.txt"))
    assert [line.split("\t")[:2] for line in done.stdout.splitlines()] == [
        ["Un. Deux.", "One. Two."],
        ["Trois", "Three"],
    ]


def test_align_of_folders_pairs_files_of_one_stem(tmp_path: Path) -> None:
    for name, text in {
        "fr/chat.txt": "Le chat dort.",
        "fr/seul.txt": "Seul.",
        "en/chat.txt": "The cat sleeps.",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = visavis("align", str(tmp_path / "fr"), str(tmp_path / "en"))
    assert [line.split("\t")[:2] for line in done.stdout.splitlines()] == [["Le chat dort.", "The cat sleeps."]]
    assert "seul.txt has no translation" in done.stderr
    for wrong in (["--start", "1,1"], ["--end", "1,1"]):
        assert "one pair" in visavis("align", str(tmp_path / "fr"), str(tmp_path / "en"), *wrong).stderr
    assert "is no folder" in visavis("align", str(tmp_path / "fr/chat.txt"), str(tmp_path / "en")).stderr


def test_what_frames_a_book_is_not_in_it_unless_asked(tmp_path: Path) -> None:
    frame = "Title: {0}\n\n*** START OF THE EBOOK {0} ***\n\n{1}\n\n*** END OF THE EBOOK {0} ***\n\nFree, {0}.\n"
    (tmp_path / "a.fr.txt").write_text(frame.format("LE VAL", "Il pleut.\n\nUn chat dort."))
    (tmp_path / "a.en.txt").write_text(frame.format("THE VALLEY", "It rains.\n\nA cat sleeps."))
    files = (str(tmp_path / "a.fr.txt"), str(tmp_path / "a.en.txt"))
    done = visavis("align", *files, "-o", str(tmp_path / "a.html"), "-o", str(tmp_path / "a.jsonl"))
    assert done.returncode == 0, done.stderr
    assert "Free, LE VAL." in (tmp_path / "a.jsonl").read_text()
    book = (tmp_path / "a.html").read_text()
    assert "Free, LE" not in book
    assert "A cat sleeps." in book
    assert visavis("align", *files, "--matter", "keep", "-o", str(tmp_path / "b.html")).returncode == 0
    assert "Free, LE VAL" in (tmp_path / "b.html").read_text()
    assert visavis("align", *files, "--matter", "burn").returncode == 2


def test_align_between_a_start_and_an_end(tmp_path: Path) -> None:
    (tmp_path / "fr.txt").write_text("Avant.\nLe chat dort.\nIl pleut.\n", encoding="utf-8")
    (tmp_path / "en.txt").write_text("The cat sleeps.\nIt rains.\nAfter.\n", encoding="utf-8")
    files = ("--lines", str(tmp_path / "fr.txt"), str(tmp_path / "en.txt"))
    done = visavis("align", "--no-chapters", "--start", "1,0", "--end", "3,2", *files)
    assert [line.split("\t")[:2] for line in done.stdout.splitlines()] == [
        ["Avant.", ""], ["Le chat dort.", "The cat sleeps."], ["Il pleut.", "It rains."], ["", "After."],
    ]  # fmt: skip
    assert "no sentences 7 to 3 of 3" in visavis("align", "--start", "7,0", *files).stderr
    assert "'x' is not a pair" in visavis("align", "--end", "x", *files).stderr


def test_a_suffix_without_writer_names_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Bonjour.", encoding="utf-8")
    done = visavis("align", str(tmp_path / "a.txt"), str(tmp_path / "a.txt"), "-o", str(tmp_path / "c.xyz"))
    assert done.returncode == 1
    assert ".xyz" in done.stderr
    assert ".tmx" in done.stderr


def test_book_of_a_corpus(tmp_path: Path) -> None:
    texts = ROOT / "configs" / "texts"
    visavis("align", str(texts / "le-phare.fr.md"), str(texts / "le-phare.en.md"), "-o", str(tmp_path / "c.jsonl"))
    done = visavis("book", str(tmp_path / "c.jsonl"), "-o", str(tmp_path / "c.epub"), "--title", "Le phare")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "c.epub").read_bytes()[:2] == b"PK"


def test_config_check_shows_every_fault_at_once(tmp_path: Path) -> None:
    (tmp_path / "job.yaml").write_text("name: x\ninputs: [a.txt]\nbeem_size: 5\nmax_flagged: 7\n", encoding="utf-8")
    done = visavis("config", "check", str(tmp_path / "job.yaml"))
    assert done.returncode == 2
    assert "job.yaml:3:1" in done.stderr
    assert "beam_size" in done.stderr
    assert "job.yaml:4" in done.stderr


@pytest.mark.parametrize("name", ["calais", "batch", "book", "align", "hub-model"])
def test_every_example_has_no_fault(name: str) -> None:
    done = visavis("config", "check", str(ROOT / "configs" / f"{name}.yaml"))
    assert done.returncode == 0, done.stderr


def test_config_schema_is_json() -> None:
    assert "properties" in json.loads(visavis("config", "schema").stdout)


@pytest.mark.parametrize("name", ["batch", "book", "align"])
def test_every_example_runs(name: str, tmp_path: Path) -> None:
    config = str(ROOT / "configs" / f"{name}.yaml")
    planned = visavis("run", config, "--dry-run", cwd=tmp_path)
    assert planned.returncode == 0, planned.stderr
    assert not list(tmp_path.glob("outputs/*/corpus*"))
    done = visavis("run", config, cwd=tmp_path)
    assert done.returncode == 0, done.stderr + done.stdout
    assert list((tmp_path / "outputs" / name).glob("corpus.*"))


def test_run_of_a_missing_file_says_so_and_does_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Bonjour à tous.", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "job.yaml").write_text("name: mixed\ninputs: [good.txt, bad.txt]\nwrite: [tsv]\n", encoding="utf-8")
    done = visavis("run", "job.yaml", cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    assert "bad.txt" in done.stderr
    assert "Bonjour" in (tmp_path / "outputs" / "mixed" / "corpus.tsv").read_text(encoding="utf-8")


def test_a_stopped_run_says_how_to_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Le chat dort.\n\n" * 20, encoding="utf-8")
    (tmp_path / "job.yaml").write_text("name: j\ninputs: [a.txt]\nwrite: [tsv]\n", encoding="utf-8")
    script = (
        "import os, signal, pipeline.cli.progress as progress\n"
        "progress._Plain.__call__ = lambda self, event: os.kill(os.getpid(), signal.SIGINT)\n"
        "from pipeline.cli import main; raise SystemExit(main(['run', 'job.yaml']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 130, done.stderr
    assert "run the job 'j' again" in done.stderr
    assert visavis("run", "job.yaml", cwd=tmp_path).returncode in (0, 3)


@pytest.mark.parametrize("command", [("stats",), ("export", "all.jsonl"), ("prune", "--parts", "x")])
def test_looking_into_a_memory_makes_none(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = visavis("memory", *command, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "outputs/memory.sqlite does not exist" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_memory_takes_corrections_and_the_next_run_uses_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Le chat dort.", encoding="utf-8")
    (tmp_path / "fixed.tsv").write_text("Le chat dort.\tThe tomcat slumbers.\n", encoding="utf-8")
    (tmp_path / "job.yaml").write_text("name: j\ninputs: [a.txt]\nwrite: [tsv]\n", encoding="utf-8")
    assert visavis("run", "job.yaml", cwd=tmp_path).returncode in (0, 3)
    done = visavis("memory", "import", "fixed.tsv", cwd=tmp_path)
    assert "1 correction, 0 unchanged" in done.stderr
    assert visavis("run", "job.yaml", cwd=tmp_path).returncode in (0, 3)
    assert "The tomcat slumbers." in (tmp_path / "outputs" / "j" / "corpus.tsv").read_text(encoding="utf-8")


def test_a_web_page_is_read_whole_when_asked(tmp_path: Path) -> None:
    page = "<html><body><nav>Accueil</nav><main><p>Le chat dort sur le lit.</p></main></body></html>"
    (tmp_path / "p.html").write_text(page, encoding="utf-8")
    (tmp_path / "job.yaml").write_text("name: j\ninputs: [p.html]\nwrite: [tsv]\nmax_flagged: 1\n", encoding="utf-8")
    corpus = tmp_path / "outputs" / "j" / "corpus.tsv"
    assert visavis("run", "job.yaml", cwd=tmp_path).returncode == 0
    assert "Accueil" not in corpus.read_text(encoding="utf-8")
    planned = visavis("run", "job.yaml", "-c", "web_pages=all", "--dry-run", cwd=tmp_path)
    assert "web pages changed: main → all" in planned.stdout
    assert visavis("run", "job.yaml", "-c", "web_pages=all", cwd=tmp_path).returncode == 0
    assert "Accueil" in corpus.read_text(encoding="utf-8")
