"""From a text to a book in one line, and from results to another; what is wrong is said before any work."""

from __future__ import annotations

import importlib.util
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.job.export import BookFacts, check_outputs
from pipeline.languages.codes import language_code

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "configs" / "texts"


def _visavis(*arguments: str, cwd: Path, given: str = "") -> tuple[int, str, str]:
    spec = importlib.util.spec_from_file_location("commands", Path(__file__).with_name("test_cli_commands.py"))
    assert spec is not None
    assert spec.loader is not None
    commands = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(commands)
    done = commands.visavis(*arguments, cwd=cwd, given=given)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once")
    (folder / "court.md").write_text("# Le soir\n\nLe vent tombe. Il pleut.\n", encoding="utf-8")
    code, _, err = _visavis("translate", "court.md", "-o", "r.html", "-o", "n.epub", "-o", "c.tsv", cwd=folder)
    assert code == 0, err
    assert "1 document, 3 sentences; 3 translated anew" in err
    assert "open  r.html  n.epub" in err
    assert "use   c.tsv" in err
    return folder


def test_a_text_becomes_books_and_a_corpus_in_one_line(made: Path) -> None:
    assert "Le vent tombe." in (made / "r.html").read_text(encoding="utf-8")
    assert "Le vent tombe.\t" in (made / "c.tsv").read_text(encoding="utf-8")
    with zipfile.ZipFile(made / "n.epub") as package:
        assert b"Le soir" in package.read("EPUB/title.xhtml")


def test_a_second_time_calls_no_model_and_gives_the_same_bytes(made: Path) -> None:
    before = (made / "r.html").read_bytes()
    code, _, err = _visavis("translate", "court.md", "-o", "again.html", cwd=made)
    assert (code, "nothing had to be translated anew" in err) == (0, True)
    assert (made / "again.html").read_bytes() == before


def test_results_become_another_book(made: Path) -> None:
    code, _, err = _visavis("book", "outputs/translate-court", "-o", "x.html", "--layout", "source", cwd=made)
    assert code == 0, err
    text = (made / "x.html").read_text(encoding="utf-8")
    assert 'data-layout="source"' in text
    assert "<h1" in text  # headings, which corpus files do not keep


def test_init_writes_a_job_that_runs(made: Path) -> None:
    (made / "texts").mkdir(exist_ok=True)
    (made / "texts" / "a.txt").write_text("Il pleut.", encoding="utf-8")
    assert _visavis("init", "texts", cwd=made)[:2] == (0, "texts.yaml\n")
    code, out, _ = _visavis("run", "texts.yaml", "--dry-run", cwd=made)
    assert (code, "texts/a.txt: 1 sentence, 2 words; " in out) == (0, True)
    code, _, err = _visavis("init", "texts", cwd=made)
    assert (code, "--force" in err) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("translate", "Bonjour à tous."), 1, "echo 'Bonjour à tous.' | visavis translate"),
        (("translate", "n.epub"), 1, "visavis translate n.epub -o n.html"),
        (("translate", "court.md", "--title", "X"), 2, "no book is asked for"),
        (("translate", "-o", "r.html"), 2, "no file to translate"),
        (("translate", "court.md", "-o", "r.xyz"), 1, "no writer for .xyz"),
        (("translate", "court.md", "-o", "court.md/r.html"), 1, "is no folder"),
        (("translate", "court.md", "-o", "r.html", "--layout", "poem"), 1, "'poem'"),
        (("translate", "court.md", "-o", "r.pdf", "--layout", "source"), 1, "pdf: side-by-side"),
        (("translate", "gone.txt", "-o", "r.html"), 1, "gone.txt: No such file"),
        (("translate", "-s", "frog"), 2, "'frog' is no language"),
        (("align", "court.md", "court.md", "--anchors", "nope.txt"), 1, "nope.txt cannot be read"),
        (("job.yaml",), 2, "visavis run job.yaml"),
        (("run", str(ROOT / "configs" / "train.yaml")), 2, "visavis train"),
        (("run", str(ROOT / "configs" / "batch.yaml"), "--only", "zzz*"), 2, "fits none of the inputs"),
        (("memory", "import", "missing.tsv"), 1, "No such file"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(made: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    found, out, err = _visavis(*arguments, cwd=made)
    said = " ".join(err.replace("│", " ").split())
    assert (found, out) == (code, "")
    assert words in said
    assert "Traceback" not in err


def test_help_and_version(made: Path) -> None:
    assert "Pair an existing translation" in _visavis("help", "align", cwd=made)[1]
    listed = _visavis("help", cwd=made)[1]
    assert "translate" in listed
    assert "--dry-run" not in listed
    assert _visavis("help", "memory", "import", cwd=made)[1].count("visavis memory import") == 1
    assert _visavis("-V", cwd=made)[1].startswith("visavis ")


def test_languages_go_by_any_name_and_none_is_made_up() -> None:
    said = {"French": "fr", "fra": "fr", "FR": "fr", "fr_CA": "fr-CA", "pt-br": "pt-BR", "anglais": "en"}
    assert {one: language_code(one) for one in said if one != "anglais"} == {
        one: tag for one, tag in said.items() if one != "anglais"
    }
    for wrong in ("frog", "", "xx", "a b", "und"):
        with pytest.raises(ValueError, match="is no language"):
            language_code(wrong)


def test_a_job_of_an_unknown_language_is_refused(tmp_path: Path) -> None:
    from pipeline.config import load_config

    (tmp_path / "a.yaml").write_text("name: a\ninputs: [a.txt]\nsource_language: frog\n", encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load_config(tmp_path / "a.yaml")
    assert "'frog' is no language" in error.value.faults[0]


def test_outputs_are_checked_before(tmp_path: Path) -> None:
    check_outputs([tmp_path / "new" / "a.html", tmp_path / "b.cards.tsv"], BookFacts(layout="source"))
    assert list(tmp_path.iterdir()) == []


def test_a_document_comes_out_in_its_own_form_and_a_job_is_made_of_a_text(tmp_path: Path) -> None:
    page = '<html lang="fr"><p>Il <b>pleut</b>.</p></html>\n'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    code, _, err = _visavis("translate", "a.html", "-o", "en/b.html", "--document", "-m", "none", cwd=tmp_path)
    assert (code, (tmp_path / "en" / "b.html").read_text(encoding="utf-8")) == (0, page), err
    code, _, err = _visavis("translate", "a.html", "-o", "a.html", "--document", cwd=tmp_path)
    assert (code, "is the original" in err) == (1, True)
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == page
    code, _, err = _visavis("run", "a.html", "-c", "model=none", "-c", "write=document", "-c", "book=[]", cwd=tmp_path)
    assert (code, "made the job a.yaml" in err) == (0, True), err
    assert (tmp_path / "outputs" / "a" / "documents" / "a.html").read_text(encoding="utf-8") == page


def test_who_wants_no_talk_is_told_what_failed(tmp_path: Path) -> None:
    (tmp_path / "a.tmx").write_text("no markup", encoding="utf-8")
    code, _, err = _visavis("translate", "a.tmx", "-o", "b.tmx", "--document", "-q", cwd=tmp_path)
    assert (code, "not well-formed XML" in err) == (1, True)
    assert not (tmp_path / "b.tmx").exists()
