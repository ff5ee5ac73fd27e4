"""Which file of one folder is the translation of which of another, by their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def paired_names(sources: Iterable[str], targets: Iterable[str], languages: tuple[str, str]) -> dict[str, str]:
    """Which file of one folder is the other's translation, by name: equal but for the language, else the likest.

    Likest are two names only if each is the other's likest (90 percent and more); paths are relative to the folders.
    """
    ours, theirs = _named(sources, languages), _named(targets, languages)
    made = {ours[name][0]: theirs[name][0] for name in ours if len(ours[name]) == len(theirs.get(name, ())) == 1}
    left = [name for name in ours if ours[name][0] not in made and len(ours[name]) == 1]
    other = [name for name in theirs if theirs[name][0] not in made.values() and len(theirs[name]) == 1]
    best = {name: _likest(name, other) for name in left}
    back = {name: _likest(name, left) for name in other}
    made |= {
        ours[a][0]: theirs[b][0] for a, b in best.items() if b is not None and back[b] == a and _same_figures(a, b)
    }
    return made


def _likest(name: str, names: list[str]) -> str | None:
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=90)
    return found[0] if found else None


def _same_figures(one: str, other: str) -> bool:
    """Chapter 1 is not chapter 11, however alike their names are."""
    return re.findall(r"\d+", one) == re.findall(r"\d+", other)


def _named(paths: Iterable[str], languages: tuple[str, str]) -> dict[str, list[str]]:
    """Paths by their names without language, extension, case, accents and zeros before figures."""
    tags = re.compile(rf"(?:^|[._\- ])(?:{'|'.join(map(re.escape, languages))})(?=$|[._\- ])")
    found: dict[str, list[str]] = {}
    for path in sorted(paths):
        plain = unicodedata.normalize("NFKD", path.rpartition(".")[0] or path).casefold()
        plain = "".join(one for one in plain if not unicodedata.combining(one))
        parts = [tags.sub("", part) for part in plain.split("/")]
        name = "/".join(re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[\W_]+", " ", part)).strip() for part in parts)
        found.setdefault(name, []).append(path)
    return found
