"""Both languages in one document: a paragraph's translation under it, or beside it in a table of two columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document.markup import Markup, Token

# what stands once in a file: numbers of lists (which would count on), sections, and what other parts point to
_ONCE = re.compile(r"<w:(numPr|sectPr)\b[^>]*(?:/>|>.*?</w:\1>)", re.S)
_BEFORE_NUMBERS = re.compile(
    r"(<w:pPr[^>]*>(?:\s*<w:(?:pStyle|keepNext|keepLines|pageBreakBefore|widowControl)\b[^>]*/>)*)"
)
_ID = re.compile(r"\s(?:id|name|xml:id)\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.I)
_ROW = '<w:tr><w:tc><w:tcPr><w:tcW w:w="2500" w:type="pct"/></w:tcPr>{}</w:tc>'
_ROW += '<w:tc><w:tcPr><w:tcW w:w="2500" w:type="pct"/></w:tcPr>{}</w:tc></w:tr>'
_LINE = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_CLOSE = "</w:tbl>"
_TEXT_ONLY = frozenset(("title", "option", "textarea"))
_STYLES = {
    "beside": "display:grid;grid-template-columns:1fr 1fr;gap:0 1.5em",
    "table": "display:grid;grid-template-columns:1fr 1fr;gap:0 1.5em;border:1px solid #999;padding:0.3em",
}


def _opening(layout: str) -> str:
    borders = f"<w:tblBorders>{''.join(map(_LINE.format, _SIDES))}</w:tblBorders>" if layout == "table" else ""
    table = f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/>{borders}<w:tblLayout w:type="fixed"/></w:tblPr>'
    return f'{table}<w:tblGrid><w:gridCol w:w="4500"/><w:gridCol w:w="4500"/></w:tblGrid>'


def second_paragraph(opening: str, head: str, made: str) -> str:
    """A Word paragraph that repeats another in another language: formed as that is, not counted where that is."""
    bare = _ONCE.sub("", head)
    if "<w:pPr" not in bare:
        bare = "<w:pPr></w:pPr>"
    bare = _BEFORE_NUMBERS.sub(
        r'\1<w:numPr><w:numId w:val="0"/></w:numPr>', bare.replace("<w:pPr/>", "<w:pPr></w:pPr>")
    )
    return f"{_unnamed(opening)}{bare}{made}</w:p>"


def _unnamed(opening: str) -> str:
    """A paragraph's tag without the numbers that programs know it by."""
    return re.sub(r"\s[\w.]+:(?:paraId|textId)=\"[^\"]*\"", "", opening)


def in_row(first: str, second: str, layout: str) -> str:
    """Two Word paragraphs as a table of one row; `joined` makes one table of several."""
    return f"{_opening(layout)}{_ROW.format(first, second)}{_CLOSE}"


def joined(text: str, layout: str) -> str:
    """A part of a Word file whose tables of two languages are one where nothing stands between them.

    Programs join tables that touch: an empty paragraph keeps ours from those of the document.
    """
    if layout not in ("beside", "table"):
        return text
    return text.replace(_CLOSE + _opening(layout), "").replace(f"{_CLOSE}<w:tbl>", f"{_CLOSE}<w:p/><w:tbl>")


def in_body(markup: Markup, prefix: str) -> set[int]:
    """Numbers of the tokens that open a paragraph which stands in a Word file's body itself, in no table or box."""
    stack: list[str] = []
    found: set[int] = set()
    for number, token in enumerate(markup.tokens):
        if token.what == "open":
            if token.name == f"{prefix}:p" and stack[-1:] == [f"{prefix}:body"]:
                found.add(number)
            stack.append(token.name)
        elif token.what == "close" and stack:
            stack.pop()
    return found


def both_in_page(original: str, made: str, language: str, layout: str, tokens: Sequence[Token]) -> str:
    """A page's words in both languages, where the original alone stood; in a title or an option with a stroke."""
    if any(token.what == "text" and token.name in _TEXT_ONLY for token in tokens):
        return f"{original} / {made}"
    second = f'<span lang="{language}" xml:lang="{language}">{_ID.sub("", made)}</span>'
    if layout == "under":
        return f"{original}<br/>{second}"
    return f'<span style="{_STYLES[layout]}"><span>{original}</span>{second}</span>'
