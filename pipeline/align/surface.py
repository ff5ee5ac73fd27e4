"""What a sentence shows without being understood: length, punctuation, numbers and names that languages share."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import filterfalse

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

MARKS = ("?", "!", ":", ";", ",", "…", '"', "-")
_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟‹›", '"') | dict.fromkeys("—–―‐‑", "-") | {"’": "'", "‘": "'"})
_DIALOGUE = re.compile(r'^\s*[-"]')
_WORD = re.compile(r"\w+")
_PREFIX = 4  # letters at least that cognates share (Simard, Foster & Isabelle 1992)
_BUCKETS = 512
_NUMBER_BUCKETS = 64
_READ = 8_000  # characters of a sentence that are looked at
_CLOSERS = "\"')]} »"


@dataclass(frozen=True, slots=True)
class Surface:
    """One row a sentence; all but `ends` and `starts` may be added to describe a run of sentences."""

    lengths: Array  # (n,) letters and digits
    marks: Array  # (n, len(MARKS)) occurrences
    words: NDArray[np.float16]  # (n, buckets) hashed word prefixes, weighed by how rare they are
    numbers: Array  # (n, buckets) hashed numbers
    ends: NDArray[np.int8]  # (n,) class of the last mark
    starts: NDArray[np.int8]  # (n,) 1 where speech may begin


def surface(texts: Sequence[str]) -> Surface:
    """Look at each text once."""
    n = len(texts)
    lengths, marks = np.zeros(n, np.float32), np.zeros((n, len(MARKS)), np.float32)
    numbers = np.zeros((n, _NUMBER_BUCKETS), np.float32)
    ends, starts = np.zeros(n, np.int8), np.zeros(n, np.int8)
    prefixes: list[list[str]] = []
    for i, text in enumerate(texts):
        plain = unicodedata.normalize("NFKC", text[:_READ]).translate(_QUOTES).replace("...", "…")
        lengths[i] = sum(map(str.isalnum, plain)) * (max(1.0, len(text) / _READ))
        marks[i] = [plain.count(mark) for mark in MARKS]
        found = _WORD.findall(_bare(plain))
        for word in found:
            if word.isdigit():
                numbers[i, zlib.crc32(word.encode()) % _NUMBER_BUCKETS] += 1
        prefixes.append([word[:_PREFIX] for word in found if len(word) >= _PREFIX or word.isdigit()])
        ends[i] = _end(plain)
        starts[i] = bool(_DIALOGUE.match(plain))
    return Surface(lengths, marks, _weighed(prefixes), numbers, ends, starts)


def _bare(text: str) -> str:
    """Lower case without accents, so that `Élisabeth` and `Elisabeth` share their letters."""
    apart = unicodedata.normalize("NFD", text.lower())
    return apart if apart.isascii() else "".join(filterfalse(unicodedata.combining, apart))


def _end(plain: str) -> int:
    last = plain.rstrip(_CLOSERS)[-1:]
    return {".": 1, "?": 2, "!": 3, "…": 4, ":": 5, ";": 6, ",": 6}.get(last, 0)


def _weighed(prefixes: list[list[str]]) -> NDArray[np.float16]:
    """Hashed prefixes; a word that stands in half of the sentences says less than one that stands in two."""
    frequency = Counter(word for words in prefixes for word in set(words))
    out = np.zeros((len(prefixes), _BUCKETS), np.float16)
    for i, words in enumerate(prefixes):
        for word in words:
            code = zlib.crc32(word.encode())
            sign = 1.0 if code & 1 else -1.0
            out[i, (code >> 1) % _BUCKETS] += sign * np.log((len(prefixes) + 1) / frequency[word]) ** 0.5
    return out
