"""Word links of texts as spans of characters, and of a bitext as a layer: a text a bead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from pipeline.errors import InputError
from pipeline.text import Bitext, Layer, Span
from pipeline.words.lexicon import shipped_lexicon
from pipeline.words.linkage import Linkage
from pipeline.words.linking import LexiconWay, Way, Weighed, weighed
from pipeline.words.spans import LAYER, SpanLink
from pipeline.words.tokens import Word, words_of
from pipeline.words.ways import WAYS, has_lexicon, short

_AT_ONCE = 1_000  # beads whose words are held at a time


def weighed_in(
    source: Sequence[Sequence[str]],
    target: Sequence[Sequence[str]],
    source_language: str,
    target_language: str,
    way: str = "lexicon",
) -> list[Weighed]:
    """Links and chances of each pair; raises InputError where words of the languages cannot be linked so."""
    if way not in WAYS or not has_lexicon(source_language, target_language):
        raise InputError(
            f"words of {source_language}-{target_language} cannot be linked by {way!r}",
            f"Word links know French and English, by {' or '.join(WAYS)}.",
        )
    chosen = _opened(way)
    if short(source_language) == "en":  # the lexicon is to be read the other way round
        return [one.turned() for one in weighed(target, source, chosen)]
    return weighed(source, target, chosen)


def _opened(way: str) -> Way:
    if way == "model":
        from pipeline.words.attention import ModelWay

        return ModelWay(shipped_lexicon())
    return LexiconWay(shipped_lexicon())


def layered(bitext: Bitext) -> Bitext:
    """The bitext with a layer of links between the words of each bead's two sides."""
    rows, languages = bitext.each_row(), (bitext.source.language, bitext.target.language)
    values: list[str] = []
    while texts := [(row.source.text, row.target.text) for row in islice(rows, _AT_ONCE)]:
        values.extend(one.written() for one in linkages(texts, *languages))
    return bitext.with_layer(Layer(LAYER, tuple(values)))


def linkages(
    texts: Sequence[tuple[str, str]], source_language: str = "fr", target_language: str = "en"
) -> Iterator[Linkage]:
    """The words and links of each pair of texts, the links in order of the source."""
    ours = [tuple(words_of(source, source_language)) for source, _ in texts]
    theirs = [tuple(words_of(target, target_language)) for _, target in texts]
    made = weighed_in([_texts(a) for a in ours], [_texts(b) for b in theirs], source_language, target_language)
    for a, b, one in zip(ours, theirs, made, strict=True):
        links = tuple(SpanLink(_span(a[link.source]), _span(b[link.target]), link.score) for link in one.links)
        yield Linkage(a, b, tuple(one.ours), tuple(one.theirs), links)


def _texts(words: Sequence[Word]) -> list[str]:
    return [word.text for word in words]


def _span(word: Word) -> Span:
    return Span(word.start, word.end)
