"""Cutting a sentence that is too long for the model, where it hurts least, and joining what came back."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

_CONJUNCTIONS = frozenset(
    """
    et ou mais car donc or ni que qui dont où lorsque quand puisque parce afin ainsi tandis pour avec sans and
    or but for so nor that which who whose where when because while with without
    """.split()  # noqa: SIM905
)
# What a cut costs, as a share of the ideal length: after . ; : it is nearly free, inside a clause dear.
_AFTER_STOP, _AFTER_COMMA, _BEFORE_CONJUNCTION, _ANYWHERE = 0.0, 0.15, 0.35, 0.8
_STARTERS = frozenset(
    """
    The A An And Or But Which Who That This These Those It He She They We You In On Of For To With By From At
    As If When Where While Because So Not No Its His Her Their Our Under Whose Having
    """.split()  # noqa: SIM905
)
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def cut(text: str, limit: int, count: Callable[[str], int]) -> list[str]:
    """Cut a text into balanced parts of at most `limit` pieces, at the best clause boundary near each ideal length.

    `count` gives the number of pieces of a word. Joined with spaces the parts give the text back, except where one
    word alone is over the limit: that one is cut between characters.
    """
    words = [part for word in text.split() for part in _cut_word(word, limit, count)]
    sizes = [count(word) for word in words]
    remaining, start, parts = sum(sizes), 0, []
    while remaining > limit:
        ideal = remaining / math.ceil(remaining / limit)
        end = _best_end(words, sizes, start, ideal=ideal, limit=limit)
        parts.append(" ".join(words[start:end]))
        remaining -= sum(sizes[start:end])
        start = end
    return [*parts, " ".join(words[start:])] if start < len(words) else parts


def halves(text: str, count: Callable[[str], int]) -> list[str]:
    """Cut a text into two parts at the best clause boundary near its middle; one word stays as it is."""
    total = sum(count(word) for word in text.split())
    return cut(text, math.ceil(total * 0.65), count) if " " in text else [text]


def as_sentences(parts: list[str]) -> list[str]:
    """Parts as the model is to read them: each but the last ends as a sentence does, for a part that breaks off loops.

    Of 57 parts of one long text three looped when decoded greedily, of the same parts with a full stop none.
    """
    return [*(_ended(part) for part in parts[:-1]), *parts[-1:]]


def _ended(part: str) -> str:
    bare = part.rstrip(" ,;:")
    return f"{bare}." if bare[-1:].isalnum() else part


def join(sources: list[str], targets: list[str]) -> str:
    """Join translated parts: a part that was no sentence of its own gets no full stop and no capital from the model."""
    joined = []
    for index, (source, target) in enumerate(zip(sources, targets, strict=True)):
        made = target.strip()
        if index + 1 < len(sources) and made.endswith(".") and not made.endswith("..") and source[-1:] not in ".!?…":
            made = made[:-1] + (source[-1] if source[-1:] in ",;:" else "")
        first = _FIRST_WORD.match(made)
        if index and source[:1].islower() and first and first.group() in _STARTERS:
            made = made[0].lower() + made[1:]
        if made:
            joined.append(made)
    return " ".join(joined)


def _best_end(words: list[str], sizes: list[int], start: int, *, ideal: float, limit: int) -> int:
    """Index after the last word of the part that begins at `start`."""
    best, best_cost, size = start + 1, math.inf, 0
    for index in range(start, len(words) - 1):
        size += sizes[index]
        if size > limit:
            break
        cost = _boundary(words[index], words[index + 1]) + abs(size - ideal) / ideal
        if cost < best_cost:
            best, best_cost = index + 1, cost
    return best


def _boundary(left: str, right: str) -> float:
    if left[-1] in ".;:!?…" or left[-2:] in ('."', ';"'):
        return _AFTER_STOP
    if left[-1] in ",)]-–—":
        return _AFTER_COMMA
    return _BEFORE_CONJUNCTION if right.lower().strip("\"'(") in _CONJUNCTIONS else _ANYWHERE


def _cut_word(word: str, limit: int, count: Callable[[str], int]) -> list[str]:
    if len(word) == 1 or (len(word) <= 4096 and count(word) <= limit):
        return [word]
    middle = len(word) // 2
    return [*_cut_word(word[:middle], limit, count), *_cut_word(word[middle:], limit, count)]
