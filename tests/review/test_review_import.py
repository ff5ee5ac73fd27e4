"""`memory import`: only what a person has changed, whatever a spreadsheet made of the table on the way."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.config import JobConfig
from pipeline.errors import InputError
from pipeline.job import plan, run
from pipeline.memory import Memory
from pipeline.review.corrections import Imported, import_corrections
from pipeline.review.tables import pairs_of_table

FR_EN = ("fr", "en")
TEXT = (
    "Le phare de l’île\n\nLe gardien monte l'escalier. Il allume la lampe. Le gardien, c'est Jean-Marie.\n\n"
    'Il dit : « La mer est calme ce soir. » "Oui."\n'
)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> JobConfig:
    """A job that has run: the built-in model, a beam of one, a memory of its own."""
    folder = tmp_path_factory.mktemp("import")
    (folder / "phare.txt").write_text(TEXT, encoding="utf-8")
    config = JobConfig(
        name="phare", inputs=("phare.txt",), folder=folder, beam_size=1, write=("tsv", "xliff", "tmx"),
        output=folder / "out" / "phare", memory=folder / "out" / "memory.sqlite",
    )  # fmt: skip
    run(config)
    return config


@pytest.fixture
def imported(done: JobConfig, tmp_path: Path) -> Callable[..., Imported]:
    """Import into a copy of the job's memory, which lies beside the job's results as it does."""

    def take(path: Path, *, everything: bool = False, memory: Path | None = None) -> Imported:
        assert done.memory is not None
        copy = memory or done.memory.parent / f"{tmp_path.name}.sqlite"
        if memory is None:
            copy.write_bytes(done.memory.read_bytes())
        with Memory.open(copy) as opened:
            found = import_corrections(opened, path, FR_EN, author="Ada", everything=everything)
            take.corrections = opened.corrections()
        return found

    return take


def rows(done: JobConfig) -> list[list[str]]:
    text = (done.results / "corpus.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def edited(done: JobConfig, place: int = 2, target: str = "The keeper climbs the stairs.") -> list[list[str]]:
    table = rows(done)
    table[place][2] = target
    return table


def test_an_untouched_corpus_holds_no_correction(done, imported) -> None:
    for name in ("corpus.tsv", "corpus.tmx", "corpus.xliff"):
        found = imported(done.results / name)
        assert (found.corrections, found.unchanged, found.unknown) == (0, len(rows(done)) - 1, 0), name


def test_one_row_edited_is_one_correction(done, imported, tmp_path: Path) -> None:
    path = tmp_path / "corpus.tsv"
    path.write_text("".join("\t".join(row) + "\n" for row in edited(done)), encoding="utf-8")
    found = imported(path)
    assert found == Imported(1, len(rows(done)) - 2, remembered=1)
    (one,) = imported.corrections
    assert (one.target, one.author, one.file) == ("The keeper climbs the stairs.", "Ada", "corpus.tsv")
    assert one.made > 1_700_000_000
    assert imported(path, everything=True).corrections == len(rows(done)) - 1


def test_what_the_machine_tried_but_did_not_choose_is_a_correction(done, imported, tmp_path: Path) -> None:
    from pipeline.memory import Remembered
    from pipeline.text import Candidate, Try

    assert done.memory is not None
    memory = done.memory.parent / "tried.sqlite"
    memory.write_bytes(done.memory.read_bytes())
    source = rows(done)[2][1]
    tries = (Try("plain", (Candidate("The keeper climbs the stairs.", -0.5),)),)
    with Memory.open(memory) as opened:
        opened.store([Remembered(bytes(32), source, tries)])
    path = tmp_path / "corpus.tsv"
    path.write_text("".join("\t".join(row) + "\n" for row in edited(done)), encoding="utf-8")
    assert imported(path, memory=memory).corrections == 1


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if '"' in cell else cell


def _saved(table: list[list[str]], delimiter: str = "\t", end: str = "\n", quote: Callable[[str], str] = _quoted):
    return "".join(delimiter.join(map(quote, row)) + end for row in table)


@pytest.mark.parametrize(
    ("name", "encoding", "end"),
    [
        ("a.tsv", "utf-8", "\n"), ("b.tsv", "utf-16", "\r\n"), ("c.tsv", "utf-8-sig", "\r"), ("d.txt", "utf-16", "\r"),
        ("e.csv", "utf-8", "\r\n"), ("f.csv", "utf-16", "\n"),
    ],
)  # fmt: skip
def test_spreadsheets_may_save_it_as_they_like(done, imported, tmp_path: Path, name, encoding, end) -> None:
    quote = (lambda cell: '"' + cell.replace('"', '""') + '"') if name.endswith("csv") else _quoted
    table = [[_unquoted(cell) for cell in row] for row in edited(done)]
    raw = _saved(table, ";" if name == "f.csv" else "," if name.endswith("csv") else "\t", end, quote)
    (tmp_path / name).write_bytes(raw.encode(encoding))
    found = imported(tmp_path / name)
    assert (found.corrections, found.unchanged, found.unknown) == (1, len(rows(done)) - 2, 0)


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def test_columns_go_by_their_names_in_xlsx(done, imported, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Note", "English", "Français"])
    for row in edited(done)[1:]:
        book.active.append([None, _unquoted(row[2]), _unquoted(row[1])])
    book.save(tmp_path / "back.xlsx")
    found = imported(tmp_path / "back.xlsx")
    assert (found.corrections, found.unchanged) == (1, len(rows(done)) - 2)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("a\tb\n", [("a", "b")]),
        ("fr\ten\nOui\tYes\n", [("Oui", "Yes")]),
        ("English\tfr-FR\nYes\tOui\n", [("Oui", "Yes")]),
        ('"a ""b"""\t"c ""d"""\n', [('a "b"', 'c "d"')]),
        ('"Oui", dit-il.\t"Yes," he said.\n', [('"Oui", dit-il.', '"Yes," he said.')]),
        ('"Oui."\t"Yes."\nNon\tNo\n', [('"Oui."', '"Yes."'), ("Non", "No")]),
        ('"Oui"\t"Yes"\n"Non"\t"No"\n', [("Oui", "Yes"), ("Non", "No")]),
        ('"deux\nlignes"\t"two\nlines"\nb\tc\n', [("deux\nlignes", "two\nlines"), ("b", "c")]),
        ('source\ttarget\n"x\ty"\tz\n', [("x\ty", "z")]),
        ('"\tb\n""\tc\n', [('"', "b"), ("", "c")]),
    ],
)
def test_tables_as_people_write_them(tmp_path: Path, text: str, pairs: list[tuple[str, str]]) -> None:
    (tmp_path / "t.tsv").write_text(text, encoding="utf-8")
    assert [(one.source, one.target) for one in pairs_of_table(tmp_path / "t.tsv", FR_EN)] == pairs


