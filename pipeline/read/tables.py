"""Bitexts in lines: our `corpus.tsv` and `corpus.jsonl`, plain two-column tables, and Moses files."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast, get_args

from pipeline.errors import InputError
from pipeline.read.bitexts import side, unreadable
from pipeline.read.encoding import decode, read_bytes
from pipeline.types import Flag, Kind, Origin, Row, Sentence, Severity, Side, Span

_KINDS, _ORIGINS, _SEVERITIES = get_args(Kind), get_args(Origin), get_args(Severity)


def read_tsv(path: Path) -> Iterator[Row]:
    """Rows of a table with a header that names `source` and `target`, or of one with these as its two columns."""
    columns = {"source": 0, "target": 1}
    for number, line in enumerate(_lines(path), start=1):
        cells = line.split("\t")
        if number == 1 and {"source", "target"} <= set(cells):
            columns = {name: i for i, name in enumerate(cells)}
            continue
        if not line.strip():
            continue
        if len(cells) <= max(columns["source"], columns["target"]):
            raise unreadable(
                path,
                f"line {number}",
                f"{len(cells)} columns, and {max(columns['source'], columns['target']) + 1} are needed",
                "Separate source and target by a tab, one pair a line.",
            )
        yield _tsv_row({name: cells[i] for name, i in columns.items() if i < len(cells)}, path, number)


def _tsv_row(cells: Mapping[str, str], path: Path, number: int) -> Row:
    origin = cells.get("origin") or "human"
    try:
        score = float(cells.get("score") or 1.0)
    except ValueError:
        score = math.nan
    if origin not in _ORIGINS or not math.isfinite(score):
        problem = f"score {cells.get('score')!r} or origin {origin!r} is none"
        raise unreadable(path, f"line {number}", problem, f"Origins are: {', '.join(_ORIGINS)}.")
    return Row(
        id=cells.get("id", ""),
        document="",
        block="",
        kind="paragraph",
        source=side(cells["source"]),
        target=side(cells["target"]),
        score=score,
        origin=cast(Origin, origin),
        flags=tuple(Flag(name) for name in cells.get("flags", "").split()),
    )


def read_moses(source: Path, target: Path) -> Iterator[Row]:
    """Rows of two files of as many lines; raises InputError where one is longer."""
    sources, targets = list(_lines(source)), list(_lines(target))
    if len(sources) != len(targets):
        raise InputError(
            f"{source} has {len(sources)} lines and {target} has {len(targets)}",
            "The n-th lines must say the same; align the files instead, with `visavis align`.",
        )
    for one, other in zip(sources, targets, strict=True):
        yield Row("", "", "", "paragraph", side(one), side(other))


def _lines(path: Path) -> list[str]:
    raw = read_bytes(path)
    try:
        text = raw.decode("utf-8-sig")  # what we wrote reads back, whatever characters it holds
    except UnicodeDecodeError:
        text = decode(raw, str(path)).text
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines[:-1] if lines[-1] == "" else lines


def read_jsonl(path: Path) -> Iterator[Row]:
    """Rows of our JSONL; raises InputError, naming the line, where one is not as we write it."""
    for number, line in enumerate(_lines(path), start=1):
        if line.strip():
            try:
                yield _json_row(json.loads(line))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
                problem = f"not a row of ours ({type(error).__name__}: {str(error)[:200]})"
                remedy = "Give a corpus.jsonl as `visavis run` writes it."
                raise unreadable(path, f"line {number}", problem, remedy) from error


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
