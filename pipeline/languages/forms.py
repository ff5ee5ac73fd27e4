"""Which words a language has: forms from a list in its folder, and what its beginnings and endings make of them."""

from __future__ import annotations

import gzip
import tomllib
from functools import cache, lru_cache
from pathlib import Path

_HOME = Path(__file__).parent
_LEAST = 4  # letters: shorter words are not listed


@cache
def forms_of(code: str) -> Forms | None:
    """The words of a language (`en`); None for a language without a list."""
    folder = _HOME / code[:2].lower()
    if not (folder / "forms.txt.gz").exists():
        return None
    rules = tomllib.loads((folder / "forms.toml").read_text(encoding="utf-8"))
    listed = gzip.decompress((folder / "forms.txt.gz").read_bytes()).decode("utf-8").split("\n")
    return Forms(frozenset(listed), tuple(rules["beginnings"]), tuple(rules["endings"]))


class Forms:
    """A language's words, in small letters; `has` is asked again and again for the same ones."""

    def __init__(self, listed: frozenset[str], beginnings: tuple[str, ...], endings: tuple[str, ...]) -> None:
        self._listed = listed
        self._beginnings = beginnings
        self._endings = endings
        self.has = lru_cache(50_000)(self._has)

    def _has(self, word: str, deep: int = 2) -> bool:
        """Whether this is a word, or made of one with at most `deep` endings, or a beginning."""
        if len(word) < _LEAST or word in self._listed:
            return True
        if deep and any(self._is_stem(word, ending, deep) for ending in self._endings if word.endswith(ending)):
            return True
        return any(word[len(start) :] in self._listed for start in self._beginnings if word.startswith(start))

    def _is_stem(self, word: str, ending: str, deep: int) -> bool:
        """Whether what stands before an ending is a word: as it stands, with its e, undoubled, or with y for i."""
        stem = word[: -len(ending)]
        if len(stem) < _LEAST - 1:
            return False
        if len(stem) >= _LEAST and self._has(stem, deep - 1):
            return True
        if stem.endswith("i") and stem[:-1] + "y" in self._listed:
            return True
        return ending[0] in "aei" and (
            stem + "e" in self._listed or (stem[-1] == stem[-2] and stem[:-1] in self._listed)
        )
