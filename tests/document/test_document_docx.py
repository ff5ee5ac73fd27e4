"""Word files in, Word files out: only the words change, and what stands around them goes with them."""

from __future__ import annotations

import re

import pytest
from docx import Document
from lxml import etree

from pipeline.document import write_document
from pipeline.errors import InputError

from .conftest import Desk, bitext_of, differing, part
from .word_files import docx, paragraph, run

BOLD, ITALIC = "<w:b/>", "<w:i/>"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def _body(text: str) -> str:
    """A body without the names of the text's own markup."""
    found = re.search(r"<w:body>(.*)<w:sectPr/>", text, re.S)
    assert found is not None
    return found[1].replace(' xml:space="preserve"', "")


def _made(desk: Desk, body: str, known: dict[str, str], **parts: str) -> str:
    path = desk.translated(desk.write("a.docx", docx(body, **parts)), known)
    etree.fromstring(part(path, "word/document.xml").encode())
    Document(str(path))
    return _body(part(path, "word/document.xml"))


def test_formats_and_links_go_to_their_words(desk: Desk) -> None:
    link = '<w:hyperlink r:id="rId9" w:history="1">' + run("notre site", '<w:rStyle w:val="Lien"/>') + "</w:hyperlink>"
    body = paragraph(
        run("Le "), run("chat noir", BOLD), run(" dort. Voir "), link, run(" pour "), run("la suite", ITALIC), run(".")
    )
    known = {"Le chat noir dort.": "The black cat sleeps.", "Voir notre site pour la suite.": "See our site for more."}
    made = _made(desk, body, known)
    assert "<w:t>The </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>black cat</w:t>" in made
    assert (
        '<w:hyperlink r:id="rId9" w:history="1"><w:r><w:rPr><w:rStyle w:val="Lien"/></w:rPr><w:t>our site</w:t>' in made
    )
    assert "<w:rPr><w:i/></w:rPr><w:t>more</w:t></w:r><w:r><w:t>.</w:t>" in made


def test_a_note_call_stands_after_the_mark_that_follows_its_word(desk: Desk) -> None:
    call = '<w:r><w:rPr><w:rStyle w:val="Appel"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    note = '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Il pleut.</w:t></w:r>'
    known = {"Il dort, dit-elle.": "He sleeps, she says.", "Il pleut.": "It rains."}
    made = _made(
        desk, paragraph(run("Il dort"), call, run(", dit-elle.")), known, footnotes=f"{note}</w:p></w:footnote>"
    )
    assert f"<w:t>He sleeps,</w:t></w:r>{call}<w:r><w:t> she says.</w:t>" in made
    notes = part(desk.folder / "a.en.docx", "word/footnotes.xml")
    assert re.search(r"<w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> ?It rains\.", notes)


def test_fields_keep_their_codes_and_counted_ones_what_they_show(desk: Desk) -> None:
    page, link = FIELD.format(code="PAGE", shown="12"), FIELD.format(code='HYPERLINK "x"', shown="le contrat")
    body = paragraph(run("Voir la page "), page, run(".")) + paragraph(run("Lire "), link, run(" ici."))
    made = _made(desk, body, {"Voir la page 12.": "See page 12.", "Lire le contrat ici.": "Read the contract here."})
    assert page.replace(' xml:space="preserve"', "") in made
    assert FIELD.format(code='HYPERLINK "x"', shown="the contract").replace(' xml:space="preserve"', "") in made


def test_tracked_changes_bookmarks_tabs_and_pictures_stay(desk: Desk) -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>vieux</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2">{run("grand")}</w:ins>'
    body = paragraph(run("Un "), deleted, inserted, run(" arbre.")) + paragraph(
        run("Nom"), "<w:r><w:tab/></w:r>", run("Date de naissance")
    )
    body += paragraph(
        '<w:bookmarkStart w:id="5" w:name="x"/>', run("Les parties"), '<w:bookmarkEnd w:id="5"/>', run(" signent.")
    )
    made = _made(
        desk,
        body,
        {"Un grand arbre.": "A big tree.", "Nom Date de naissance": "Name Date of birth",
         "Les parties signent.": "The parties sign."},
    )  # fmt: skip
    assert deleted in made
    assert '<w:ins w:id="2"><w:r><w:t>big</w:t></w:r></w:ins><w:r><w:t> tree.</w:t>' in made
    assert "<w:t>Name</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>Date of birth</w:t>" in made
    assert '<w:bookmarkStart w:id="5" w:name="x"/><w:r><w:t>The parties</w:t></w:r><w:bookmarkEnd w:id="5"/>' in made


