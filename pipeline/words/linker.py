"""Links words of two languages by the best way there is for them, and says which that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from pipeline.errors import InputError
from pipeline.text import Bitext, Layer, Span
from pipeline.words.lexicon import Lexicon, shipped_lexicon
from pipeline.words.linkage import Linkage
from pipeline.words.linking import LexiconWay, Way, Weighed, weighed
from pipeline.words.links import WordLink
from pipeline.words.meaning import MeaningWay
from pipeline.words.spans import LAYER, SpanLink
from pipeline.words.tokens import Word, words_of
from pipeline.words.ways import ASKED, OF_LEXICON, best_way, has_lexicon, short, told, usual_way

_AT_ONCE = 1_000  # beads whose words are held at a time
_NAMED = {"best": best_way, "usual": usual_way}


def _opened(way: str) -> Way:
    if way == "model":
        from pipeline.words.attention import ModelWay

        return ModelWay(shipped_lexicon())
    return LexiconWay(shipped_lexicon()) if way == "lexicon" else MeaningWay()


class WordLinker:
    """Links words of two languages.

    `way` names what makes the links, a name of `pipeline.words.WAYS`: `lexicon` or `model` for French and English,
    `embeddings` for any, `learned` where a bitext was read before (`of_counts`). `told` says the same in words. `best`
    and `usual` may be asked for: the way with the fewest errors, and that of books and files.

    Raises:
        InputError: no such way, or none for these languages.

    """

    def __init__(self, source_language: str = "fr", target_language: str = "en", way: str = "best") -> None:
        self.languages = (source_language, target_language)
        self.way = _NAMED[way](*self.languages) if way in _NAMED else way
        if self.way not in ASKED or (self.way in OF_LEXICON and not has_lexicon(*self.languages)):
            raise InputError(
                f"words of {source_language}-{target_language} cannot be linked by {self.way!r}",
                "Let the best way be taken, or embeddings; the lexicon is of French and English.",
            )
        self.told = told(self.way, *self.languages)
        self._turned = self.way in OF_LEXICON and short(source_language) == "en"
        self._way = _opened(self.way)

    @classmethod
    def of_counts(cls, lexicon: Lexicon, source_language: str, target_language: str) -> WordLinker:
        """One that also goes by what was counted in a bitext (`pipeline.words.learning`)."""
        made = cls(source_language, target_language, "embeddings")
        made.way, made._way = "learned", MeaningWay(lexicon)
        made.told = told(made.way, source_language, target_language)
        return made

    def align(self, source: Sequence[Sequence[str]], target: Sequence[Sequence[str]]) -> list[list[WordLink]]:
        """The links of each pair of sentences, by source and target word; they do not depend on other pairs."""
        return [one.links for one in self.weighed(source, target)]

    def weighed(self, source: Sequence[Sequence[str]], target: Sequence[Sequence[str]]) -> list[Weighed]:
        """Links and chances of each pair; raises InputError where the sides hold different numbers of sentences."""
        if len(source) != len(target):
            raise InputError(
                f"{len(source)} source sentences but {len(target)} target sentences",
                "Give as many on both sides; an empty list where a sentence has no counterpart.",
            )
        if self._turned:
            return [one.turned() for one in weighed(target, source, self._way)]
        return weighed(source, target, self._way)

    def linkages(self, texts: Sequence[tuple[str, str]]) -> Iterator[Linkage]:
        """The words and links of each pair of texts, the links in order of the source."""
        sides = [[tuple(words_of(pair[k], self.languages[k])) for pair in texts] for k in (0, 1)]
        made = self.weighed(*([[word.text for word in words] for words in side] for side in sides))
        for ours, theirs, one in zip(*sides, made, strict=True):
            links = tuple(
                SpanLink(_span(ours[link.source]), _span(theirs[link.target]), link.score) for link in one.links
            )
            yield Linkage(ours, theirs, tuple(one.ours), tuple(one.theirs), links)

    def link(self, bitext: Bitext) -> Bitext:
        """The bitext with a layer of links between the words of each bead's two sides."""
        rows = bitext.each_row()
        values: list[str] = []
        while texts := [(row.source.text, row.target.text) for row in islice(rows, _AT_ONCE)]:
            values.extend(one.written() for one in self.linkages(texts))
        return bitext.with_layer(Layer(LAYER, tuple(values)))


def _span(word: Word) -> Span:
    return Span(word.start, word.end)
