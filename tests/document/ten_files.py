"""Ten Word files as people write them: letters, contracts, reports, forms, with all that Word puts between words."""

from __future__ import annotations

from .word_files import docx, paragraph, run

BOLD, ITALIC, LINK = "<w:b/>", "<w:i/>", '<w:rStyle w:val="Lien"/>'
_DRAWING = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="360000" cy="360000"/><wp:docPr id="{0}" name="Image {0}"/><a:graphic xmlns:a='
    '"http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri='
    '"http://schemas.openxmlformats.org/drawingml/2006/picture"/></a:graphic></wp:inline></w:drawing></w:r>'
)


def _field(code: str, shown: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        f'{code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _link(text: str) -> str:
    return f'<w:hyperlink w:anchor="x">{run(text, LINK)}</w:hyperlink>'


def _table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc><w:tcPr/>{paragraph(run(cell))}</w:tc>" for cell in row) for row in rows)
    body = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * len(rows[0])}</w:tblGrid>{body}</w:tbl>{paragraph()}"


def _note(number: int, text: str) -> str:
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    return f'<w:footnote w:id="{number}"><w:p>{mark}{run(" " + text)}</w:p></w:footnote>'


def _call(number: int) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def _item(text: str) -> str:
    return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{run(text)}</w:p>'


TAB, BREAK = "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>"
_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
    f"{paragraph(run('Promotion de '), run('printemps', BOLD))}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
    "<mc:Fallback/></mc:AlternateContent></w:r>"
)
_CONTROL = (
    '<w:sdt><w:sdtPr><w:alias w:val="Nom"/></w:sdtPr><w:sdtContent>' + run("Jeanne Martin") + "</w:sdtContent></w:sdt>"
)

_DELETED = '<w:del w:id="2" w:author="A"><w:r><w:delText>800 euros</w:delText></w:r></w:del>'

FILES: dict[str, bytes] = {
    "letter": docx(
        paragraph(run("Madame, Monsieur,"))
        + paragraph(run("Nous avons bien reçu votre "), run("lettre du 3 mars", BOLD),
                    run(" et nous vous en remercions."))
        + paragraph(run("Veuillez agréer nos salutations."), BREAK, run("Le directeur", ITALIC)),
        header=paragraph(run("Société du Nord"), TAB, run("Page "), _field("PAGE", "1")),
    ),
    "contract": docx(
        paragraph(run("Contrat de location"), style="Titre1")
        + paragraph('<w:bookmarkStart w:id="1" w:name="a"/>', run("Le bailleur"), '<w:bookmarkEnd w:id="1"/>',
                    run(" loue l'appartement au "), run("preneur", BOLD), run(" pour un an."))
        + paragraph(run("Le loyer est de "), _DELETED,
                    f'<w:ins w:id="3" w:author="A">{run("900 euros")}</w:ins>', run(" par mois."))
        + _table(("Pièce", "Surface"), ("Chambre", "12 m²"), ("Cuisine équipée", "8 m²")),
        comments=f'<w:comment w:id="0" w:author="A">{paragraph(run("À vérifier."))}</w:comment>',
    ),
    "report": docx(
        paragraph(run("Rapport annuel"), style="Titre1")
        + paragraph(run("Les ventes"), _call(2), run(" ont augmenté, malgré la "),
                    run("crise", ITALIC), _call(3), run("."))
        + paragraph(_DRAWING.format(1), run("Les résultats de l'année sont dans la figure "),
                    _field("SEQ Figure", "1"), run(".")),
        footnotes=_note(2, "Hors taxes.") + _note(3, "Voir la page suivante."),
    ),
    "resume": docx(
        paragraph(run("2019"), TAB, run("Ingénieure", BOLD), TAB, run("Usine de Lyon"))
        + paragraph(run("2021"), TAB, run("Cheffe de projet", BOLD), TAB, run("Bureau d'études"))
        + "".join(map(_item, ("Gestion de l'équipe", "Suivi du budget"))),
    ),
    "invoice": docx(
        paragraph(run("Facture n° "), _field("DOCPROPERTY Numero", "2024-17"), run(" du 5 juin 2024"))
        + _table(("Désignation", "Prix"), ("Deux tables en bois", "240,00 €"), ("Livraison à domicile", "30,00 €")),
        footer=paragraph(run("Page "), _field("PAGE", "1"), run(" sur "), _field("NUMPAGES", "3")),
    ),
    "minutes": docx(
        paragraph(run("Étaient présents"), run(" : Mme Durand, M. Petit.", ITALIC))
        + "".join(map(_item, ("Le budget est adopté.", "La séance est levée à midi.")))
        + paragraph(run("Voir le "), _link("compte rendu précédent"), run(" pour plus de détails.")),
    ),
    "right-to-left": docx(
        paragraph(run("Il a dit "), run("السلام عليكم", "<w:rtl/>"), run(" en entrant dans la pièce."))
        + paragraph(run("Le mot "), run("שלום", "<w:rtl/>"), run(" veut dire paix."))
    ),
    "form": docx(
        paragraph(run("Nom de la personne : "), _CONTROL, run("."))
        + paragraph('<w:commentRangeStart w:id="7"/>', run("Cochez une case"), '<w:commentRangeEnd w:id="7"/>',
                    '<w:r><w:commentReference w:id="7"/></w:r>', run(" et signez le formulaire.")),
        comments=f'<w:comment w:id="7" w:author="A">{paragraph(run("Une seule."))}</w:comment>',
    ),
    "flyer": docx(
        paragraph(run("Venez nous voir", BOLD), _BOX, run(" au magasin."))
        + paragraph(_DRAWING.format(2)) + paragraph(run("Ouvert tous les jours"), _DRAWING.format(3))
    ),
    "article": docx(
        paragraph(run("La loi de 1905 sépare les "), run("Églises", BOLD), run(" et l'", BOLD + ITALIC),
                  run("État", ITALIC),
                  run(" depuis le XX"), run("e", '<w:vertAlign w:val="superscript"/>'), run(" siècle"),
                  _call(2), run(". "),
                  _link("Le texte complet"), run(" est en ligne.")),
        footnotes=_note(2, "Journal officiel."),
    ),
}  # fmt: skip
