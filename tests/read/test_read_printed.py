"""PDF, RTF and SubStation files: paragraphs over pages and columns, what stands beside the text, hostile files."""

# ruff: noqa: E501 (RTF and CSS in one line stay readable where a break would be text)

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.loading import load_document
from pipeline.errors import InputError, ReaderFault
from pipeline.read.layout import blocks_of_pages
from pipeline.read.printed import Page, PageLine, columns_in_order
from pipeline.text import Document

Law = Callable[[Document], Document]


def shown(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in document.blocks]


def told(document: Document) -> list[str]:
    return [flag.detail for flag in document.flags if flag.name == "left-out"]


TEXT = (
    "Le gardien montait chaque soir les deux cents marches de l’escalier, une lampe à la main, et regardait longuement "
    "la mer qui se couvrait d’ombre. Il connaissait chacune des embarcations qui rentraient au port."
)


def printed(path: Path, *, columns: int, paragraphs: int) -> Path:
    """A PDF with a running head, page numbers, a heading a chapter and paragraphs that are numbered."""
    weasyprint = pytest.importorskip("weasyprint")
    style = (
        "@page {size: A5; margin: 2cm; @top-center {content: 'Revue des phares'} @bottom-center {content: counter(page)}}"
        f"body {{font-size: 10pt; hyphens: auto; text-align: justify; columns: {columns}; column-gap: 1cm}}"
        "p {text-indent: 1em; margin: 0}"
    )
    body = "".join(f"<p>Paragraphe {n}. {TEXT}</p>" for n in range(1, paragraphs + 1))
    html = f"<html lang=fr><title>Le phare</title><style>{style}</style><h1>Chapitre premier</h1>{body}</html>"
    weasyprint.HTML(string=html).write_pdf(path)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("columns", [1, 2])
def test_paragraphs_of_printed_pages(tmp_path: Path, lawful: Law, columns: int) -> None:
    document = lawful(load_document(printed(tmp_path / "a.pdf", columns=columns, paragraphs=24)))
    text = [(block.kind, block.text) for block in document.blocks if block.kind != "page"]
    assert text == [("heading", "Chapitre premier"), *(("paragraph", f"Paragraphe {n}. {TEXT}") for n in range(1, 25))]
    marks = [block.text for block in document.blocks if block.kind == "page"]
    assert marks[:2] == ["Revue des phares", "1"]
    assert len(marks) == 2 * len(set(marks[1::2])) >= 6
    assert document.meta == (("title", "Le phare"),)


def test_notes_at_the_foot_do_not_cut_a_paragraph(tmp_path: Path, lawful: Law) -> None:
    weasyprint = pytest.importorskip("weasyprint")
    style = (
        "@page {size: A5; margin: 2cm; @footnote {border-top: 1px solid}} body {font-size: 11pt} p {margin: 0}"
        ".n {float: footnote; font-size: 8pt} ::footnote-call {font-size: 6pt; vertical-align: super}"
    )
    said = {n: f"Note sur {'abcdefghijklm'[n] * 3}." for n in (3, 6, 9, 12)}
    text = "".join(
        f"<p>{TEXT} {TEXT} Fin{f'<span class=n>{said[n]}</span>' if n in said else ''} du paragraphe {n}.</p>"
        for n in range(1, 13)
    )
    path = tmp_path / "a.pdf"
    weasyprint.HTML(string=f"<html lang=fr><style>{style}</style>{text}").write_pdf(path)
    document = lawful(load_document(path))
    body = [block.text for block in document.blocks if "note" not in dict(block.data)]
    assert body == [f"{TEXT} {TEXT} Fin du paragraphe {n}." for n in range(1, 13)]
    notes = {dict(block.data)["note"]: block.text for block in document.blocks if "note" in dict(block.data)}
    assert notes == {str(n): f"{n}. {said[3 * n]}" for n in range(1, 5)}
    calls = [value for block in document.blocks for name, value in block.data if name == "noteref"]
    assert calls == ["1", "2", "3", "4"]


def test_pictures_of_pages_and_passwords_are_told(tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    path = tmp_path / "a.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(300, 300)
    writer.write(path)
    with pytest.raises(InputError, match="without text"):
        load_document(path)
    writer = pypdf.PdfWriter(clone_from=printed(path, columns=1, paragraphs=1))
    writer.encrypt("secret")
    writer.write(path)
    with pytest.raises(InputError, match="is protected"):
        load_document(path)


@pytest.mark.slow
def test_a_damaged_page_is_told(tmp_path: Path) -> None:
    path = printed(tmp_path / "a.pdf", columns=1, paragraphs=9)
    raw, told_of = path.read_bytes(), set()
    for found in re.finditer(rb"stream\n", raw):
        at = found.end() + 60
        path.write_bytes(raw[:at] + bytes(20) + raw[at + 20 :])
        try:
            told_of |= {(flag.name, flag.severity) for flag in load_document(path).flags}
        except ReaderFault:
            raise
        except InputError:
            continue
    assert ("damaged", "warning") in told_of


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.4\nx",
        b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 1 0 R>> endobj trailer <</Root 1 0 R>>",
        b"%PDF-1.4\nstream\n" + zlib.compress(bytes(101 << 20)) + b"endstream",
        b"%PDF-1.4\nstream\n" + zlib.compress(zlib.compress(bytes(101 << 20))) + b"endstream",
    ],
)
def test_hostile_pdfs_are_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(raw)
    with pytest.raises(InputError):
        load_document(path)


