"""What flows through the rooms: text with spans, sentences, translations, beads, bitexts and their rows; all frozen."""

from __future__ import annotations

from pipeline.text.bitext import Bead, Bitext
from pipeline.text.documents import (
    Block,
    Document,
    Flag,
    Kind,
    Origin,
    Resource,
    Sentence,
    Severity,
    Span,
    Translation,
)
from pipeline.text.rebuilding import document_of
from pipeline.text.rows import Carries, Row, Side, side_of

__all__ = [
    "Bead",
    "Bitext",
    "Block",
    "Carries",
    "Document",
    "Flag",
    "Kind",
    "Origin",
    "Resource",
    "Row",
    "Sentence",
    "Severity",
    "Side",
    "Span",
    "Translation",
    "document_of",
    "side_of",
]
