"""What XML formats say of a row in names and values; foreign files say other things, which are left alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import cast, get_args

from pipeline.corpus.writer import number
from pipeline.text import Flag, Kind, Origin, Row, Severity, Side, Value


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
    for value in row.layers:
        yield "layer", f"{value.layer} {value.text}"


def row_of(id: str, source: Side, target: Side, known: Iterable[tuple[str, str]]) -> Row:
    """The row with what is known of it; values that are not as we write them count as unknown."""
    pairs = list(known)
    single = dict(pairs)
    confidence = _number(single.get("confidence", ""))
    score = _number(single.get("score", ""))
    kind, origin = single.get("kind", ""), single.get("origin", "")
    return Row(
        id=id,
        document=single.get("document", ""),
        block=single.get("block", ""),
        kind=cast(Kind, kind) if kind in get_args(Kind) else "paragraph",
        source=source,
        target=target,
        score=1.0 if score is None else score,
        confidence=confidence,
        origin=cast(Origin, origin) if origin in get_args(Origin) else "human",
        flags=tuple(flag for name, value in pairs if name == "flag" for flag in _flags(value)),
        layers=tuple(Value(*value.split(" ", 1)) for name, value in pairs if name == "layer" and " " in value),
    )


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _flags(value: str) -> list[Flag]:
    severity, _, rest = value.partition(" ")
    name, _, detail = rest.partition(" ")
    return [Flag(name, cast(Severity, severity), detail)] if severity in get_args(Severity) and name else []
