"""What flows through the rooms: text with spans, sentences, translations, beads, bitexts and their rows; all frozen."""

from __future__ import annotations

from pipeline.text.bitext import Bead, Bitext, Layer
from pipeline.text.documents import (
    ASIDE,
    Block,
    Document,
    Flag,
    Kind,
    Matter,
    Origin,
    Resource,
    Sentence,
    Severity,
    Span,
    Translation,
)
from pipeline.text.rebuilding import document_of
from pipeline.text.rows import Carries, Row, Side, Value, side_of
from pipeline.text.tries import MACHINE, Candidate, Note, Try
from pipeline.text.verdicts import Verdict, read_verdict, verdict_of

__all__ = [
    "ASIDE",
    "MACHINE",
    "Bead",
    "Bitext",
    "Block",
    "Candidate",
    "Carries",
    "Document",
    "Flag",
    "Kind",
    "Layer",
    "Matter",
    "Note",
    "Origin",
    "Resource",
    "Row",
    "Sentence",
    "Severity",
    "Side",
    "Span",
    "Translation",
    "Try",
    "Value",
    "Verdict",
    "document_of",
    "read_verdict",
    "side_of",
    "verdict_of",
]
