"""What an input format is: its names, how it is read, what a document keeps of it, and what is left aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.read.ass import read_ass
from pipeline.read.assembling import Told
from pipeline.read.docx import read_docx
from pipeline.read.epub import read_epub
from pipeline.read.html import read_html
from pipeline.read.markdown import read_markdown
from pipeline.read.odt import read_odt
from pipeline.read.pdf import read_pdf
from pipeline.read.po import read_po
from pipeline.read.pptx import read_pptx
from pipeline.read.rtf import read_rtf
from pipeline.read.strings import read_json_lines, read_strings
from pipeline.read.subtitles import read_subtitles
from pipeline.read.table import read_csv, read_tsv
from pipeline.read.text import read_text
from pipeline.read.tmx import read_tmx
from pipeline.read.xliff import read_xliff
from pipeline.read.xlsx import read_xlsx
from pipeline.text import Document


@dataclass(frozen=True, slots=True)
class Format:
    """An input format. One of `text` (decoded first) and `file` (read from its path) reads it."""

    name: str
    suffixes: tuple[str, ...]
    meaning: str
    keeps: str
    leaves: str
    text: Callable[[str, Told], Document] | None = None
    file: Callable[[Path, Told], Document] | None = None


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("txt", ("txt",), "plain text", "paragraphs, headings, verse, items, metadata lines", "", read_text),
        Format(
            "md", ("md", "markdown"), "Markdown", "headings, paragraphs, items, tables, images, front matter",
            "markup, code", read_markdown,
        ),
        Format(
            "html", ("html", "htm", "xhtml"), "web pages", "headings, paragraphs, items, tables, images, title",
            "scripts, styles, formulas (marked); menus, buttons and footers unless `web_pages: all`", read_html,
        ),
        Format(
            "srt", ("srt",), "SubRip subtitles", "cues with their times", "format tags", read_subtitles,
        ),
        Format("vtt", ("vtt",), "WebVTT subtitles", "cues with their times", "format tags, notes, styles",
               read_subtitles),
        Format(
            "epub", ("epub",), "e-books", "chapters in reading order, words in drawings, images, title",
            "scripts, styles, formulas (marked), contents page",
            file=read_epub,
        ),
        Format(
            "docx", ("docx",), "Word documents",
            "headings, paragraphs, items, tables, notes, comments, headers and footers (as matter), images, title",
            "drawings, fields' codes; charts, deleted text (quoted in flags)", file=read_docx,
        ),
        Format(
            "odt", ("odt", "ott"), "OpenDocument texts",
            "headings, paragraphs, items, tables, notes, comments, headers and footers (as matter), images, title",
            "hidden and deleted text, embedded objects (quoted in flags)", file=read_odt,
        ),
        Format(
            "pptx", ("pptx", "ppsx"), "presentations",
            "slides in order: titles, items, tables, diagrams, notes, comments, images, title",
            "charts, page numbers, dates (quoted in flags)", file=read_pptx,
        ),
        Format(
            "xlsx", ("xlsx", "xlsm"), "spreadsheets",
            "texts of cells, by sheet; named columns, keys, existing translations; text boxes, comments",
            "numbers, dates; charts, headers and footers (quoted in flags)", file=read_xlsx,
        ),
        Format(
            "pdf", ("pdf",), "printed pages", "paragraphs over lines, columns and pages, headings; page marks (apart)",
            "pictures, scanned pages (said so)", file=read_pdf,
        ),
        Format(
            "rtf", ("rtf",), "rich text", "headings, paragraphs, items, cells, notes, comments, text boxes, title",
            "pictures, deleted text (quoted in flags)", file=read_rtf,
        ),
        Format(
            "ass", ("ass", "ssa"), "SubStation subtitles", "cues with their times, styles and voices, title",
            "format tags, drawings; comments (quoted in flags)", read_ass,
        ),
        Format(
            "csv", ("csv",), "tables with commas or semicolons",
            "the columns that are named, or told by their names or words; keys, existing translations",
            "other columns (quoted in flags)", read_csv,
        ),
        Format(
            "tsv", ("tsv", "tab"), "tables with tabs",
            "the columns that are named, or told by their names or words; keys, existing translations",
            "other columns (quoted in flags)", read_tsv,
        ),
        Format(
            "json", ("json", "arb"), "strings of programs", "texts with their keys; named fields of records",
            "what describes strings (quoted in flags)", read_strings,
        ),
        Format(
            "jsonl", ("jsonl", "ndjson"), "records, one a line, with named fields",
            "texts, keys, existing translations",
            "other fields (quoted in flags)", read_json_lines,
        ),
        Format(
            "xliff", ("xlf", "xliff", "sdlxliff", "mqxliff", "txlf"), "XLIFF 1.2 and 2, Trados, memoQ, Wordfast",
            "segments, keys, notes, codes, states; what is final or confirmed, what is not to be translated",
            "translations nobody has agreed to, proposals (quoted in flags)", file=read_xliff,
        ),
        Format(
            "tmx", ("tmx",), "translation memories", "segments, ids, notes, codes",
            "translations in other languages; those in the target's, unless it is filled (write: document)",
            file=read_tmx,
        ),
        Format(
            "po", ("po", "pot"), "gettext catalogues",
            "messages, plurals, contexts, comments; translations that are not fuzzy",
            "obsolete messages, fuzzy translations (quoted in flags)", read_po,
        ),
    )
}  # fmt: skip
BY_SUFFIX: dict[str, Format] = {suffix: one for one in FORMATS.values() for suffix in one.suffixes}
