"""The law of formats: what is written reads back as what the format carries."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from pipeline.corpus import FORMATS, left_out, read_bitexts, write_bitexts
from pipeline.text import Bitext, Row, Sentence, Side, Span

Nasty = Callable[[str], SearchStrategy[Bitext]]
_numbers = itertools.count()
OTHER = Side("\ufeffx", sentences=(Sentence("", "", Span(0, 2), "\ufeffx"),))


def written(bitexts: list[Bitext], folder: Path, format: str) -> Path:
    return write_bitexts(bitexts, folder / str(next(_numbers)), format)[0]


@pytest.mark.parametrize("format", ["jsonl", "tsv", "tmx", "xliff", "parquet", "tsv.gz", "jsonl.zst"])
@settings(max_examples=30)
@given(data=st.data())
def test_what_is_written_reads_back(tmp_path: Path, nasty: Nasty, format: str, data: st.DataObject) -> None:
    bitexts = [
        data.draw(nasty(name)) for name in data.draw(st.sampled_from([["d-a"], ["d-a", "d-a-en"], ["d-b", "d-a"]]))
    ]
    read = read_bitexts(written(bitexts, tmp_path, format))
    assert read == [bitext.only(FORMATS[format].writer.carries) for bitext in bitexts]
    for bitext in read:
        assert_lawful(bitext)


@settings(max_examples=30)
@given(data=st.data())
def test_tables_that_are_safe_in_spreadsheets_read_back_and_hold_no_formula(
    tmp_path: Path, nasty: Nasty, data: st.DataObject
) -> None:
    bitext = data.draw(nasty("d-a"))
    folder = tmp_path / str(next(_numbers))
    (path,) = write_bitexts([bitext], folder, "tsv", spreadsheet_safe=True)
    cells = [cell for line in path.read_bytes().split(b"\n") for cell in line.split(b"\t")]
    assert not [cell for cell in cells if cell.startswith((b"=", b"+", b"-", b"@"))]
    assert read_bitexts(path) == [bitext.only(FORMATS["tsv"].writer.carries)]


@pytest.mark.parametrize("safe", [False, True])
@pytest.mark.parametrize(
    "text", ["=1+1", "'=1+1", "''=1", '"=1"', "'", "-", "@a", "+33 1", "'tis", "\ufeff=1", "=\ufeff"]
)
def test_cells_that_look_like_formulas_read_back(tmp_path: Path, text: str, safe: bool) -> None:
    rows = [Row("", "", "", "paragraph", Side(text, sentences=(Sentence("", "", Span(0, len(text)), text),)), OTHER)]
    bitext = Bitext.from_rows(rows)
    for format in ("tsv", "moses"):
        (path, *_) = write_bitexts([bitext], tmp_path, format, spreadsheet_safe=safe)
        assert [row.source.text for one in read_bitexts(path) for row in one.rows()] == [text], format


@settings(max_examples=30)
@given(data=st.data())
def test_moses_files_read_back_without_null_beads(tmp_path: Path, nasty: Nasty, data: st.DataObject) -> None:
    bitext = data.draw(nasty("d-a"))
    only = bitext.only(FORMATS["moses"].writer.carries)
    read = read_bitexts(written([bitext], tmp_path, "moses"))
    assert read == ([only] if only.beads else [])
    assert len(bitext.beads) == len(only.beads) + left_out(bitext, "moses")


@settings(max_examples=30)
@given(data=st.data())
def test_jsonl_carries_all_rows_whole(nasty: Nasty, data: st.DataObject) -> None:
    bitext = data.draw(nasty("d-a"))
    assert bitext.only(FORMATS["jsonl"].writer.carries).rows() == bitext.rows()


def assert_lawful(bitext: Bitext) -> None:
    for document, sentences in ((bitext.source, bitext.source_sentences), (bitext.target, bitext.target_sentences)):
        end = 0
        for sentence in sentences:
            assert document.text[sentence.start : sentence.end] == sentence.text
            assert not document.text[end : sentence.start].strip()
            end = sentence.end
        assert len({sentence.id for sentence in sentences}) == len(sentences)
        assert {sentence.block for sentence in sentences} == {block.id for block in document.blocks}
    assert [i for bead in bitext.beads for i in bead.source] == list(range(len(bitext.source_sentences)))
    assert [i for bead in bitext.beads for i in bead.target] == list(range(len(bitext.target_sentences)))