def test_a_table_of_one_column_is_refused_with_its_row(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("a\tb\nc\n", encoding="utf-8")
    with pytest.raises(InputError, match="row 2: 1 column"):
        list(pairs_of_table(tmp_path / "t.tsv", FR_EN))


def test_quotation_marks_that_never_close_cost_no_more_than_their_length(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text('"a\tb\n' * 200_000, encoding="utf-8")
    assert sum(1 for _ in pairs_of_table(tmp_path / "t.tsv", FR_EN)) == 200_000


def test_states_of_xliff_approve(done, imported, tmp_path: Path) -> None:
    text = (done.results / "corpus.xliff").read_text(encoding="utf-8")
    for state in ("reviewed", "final"):
        path = tmp_path / f"{state}.xliff"
        path.write_text(text.replace('state="translated"', f'state="{state}"', 2), encoding="utf-8")
        found = imported(path)
        assert (found.corrections, found.unchanged) == (2, len(rows(done)) - 3)


def test_pairs_of_unknown_making_are_left_and_told(done, imported, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    path = tmp_path / "elsewhere" / "corpus.tsv"
    path.write_text((done.results / "corpus.tsv").read_text(encoding="utf-8"), encoding="utf-8")
    found = imported(path, memory=tmp_path / "other.sqlite")
    assert found.corrections == 0
    assert found.unknown > 0
    path.write_text("Bonjour à tous.\tHello everybody.\n", encoding="utf-8")  # nobody says that a machine made these
    assert imported(path, memory=tmp_path / "other.sqlite").corrections == 1
    assert imported(path, memory=tmp_path / "other.sqlite") == Imported(0, 1)


def test_the_last_of_two_corrections_counts_and_is_told(imported, tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("Oui bien.\tYes.\nOui bien.\tYes indeed.\n", encoding="utf-8")
    found = imported(tmp_path / "t.tsv")
    assert (found.corrections, found.twice) == (2, 1)
    assert [one.target for one in imported.corrections] == ["Yes indeed."]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("L'été", "L’été"),
        ("Jean-Marie", "Jean\u2011Marie"),
        ("Été", unicodedata.normalize("NFD", "Été")),
        ("Quoi ?", "Quoi\u00a0?"),
        ("Quoi\u202f?", "Quoi ?"),
        ("com\u00adplet", "complet"),
    ],
)
def test_typography_hides_no_correction(tmp_path: Path, said: str, asked: str) -> None:
    with Memory.open(tmp_path / "m.sqlite") as memory:
        memory.correct(*FR_EN, [(said, "x")])
        assert memory.human(*FR_EN, [asked])[asked].text == "x"
        assert memory.corrections()[0].source == said


def test_a_memory_of_before_keeps_its_corrections(tmp_path: Path) -> None:
    import sqlite3

    from pipeline.memory.schema import _FIRST_CORRECTION, _SENTENCE, _SIGNATURE

    connection = sqlite3.connect(tmp_path / "m.sqlite")
    for statement in (_SIGNATURE, _SENTENCE, _FIRST_CORRECTION):
        connection.execute(statement)
    connection.execute("INSERT INTO correction VALUES ('fr', 'en', 'L’été', 'Summer')")
    connection.executescript("PRAGMA application_id = 0x56495356; PRAGMA user_version = 3;")
    connection.close()
    with Memory.open(tmp_path / "m.sqlite") as memory:
        assert memory.human(*FR_EN, ["L'été"])["L'été"].text == "Summer"
        assert memory.corrections()[0].source == "L’été"


def test_the_next_run_knows_and_forgetting_gives_the_machine_its_say(done, tmp_path: Path) -> None:
    assert done.memory is not None
    before = (done.results / "corpus.tsv").read_bytes()
    path = tmp_path / "corpus.tsv"
    path.write_text("".join("\t".join(row) + "\n" for row in edited(done)), encoding="utf-8")
    with Memory.open(done.memory) as memory:
        import_corrections(memory, path, FR_EN)
    assert plan(done).documents[0].reasons == ("corrections changed: 1 sentence",)
    assert run(done).counts["decoded"] == 0
    assert b"The keeper climbs the stairs." in (done.results / "corpus.tsv").read_bytes()
    assert plan(done).documents[0].reasons == ()
    with Memory.open(done.memory) as memory:
        assert memory.forget(memory.corrections()) == 1
    run(done)
    assert (done.results / "corpus.tsv").read_bytes() == before
