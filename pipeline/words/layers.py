"""Word links of a bitext, as a layer: a text a bead, spans in characters of the two sides' texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from pipeline.text import Bitext, Layer, Span
from pipeline.words.linking import linked
from pipeline.words.spans import SpanLink, written
from pipeline.words.tokens import Word, words_of

LAYER = "words"
_AT_ONCE = 1_000  # beads whose words are held at a time


def layered(bitext: Bitext) -> Bitext:
    """The bitext with a layer of links between the words of each bead's two sides."""
    rows, languages = bitext.each_row(), (bitext.source.language, bitext.target.language)
    values: list[str] = []
    while texts := [(row.source.text, row.target.text) for row in islice(rows, _AT_ONCE)]:
        values.extend(" ".join(map(written, found)) for found in link_texts(texts, *languages))
    return bitext.with_layer(Layer(LAYER, tuple(values)))


def link_texts(
    texts: Sequence[tuple[str, str]], source_language: str = "fr", target_language: str = "en"
) -> Iterator[list[SpanLink]]:
    """The links of each pair of texts, in order of the source."""
    words = [(words_of(source, source_language), words_of(target, target_language)) for source, target in texts]
    made = linked([_texts(a) for a, _ in words], [_texts(b) for _, b in words], source_language, target_language)
    for (ours, theirs), links in zip(words, made, strict=True):
        yield [SpanLink(_span(ours[one.source]), _span(theirs[one.target]), one.score) for one in links]


def _texts(words: Sequence[Word]) -> list[str]:
    return [word.text for word in words]


def _span(word: Word) -> Span:
    return Span(word.start, word.end)
