"""Link words: which word of a sentence became which of its translation."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.errors import InputError
from pipeline.text import Bitext
from pipeline.words.coverage import LEAST, uncovered
from pipeline.words.linkage import Linkage
from pipeline.words.links import WordLink
from pipeline.words.spans import LAYER, SpanLink, read_links
from pipeline.words.tokens import Word, words_of
from pipeline.words.ways import SHOWN, WAYS, best_way, has_lexicon

__all__ = [
    "LAYER",
    "SHOWN",
    "WAYS",
    "Linkage",
    "SpanLink",
    "Word",
    "WordLink",
    "align_words",
    "has_lexicon",
    "link_bitext",
    "linkages",
    "omitted_and_added",
    "read_links",
    "words_of",
]


def align_words(
    source: Sequence[Sequence[str]],
    target: Sequence[Sequence[str]],
    *,
    source_language: str = "fr",
    target_language: str = "en",
    way: str = "best",
) -> list[list[WordLink]]:
    """Link the words of each sentence with those of its translation; a word may have several links, or none.

    Words are given as `words_of` makes them, or as any tokeniser that splits off marks. Links are sorted by source
    and target word; their score is the probability that they are right. Of French and English they are made by a
    lexicon and by where the built-in model looks while it is made to say the translation (`way="lexicon"`: without the
    model, and many times as fast). A pair's links do not depend on other pairs.

    Raises:
        InputError: the two sides hold different numbers of sentences, or words of the languages cannot be linked so.
        ModelError: the built-in model cannot be loaded.

    """
    _same(source, target)
    from pipeline.words.layers import weighed_in

    way = best_way(source_language, target_language) if way == "best" else way
    return [one.links for one in weighed_in(source, target, source_language, target_language, way)]


def linkages(
    texts: Sequence[tuple[str, str]], *, source_language: str = "fr", target_language: str = "en"
) -> list[Linkage]:
    """The words of each pair of texts, how probably each has a counterpart, and the links between them, as spans.

    Raises:
        InputError: there is no lexicon for the languages.

    """
    from pipeline.words.layers import linkages

    return list(linkages(texts, source_language, target_language))


def link_bitext(bitext: Bitext) -> Bitext:
    """The bitext with a layer `words`: links between the words of each bead, read back with `read_links`.

    Raises:
        InputError: there is no lexicon for the bitext's languages.

    """
    from pipeline.words.layers import layered

    return layered(bitext)


def omitted_and_added(
    source: Sequence[Sequence[str]],
    target: Sequence[Sequence[str]],
    *,
    source_language: str = "fr",
    target_language: str = "en",
    least: float = LEAST,
) -> list[tuple[tuple[int, int] | None, tuple[int, int] | None]]:
    """For each pair the half-open range of source words left out, and that of target words added; None for none.

    `least` is about how many words in a row must lack a counterpart, more where the other side lacks some too.

    Raises:
        InputError: the two sides hold different numbers of sentences, or there is no lexicon for the languages.

    """
    _same(source, target)
    from pipeline.words.layers import weighed_in

    return [
        uncovered((a, one.ours), (b, one.theirs), least)
        for a, b, one in zip(source, target, weighed_in(source, target, source_language, target_language), strict=True)
    ]


def _same(source: Sequence[Sequence[str]], target: Sequence[Sequence[str]]) -> None:
    if len(source) != len(target):
        raise InputError(
            f"{len(source)} source sentences but {len(target)} target sentences",
            "Give as many on both sides; an empty list where a sentence has no counterpart.",
        )
