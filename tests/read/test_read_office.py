"""Spreadsheets, presentations and OpenDocument texts: structure, places, and nothing lost that no flag quotes."""

# ruff: noqa: E501 (XML in one line stays readable where a break would be text)

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pipeline.documents.loading import load_document
from pipeline.errors import InputError
from pipeline.text import Block, Document

Law = Callable[[Document], Document]
Zip = Callable[[Path, Mapping[str, str | bytes]], Path]
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def relations(*entries: tuple[str, str, str]) -> str:
    """The relations of a part: ids, types and targets."""
    each = (f'<Relationship Id="{id}" Type="{_R}/{kind}" Target="{target}"/>' for id, kind, target in entries)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(each)}</Relationships>'


def shown(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in document.blocks]


def facts(block: Block) -> dict[str, str]:
    return {**dict(block.data), "place": block.place}


def told(document: Document) -> list[str]:
    return [flag.detail for flag in document.flags if flag.name == "left-out"]


def workbook() -> dict[str, str]:
    shared = (
        "<si><t>Il pleut.</t></si><si><r><t>10</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>6</t></r>"
        "<rPh><t>prononcé</t></rPh></si><si><t>clef</t></si><si><t>texte</t></si><si><t>a.b</t></si>"
    )
    rows = (
        "<row r='1'><c r='A1' t='s'><v>2</v></c><c r='C1' t='s'><v>3</v></c></row>"
        "<row r='3'><c r='A3' t='s'><v>4</v></c><c r='B3'><v>12</v></c><c r='C3' t='s'><v>0</v></c></row>"
        "<row r='4'><c r='C4' t='inlineStr'><is><t>Deux_x000D_</t></is></c></row><row><c t='s'><v>1</v></c></row>"
    )
    return {
        "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets><sheet name="Textes" sheetId="1" r:id="r2"/>'
        '<sheet name="Perdue" sheetId="2" r:id="r9"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("r2", "worksheet", "worksheets/s.xml"), ("r3", "sharedStrings", "/xl/shared.xml")
        ),
        "xl/shared.xml": f'<sst xmlns="{_S}">{shared}</sst>',
        "xl/worksheets/s.xml": f'<worksheet xmlns="{_S}"><sheetData>{rows}</sheetData><headerFooter>'
        '<oddHeader>&amp;L&amp;"Arial"Brouillon &amp;P</oddHeader></headerFooter></worksheet>',
        "xl/worksheets/_rels/s.xml.rels": relations(
            ("c", "comments", "../comments1.xml"), ("d", "drawing", "../d.xml")
        ),
        "xl/comments1.xml": f'<comments xmlns="{_S}"><commentList><comment ref="C3"><text><r><t>À </t></r><r><t>voir.</t>'
        "</r></text></comment></commentList></comments>",
        "xl/d.xml": f'<x:wsDr xmlns:x="urn:x" xmlns:a="{_A}"><x:txBody><a:p><a:r><a:t>Une boîte.</a:t></a:r></a:p>'
        "</x:txBody></x:wsDr>",
    }


def test_a_workbook_sheet_by_sheet(tmp_path: Path, zip_to: Zip, lawful: Law) -> None:
    document = lawful(load_document(zip_to(tmp_path / "a.xlsx", workbook())))
    assert shown(document) == [
        ("heading", "Textes"),
        ("paragraph", "Il pleut."),
        ("paragraph", "Deux"),
        ("paragraph", "Une boîte."),
        ("paragraph", "À voir."),
    ]
    assert facts(document.blocks[1])["place"] == "xl/worksheets/s.xml#C3"
    assert facts(document.blocks[4]) == {"beside": "comment", "cell": "C3", "place": "xl/comments1.xml#0"}
    assert told(document) == [
        "xl/worksheets/s.xml#1: the names of the columns: “clef, texte”",
        "xl/worksheets/s.xml#A5: a key or translation without a text: “10⁶”",
        "xl/worksheets/s.xml: a header or footer: “Brouillon”",
        "xl/workbook.xml: a sheet that is not in the file: “Perdue”",
    ]


def test_named_columns_of_a_workbook(tmp_path: Path, zip_to: Zip) -> None:
    path = zip_to(tmp_path / "a.xlsx", workbook())
    document = load_document(path, columns={"source": "texte", "id": "clef"})
    assert (document.blocks[0].text, dict(document.blocks[0].data)) == ("Il pleut.", {"key": "a.b"})
    with pytest.raises(InputError, match=r"Textes has no column 'anglais'.* 'clef', 'texte'"):
        load_document(path, columns={"source": "anglais"})


