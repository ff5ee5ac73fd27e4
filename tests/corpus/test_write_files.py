"""Files appear whole or not at all, the same each time; subtitles keep their times; cards are for learners."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.corpus import FORMATS, left_out, read_bitexts, write_bitexts
from pipeline.corpus.grouping import side
from pipeline.errors import OutputError
from pipeline.read import read_document
from pipeline.text import Bead, Bitext, Block, Document, Sentence, Span

ONE_FILE = ["tsv", "jsonl", "tmx", "xliff", "cards"]


@pytest.mark.parametrize("format", [*ONE_FILE, "moses"])
def test_a_failure_leaves_what_was_there_and_nothing_else(tmp_path: Path, small: Bitext, format: str) -> None:
    before = {path.name: path.read_bytes() for path in write_bitexts([small], tmp_path, format)}

    def failing() -> Iterator[Bitext]:
        yield small
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        write_bitexts(failing(), tmp_path, format)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("format", [*ONE_FILE, "moses"])
def test_the_same_bitexts_give_the_same_bytes(tmp_path: Path, small: Bitext, format: str) -> None:
    first = [path.read_bytes() for path in write_bitexts([small], tmp_path / "a", format)]
    assert first == [path.read_bytes() for path in write_bitexts(iter([small]), tmp_path / "b", format)]
    assert all(b"\r" not in raw and raw.endswith(b"\n") for raw in first)


@pytest.mark.parametrize("format", ONE_FILE)
def test_nothing_to_write_is_written(tmp_path: Path, format: str) -> None:
    (path,) = write_bitexts([], tmp_path, format)
    assert path.name == f"corpus.{FORMATS[format].writer.extension}"


def test_a_table_has_its_header_and_one_line_a_bead(tmp_path: Path, small: Bitext) -> None:
    (path,) = write_bitexts([small], tmp_path, "tsv")
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines[0] == "id\tsource\ttarget\tscore\torigin\tflags\tdocument\tkind\tconfidence"
    assert lines[1] == "d-a.b1.s1\tIl pleut. Il vente.\tIt rains & blows.\t0.5\tmachine\t\td-a\tparagraph\t0.875"
    assert len(lines) == 5


def test_moses_files_leave_null_beads_out_and_count_them(tmp_path: Path, small: Bitext) -> None:
    source, target = write_bitexts([small], tmp_path, "moses")
    assert (source.name, target.name) == ("corpus.fr", "corpus.en")
    assert source.read_text().count("\n") == target.read_text().count("\n") == 2
    assert left_out(small, "moses") == 1


def test_folders_that_cannot_be_written_are_told(tmp_path: Path, small: Bitext) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"):
        write_bitexts([small], tmp_path / "file", "tsv")
    with pytest.raises(OutputError, match="not a format"):
        write_bitexts([small], tmp_path, "doc")


SRT = (
    "1\n00:00:00,000 --> 00:00:02,000\n{}\n\n2\n00:00:02,500 --> 00:00:04,000\n{}\n\n"
    "3\n00:00:05,000 --> 00:00:06,000\n{}\n"
)


def subtitled(tmp_path: Path, suffix: str = "srt") -> Bitext:
    """Three cues; the first sentence runs over the first two."""
    path = tmp_path / f"film.{suffix}"
    path.write_text(SRT.format("Il pleut depuis ce matin", "sur la ville.", "<i>Fin.</i>"), encoding="utf-8")
    source = read_document(path, id="d-film")
    whole = source.text[: source.blocks[1].span.end]
    sentences = (
        Sentence("d-film.b1.s1", "d-film.b1", Span(0, len(whole)), whole),
        Sentence("d-film.b3.s1", "d-film.b3", source.blocks[2].span, "Fin."),
    )
    text = "It has been raining on the town since this morning. The end."
    target = Document("d-film-en", "", "en", text, (Block("d-film-en.b1", "cue", text, Span(0, len(text))),))
    targets = (
        Sentence("d-film-en.b1.s1", "d-film-en.b1", Span(0, 51), text[:51]),
        Sentence("d-film-en.b1.s2", "d-film-en.b1", Span(52, len(text)), text[52:]),
    )
    return Bitext(source, target, sentences, targets, (Bead((0,), (0,)), Bead((1,), (1,))))


def ending_in(bitext: Bitext, text: str) -> Bitext:
    """The bitext with another last target sentence."""
    last = replace(bitext.target_sentences[-1], text=text)
    return replace(bitext, target_sentences=(*bitext.target_sentences[:-1], last))


def test_subtitles_are_cut_back_to_their_cues_with_their_times(tmp_path: Path) -> None:
    (path,) = write_bitexts([subtitled(tmp_path)], tmp_path / "out", "srt", stem="film.en")
    assert path.name == "film.en.srt"
    text = path.read_text(encoding="utf-8")
    assert text == SRT.format("It has been raining on the town", "since this morning.", "<i>The end.</i>") + "\n"
    blocks = read_document(path).blocks
    assert [dict(block.data)["start"] for block in blocks] == ["00:00:00.000", "00:00:02.500", "00:00:05.000"]


def test_webvtt_is_escaped(tmp_path: Path) -> None:
    bitext = subtitled(tmp_path)
    (path,) = write_bitexts([ending_in(bitext, "<script> --> & co")], tmp_path / "out", "vtt")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("WEBVTT\n\n1\n00:00:00.000 --> 00:00:02.000\n")
    assert "<i>&lt;script&gt; --&gt; &amp; co</i>" in text
    assert read_document(path).blocks[2].text == "<script> --> & co"


def test_long_lines_of_subtitles_are_broken(tmp_path: Path) -> None:
    bitext = subtitled(tmp_path)
    (path,) = write_bitexts([ending_in(bitext, "word " * 30)], tmp_path / "out", "srt")
    assert max(map(len, path.read_text().splitlines())) <= 48
    assert path.read_text().count("word") == 30


def test_subtitles_need_times(tmp_path: Path, small: Bitext) -> None:
    with pytest.raises(OutputError, match="no times"):
        write_bitexts([small], tmp_path, "srt")


def test_documents_without_times_do_not_keep_subtitles_from_the_others(tmp_path: Path, small: Bitext) -> None:
    paths = write_bitexts([small, subtitled(tmp_path)], tmp_path / "out", "srt")
    assert [path.name for path in paths] == ["corpus.srt"]


def test_cards_show_context_and_chapter(tmp_path: Path) -> None:
    texts = [("heading", "Un"), ("paragraph", "Il pleut."), ("paragraph", "Il vente.")]
    sides = []
    for name, language in (("d-a", "fr"), ("d-a-en", "en")):
        text, blocks, sentences = "", [], []
        for n, (kind, body) in enumerate(texts, start=1):
            span = Span(len(text), len(text) + len(body))
            blocks.append(Block(f"{name}.b{n}", kind, body, span))
            sentences.append(Sentence(f"{name}.b{n}.s1", f"{name}.b{n}", span, body))
            text += body + "\n"
        sides.append((Document(name, "", language, text, tuple(blocks)), tuple(sentences)))
    beads = tuple(Bead((i,), (i,)) for i in range(3))
    bitext = Bitext(sides[0][0], sides[1][0], sides[0][1], sides[1][1], beads)
    (path,) = write_bitexts([bitext], tmp_path, "cards")
    assert path.name == "corpus.cards.tsv"
    assert path.read_text(encoding="utf-8").splitlines() == [
        "source\ttarget\tbefore\tafter\tchapter",
        "Il pleut.\tIl pleut.\tUn\tIl vente.\tUn",
        "Il vente.\tIl vente.\tIl pleut.\t\tUn",
    ]


def test_pandas_and_csv_read_every_row_of_a_table_as_it_comes(small: Bitext, tmp_path: Path) -> None:
    texts = ['"Oui', '"Oui", dit-il, "non"', '""', 'Il dit : "Oui"', '"', "'", '"a"b"']
    rows = [
        replace(small.rows()[0], id=f"d.b{i}.s1", source=side(one), target=side(one)) for i, one in enumerate(texts)
    ]
    (path,) = write_bitexts([Bitext.from_rows(rows)], tmp_path, "tsv")
    with path.open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream, delimiter="\t"))
    assert [row["source"] for row in table] == texts
    (back,) = read_bitexts(path)
    assert [row.source.text for row in back.rows()] == texts
