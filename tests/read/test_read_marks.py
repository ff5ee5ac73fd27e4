"""What is set within lines of Word, OpenDocument, Markdown and HTML files, with its place; numbers, scenes, code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read import read_document
from pipeline.read.assembling import PLACE, Told
from pipeline.read.counting import letters, roman
from pipeline.read.html import read_html
from pipeline.read.markdown import read_markdown
from pipeline.read.marks import Runs
from pipeline.read.scenes import with_scenes
from pipeline.text import Block, Document

from .test_read_office import _ODF, Zip, odt

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
KINDS = {"em", "strong", "sup", "sub", "literal", "link", "noteref"}


def marked(block: Block) -> list[tuple[str, str, str]]:
    """Marks with the words that they are around."""
    found = []
    for kind, value in block.data:
        if kind in KINDS:
            start, end, *more = value.split(" ", 2)
            found.append((kind, block.text[int(start) : int(end)], "".join(more)))
    return found


def shown(document: Document) -> list[tuple[str, str, dict[str, str]]]:
    """Blocks with what is known of them besides marks."""
    hidden = KINDS | {PLACE}
    return [
        (one.kind, one.text, {name: value for name, value in one.data if name not in hidden}) for one in document.blocks
    ]


def saved(made: Any, path: Path) -> Document:
    made.save(str(path))
    return read_document(path)


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_runs_of_a_word_document(tmp_path: Path) -> None:
    made = docx.Document()
    line = made.add_paragraph("Le ")
    line.add_run("Saint").italic = True
    line.add_run("-Malo").italic = True
    line.add_run(" entra le 1")
    line.add_run("er").font.superscript = True
    line.add_run(" mars, ").bold = False
    line.add_run("à six", style="Strong")
    line.add_run(" heures ; H")
    line.add_run("2").font.subscript = True
    line.add_run("O.")
    lost = line.add_run(" Non.", style="Strong")
    lost.bold = False
    (block,) = saved(made, tmp_path / "a.docx").blocks
    assert block.text == "Le Saint-Malo entra le 1er mars, à six heures ; H2O. Non."
    assert marked(block) == [
        ("em", "Saint-Malo", ""), ("sup", "er", ""), ("strong", "à six", ""), ("sub", "2", "")
    ]  # fmt: skip


def test_links_of_a_word_document(tmp_path: Path) -> None:
    made = docx.Document()
    to = made.part.relate_to("https://exemple.org/a", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    bad = made.part.relate_to("javascript:alert(1)", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    line = made.add_paragraph("Voir ")._p
    for id, text in ((to, "un"), (bad, ", deux")):
        line.append(parse_xml(f'<w:hyperlink {W} {R} r:id="{id}"><w:r><w:t>{text}</w:t></w:r></w:hyperlink>'))
    code = '<w:r><w:instrText xml:space="preserve"> HYPERLINK "https://exemple.org/b" </w:instrText></w:r>'
    pieces = f"{field('begin')}{code}{field('separate')}<w:r><w:t> trois</w:t></w:r>{field('end')}"
    for element in parse_xml(f"<w:p {W}>{pieces}<w:r><w:t>, quatre.</w:t></w:r></w:p>"):
        line.append(element)
    (block,) = saved(made, tmp_path / "a.docx").blocks
    assert block.text == "Voir un, deux trois, quatre."
    assert marked(block) == [("link", "un", "https://exemple.org/a"), ("link", "trois", "https://exemple.org/b")]


def test_numbers_code_and_rules_of_a_word_document(tmp_path: Path) -> None:
    made = docx.Document()
    made.styles.add_style("Source Code", 1)
    for style, text in (
        ("List Number", "Un."), ("List Number", "Deux."), ("List Bullet", "Point."), ("List Number", "Trois."),
        ("Source Code", "a = 1"), ("Source Code", "b = 2"), ("Normal", ""), ("Normal", "Fin."),
    ):  # fmt: skip
        made.add_paragraph(text, style=style)
    rule = f'<w:pBdr {W}><w:bottom w:val="single"/></w:pBdr>'
    made.paragraphs[-2]._p.get_or_add_pPr().append(parse_xml(rule))
    assert shown(saved(made, tmp_path / "a.docx")) == [
        ("item", "Un.", {"number": "1."}),
        ("item", "Deux.", {"number": "2."}),
        ("item", "Point.", {}),
        ("item", "Trois.", {"number": "3."}),
        ("paragraph", "a = 1\nb = 2", {"code": "1"}),
        ("paragraph", "Fin.", {"break": "1"}),
    ]


@pytest.mark.parametrize("value", ["", "x", "-3", "99999999999999999999", "٣"])
def test_odd_values_of_lists_break_nothing(tmp_path: Path, value: str) -> None:
    made = docx.Document()
    line = made.add_paragraph("Un.", style="List Number")._p
    numbers = f'<w:numPr {W}><w:ilvl w:val="{value}"/><w:numId w:val="{value}"/></w:numPr>'
    line.get_or_add_pPr().append(parse_xml(numbers))
    assert [block.text for block in saved(made, tmp_path / "a.docx").blocks] == ["Un."]


STYLES = (
    "<style:style style:name='I' style:family='text'><style:text-properties fo:font-style='italic'/></style:style>"
    "<style:style style:name='P' style:family='paragraph'><style:text-properties fo:font-weight='bold'/></style:style>"
    "<text:list-style style:name='L'><text:list-level-style-number text:level='1' style:num-format='1' "
    "style:num-suffix=')'/><text:list-level-style-number text:level='2' style:num-format='i' style:num-suffix='.'/>"
    "</text:list-style></office:automatic-styles>"
)
LISTED = """<text:p text:style-name='P'>Tout gras.</text:p>
<text:p>Le <text:span text:style-name='I'>mot</text:span>, <text:a xlink:href='https://exemple.org/'>un lien</text:a>
et <text:a xlink:href='file:///etc'>rien</text:a>, 1<text:span text:style-name='T1'>er</text:span>.</text:p>
<text:list text:style-name='L'><text:list-item><text:p>Un.</text:p><text:list><text:list-item><text:p>Dedans.</text:p>
</text:list-item></text:list></text:list-item><text:list-item text:start-value='7'><text:p>Sept.</text:p>
<text:p>Encore.</text:p></text:list-item></text:list>
<text:list text:style-name='L' text:continue-numbering='true'><text:list-item><text:p>Huit.</text:p></text:list-item>
</text:list>"""


def test_an_opendocument_text(tmp_path: Path, zip_to: Zip) -> None:
    files = odt(LISTED)
    spaces = f' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:fo="{_ODF}xsl-fo-compatible:1.0" xmlns:dc'
    content = files["content.xml"].replace(" xmlns:dc", spaces).replace("</office:automatic-styles>", STYLES)
    files["meta.xml"] = files["meta.xml"].replace("<dc:title>", "<dc:creator>Un autre</dc:creator><dc:title>")
    document = read_document(zip_to(tmp_path / "a.odt", files | {"content.xml": content}))
    assert marked(document.blocks[0]) == [("strong", "Tout gras.", "")]
    assert marked(document.blocks[1]) == [
        ("em", "mot", ""), ("link", "un lien", "https://exemple.org/"), ("sup", "er", "")
    ]  # fmt: skip
    assert [(text, facts.get("number")) for kind, text, facts in shown(document) if kind == "item"] == [
        ("Un.", "1)"), ("Dedans.", "i."), ("Sept.", "7)"), ("Encore.", None), ("Huit.", "8)"),
    ]  # fmt: skip
    assert document.meta == (("title", "Le phare"), ("creator", "Un autre"))


def test_markdown() -> None:
    document = read_markdown(
        "Le *Saint-Malo*[^1] **entra {{ x }}** [ici](https://a.b/c), `f()`, 10<sup>6</sup> et 1<sup>er</sup>.<br>Fin."
        "\n\n***\n\n3. Un.\n4. Deux.\n   - Point.\n\n[^1]: Une *note*.",
        Told(),
    )
    first = document.blocks[0]
    assert first.text == "Le Saint-Malo entra \N{OBJECT REPLACEMENT CHARACTER} ici, f(), 10⁶ et 1er.\nFin."
    assert marked(first) == [
        ("noteref", "", "1"), ("em", "Saint-Malo", ""), ("strong", "entra \N{OBJECT REPLACEMENT CHARACTER}", ""),
        ("link", "ici", "https://a.b/c"), ("literal", "f()", ""), ("sup", "er", ""),
    ]  # fmt: skip
    assert ("noteref", "13 13 1") in first.data
    assert shown(document)[1:] == [
        ("item", "Un.", {"break": "1", "number": "3."}),
        ("item", "Deux.", {"number": "4."}),
        ("item", "Point.", {"depth": "2"}),
        ("paragraph", "Une note.", {"note": "1"}),
    ]


PIECES = ["*a*", " ", "**b c**", "[^1]", "`*`", "<i>", "</i>", "<br>", "$x$", "{.k}", "[d](http://e)", "\uf8fc"]
PIECES += ["<sup>2</sup>", "é\n", "_", "\\*"]


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), st.booleans())
def test_marks_of_markdown_lie_in_its_text(text: str, whole: bool) -> None:
    for block in read_markdown(text, Told(whole=whole)).blocks:
        for kind, words, _ in marked(block):
            assert kind == "noteref" or words == words.strip() != ""


def test_raised_letters_of_a_page() -> None:
    (block,) = read_html("<p>Le 1<sup>er</sup>, M<sup>me</sup> B., 10<sup>6</sup>, m<sup>2</sup>.</p>", Told()).blocks
    assert block.text == "Le 1er, Mme B., 10⁶, m2."
    assert [words for _, words, _ in marked(block)] == ["er", "me", "2"]


def test_an_empty_line_parts_scenes_where_few_do() -> None:
    texts = [("paragraph", f"Phrase {i}.", ()) for i in range(60)]
    assert [data for _, _, data in with_scenes(texts, [20, 41])].count((("break", "1"),)) == 2  # type: ignore[arg-type]
    assert with_scenes(texts, range(60)) == texts  # type: ignore[arg-type]
    assert with_scenes(texts[:10], [5]) == texts[:10]  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.text("ab \n", max_size=4), st.sets(st.sampled_from(["em", "strong"]))), max_size=6))
def test_each_letter_keeps_what_was_set_around_its_run(pieces: list[tuple[str, set[str]]]) -> None:
    runs = Runs()
    for text, around in pieces:
        runs.add(text, frozenset((kind, "") for kind in around))
    text = " ".join(runs.text.split())
    expected = [sorted(around) for piece, around in pieces for one in piece if not one.isspace()]
    found: list[set[str]] = [set() for _ in text]
    for kind, value in runs.taken(text):
        for at in range(*map(int, value.split())):
            found[at].add(kind)
    assert [sorted(found[at]) for at, one in enumerate(text) if not one.isspace()] == expected


def test_numbers_as_letters_and_roman_figures() -> None:
    assert [letters(one) for one in (1, 26, 27, 0)] == ["a", "z", "aa", "0"]
    assert [roman(one) for one in (4, 1999, 5000)] == ["IV", "MCMXCIX", "5000"]


RTF = r"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title Le ph\'e9nix}{\author Anne \u201?Onyme}}
\pard Le {\i Saint-\'c9tienne\u233\'e9} et \b gras\b0 , {\b\i deux} puis {\*\x \i perdu}
rien.{\footnote\pard Une \i note\i0 .\par}\par
\pard\i Toute la ligne,\par et la suivante.\plain  Non.\par
\pard{\listtext 1.\tab}Un.\par\pard{\listtext\'b7\tab}Point.\par\pard * * *\par\pard \outlinelevel0\b Titre\b0\par}"""


def test_rich_text(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_text(RTF, encoding="ascii")
    document = read_document(tmp_path / "a.rtf")
    assert document.meta == (("title", "Le phénix"), ("creator", "Anne ÉOnyme"))
    first, second, third = document.blocks[:3]
    assert first.text == "Le Saint-Étienneé et gras, deux puis rien."
    assert marked(first) == [
        ("em", "Saint-Étienneé", ""), ("strong", "gras", ""), ("em", "deux", ""), ("strong", "deux", ""),
        ("noteref", "", "1"),
    ]  # fmt: skip
    assert (marked(second), marked(third)) == ([("em", "Toute la ligne,", "")], [("em", "et la suivante.", "")])
    assert shown(document)[3:] == [
        ("item", "Un.", {"number": "1."}),
        ("item", "Point.", {}),
        ("paragraph", "* * *", {}),
        ("heading", "Titre", {"level": "1", "chapter": "1"}),
        ("paragraph", "Une note.", {"note": "1"}),
    ]
    assert marked(document.blocks[-1]) == [("em", "note", "")]
    assert marked(document.blocks[-2]) == []
