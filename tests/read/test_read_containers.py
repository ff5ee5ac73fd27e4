"""EPUB and DOCX: order, chapters, notes, images; and files that are broken, hostile or protected."""

from __future__ import annotations

import base64
import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from pipeline.errors import InputError
from pipeline.read import read_document
from pipeline.text import Document

Law = Callable[[Document], Document]
Files = dict[str, str | bytes]
Zip = Callable[[Path, Mapping[str, str | bytes]], Path]
# more than a parser of XML takes by itself; no zip makes it so small that it looks like a bomb
LONG = base64.b64encode(random.Random(1).randbytes(7_600_000)).decode("ascii")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_a_book_in_the_order_of_its_spine(tmp_path: Path, files: Files, zip_to: Zip, lawful: Law) -> None:
    document = lawful(read_document(zip_to(tmp_path / "b.epub", files), id="d-b"))
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("heading", "Chapitre premier"),
        ("paragraph", "Le phare brille, la nuit."),
        ("paragraph", "Il pleut."),
        ("paragraph", "Une note."),
        ("heading", "Deux"),
        ("item", "pain"),
        ("item", "vin"),
        ("cell", "a"),
        ("cell", "b"),
        ("paragraph", "Fin."),
    ]
    data = [dict(block.data) for block in document.blocks]
    assert [i for i, one in enumerate(data) if "chapter" in one] == [0, 4]
    assert data[1] == {"noteref": "8 8 n1\t1", "image": "OEBPS/i/phare.png", "alt": "Un phare"}
    assert data[3] == {"note": "n1"}
    assert document.meta == (
        ("title", "Le phare"),
        ("creator", "Anne Onyme"),
        ("language", "fr"),
        ("cover", "OEBPS/i/phare.png"),
    )
    assert [(one.name, one.media_type) for one in document.resources] == [("OEBPS/i/phare.png", "image/png")]
    assert document.flags == ()


def test_a_book_without_contents_has_chapters_where_files_open_with_headings(
    tmp_path: Path, files: Files, zip_to: Zip
) -> None:
    files["OEBPS/nav.xhtml"] = "<html"
    document = read_document(zip_to(tmp_path / "b.epub", files))
    assert [b.text for b in document.blocks if ("chapter", "1") in b.data] == ["Chapitre premier", "Deux"]


def test_missing_and_broken_items_of_the_spine_are_told(tmp_path: Path, files: Files, zip_to: Zip) -> None:
    del files["OEBPS/one un.xhtml"]
    files["OEBPS/two.xhtml"] = "<html><p>Caf&eacute; <b>ouvert</p><p>Fin & suite"
    document = read_document(zip_to(tmp_path / "b.epub", files))
    assert [block.text for block in document.blocks] == ["Café ouvert", "Fin & suite"]
    assert [flag.name for flag in document.flags] == ["spine-item-missing", "spine-item-mended"]


def test_an_image_on_a_page_of_its_own_goes_with_the_next_block(tmp_path: Path, files: Files, zip_to: Zip) -> None:
    page = str(files["OEBPS/two.xhtml"])
    files["OEBPS/one un.xhtml"] = page[: page.index("<h2")] + (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">'
        '<image x:href="i/phare.png"/></svg>'
        "</body></html>"
    )
    document = read_document(zip_to(tmp_path / "b.epub", files))
    assert ("image", "OEBPS/i/phare.png") in document.blocks[0].data
    assert len(document.resources) == 1


def test_what_a_spine_holds_beside_text_is_told(tmp_path: Path, files: Files, zip_to: Zip) -> None:
    spine = '<itemref idref="nav"/><itemref idref="two"/><itemref idref="two"/><itemref idref="pic"/></spine>'
    files["OEBPS/content.opf"] = re.sub("<itemref.*</spine>", spine, str(files["OEBPS/content.opf"]))
    files["OEBPS/two.xhtml"] = str(files["OEBPS/two.xhtml"]).replace("<h2", "<style>p {}</style><h2")
    document = read_document(zip_to(tmp_path / "b.epub", files))
    assert [(flag.name, flag.detail) for flag in document.flags] == [
        ("left-out", "OEBPS/nav.xhtml: the table of contents: “Un Deux x”"),
        ("spine-item-repeated", "OEBPS/two.xhtml stands in the spine again"),
        ("spine-item-not-text", "OEBPS/i/phare.png is image/png"),
        ("left-out", "characters by element: style 3"),
    ]


ENCRYPTION = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData '
    'xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="{}"/><CipherData>'
    '<CipherReference URI="OEBPS/two.xhtml"/></CipherData></EncryptedData></encryption>'
)


