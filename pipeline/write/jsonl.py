"""`corpus.jsonl`: everything that is known of each bead, one JSON object a line."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from pipeline.types import Bitext, Carries, Row, Side
from pipeline.write.writer import OneFile

# JSON may hold them as they are, but many readers take them for the end of a line
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def _lines(_: Bitext, rows: Iterator[Row]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(_row(row), ensure_ascii=False).translate(_LINE_ENDS) + "\n"


def _row(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "document": row.document,
        "block": row.block,
        "kind": row.kind,
        "source": _side(row.source),
        "target": _side(row.target),
        "score": _finite(row.score),
        "confidence": None if row.confidence is None else _finite(row.confidence),
        "origin": row.origin,
        "flags": [{"name": flag.name, "severity": flag.severity, "detail": flag.detail} for flag in row.flags],
    }


def _side(side: Side) -> dict[str, Any]:
    sentences = [{"id": one.id, "text": one.text, "start": one.start, "end": one.end} for one in side.sentences]
    if not sentences:
        return {"text": "", "sentences": []}
    return {"text": side.text, "start": side.start, "end": side.end, "sentences": sentences}


def _finite(value: float) -> float:
    return value if math.isfinite(value) else 0.0


JSONL = OneFile(Carries(), "jsonl", lambda _source, _target: "", _lines)
