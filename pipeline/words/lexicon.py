"""How often a French and an English word were each other's counterpart, and what to believe of words never met."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.words.tokens import bare, folded

Array = NDArray[np.float32]
Ids = NDArray[np.int64]

_FILE = Path(__file__).parent / "fr-en.npz"
_STEM = 5  # letters that inflections of a word share
_COGNATE = 4  # letters that cognates share at least (Simard, Foster & Isabelle 1992)
_SHIFT = 20
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Counts:
    """Joint counts of pairs `source << 20 | target`, sorted, and each side's sums."""

    keys: Ids
    joint: Array
    source: Array
    target: Array

    def of(self, source: Ids, target: Ids) -> tuple[Array, Array, Array]:
        """For ids that broadcast: how often both, the source, the target; 0 for what is unknown."""
        both = (source << _SHIFT) | target
        places = np.searchsorted(self.keys, both).clip(max=len(self.keys) - 1)
        known = (self.keys[places] == both) & (source >= 0) & (target >= 0)
        joint = np.where(known, self.joint[places], 0).astype(np.float32)
        return joint, self.sums(source, 0), self.sums(target, 1)

    def sums(self, ids: Ids, side: int) -> Array:
        """How often each of a side's words was linked."""
        held = (self.source, self.target)[side]
        return np.where(ids >= 0, held[ids.clip(min=0)], 0).astype(np.float32)


class Lexicon:
    """Counts of words and of their stems."""

    def __init__(self, source: Sequence[str], target: Sequence[str], keys: Ids, joint: Array) -> None:
        self._words = (_numbered(source), _numbered(target))
        self._stems: tuple[dict[str, int], dict[str, int]] = ({}, {})
        to_stem = tuple(_stemmed(words, stems) for words, stems in zip((source, target), self._stems, strict=True))
        self.counts = _counts(keys, joint, len(source), len(target))
        own, other = keys >> _SHIFT, keys & ((1 << _SHIFT) - 1)
        stems = (to_stem[0][own] << _SHIFT) | to_stem[1][other]
        unique, places = np.unique(stems, return_inverse=True)
        sums = np.bincount(places, joint).astype(np.float32)
        self.stem_counts = _counts(unique, sums, len(self._stems[0]), len(self._stems[1]))
        self._seen: tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]] = ({}, {})

    def look(self, words: Sequence[str], side: int) -> list[tuple[int, ...]]:
        """For each word of a side its number, its stem's number, and codes of its letters and first letters."""
        seen = self._seen[side]
        if len(seen) > 200_000:
            seen.clear()
        out = []
        for word in words:
            known = seen.get(word)
            if known is None:
                known = seen[word] = self._look(word, side)
            out.append(known)
        return out

    def words(self, side: int) -> list[str]:
        """A side's words in the order of their numbers."""
        return list(self._words[side])

    def _look(self, word: str, side: int) -> tuple[int, ...]:
        plain, letters = folded(word), bare(word)
        number = self._words[side].get(plain, UNKNOWN)
        stem = self._stems[side].get(plain[:_STEM], UNKNOWN)
        whole = _code(letters)
        opening = _code(letters[:_COGNATE]) if len(letters) >= _COGNATE and letters.isalpha() else UNKNOWN - 1 - side
        mark = not any(c.isalnum() for c in word)
        return number, stem, whole, opening, len(letters), int(mark)


def _code(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _numbered(words: Sequence[str]) -> dict[str, int]:
    return {word: number for number, word in enumerate(words)}


def _stemmed(words: Sequence[str], stems: dict[str, int]) -> Ids:
    return np.array([stems.setdefault(word[:_STEM], len(stems)) for word in words], np.int64)


def _counts(keys: Ids, joint: Array, sources: int, targets: int) -> Counts:
    own, other = keys >> _SHIFT, keys & ((1 << _SHIFT) - 1)
    return Counts(
        keys,
        joint,
        np.bincount(own, joint, sources).astype(np.float32),
        np.bincount(other, joint, targets).astype(np.float32),
    )


def write_lexicon(path: Path, source: Sequence[str], target: Sequence[str], keys: Ids, joint: Array) -> None:
    """Write pairs sorted by key: numbers as differences, counts as logarithms in steps of 2 percent."""
    own, other = keys >> _SHIFT, keys & ((1 << _SHIFT) - 1)
    steps = np.round(np.log(joint) / np.log(_STEP)).clip(0, 65535)
    with path.open("wb") as stream:
        np.savez_compressed(
            stream,
            source=np.frombuffer("\n".join(source).encode(), np.uint8),
            target=np.frombuffer("\n".join(target).encode(), np.uint8),
            each=np.bincount(own, minlength=len(source)).astype(np.uint32),
            other=other.astype(np.uint32),
            steps=steps.astype(np.uint8 if steps.max() < 256 else np.uint16),
        )


_STEP = 1.06


def read_lexicon(path: Path) -> Lexicon:
    """Read what `write_lexicon` wrote."""
    with np.load(path) as held:
        source, target = (bytes(held[name]).decode().split("\n") for name in ("source", "target"))
        own = np.repeat(np.arange(len(source), dtype=np.int64), held["each"])
        keys = (own << _SHIFT) | held["other"].astype(np.int64)
        joint = (_STEP ** held["steps"].astype(np.float32)).astype(np.float32)
    return Lexicon(source, target, keys, joint)


@cache
def no_lexicon() -> Lexicon:
    """One that has met no word."""
    return Lexicon([""], [""], np.zeros(1, np.int64), np.full(1, 1e-9, np.float32))


@cache
def shipped_lexicon() -> Lexicon:
    """The lexicon in the package, French and English."""
    return read_lexicon(_FILE)