def test_boxes_within_paragraphs_headers_and_comments_are_translated(desk: Desk) -> None:
    box = f"<w:txbxContent>{paragraph(run('Dans la boîte.'))}</w:txbxContent>"
    drawing = f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
    drawing += f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    known = {"Autour.": "Around.", "Dans la boîte.": "In the box.", "En-tête": "Header", "Une remarque.": "A remark."}
    comment = f'<w:comment w:id="0" w:author="A">{paragraph(run("Une remarque."))}</w:comment>'
    made = _made(desk, paragraph(run("Autour."), drawing), known, header=paragraph(run("En-tête")), comments=comment)
    assert made.count("<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>") == 2
    assert made.startswith("<w:p><w:r><w:t>Around.</w:t></w:r><w:r><mc:AlternateContent>")
    assert ">Header<" in part(desk.folder / "a.en.docx", "word/header1.xml")
    assert ">A remark.<" in part(desk.folder / "a.en.docx", "word/comments.xml")


def test_a_formula_stays_whole_among_the_words(desk: Desk) -> None:
    formula = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x=2</m:t></m:r></m:oMath>'
    made = _made(
        desk, paragraph(run("Soit "), formula, run(" le nombre.")), {"Soit x=2 le nombre.": "Let x=2 be the number."}
    )
    assert f"<w:t>Let </w:t></w:r>{formula}<w:r><w:t> be the number.</w:t>" in made


def test_the_language_of_the_document_and_of_what_was_translated_changes(desk: Desk) -> None:
    spoken = '<w:lang w:val="fr-FR"/>'
    body = paragraph(run("Il pleut.", spoken)) + paragraph(run("Guten Tag.", '<w:lang w:val="de-DE"/>'))
    made = _made(desk, body, {"Il pleut.": "It rains."})
    assert '<w:lang w:val="en-US"/></w:rPr><w:t>It rains.' in made
    assert 'w:val="de-DE"' in made
    assert '<w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="ar-SA"/>' in part(
        desk.folder / "a.en.docx", "word/styles.xml"
    )


def test_without_a_change_every_part_is_the_same_byte_for_byte(desk: Desk) -> None:
    body = paragraph(run("Le "), run("chat", BOLD), run(" dort."), style="Titre1") + paragraph(run("1 &amp; 2 &lt; 3"))
    source = desk.write("b.docx", docx(body, header=paragraph(run("En-tête")), footer=paragraph(run("Pied"))))
    assert differing(source, desk.translated(source, {})) == []
    changed = desk.translated(source, {"Pied": "Footer"})
    assert differing(source, changed) == ["word/footer1.xml", "word/styles.xml", "word/settings.xml"]


def test_a_file_that_is_another_by_now_is_refused_and_leaves_nothing(desk: Desk) -> None:
    source = desk.write("c.docx", docx(paragraph(run("Il pleut beaucoup."))))
    bitext = bitext_of(source, {"Il pleut beaucoup.": "It rains a lot."})
    source.write_bytes(docx(paragraph(run("xyz"))))
    with pytest.raises(InputError, match="not the words that were read"):
        write_document(bitext, source, desk.folder / "c.en.docx")
    assert [one.name for one in desk.folder.iterdir()] == ["c.docx"]


def test_a_drop_cap_is_the_first_letter_of_the_translation(desk: Desk) -> None:
    frame = '<w:p><w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>{}</w:p>'
    body = frame + "<w:p>{}{}{}</w:p>"
    source = docx(body.format(run("I"), run("l pleut sur la "), run("ville", "<w:b/>"), run(".")))
    known = {"Il pleut sur la ville.": "It rains on the town."}
    path = desk.write("a.docx", source)
    made = part(desk.translated(path, known), "word/document.xml")
    wanted = body.format(run("I"), run("t rains on the "), run("town", "<w:b/>"), run("."))
    assert _texts(made) == _texts(wanted)
    assert differing(path, desk.translated(path, {})) == []
    quoted = part(desk.translated(path, {"Il pleut sur la ville.": "“Rain on the town.”"}), "word/document.xml")
    assert _texts(quoted)[:2] == ["“R", "ain on the "]


def _texts(xml: str) -> list[str]:
    return re.findall(r"<w:t[ >][^<]*?>?([^<>]+)</w:t>", xml)
