"""Stretches of one side that nothing on the other answers: clauses left out or added."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.words.links import WordLink

_LEAST = 4  # words of letters in a stretch that is worth a word
_TRUSTED = 0.5


def unanswered(words: Sequence[str], linked: set[int], *, least: int = _LEAST) -> list[tuple[int, int]]:
    """Half-open ranges of words without a link, of `least` words of letters or more; marks do not end a range."""
    found, start, count = [], None, 0
    for place, word in enumerate([*words, ""]):
        letters = any(c.isalnum() for c in word)
        if place < len(words) and place not in linked and (letters or start is not None):
            start, count = (place if start is None else start), count + letters
        elif start is not None and (letters or place == len(words)):
            if count >= least:
                found.append((start, place))
            start, count = None, 0
    return found


def omitted_and_added(
    source: Sequence[str], target: Sequence[str], links: Sequence[WordLink], *, least: int = _LEAST
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Ranges of source words that the target leaves out, and of target words that it adds."""
    sure = [link for link in links if link.score >= _TRUSTED]
    return (
        unanswered(source, {link.source for link in sure}, least=least),
        unanswered(target, {link.target for link in sure}, least=least),
    )
