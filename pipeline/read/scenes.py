"""Scenes parted by an empty line, where a text has few of them: where all paragraphs are so parted, it says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.read.assembling import Data
from pipeline.text import Kind

_ENOUGH = 30  # paragraphs that follow each other, by which a text's habit shows
_RARE = 0.125  # the largest share of them that scenes may part


def with_scenes(texts: Sequence[tuple[Kind, str, Data]], gaps: Iterable[int]) -> list[tuple[Kind, str, Data]]:
    """The texts, those that begin a scene told so; `gaps` are the numbers of texts that an empty line precedes."""
    follow = {i for i in range(1, len(texts)) if _is_plain(texts[i - 1]) and _is_plain(texts[i])}
    scenes = follow & set(gaps)
    if len(follow) < _ENOUGH or len(scenes) > _RARE * len(follow):
        return list(texts)
    return [
        (kind, text, (*data, ("break", "1")) if i in scenes else data) for i, (kind, text, data) in enumerate(texts)
    ]


def _is_plain(text: tuple[Kind, str, Data]) -> bool:
    """Whether a text is a paragraph of the body, with letters: neither a note nor a sign between scenes."""
    kind, said, data = text
    apart = {"note", "code", "matter", "beside", "break"}
    return kind == "paragraph" and not apart.intersection(name for name, _ in data) and any(map(str.isalpha, said))