def test_protected_books_are_refused_and_obfuscated_fonts_are_not(tmp_path: Path, files: Files, zip_to: Zip) -> None:
    files["META-INF/encryption.xml"] = ENCRYPTION.format("http://www.idpf.org/2008/embedding")
    assert read_document(zip_to(tmp_path / "b.epub", files)).blocks
    files["META-INF/encryption.xml"] = ENCRYPTION.format("http://www.w3.org/2001/04/xmlenc#aes256-cbc")
    with pytest.raises(InputError, match="is encrypted: OEBPS/two"):
        read_document(zip_to(tmp_path / "b.epub", files))
    with pytest.raises(InputError, match="DRM"):
        read_document(zip_to(tmp_path / "b.epub", {**files, "META-INF/rights.xml": "<r/>"}))


BOMB = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><html><p>&b;</p></html>'


def test_hostile_containers_are_refused(tmp_path: Path, files: Files, zip_to: Zip) -> None:
    path = tmp_path / "b.epub"
    hostile: list[tuple[str, Files]] = [
        ("a path outside", {**files, "../evil.xhtml": "x"}),
        ("a path outside", {**files, "/etc/evil": "x"}),
        ("a path outside", {**files, "C:\\evil": "x"}),
        ("ZIP bomb", {**files, "OEBPS/bomb.xhtml": b"\0" * (3 << 20)}),
        ("lacks OEBPS/content.opf|names no package", {k: v for k, v in files.items() if k != "OEBPS/content.opf"}),
        ("declares entities", {**files, "OEBPS/content.opf": BOMB}),
        ("a binary spreadsheet", {"xl/workbook.bin": "x"}),
        ("a ZIP archive", {"x.txt": "x"}),
    ]
    for problem, content in hostile:
        with pytest.raises(InputError, match=problem):
            read_document(zip_to(path, content))
    document = read_document(zip_to(path, {**files, "OEBPS/two.xhtml": BOMB}))
    assert [flag.name for flag in document.flags] == ["spine-item-broken"]


def test_a_container_with_a_password_is_refused(tmp_path: Path, files: Files, zip_to: Zip) -> None:
    path = zip_to(tmp_path / "b.epub", files)
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 8] |= 1
    path.write_bytes(raw)
    with pytest.raises(InputError, match="encrypted"):
        read_document(path)


