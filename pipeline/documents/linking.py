"""Where word links are shown: a bitext with their layer for what shows them, without it for what does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.documents.setting import with_marks
from pipeline.text import Bitext
from pipeline.words import LAYER, link_bitext, told, usual_way

_BROUGHT = "links that came with the file"


def with_words(bitext: Bitext, wanted: bool = True) -> Bitext:
    """The bitext with the links of its words, made if they are not there; or without them."""
    there = _has_links(bitext)
    if wanted:
        return bitext if there else link_bitext(bitext)
    return replace(bitext, layers=tuple(one for one in bitext.layers if one.name != LAYER)) if there else bitext


def for_book(bitext: Bitext, words: bool) -> Bitext:
    """The bitext as a book shows it: with what is set around its words, and the links of these if they are wanted."""
    return with_words(with_marks(bitext), words)


def told_by(bitexts: Iterable[Bitext]) -> str:
    """What makes, or made, the links of bitexts' words, in words for readers and reports."""
    languages = dict.fromkeys(
        None if _has_links(one) else (one.source.language, one.target.language) for one in bitexts
    )
    return "; ".join(told(usual_way(*one), *one) if one else _BROUGHT for one in languages)


def _has_links(bitext: Bitext) -> bool:
    return any(layer.name == LAYER for layer in bitext.layers)
