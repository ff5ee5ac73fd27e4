"""Documents in the other language: a bitext set into the file that its source came of, which else stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.document.ass import write_ass
from pipeline.document.catalogues import write_json, write_po
from pipeline.document.docx import write_docx
from pipeline.document.epub import write_epub
from pipeline.document.html import write_html
from pipeline.document.markdown import write_markdown
from pipeline.document.odt import write_odt
from pipeline.document.options import DOCUMENT_LAYOUTS, DocumentOptions
from pipeline.document.pptx import write_pptx
from pipeline.document.subtitles import write_subtitles
from pipeline.document.tables import write_table
from pipeline.document.text import write_text
from pipeline.document.tmx import write_tmx
from pipeline.document.xliff import write_xliff
from pipeline.document.xlsx import write_xlsx
from pipeline.errors import InputError
from pipeline.files import appearing
from pipeline.read import format_of
from pipeline.text import Bitext

__all__ = ["DOCUMENT", "DOCUMENT_LAYOUTS", "FORMATS", "DocumentFormat", "DocumentOptions", "write_document"]

DOCUMENT = "document"  # what asks for an input's own form among the formats of a corpus


@dataclass(frozen=True, slots=True)
class DocumentFormat:
    """A format that is written in its own form: its name, what changes, its bytes, layouts of both languages."""

    name: str
    changes: str
    write: Callable[[Bitext, Path, DocumentOptions], bytes]
    layouts: tuple[str, ...] = ()


FORMATS: dict[str, DocumentFormat] = {
    one.name: one
    for one in (
        DocumentFormat(
            "docx",
            "text, headers, footers, notes, comments, charts, what pictures show, language",
            write_docx,
            DOCUMENT_LAYOUTS,
        ),
        DocumentFormat(
            "epub", "text of pages, what pictures show, entries of the contents, language", write_epub, DOCUMENT_LAYOUTS
        ),
        DocumentFormat("odt", "text, headers, footers, notes, comments, what pictures show, language", write_odt),
        DocumentFormat(
            "pptx", "text of slides, tables, notes, comments, charts, what pictures show, language", write_pptx
        ),
        DocumentFormat(
            "xlsx",
            "text of cells, boxes, comments, charts, prompts (no names, nothing that formulas compare with)",
            write_xlsx,
        ),
        DocumentFormat(
            "md", "text, tables, blocks of HTML, title and description of the front matter (not code)", write_markdown
        ),
        DocumentFormat("txt", "text, wrapped as it was", write_text),
        DocumentFormat("srt", "cues, set anew where there is too much to read", write_subtitles),
        DocumentFormat("vtt", "cues, set anew where there is too much to read", write_subtitles),
        DocumentFormat("ass", "events, set anew where there is too much to read", write_ass),
        DocumentFormat("xliff", "targets and their states", write_xliff),
        DocumentFormat("tmx", "units that have no translation", write_tmx),
        DocumentFormat("po", "empty messages", write_po),
        DocumentFormat("json", "texts", write_json),
        DocumentFormat("csv", "cells with texts", write_table),
        DocumentFormat("tsv", "cells with texts", write_table),
        DocumentFormat(
            "html", "text, title, attributes that people read (alt, placeholder), lang", write_html, DOCUMENT_LAYOUTS
        ),
    )
}
_USUAL = DocumentOptions()


def write_document(bitext: Bitext, source: Path, path: Path, options: DocumentOptions = _USUAL) -> None:
    """Write a translated document to `path`, in the form of the file that its source came of, whole or not at all.

    `bitext` must be of that file, read with `whole`. Raises InputError for a format that is not written, and for a file
    that does not hold what was read.
    """
    form = document_format(source, options.layout)
    with appearing(path) as stream:
        stream.write(form.write(bitext, source, options))


def document_format(source: Path, layout: str = "") -> DocumentFormat:
    """How a file is written in its own form; raises InputError where it is not, or not in a layout."""
    name = format_of(source).name
    if name not in FORMATS:
        raise InputError(
            f"{source}: {name} is not written in its own form", f"These are: {', '.join(FORMATS)}; or name a corpus."
        )
    if layout and layout not in FORMATS[name].layouts:
        able = ", ".join(one.name for one in FORMATS.values() if layout in one.layouts)
        raise InputError(
            f"{source}: {name} has no layout {layout!r} of both languages",
            f"These have: {able or 'none'}; leave `layout` out for the translation alone.",
        )
    return FORMATS[name]