def test_cells_far_apart_cost_no_more_than_they_are(tmp_path: Path, zip_to: Zip) -> None:
    cells = "".join(
        f"<row r='{n}'><c r='{'XFD' if n % 2 else 'A'}{n}' t='str'><v>Mot {n}.</v></c></row>"
        for n in range(1, 1048576, 997)
    )
    files = {**workbook(), "xl/worksheets/s.xml": f'<worksheet xmlns="{_S}"><sheetData>{cells}</sheetData></worksheet>'}
    document = load_document(zip_to(tmp_path / "a.xlsx", files))
    assert document.blocks[-3].place.startswith("xl/worksheets/s.xml#")
    assert len(document.blocks) == 1055


def presentation() -> dict[str, str]:
    def shape(role: str, *texts: str) -> str:
        ph = f"<p:nvSpPr><p:nvPr><p:ph type='{role}'/></p:nvPr></p:nvSpPr>" if role else ""
        return f"<p:sp>{ph}<p:txBody>{''.join(f'<a:p>{text}</a:p>' for text in texts)}</p:txBody></p:sp>"

    def run(text: str) -> str:
        return f"<a:r><a:t>{text}</a:t></a:r>"

    table = f"<a:tbl><a:tr><a:tc><a:txBody><a:p>{run('Nom')}</a:p></a:txBody></a:tc></a:tr></a:tbl>"
    shapes = (
        shape("body", run("Il pleut"), run("le ") + "<a:br/>" + run("soir"))
        + shape("title", run("Le ") + run("phare"))
        + f"<mc:AlternateContent xmlns:mc='urn:mc'><mc:Choice>{shape('', run('Choix'))}</mc:Choice>"
        + f"<mc:Fallback>{shape('', run('Repli'))}</mc:Fallback></mc:AlternateContent>"
        + f"<p:grpSp>{shape('', run('Groupe'))}</p:grpSp><p:graphicFrame>{table}</p:graphicFrame>"
        + "<p:graphicFrame><c:chart xmlns:c='urn:c' r:id='c'/></p:graphicFrame>"
        + shape("ftr", run("Pied"))
        + shape("sldNum", "<a:fld type='slidenum'><a:t>n° 7</a:t></a:fld>")
    )
    spaces = f'xmlns:p="{_P}" xmlns:a="{_A}" xmlns:r="{_R}"'
    return {
        "_rels/.rels": relations(("r1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f'<p:presentation {spaces}><p:sldIdLst><p:sldId id="256" r:id="b"/>'
        '<p:sldId id="257" r:id="a"/></p:sldIdLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(("a", "slide", "slides/1.xml"), ("b", "slide", "slides/2.xml")),
        "ppt/slides/1.xml": f"<p:sld {spaces}><p:cSld><p:spTree>{shape('title', run('Fin'))}</p:spTree></p:cSld></p:sld>",
        "ppt/slides/2.xml": f"<p:sld {spaces}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>",
        "ppt/slides/_rels/2.xml.rels": relations(("n", "notesSlide", "../notes.xml"), ("c", "chart", "../chart.xml")),
        "ppt/notes.xml": f"<p:notes {spaces}><p:cSld><p:spTree>{shape('body', run('À dire.'))}</p:spTree></p:cSld></p:notes>",
        "ppt/chart.xml": "<c:chart xmlns:c='urn:c'><c:strCache><c:pt><c:v>Ventes</c:v></c:pt></c:strCache></c:chart>",
    }


def test_slides_in_their_order_with_tables_and_notes(tmp_path: Path, zip_to: Zip, lawful: Law) -> None:
    document = lawful(load_document(zip_to(tmp_path / "a.pptx", presentation())))
    assert shown(document) == [
        ("heading", "Le phare"),
        ("item", "Il pleut"),
        ("item", "le \nsoir"),
        ("paragraph", "Choix"),
        ("paragraph", "Groupe"),
        ("cell", "Nom"),
        ("matter", "Pied"),
        ("paragraph", "À dire."),
        ("heading", "Fin"),
    ]
    assert facts(document.blocks[0]) == {"level": "2", "place": "ppt/slides/2.xml#2"}
    assert dict(document.blocks[7].data) == {"beside": "notes"}
    assert [detail.rpartition(": ")[2] for detail in told(document)] == ["“Ventes”", "“n° 7”"]


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "text", "table", "style"))
_SPACES += f' xmlns:draw="{_ODF}drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def odt(body: str) -> dict[str, str]:
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_SPACES}><office:automatic-styles><style:style style:name='T1'>"
        "<style:text-properties style:text-position='super 58%'/></style:style></office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_SPACES}><office:master-styles><style:master-page><style:header>"
        "<text:p>En-tête</text:p></style:header></style:master-page></office:master-styles></office:document-styles>",
        "meta.xml": f"<office:document-meta {_SPACES}><office:meta><dc:title>Le phare</dc:title></office:meta></office:document-meta>",
    }


