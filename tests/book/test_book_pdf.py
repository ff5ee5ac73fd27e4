"""The PDF: both columns, contents, notes, page numbers; the same bytes; a clear word where weasyprint is absent."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from pipeline.book import BookOptions, write_pdf
from pipeline.errors import OutputError
from pipeline.text import Bitext


@pytest.mark.slow
def test_pages_have_heads_numbers_contents_and_both_texts(novel: Bitext, tmp_path: Path) -> None:
    pytest.importorskip("weasyprint")
    pypdf = pytest.importorskip("pypdf")
    write_pdf([novel], tmp_path / "a.pdf", BookOptions(title="La Maison des marées", author="X. Y.", paper="a5"))
    write_pdf([novel], tmp_path / "b.pdf", BookOptions(title="La Maison des marées", author="X. Y.", paper="a5"))
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    book = pypdf.PdfReader(io.BytesIO((tmp_path / "a.pdf").read_bytes()))
    width, height = (float(one) for one in book.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (420, 595)
    texts = [" ".join(page.extract_text().split()) for page in book.pages]
    assert "X. Y." in texts[0]
    assert "Contents" in texts[1]
    assert ". . ." in texts[1]
    assert "II. La clé II. The Key" in texts[2]
    assert texts[2].endswith("3")
    assert "the numbers differ (14 ≠ 4)" in texts[-1]
    there = set(re.findall(r"\w+", " ".join(texts)))
    wanted = [
        word for row in novel.rows() for side in (row.source, row.target) for word in re.findall(r"\w+", side.text)
    ]
    assert sum(word in there for word in wanted) > 0.95 * len(wanted)  # the others are hyphenated


def test_without_weasyprint_it_says_what_to_install(
    novel: Bitext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(OutputError) as error:
        write_pdf([novel], tmp_path / "a.pdf")
    assert "weasyprint" in error.value.problem
    assert "visavis[pdf]" in error.value.remedy
    assert list(tmp_path.iterdir()) == []
