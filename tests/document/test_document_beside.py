"""What people read beside the text: attributes of pages, what pictures show, charts, hints of links and cells."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.datavalidation import DataValidation

from pipeline.document import DocumentOptions
from pipeline.read.attributes import PAGES

from .conftest import Desk, differing, part
from .word_files import docx, paragraph, run

YEAR = "Ventes de l'année"
KNOWN = {
    "Le chat noir dort.": "The black cat sleeps.",
    "Un chat noir": "A black cat",
    "Votre nom": "Your name",
    "Le site d'un chat": "A cat's “site” & more",
    "Envoyer": "Send",
    "Mois de mai": "Month of May",
    YEAR: "Sales of the year",
    "Choisissez": "Choose",
}


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("<label>Votre nom <input></label><button>Envoyer</button><button>Votre nom</button>",
         "<label>Your name <input></label><button>Send</button><button>Your name</button>"),
        ("<input placeholder=Envoyer>", '<input placeholder="Send">'),
        ('<img src="a.png" alt="Un chat noir">', '<img src="a.png" alt="A black cat">'),
        ("<p>Le <a href=x title='Votre nom'>chat</a> noir dort.</p>",
         "<p>The black <a href=x title='Your name'>cat</a> sleeps.</p>"),
        ("<p>Le <b>chat <img alt='Un chat noir'> noir</b> dort.</p>",
         "<p>The <b><img alt='A black cat'> black cat</b> sleeps.</p>"),
        ('<input placeholder="Votre nom"><input type=submit value="Envoyer">',
         '<input placeholder="Your name"><input type=submit value="Send">'),
        ('<input value="Envoyer"><link rel="x" title="Votre nom">',
         '<input value="Envoyer"><link rel="x" title="Votre nom">'),
        ('<meta name="description" content="Le site d&#39;un chat">',
         '<meta name="description" content="A cat\'s “site” &amp; more">'),
        ("<meta property=og:title content='Le site d&#39;un chat'>",
         "<meta property=og:title content='A cat&#39;s “site” &amp; more'>"),
        ('<!-- <img alt="Un chat noir"> --><script>"<img alt=\'Un chat noir\'>"</script>',) * 2,
        ('<img translate="no" alt="Un chat noir"><div aria-label="Votre nom" lang="fr"></div>',
         '<img translate="no" alt="Un chat noir"><div aria-label="Your name" lang="en"></div>'),
    ],
)  # fmt: skip
def test_attributes_of_a_page_are_translated_where_people_read_them(desk: Desk, source: str, made: str) -> None:
    text = "<!doctype html>\n<html lang=en><body>{}<p>1</p></body></html>"
    assert desk.text("a.html", text.format(source), KNOWN) == text.format(made)


@given(st.text(alphabet="<>\"'= altxn-!/é\n", max_size=60))
def test_attributes_are_slices_of_their_page(text: str) -> None:
    for one in PAGES.of(text):
        assert text[one.start : one.end]
        assert text[one.start - 1] not in "\"'" or text[one.start - 1] == text[one.end]


_PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="Image 1" descr="{}"/></wp:inline></w:drawing></w:r>'
)


def test_pictures_of_word_say_what_they_show_and_links_hint_at(desk: Desk) -> None:
    link = '<w:hyperlink w:anchor="x" w:tooltip="{}">' + "{}</w:hyperlink>"
    body = paragraph(run("Le "), link.format("Votre nom", run("chat")), _PICTURE.format("Un chat noir"),
                     run(" noir dort."))  # fmt: skip
    path = desk.write("a.docx", docx(body + paragraph(_PICTURE.format("Un chat noir"))))
    made = part(desk.translated(path, KNOWN), "word/document.xml")
    assert made.count('descr="A black cat"') == 2
    assert 'w:tooltip="Your name"' in made
    under = part(desk.translated(path, KNOWN, DocumentOptions(layout="under")), "word/document.xml")
    assert 'descr="A black cat"' not in under


_A, _R = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006",
)
_P, _C = (
    "http://schemas.openxmlformats.org/presentationml/2006/main",
    "http://schemas.openxmlformats.org/drawingml/2006/chart",
)
_SPACES = f'xmlns:a="{_A}" xmlns:r="{_R}/relationships" xmlns:p="{_P}" xmlns:c="{_C}"'
_LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_TITLE = '<a:p><a:r><a:rPr lang="fr-FR"/><a:t>{}</a:t></a:r></a:p>'


def _link(kind: str, target: str) -> str:
    return _LINKS.format(f'<Relationship Id="r1" Type="{_R}/relationships/{kind}" Target="{target}"/>')


def _slides() -> bytes:
    """A presentation of one slide with a chart; what programs want beside that is left out."""
    texts = "".join(f'<c:pt idx="{n}"><c:v>{text}</c:v></c:pt>' for n, text in enumerate(("Mois de mai", "2024")))
    shape = (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name="Graphique" descr="Un chat noir"/>'
        f'</p:nvGraphicFramePr><a:graphic><a:graphicData uri="{_C}"><c:chart r:id="r1"/></a:graphicData></a:graphic>'
        f"</p:graphicFrame>"
    )
    files = {
        "_rels/.rels": _link("officeDocument", "ppt/presentation.xml"),
        "ppt/presentation.xml": f'<p:presentation {_SPACES}><p:sldIdLst><p:sldId id="1" r:id="r1"/></p:sldIdLst>'
        "</p:presentation>",
        "ppt/_rels/presentation.xml.rels": _link("slide", "slides/slide1.xml"),
        "ppt/slides/slide1.xml": f"<p:sld {_SPACES}><p:cSld><p:spTree>{shape}</p:spTree></p:cSld></p:sld>",
        "ppt/slides/_rels/slide1.xml.rels": _link("chart", "../charts/chart1.xml"),
        "ppt/charts/chart1.xml": f"<c:chartSpace {_SPACES}><c:title><c:rich>{_TITLE.format(YEAR)}</c:rich></c:title>"
        f"<c:cat><c:strRef><c:f>A1</c:f><c:strCache>{texts}</c:strCache></c:strRef></c:cat>"
        "<c:val><c:numCache><c:pt><c:v>7</c:v></c:pt></c:numCache></c:val></c:chartSpace>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def test_charts_of_slides_are_translated(desk: Desk) -> None:
    path = desk.write("a.pptx", _slides())
    made = desk.translated(path, KNOWN)
    chart = (
        part(path, "ppt/charts/chart1.xml").replace("Mois de mai", "Month of May").replace(YEAR, "Sales of the year")
    )
    assert part(made, "ppt/charts/chart1.xml") == chart.replace('lang="fr-FR"', 'lang="en-US"')
    assert 'descr="A black cat"' in part(made, "ppt/slides/slide1.xml")
    assert differing(path, desk.translated(path, {})) == []


def test_charts_and_prompts_of_sheets_are_translated(desk: Desk) -> None:
    book, stream = Workbook(), io.BytesIO()
    sheet = book.active
    for row in (("Mois de mai", 1), (YEAR, 2)):
        sheet.append(row)
    chart = BarChart()
    chart.title = YEAR
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=2))
    sheet.add_chart(chart, "D1")
    asked = DataValidation(type="whole", operator="greaterThan", formula1="0", prompt="Choisissez")
    sheet.add_data_validation(asked)
    asked.add("B1")
    book.save(stream)
    path = desk.write("a.xlsx", stream.getvalue())
    made = desk.translated(path, KNOWN)
    assert 'prompt="Choose"' in part(made, "xl/worksheets/sheet1.xml")
    assert "Sales of the year" in part(made, "xl/charts/chart1.xml")
    assert differing(path, desk.translated(path, {})) == []


def test_what_formulas_and_choices_compare_with_stays(desk: Desk) -> None:
    book, stream = Workbook(), io.BytesIO()
    sheet = book.active
    for row in (("Votre nom", '=IF(A1="Votre nom","Envoyer","Le chat")'), ("Envoyer",), ("Un chat noir",)):
        sheet.append(row)
    choices = DataValidation(type="list", formula1='"Un chat noir,Non"')
    sheet.add_data_validation(choices)
    choices.add("C1")
    book.save(stream)
    made = desk.translated(desk.write("a.xlsx", stream.getvalue()), {**KNOWN, "Choisissez": "Choose"})
    sheet = load_workbook(made).active
    assert [sheet[cell].value for cell in ("A1", "A2", "A3")] == ["Votre nom", "Envoyer", "Un chat noir"]
