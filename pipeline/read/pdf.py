"""PDF to a document: the lines of its pages to paragraphs and headings, with pdfminer.six."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError
from pipeline.read.assembling import Data, Told, document_of_texts
from pipeline.read.encoding import read_bytes
from pipeline.read.layout import blocks_of_pages
from pipeline.read.printed import Page, PageLine
from pipeline.text import Document, Flag

if TYPE_CHECKING:
    from pdfminer.layout import LTContainer
    from pdfminer.pdfdocument import PDFDocument

_STREAM = re.compile(rb"stream\r?\n")
_LARGEST = 100 << 20  # bytes that a stream may unpack to
_DEEPEST = 3  # times that a stream is packed again
_UNKNOWN = re.compile(r"\(cid:\d+\)")  # what pdfminer gives for a glyph whose letter the file does not say
_LIGATURES = {
    code: name for code, name in zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SHARE_UNKNOWN = 0.1  # of a page's glyphs, above which its text is not to be trusted
_HEAVY = re.compile(r"bold|black|heavy|demi|-bd|\bmedium", re.IGNORECASE)


def read_pdf(path: Path, told: Told) -> Document:
    """The document of a PDF: lines joined to paragraphs, columns in order, running heads and page numbers aside.

    Raises InputError where it is broken, hostile, protected, or holds only pictures of pages. Pages without text
    among others, and fonts that do not tell their letters, are told in flags.
    """
    raw = read_bytes(path)
    _refuse_bombs(raw, path)
    with _heard("pdfminer") as complaints:
        meta, pages, pictures, unknown = _read(path)
    scanned = [number for number in pictures if not pages[number - 1].lines]
    if pages and not any(page.lines for page in pages):
        what = f"pictures of {len(pages)} pages" if scanned else "pages without text"
        raise InputError(f"{path} holds {what}, no text", "Recognise its text first (OCR), such as with OCRmyPDF.")
    flags = [Flag("scanned-pages", "warning", f"pictures without text: {_ranges(scanned)}")] if scanned else []
    if unknown:
        flags.append(Flag("letters-unknown", "warning", f"fonts that do not tell their letters: {_ranges(unknown)}"))
    if complaints:
        said = f"{complaints[0][:160]}" + (f", and {len(complaints) - 1:,} more" if len(complaints) > 1 else "")
        flags.append(Flag("damaged", "warning", said))
    texts = blocks_of_pages(pages, told.language)
    return document_of_texts(texts, replace(told, meta=(*told.meta, *meta), flags=(*told.flags, *flags)))


@contextmanager
def _heard(name: str) -> Iterator[list[str]]:
    """What a library complains of while it reads: it goes on over what it cannot read, and only its log says so."""
    import logging

    said: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger(name)
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


def _read(path: Path) -> tuple[Data, list[Page], list[int], list[int]]:
    """Metadata, pages, and the numbers of pages that show a picture, or whose letters are not known."""
    from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    from pdfminer.pdfparser import PDFParser
    from pdfminer.psexceptions import PSException

    with path.open("rb") as stream:
        try:
            document = PDFDocument(PDFParser(stream))
            if not document.is_extractable:
                raise PDFTextExtractionNotAllowed
            pages, pictures, unknown = [], [], []
            for number, (page, has_picture, has_unknown) in enumerate(_pages(document), start=1):
                pages.append(page)
                pictures += [number] if has_picture else []
                unknown += [number] if has_unknown else []
            return _meta(document), pages, pictures, unknown
        except (PDFPasswordIncorrect, PDFEncryptionError, PDFTextExtractionNotAllowed) as error:
            raise InputError(f"{path} is protected", "Save it without a password; protection is not broken.") from error
        except (PSException, RecursionError, ValueError, KeyError, TypeError, IndexError, AssertionError) as error:
            said = f"{type(error).__name__}: {error}"[:160]
            raise InputError(f"{path} is not a whole PDF ({said})", "Print or export it anew as PDF.") from error


def _pages(document: PDFDocument) -> Iterator[tuple[Page, bool, bool]]:
    """The pages with their lines; whether they show a picture, and whether their letters are not known."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams, LTFigure, LTImage, LTTextBox, LTTextLine
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=LAParams(boxes_flow=None, all_texts=True))
    interpreter = PDFPageInterpreter(manager, device)
    for page in PDFPage.create_pages(document):
        interpreter.process_page(page)
        layout = device.get_result()
        lines, picture, unknown, glyphs, box = list[PageLine](), False, 0, 0, 0
        for one in _inside(layout):
            box += isinstance(one, LTTextBox)
            if isinstance(one, LTTextLine):
                raw = one.get_text()
                unknown, glyphs = unknown + len(_UNKNOWN.findall(raw)), glyphs + len(_UNKNOWN.sub("?", raw))
                size, heavy = _font(one)
                text = " ".join(_text(one, size).translate(_LIGATURES).split())
                if text:
                    lines.append(PageLine(one.x0, one.y0, one.x1, one.y1, text, size, heavy, box))
            picture = picture or isinstance(one, LTImage | LTFigure)
        yield Page(layout.width, layout.height, tuple(lines)), picture, unknown > _SHARE_UNKNOWN * max(1, glyphs)