def test_cut_off_and_garbled_containers_never_raise_anything_else(tmp_path: Path, files: Files, zip_to: Zip) -> None:
    path = zip_to(tmp_path / "b.epub", files)
    raw = path.read_bytes()
    docx.Document().save(str(tmp_path / "b.docx"))
    word = (tmp_path / "b.docx").read_bytes()
    for suffix, whole in ((".epub", raw), (".docx", word)):
        file = tmp_path / f"hostile{suffix}"
        for at in range(0, len(whole), max(1, len(whole) // 60)):
            for content in (whole[:at], whole[:at] + b"\xff" + whole[at + 1 :]):
                file.write_bytes(content)
                try:
                    read_document(file)
                except InputError:
                    continue


def test_extensions_of_containers_that_lie(tmp_path: Path, files: Files, zip_to: Zip) -> None:
    document = read_document(zip_to(tmp_path / "book.txt", files))
    assert document.blocks[0].text == "Chapitre premier"
    assert document.flags[0].name == "extension"
    (tmp_path / "x.epub").write_text("Bonjour")
    with pytest.raises(InputError, match="not EPUB"):
        read_document(tmp_path / "x.epub")
    (tmp_path / "x.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 20)
    with pytest.raises(InputError, match="password"):
        read_document(tmp_path / "x.docx")


PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def word(path: Path) -> Path:
    made = docx.Document()
    made.core_properties.title = "Le phare"
    made.add_heading("Un", 1)
    made.add_paragraph("Il pleut. ").add_run("Il vente.").bold = True
    made.add_paragraph("pain", style="List Bullet")
    table = made.add_table(2, 2)
    for i, cell in enumerate(table._cells):
        cell.text = f"c{i}"
    made.add_paragraph("Fin")
    paragraph = made.paragraphs[-1]._p
    paragraph.append(parse_xml(f"<w:ins {W}><w:r><w:t>, ajouté</w:t></w:r></w:ins>"))
    paragraph.append(parse_xml(f"<w:del {W}><w:r><w:delText>, retiré</w:delText></w:r></w:del>"))
    paragraph.addnext(
        parse_xml(f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Dans un champ</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    )
    made.save(str(path))
    return path


def test_a_word_document_in_the_order_of_its_body(tmp_path: Path, lawful: Law) -> None:
    document = lawful(read_document(word(tmp_path / "w.docx")))
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("heading", "Un"),
        ("paragraph", "Il pleut. Il vente."),
        ("item", "pain"),
        *[("cell", f"c{i}") for i in range(4)],
        ("paragraph", "Fin, ajouté"),
        ("paragraph", "Dans un champ"),
    ]
    assert dict(document.blocks[5].data) == {"table": "1", "row": "2", "column": "1"}
    assert dict(document.blocks[0].data) == {"level": "1", "chapter": "1"}
    assert ("title", "Le phare") in document.meta
    assert [flag.detail for flag in document.flags] == ["deleted by tracked changes: “, retiré”"]


def test_images_of_a_word_document_go_with_the_text_before_them(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(PNG)
    made = docx.Document()
    made.add_paragraph("Un phare.")
    made.add_picture(str(tmp_path / "p.png"))
    made.save(str(tmp_path / "p.docx"))
    document = read_document(tmp_path / "p.docx")
    assert [(block.text, block.data) for block in document.blocks] == [
        ("Un phare.", (("image", "word/media/image1.png"),))
    ]
    assert [(one.name, one.content) for one in document.resources] == [("word/media/image1.png", PNG)]


def test_footnotes_of_a_word_document(tmp_path: Path) -> None:
    with zipfile.ZipFile(word(tmp_path / "w.docx")) as file:
        content = {name: file.read(name) for name in file.namelist()}
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Une note.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    relation = (
        '<Relationship Id="rN" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" '
        'Target="footnotes.xml"/></Relationships>'
    )
    rels = "word/_rels/document.xml.rels"
    content[rels] = content[rels].replace(b"</Relationships>", relation.encode())
    content["word/footnotes.xml"] = notes.encode()
    override = '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>'  # noqa: E501
    content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(b"</Types>", override.encode())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, raw in content.items():
            file.writestr(name, raw)
    (tmp_path / "n.docx").write_bytes(buffer.getvalue())
    last = read_document(tmp_path / "n.docx").blocks[-1]
    assert (last.text, last.data) == ("Une note.", (("note", "2"),))


@pytest.mark.parametrize(
    "before",
    [
        f"<img src='data:image/png;base64,{LONG}' alt=''/>",
        f"<!--{LONG}-->",
        "<div>" * 300 + "</div>" * 300,
        "<div>" * 2500 + "</div>" * 2500,
        "<a id='x'/><p>a &lt; b</p><br/>&nbsp;<![CDATA[<b>]]>",
    ],
    ids=["attribute", "comment", "deep", "deeper", "html"],
)
def test_a_page_over_the_limits_of_a_parser_is_read_to_its_end(
    tmp_path: Path, files: Files, zip_to: Zip, before: str
) -> None:
    files["OEBPS/two.xhtml"] = str(files["OEBPS/two.xhtml"]).replace("<h2", before + "<h2")
    document = read_document(zip_to(tmp_path / "b.epub", files))
    assert document.blocks[-1].text == "Fin."
    assert "Deux" in [block.text for block in document.blocks]
    assert "spine-item-broken" not in [flag.name for flag in document.flags]


@pytest.mark.parametrize("media_type", ["text/plain", "application/octet-stream", ""])
def test_pages_are_known_by_what_they_hold(tmp_path: Path, files: Files, zip_to: Zip, media_type: str) -> None:
    package = str(files["OEBPS/content.opf"])
    files["OEBPS/content.opf"] = package.replace("application/xhtml+xml", media_type)
    document = read_document(zip_to(tmp_path / "b.epub", files))
    assert [block.text for block in document.blocks][-1] == "Fin."


def test_a_page_that_is_a_drawing_gives_its_words(tmp_path: Path, files: Files, zip_to: Zip) -> None:
    files["OEBPS/two.xhtml"] = '<svg xmlns="http://www.w3.org/2000/svg"><text x="1">Il pleut.</text></svg>'
    package = str(files["OEBPS/content.opf"])
    files["OEBPS/content.opf"] = package.replace("application/xhtml+xml", "image/svg+xml")
    assert read_document(zip_to(tmp_path / "b.epub", files)).blocks[-1].text == "Il pleut."


def test_symbols_exponents_headers_and_comments_of_a_word_document(tmp_path: Path, lawful: Law) -> None:
    made = docx.Document()
    line = made.add_paragraph("2 × 10")
    line.add_run("6").font.superscript = True
    line.add_run(" m")
    line.add_run("2").font.superscript = True
    for character in ("03B1", "F0E0", "zz"):
        line.add_run(" ")._r.append(parse_xml(f'<w:sym {W} w:font="Symbol" w:char="{character}"/>'))
    made.sections[0].header.paragraphs[0].text = "En tête"
    path = tmp_path / "a.docx"
    made.save(str(path))
    document = lawful(read_document(path))
    assert document.blocks[0].text == "2 × 10⁶ m2 α \ufffc \ufffc"
    assert "symbols of a font: 2" in {flag.detail for flag in document.flags}
    assert [(block.kind, block.text) for block in document.blocks[1:]] == [("matter", "En tête")]


def test_a_drop_cap_belongs_to_its_word(tmp_path: Path, lawful: Law) -> None:
    made = docx.Document()
    for text in ("L", "e gardien monte.", "Il pleut."):
        paragraph = made.add_paragraph(text)
        if text == "L":
            paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:framePr {W} w:dropCap="drop" w:lines="3"/>'))
    made.add_comment(made.paragraphs[2].runs, text="À voir.", author="A")
    path = tmp_path / "a.docx"
    made.save(str(path))
    document = lawful(read_document(path))
    assert [block.text for block in document.blocks] == ["Le gardien monte.", "Il pleut.", "À voir."]
    assert dict(document.blocks[2].data) == {"beside": "comment"}