def line(left: float, top: float, text: str, width: float = 200) -> PageLine:
    return PageLine(left, top - 10, left + width, top, text)


def test_a_title_over_two_columns_is_read_first() -> None:
    lines = [line(320, 600 - 12 * n, f"droite {n}") for n in range(5)]
    lines += [line(50, 600 - 12 * n, f"gauche {n}") for n in range(5)]
    lines += [line(50, 700, "Titre", 470)]
    order = [one.text for part in columns_in_order(lines, 600) for one in part]
    assert order == ["Titre", *(f"gauche {n}" for n in range(5)), *(f"droite {n}" for n in range(5))]


@given(
    st.lists(st.builds(line, st.floats(0, 500), st.floats(10, 800), st.text("aB. 1-", min_size=1), st.floats(1, 500)))
)
def test_no_line_of_a_page_is_lost_or_doubled(lines: list[PageLine]) -> None:
    lines = [one for one in lines if one.text.strip()]
    texts = [text for _, text, _ in blocks_of_pages([Page(600, 800, tuple(lines))] * 2, "fr")]
    wanted = sorted("".join("".join(one.text.split()) for one in lines) * 2)
    found = sorted("".join("".join(text.split()) for text in texts))
    assert [c for c in found if c != "-"] == [c for c in wanted if c != "-"]


RTF = r"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fswiss\fcharset0 Arial;{\*\falt Helvetica}}}
{\stylesheet{\s0 Normal;}{\s1\sb240 heading 1;}{\s5\b Table Heading;}}{\info{\title Le ph\'e9nix}}
{\header\pard En-t\'eate\par}\pard\s1 Un titre\b0{\super 2}\par
\pard\plain\outlinelevel1 Deux\par\pard\plain Il pleut{\super\chftn}{\footnote\pard Une note.\par} sur 10{\super 6} m\'e8tres.\par
\pard\s5\intbl Nom\cell Prix\cell\row
\pard {\field{\*\fldinst HYPERLINK "http://x.test/"}{\fldrslt lien}} et \u233?t\u233?{\deleted parti}{\*\annotation\pard \'c0 voir.}.\par
{\pict\pngblip 89504e}{\*\shpinst{\shptxt\pard Bo\'eete.\par}}Fin.\par}"""


def test_rich_text_and_what_stands_beside_it(tmp_path: Path, lawful: Law) -> None:
    path = tmp_path / "a.rtf"
    path.write_text(RTF, encoding="ascii")
    document = lawful(load_document(path))
    assert shown(document) == [
        ("heading", "Un titre2"),
        ("heading", "Deux"),
        ("paragraph", "Il pleut sur 10⁶ mètres."),
        ("paragraph", "Nom"),
        ("paragraph", "Prix"),
        ("paragraph", "lien et été."),
        ("paragraph", "Fin."),
        ("paragraph", "Boîte."),
        ("matter", "En-tête"),
        ("paragraph", "Une note."),
        ("paragraph", "À voir."),
    ]
    assert [dict(block.data) for block in document.blocks[-2:]] == [{"note": "1"}, {"beside": "comment"}]
    assert document.meta == (("title", "Le phénix"),)
    assert told(document) == ["deleted by tracked changes: “parti”"]
    for broken in (RTF[:-1], "{\\rtf1" + "{" * 3000 + "}" * 3001):
        path.write_text(broken, encoding="ascii")
        with pytest.raises(InputError):
            load_document(path)


ASS = """[Script Info]
Title: Le phare
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:03.00,0:00:05.00,Default,,0,0,0,,Le vent, lui,\\Nsouffle.
Dialogue: 0,0:00:01.00,0:00:02.50,Default,Anne,0,0,0,,{\\i1}Il pleut{\\i0}, dit-elle. {\\p1}m 0 0 l 10 10{\\p0}
Comment: 0,0:00:06.00,0:00:07.00,Default,,0,0,0,,À revoir
"""


def test_substation_cues_in_the_order_of_their_times(tmp_path: Path, lawful: Law) -> None:
    path = tmp_path / "a.ass"
    path.write_text(ASS, encoding="utf-8")
    document = lawful(load_document(path))
    assert shown(document) == [("cue", "Il pleut, dit-elle."), ("cue", "Le vent, lui,\nsouffle.")]
    first = dict(document.blocks[0].data)
    assert first == {"start": "00:00:01.000", "end": "00:00:02.500", "look": "Default", "voice": "Anne"}
    assert told(document) == ["00:00:06.000: a comment: “À revoir”"]
    path.write_text(ASS.replace("0:00:03.00,0:00:05.00,", "x,"), encoding="utf-8")
    with pytest.raises(InputError, match=r"cannot be read|not ASS"):
        load_document(path)


@given(st.binary(max_size=200), st.sampled_from([("a.rtf", RTF), ("a.ass", ASS), ("a.pdf", "%PDF-1.4\n")]))
def test_whatever_a_file_holds_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes, kind: tuple[str, str]
) -> None:
    path = tmp_path_factory.mktemp("any") / kind[0]
    at = len(raw) * 7 % max(1, len(kind[1]))
    path.write_bytes(kind[1][:at].encode() + raw + kind[1][at:].encode())
    try:
        load_document(path)
    except ReaderFault:
        raise
    except InputError:
        return
