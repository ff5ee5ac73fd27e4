"""`corpus.tmx`: Translation Memory eXchange 1.4b (LISA OSCAR recommendation, 2005), for CAT tools."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from pipeline import __version__
from pipeline.types import Bitext, Carries, Row
from pipeline.write.writer import OneFile, number

_CARRIAGE_RETURN = {"\r": "&#13;"}  # else a parser makes a line feed of it (XML 1.0, section 2.11)


def _head(source_language: str, _target_language: str) -> str:
    # 1.4b: these seven attributes of the header are required
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="visavis" creationtoolversion={quoteattr(__version__)} segtype="sentence" '
        f'o-tmf="visavis" adminlang="en" srclang={quoteattr(source_language)} datatype="plaintext"/>\n<body>\n'
    )


def _units(bitext: Bitext, rows: Iterator[Row]) -> Iterator[str]:
    languages = bitext.source.language, bitext.target.language
    for row in rows:
        parts = [f"<tu tuid={quoteattr(row.id)}>"]
        parts += [f'<prop type="x-{name}">{_escaped(value)}</prop>' for name, value in properties(row)]
        for language, side in zip(languages, (row.source, row.target), strict=True):
            if side.sentences:
                parts.append(f"<tuv xml:lang={quoteattr(language)}><seg>{_escaped(side.text)}</seg></tuv>")
        yield "".join(parts) + "</tu>\n"


def properties(row: Row) -> Iterator[tuple[str, str]]:
    """What is known of a row beside its texts and id, as names and values."""
    yield "document", row.document
    yield "block", row.block
    yield "kind", row.kind
    yield "score", number(row.score)
    if row.confidence is not None:
        yield "confidence", number(row.confidence)
    yield "origin", row.origin
    for flag in row.flags:
        yield "flag", f"{flag.severity} {flag.name} {flag.detail}"


def _escaped(text: str) -> str:
    return escape(text, _CARRIAGE_RETURN)


TMX = OneFile(Carries(sentences=False, characters="xml"), "tmx", _head, _units, "</body>\n</tmx>\n")
