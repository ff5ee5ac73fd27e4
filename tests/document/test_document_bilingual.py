"""Both languages in one document: the original untouched, the translation under it or beside it."""

from __future__ import annotations

import re

import pytest
from docx import Document

from pipeline.document import DocumentOptions
from pipeline.errors import InputError

from .conftest import Desk, part
from .word_files import docx, paragraph, run

KNOWN = {"Le chat dort.": "The cat sleeps.", "Il pleut.": "It rains.", "Un point": "A point"}
_CALL = '<w:r><w:footnoteReference w:id="2"/></w:r>'
_MARK = '<w:bookmarkStart w:id="5" w:name="x"/>'
_LIST = '<w:p><w:pPr><w:pStyle w:val="L"/><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>' + run("Un point") + "</w:p>"
_TABLE = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr/>{paragraph(run('Il pleut.'))}</w:tc></w:tr></w:tbl>"


def _both(desk: Desk, layout: str) -> str:
    body = paragraph(run("Le "), _MARK, run("chat", "<w:b/>"), _CALL, run(" dort.")) + _LIST + _TABLE
    path = desk.translated(desk.write("a.docx", docx(body)), KNOWN, DocumentOptions(layout=layout))
    Document(str(path))
    assert 'w:val="fr-FR"' in part(path, "word/styles.xml")
    return part(path, "word/document.xml")


def test_a_translation_stands_under_its_paragraph_without_what_stands_only_once(desk: Desk) -> None:
    made = _both(desk, "under")
    assert [one.count(_CALL) for one in (made,)] == [made.count(_MARK)] == [1]
    paragraphs = ["".join(re.findall(r"<w:t[^>]*>([^<]*)", one)) for one in re.findall(r"<w:p>.*?</w:p>", made)]
    assert paragraphs == ["Le chat dort.", "The cat sleeps.", "Un point", "A point", "Il pleut.", "It rains."]
    assert (
        '<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t xml:space="preserve">A p' in made
    )


@pytest.mark.parametrize("layout", ["beside", "table"])
def test_a_translation_stands_beside_its_paragraph_in_one_table(desk: Desk, layout: str) -> None:
    made = _both(desk, layout)
    first, second = re.findall(r"<w:tbl>.*?</w:tbl>", made)
    assert first.count("<w:tr>") == 2
    assert ("<w:tblBorders>" in first) == (layout == "table")
    assert [">It rains.<" in one for one in (first, second)] == [False, True]
    assert f"{first}<w:p/>{second}" in made


def test_a_page_has_both_languages_each_with_its_tag(desk: Desk) -> None:
    page = '<html lang="fr"><title>Il pleut.</title><p id="a">Le <b id="b">chat</b> dort.</p></html>'
    under = desk.text("p.html", page, KNOWN, DocumentOptions(layout="under"))
    second = '<span lang="en" xml:lang="en">The <b>cat</b> sleeps.</span>'
    assert under == page.replace("pleut.", "pleut. / It rains.").replace("dort.", f"dort.<br/>{second}")
    beside = desk.text("p.html", page, KNOWN, DocumentOptions(layout="beside"))
    assert f'<span>Le <b id="b">chat</b> dort.</span>{second}</span></p>' in beside


def test_a_format_without_such_a_layout_says_so(desk: Desk) -> None:
    with pytest.raises(InputError, match="no layout 'under'"):
        desk.text("t.txt", "Il pleut.\n", KNOWN, DocumentOptions(layout="under"))
