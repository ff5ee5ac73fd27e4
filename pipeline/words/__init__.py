"""Link words: which word of a sentence became which of its translation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.text import Bitext
from pipeline.words.coverage import LEAST, uncovered
from pipeline.words.linkage import Linkage
from pipeline.words.links import WordLink
from pipeline.words.scripts import UNSPACED, marks
from pipeline.words.spans import LAYER, SpanLink, read_links
from pipeline.words.tokens import Word, words_of
from pipeline.words.ways import SHOWN, WAYS, best_way, has_lexicon, told, usual_way

if TYPE_CHECKING:
    from pipeline.words.linker import WordLinker

__all__ = [
    "LAYER",
    "SHOWN",
    "UNSPACED",
    "WAYS",
    "Linkage",
    "SpanLink",
    "Word",
    "WordLink",
    "align_words",
    "best_way",
    "has_lexicon",
    "link_bitext",
    "linkages",
    "marks",
    "omitted_and_added",
    "open_linker",
    "read_links",
    "told",
    "usual_way",
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
    model, and many times as fast), of other languages by multilingual word vectors: `best_way` says by which. A pair's
    links do not depend on other pairs.

    Raises:
        InputError: the two sides hold different numbers of sentences, or words of the languages cannot be linked so.
        ModelError: the built-in model cannot be loaded.

    """
    return open_linker(source_language, target_language, way).align(source, target)


def linkages(
    texts: Sequence[tuple[str, str]], *, source_language: str = "fr", target_language: str = "en", way: str = "usual"
) -> list[Linkage]:
    """The words of each pair of texts, how probably each has a counterpart, and the links between them, as spans.

    Raises:
        InputError: there is no such way for the languages.

    """
    return list(open_linker(source_language, target_language, way).linkages(texts))


def link_bitext(bitext: Bitext, *, way: str = "usual") -> Bitext:
    """The bitext with a layer `words`: links between the words of each bead, read back with `read_links`.

    Raises:
        InputError: there is no such way for the bitext's languages.

    """
    return open_linker(bitext.source.language, bitext.target.language, way).link(bitext)


def omitted_and_added(
    source: Sequence[Sequence[str]],
    target: Sequence[Sequence[str]],
    *,
    source_language: str = "fr",
    target_language: str = "en",
    least: float = LEAST,
) -> list[tuple[tuple[int, int] | None, tuple[int, int] | None]]:
    """For each pair the half-open range of source words left out, and that of target words added; None for none.

    `least` is about how many words in a row must lack a counterpart, more where the other side lacks some too. Only the
    lexicon knows enough to say so.

    Raises:
        InputError: the two sides hold different numbers of sentences, or there is no lexicon for the languages.

    """
    made = open_linker(source_language, target_language, "lexicon").weighed(source, target)
    return [uncovered((a, one.ours), (b, one.theirs), least) for a, b, one in zip(source, target, made, strict=True)]


def open_linker(source_language: str, target_language: str, way: str = "best") -> WordLinker:
    """What links words of two languages; raises InputError where there is no such way for them."""
    from pipeline.words.linker import WordLinker

    return WordLinker(source_language, target_language, way)
