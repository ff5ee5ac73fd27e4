"""Whether a term is kept to: the words linked with it are one of its names, which are not another word's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from pipeline.languages.small import small_words

Place = tuple[int, int]  # of characters, half-open
Linked = Callable[[str, str], Sequence[tuple[Place, Place]]]

_LETTERS = re.compile(r"[^\W\d_]+")


def is_kept(
    places: Sequence[Place], names: Sequence[Place], links: Sequence[tuple[Place, Place]], texts: tuple[str, str]
) -> bool:
    """Whether a term that stands at `places` of the source is called by its `names` in the target.

    A name counts if a word of it is linked with the term, or with no other word that means something. Where the term
    became another word that means something, a name must be left over for it: one that no place is linked with.
    """
    source, target = texts
    own = [(ours, theirs) for ours, theirs in links if _meet(ours, places)]
    others = [theirs for ours, theirs in links if not _meet(ours, places) and not _is_small(source, ours)]
    linked = [name for name in names if _meet(name, (theirs for _, theirs in own))]
    unclaimed = [name for name in names if name not in linked and not _meet(name, others)]
    if not linked and not unclaimed:
        return False
    became = [[theirs for ours, theirs in own if _meet(ours, [place])] for place in places]
    otherwise = [
        one
        for one in became
        if not any(_meet(word, names) for word in one) and not all(_is_small(target, word) for word in one)
    ]
    return len(otherwise) <= len(unclaimed)


def _meet(span: Place, spans: Iterable[Place]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in spans)


def _is_small(text: str, place: Place) -> bool:
    """Whether a word is a mark, or one of a language's small words (it, which), which mean little."""
    words = _LETTERS.findall(text[slice(*place)].lower())
    return all(any(word in small for small in small_words().values()) for word in words)
