"""Checks for decoding that went in circles, said nothing, or said too much or too little."""

from __future__ import annotations

import re
import zlib

from pipeline.check.pair import Pair

_LONGEST_CYCLE = 12  # words
_COMPRESSIBLE = 80  # bytes; below this zlib's ratio says little
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # one such character carries about three Latin ones


def empty(pair: Pair, _: float) -> str | None:
    """Nothing was made of something, or something of nothing."""
    if pair.source.strip() and not pair.target.strip():
        return "the target is empty"
    if pair.target.strip() and not pair.source.strip():
        return "the source is empty"
    return None


def loop(pair: Pair, threshold: float) -> str | None:
    """A run of words that comes again and again at once, more often than in the source."""
    times, run = _longest_cycle(pair.target_words, int(threshold))
    if times >= threshold + (1 if len(run) == 1 else 0):
        in_source, _ = _longest_cycle(pair.source_words, 2)
        if times > in_source + 1:
            return f"{' '.join(run)!r} {times} times in a row"
    return None


def doubled(pair: Pair, _: float) -> str | None:
    """A target that says all it has to say twice, in more words than its source has."""
    words = pair.target_words
    half = len(words) // 2
    if half and words[:half] == words[half:] and len(words) > len(pair.source_words):
        return f"{' '.join(words[:half])!r} twice, and nothing else"
    return None


def repetitive(pair: Pair, threshold: float) -> str | None:
    """A target that compresses much better than language does, and than its source."""
    target = pair.target.encode("utf-8", "replace")
    if len(target) < _COMPRESSIBLE:
        return None
    ratio = _compression(target)
    if ratio > threshold and ratio > 1.5 * _compression(pair.source.encode("utf-8", "replace")):
        return f"compresses {ratio:.1f} times"
    return None


def _compression(text: bytes) -> float:
    return len(text) / len(zlib.compress(text, 1)) if text else 1.0


def _longest_cycle(words: list[str], least: int) -> tuple[int, list[str]]:
    """How often the most repeated run of words stands in a row, and the run; cycles of 1 to 12 words are sought."""
    best, run = 1, list[str]()
    if len(words) < least or len(set(words)) == len(words):
        return best, run
    for size in range(1, min(_LONGEST_CYCLE, len(words) // least) + 1):
        same = 0  # words in a row that equal the one a cycle before
        for place in range(size, len(words)):
            same = same + 1 if words[place] == words[place - size] else 0
            if same // size + 1 > best:
                best, run = same // size + 1, words[place - size + 1 : place + 1]
    return best, run


def too_long(pair: Pair, threshold: float) -> str | None:
    """A target much longer than its source; 20 characters are free, since short sentences vary most."""
    source, target = _size(pair.source), _size(pair.target)
    if source and target > threshold * source + 20:
        return f"{target} characters for {source}"
    return None


def too_short(pair: Pair, threshold: float) -> str | None:
    """A target much shorter than its source; 12 characters are free."""
    source, target = _size(pair.source), _size(pair.target)
    if target and target + 12 < threshold * source:
        return f"{target} characters for {source}"
    return None


def _size(text: str) -> int:
    text = text.strip()
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))