def _inside(layout: LTContainer[Any]) -> Iterator[Any]:
    """Boxes of a page each before its lines, and pictures, also those within figures."""
    from pdfminer.layout import LTContainer, LTTextLine

    waiting = [layout]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, LTContainer) and not isinstance(one, LTTextLine):
            waiting += reversed(list(one))


def _text(line: Any, size: float) -> str:
    """The text of a line; figures that are small and stand high are raised (¹)."""
    from pdfminer.layout import LTChar

    return "".join(
        one.get_text().translate(_RAISED)
        if isinstance(one, LTChar) and one.size < 0.8 * size and one.y0 > line.y0 + 0.15 * size
        else one.get_text()
        for one in line
    )


def _font(line: Any) -> tuple[float, bool]:
    """The size of most of a line's letters, and whether they are heavy."""
    from pdfminer.layout import LTChar

    letters = [one for one in line if isinstance(one, LTChar) and not one.get_text().isspace()]
    sizes = sorted(one.size for one in letters)
    heavy = sum(bool(_HEAVY.search(one.fontname)) for one in letters)
    return (sizes[len(sizes) // 2] if sizes else 0.0), heavy > 0.6 * max(1, len(letters))


def _meta(document: PDFDocument) -> Data:
    """Title and author as the file tells them."""
    found: dict[str, str] = {}
    for info in document.info:
        for key, name in (("Title", "title"), ("Author", "creator")):
            value = info.get(key)
            if isinstance(value, bytes) and (text := _decoded(value)):
                found.setdefault(name, text)
    return tuple(found.items())


def _decoded(value: bytes) -> str:
    from pdfminer.utils import decode_text

    return " ".join(decode_text(value).split())


def _refuse_bombs(raw: bytes, path: Path) -> None:
    """Raise InputError for a stream that unpacks to far more than a page needs, also where it is packed again."""
    if not raw.lstrip()[:5] == b"%PDF-" and b"%PDF-" not in raw[:1024]:
        raise InputError(f"{path} is no PDF: it does not begin with %PDF-", "Check what the file is.")
    for found in _STREAM.finditer(raw):
        packed = raw[found.end() :]
        for _ in range(_DEEPEST):
            if packed[:1] != b"\x78":
                break
            try:
                packed = zlib.decompressobj().decompress(packed, _LARGEST + 1)
            except zlib.error:
                break
            if len(packed) > _LARGEST:
                raise InputError(
                    f"{path}: the stream at byte {found.start()} unpacks to more than {_LARGEST} bytes",
                    "It looks like a bomb; print it anew as PDF if it is not.",
                )


def _ranges(numbers: list[int]) -> str:
    """Page numbers as people write them: `3, 5-7`."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return "pages " + ", ".join("-".join(map(str, part)) for part in parts)
