"""How the books of several documents are called: by the stems of their files, as long as these tell them apart."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from pipeline.job.inputs import Input, stem_of

LONGEST = 180  # bytes of a name: file systems allow 255, and suffixes follow


def book_names(inputs: Sequence[Input], source_language: str) -> dict[str, str]:
    """A name for each input's id: `calais` for calais.fr.txt, `a.txt` and `a.docx` where both are there, else the id.

    What no file system, or no address, could hold is called by its id too. No two names differ by case alone.
    """
    ways: tuple[Callable[[Input], str], ...] = (
        lambda one: _fit(stem_of(one.path, source_language)),
        lambda one: _fit(one.path.name),
        lambda one: one.id.removeprefix("d-"),
        lambda one: one.id,
    )
    names: dict[str, str] = {}
    taken: set[str] = set()
    for way in ways:
        wanted = {one.id: way(one) for one in inputs if one.id not in names}
        claims = Counter(map(_key, wanted.values()))
        free = {id: name for id, name in wanted.items() if name and claims[_key(name)] == 1 and _key(name) not in taken}
        names |= free
        taken |= set(map(_key, free.values()))
    return names


def _fit(name: str) -> str:
    """A name as it may stand in any folder and address, or nothing."""
    plain = "".join("-" if one in '\\/:*?"<>|' or not one.isprintable() else one for one in name).strip(". ")
    return "" if len(os.fsencode(plain)) > LONGEST else plain


def _key(name: str) -> str:
    """What is the same to file systems that know no case."""
    return unicodedata.normalize("NFC", name).casefold()
