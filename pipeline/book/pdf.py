"""The book on paper: bitexts as a PDF of two columns, aligned by pair, with contents, notes and page numbers."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pipeline.book.building import book_of
from pipeline.book.content import Paragraph, Table, tabled
from pipeline.book.files import place, template, template_text
from pipeline.book.images import image_type, safe_svg
from pipeline.book.inline import Mark, set_out
from pipeline.book.options import DEFAULTS, BookOptions
from pipeline.errors import OutputError
from pipeline.text import Bitext, Resource

PDF_LAYOUTS = ("side-by-side", "paragraphs", "sentences")


def write_pdf(bitexts: Sequence[Bitext], path: Path, options: BookOptions = DEFAULTS) -> None:
    """Write bitexts as a PDF, atomically, the same bytes for the same input, fonts and weasyprint.

    Raises OutputError where weasyprint (the extra `pdf`) is absent or the file cannot be written.
    """
    weasyprint = _weasyprint()
    book = book_of(bitexts, options)
    page = template("pdf/page.html.j2").render(
        book=book,
        layout=options.layout_of(PDF_LAYOUTS),
        date=options.date[:10],
        sheet=Markup(template_text("pdf/pdf.css").replace("PAPER", options.paper)),
        parts=[(part, list(_shown(part.paragraphs))) for part in book.parts],
        set_out=lambda text, marks: set_out(text, marks, _call),
        doubts=[pair for pair in book.pairs if pair.doubt],
    )
    document = weasyprint.HTML(string=page, base_url=None, url_fetcher=_only_inside(weasyprint))
    place(path, document.write_pdf(pdf_identifier=hashlib.sha256(page.encode()).digest()[:16]))


def check_pdf() -> None:
    """Make sure that a PDF can be written here; raises OutputError."""
    _weasyprint()


def _weasyprint() -> Any:
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise OutputError(
            f"a PDF book needs weasyprint, and it cannot be loaded: {str(error).splitlines()[0]}",
            "Install it (pip install 'visavis[pdf]') and the system's Pango (Debian: libpangoft2-1.0-0).",
        ) from error
    return weasyprint


def _only_inside(weasyprint: Any) -> Any:
    """What fetches files for a page: images that the page holds, and nothing else."""
    return weasyprint.URLFetcher(allowed_protocols={"data"})


def _shown(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph | Table, str]]:
    """Paragraphs and tables, each image as an address that holds it."""
    for one in tabled(paragraphs):
        image = _data_uri(one.image) if isinstance(one, Paragraph) and one.image else ""
        if isinstance(one, Table) or one.pairs or image:
            yield one, image


def _data_uri(image: Resource) -> str:
    kind = image_type(image)
    content = safe_svg(image.content) if kind == "image/svg+xml" else image.content
    return f"data:{kind};base64,{base64.b64encode(content).decode()}" if kind and content else ""


def _call(mark: Mark) -> str:
    if mark.kind == "back":
        return f' <a class="back" href="#{mark.value}">↩</a>'
    label = html.escape(mark.label)
    return f'<a class="call" id="{mark.id}" href="#{mark.value}">{label}</a>' if mark.value else f"<sup>{label}</sup>"