BODY = """<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Moi</dc:creator>
</office:change-info><text:p>Effacé.</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:table-of-content><text:table-of-content-source><text:index-title-template>Modèle</text:index-title-template>
</text:table-of-content-source><text:index-body><text:p>Un<text:tab/>3</text:p></text:index-body></text:table-of-content>
<text:h text:outline-level="1">Un <text:span>titre</text:span></text:h>
<text:p>Il  pleut<text:note text:id="n1"><text:note-citation>1</text:note-citation><text:note-body><text:p>Une note.</text:p>
</text:note-body></text:note> sur 10<text:span text:style-name="T1">6</text:span><text:s text:c="2"/>mètres<office:annotation>
<dc:creator>Moi</dc:creator><dc:date>2018</dc:date><text:p>À voir.</text:p></office:annotation>.<text:line-break/>Voilà
<text:hidden-text>caché</text:hidden-text></text:p>
<text:list><text:list-item><text:p>pain</text:p><text:list><text:list-item><text:p>de mie</text:p></text:list-item></text:list>
</text:list-item></text:list>
<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Nom</text:p><table:table><table:table-row>
<table:table-cell><text:p>dedans</text:p></table:table-cell></table:table-row></table:table></table:table-cell>
</table:table-row></table:table-header-rows><table:table-row><table:covered-table-cell/><table:table-cell><text:p>Prix</text:p>
</table:table-cell></table:table-row></table:table>
<text:p>Une <draw:frame><draw:object/></draw:frame> image.<draw:frame><draw:text-box><text:p>Boîte.</text:p></draw:text-box>
</draw:frame><draw:g><draw:custom-shape><text:p>Forme.</text:p></draw:custom-shape><draw:frame><draw:text-box>
<text:p>Dans le groupe.</text:p></draw:text-box></draw:frame></draw:g></text:p>"""


def test_an_opendocument_text(tmp_path: Path, zip_to: Zip, lawful: Law) -> None:
    document = lawful(load_document(zip_to(tmp_path / "a.odt", odt(BODY))))
    assert shown(document) == [
        ("matter", "Un 3"),
        ("heading", "Un titre"),
        ("paragraph", "Il pleut sur 10⁶ mètres.\nVoilà"),
        ("paragraph", "À voir."),
        ("item", "pain"),
        ("item", "de mie"),
        ("cell", "Nom"),
        ("cell", "dedans"),
        ("cell", "Prix"),
        ("paragraph", "Une \N{OBJECT REPLACEMENT CHARACTER} image."),
        ("paragraph", "Boîte."),
        ("paragraph", "Forme."),
        ("paragraph", "Dans le groupe."),
        ("paragraph", "Une note."),
        ("matter", "En-tête"),
    ]
    assert facts(document.blocks[2]) == {"noteref": "8 8 n1\t1", "place": "content.xml#3"}
    assert facts(document.blocks[3]) == {"beside": "comment", "place": "content.xml#5"}
    assert dict(document.blocks[8].data) == {"table": "1", "row": "2", "column": "2"}
    assert dict(document.blocks[13].data) == {"note": "n1"}
    assert document.meta == (("title", "Le phare"),)
    assert told(document) == ["deleted by tracked changes: “Effacé.”", "content.xml: hidden text: “caché”"]


def test_a_raised_link_in_an_opendocument_text_calls_a_note(tmp_path: Path, zip_to: Zip) -> None:
    link = "<text:a xlink:href='#n1'>1</text:a>"
    body = f"<text:p>Fin<text:span text:style-name='T1'>{link}</text:span> du texte.</text:p>"
    files = odt(body)
    files["content.xml"] = files["content.xml"].replace(
        " xmlns:dc", ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc'
    )
    (block, _) = load_document(zip_to(tmp_path / "a.odt", files)).blocks
    assert (block.text, dict(block.data)) == ("Fin du texte.", {"noteref": "3 3 1"})


@pytest.mark.parametrize("suffix", ["xlsx", "pptx", "odt"])
def test_what_is_broken_or_hostile_is_refused(tmp_path: Path, zip_to: Zip, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    files = {"xlsx": workbook(), "pptx": presentation(), "odt": odt(BODY)}[suffix]
    name = {"xlsx": "xl/workbook.xml", "pptx": "ppt/slides/2.xml", "odt": "content.xml"}[suffix]
    for raw in (b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"):
        path.write_bytes(raw)
        with pytest.raises(InputError):
            load_document(path)
    for text in ("<t", '<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><t>&b;</t>', "<a>" * 5000):
        with pytest.raises(InputError):
            load_document(zip_to(path, {**files, name: text}))
    lacking = zip_to(path, {other: text for other, text in files.items() if other != name})
    if suffix == "pptx":
        assert ("warning", "left-out") in [(flag.severity, flag.name) for flag in load_document(lacking).flags]
        return
    with pytest.raises(InputError):
        load_document(lacking)


def test_a_text_under_a_password_says_so(tmp_path: Path, zip_to: Zip) -> None:
    manifest = '<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    with pytest.raises(InputError, match="password"):
        load_document(zip_to(tmp_path / "a.odt", {**odt(""), "META-INF/manifest.xml": manifest}))
