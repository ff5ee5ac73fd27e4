"""`corpus.jsonl`: everything that is known of each bead, one JSON object a line."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pipeline.corpus.cells import NAMES, OURS, Columns, looked_up, row_of_cells
from pipeline.corpus.grouping import FR_EN, Languages, lines_of, unreadable
from pipeline.corpus.writer import OneFile
from pipeline.errors import InputError
from pipeline.text import Bitext, Carries, Flag, Kind, Origin, Row, Sentence, Severity, Side, Span, Value

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
        **({"layers": {one.layer: one.text for one in row.layers}} if row.layers else {}),
    }


def _side(side: Side) -> dict[str, Any]:
    sentences = [{"id": one.id, "text": one.text, "start": one.start, "end": one.end} for one in side.sentences]
    if not sentences:
        return {"text": "", "sentences": []}
    return {"text": side.text, "start": side.start, "end": side.end, "sentences": sentences}


def _finite(value: float) -> float:
    return value if math.isfinite(value) else 0.0


JSONL = OneFile(Carries(), "jsonl", lambda _source, _target: "", _lines)

_NOT_OURS = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)
_KINDS, _ORIGINS, _SEVERITIES = get_args(Kind), get_args(Origin), get_args(Severity)


def read_jsonl(path: Path, languages: Languages = FR_EN, columns: Columns = OURS) -> Iterator[Row]:
    """Rows of our JSONL, or of objects of people's own: flat, or with a `translation` that holds a text a language.

    Raises InputError, naming the line, where one is neither.
    """
    for number, line in enumerate(lines_of(path), start=1):
        if line.strip():
            try:
                found = json.loads(line)
                if columns.names or _is_foreign(found):
                    yield _foreign_row(found, columns, languages)
                else:
                    yield _json_row(found)
            except (InputError, *_NOT_OURS) as error:
                problem = f"not a row of ours ({type(error).__name__}: {str(error)[:200]})"
                remedy = "Give a corpus.jsonl as `visavis run` writes it."
                raise unreadable(path, f"line {number}", problem, remedy) from error


def _is_foreign(found: dict[str, Any]) -> bool:
    """Whether an object is none of ours: its texts are plain, or under `translation`."""
    return isinstance(found.get("source", found.get("translation")), str) or "translation" in found


def _foreign_row(found: dict[str, Any], columns: Columns, languages: Languages) -> Row:
    where = columns.chosen(found, languages)
    if "source" not in where:
        raise ValueError("no source: say which it is, in the job: `columns: {source: NAME}`")
    cells = {name: looked_up(found, place) for name, place in where.items() if name in NAMES}
    if cells["source"] is None:
        raise ValueError(f"nothing is called {where['source']!r}")
    return row_of_cells(cells, lambda problem, _: InputError(problem), foreign_ids=True)


def _json_row(found: dict[str, Any]) -> Row:
    if found["kind"] not in _KINDS or found["origin"] not in _ORIGINS:
        raise ValueError(f"kind {found['kind']!r}, origin {found['origin']!r}")
    confidence = found["confidence"]
    score = float(found["score"])
    if not math.isfinite(score):
        raise ValueError(f"score {score}")
    return Row(
        id=_string(found["id"]),
        document=_string(found["document"]),
        block=_string(found["block"]),
        kind=found["kind"],
        source=_json_side(found["source"]),
        target=_json_side(found["target"]),
        score=score,
        confidence=None if confidence is None else float(confidence),
        origin=found["origin"],
        flags=tuple(_json_flag(flag) for flag in found["flags"]),
        layers=tuple(Value(name, _string(text)) for name, text in found.get("layers", {}).items()),
    )


def _json_side(found: dict[str, Any]) -> Side:
    sentences = tuple(
        Sentence(_string(one["id"]), "", Span(int(one["start"]), int(one["end"])), _string(one["text"]))
        for one in found["sentences"]
    )
    if not sentences:
        return Side()
    return Side(_string(found["text"]), int(found["start"]), int(found["end"]), sentences)


def _json_flag(found: dict[str, Any]) -> Flag:
    if found["severity"] not in _SEVERITIES:
        raise ValueError(f"severity {found['severity']!r}")
    return Flag(_string(found["name"]), found["severity"], _string(found["detail"]))


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value
