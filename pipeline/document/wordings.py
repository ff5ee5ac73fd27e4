"""What a bitext says of each block: its text, its translation, and how their sentences and words go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.document.inline import Unit, Wording
from pipeline.text import Bitext, Block, Span
from pipeline.words import SpanLink, Word, linkages, words_of

_SAME = 0.5  # how far a guess by place alone is believed


@dataclass(frozen=True, slots=True)
class Turned:
    """A block and its translation; `changed` where any sentence is another in the target language."""

    block: Block
    wording: Wording
    changed: bool


def turned(bitext: Bitext) -> Iterator[Turned]:
    """The blocks of a bitext in order, those without a sentence left out; no words are linked yet."""
    blocks = {block.id: block for block in bitext.source.blocks}
    languages = (bitext.source.language, bitext.target.language)
    for id, members in groupby(_pairs(bitext), key=lambda pair: pair.block):
        yield _turned(blocks[id], list(members), languages)


@dataclass(slots=True)
class _Pair:
    """Sentences of one block, as a range of the document's text, and what became of them."""

    block: str
    start: int
    end: int
    source: str
    target: str


def _pairs(bitext: Bitext) -> Iterator[_Pair]:
    """The beads in order, cut where they cross a block: the first block has their translation.

    What has no translation stays as it is, and a sentence that only the translation has joins the one before it.
    """
    last: _Pair | None = None
    for bead in bitext.beads:
        made = " ".join(" ".join(bitext.target_sentences[i].text.split()) for i in bead.target)
        if not bead.source and last is not None:
            last.target = f"{last.target} {made}"
        ours = [bitext.source_sentences[i] for i in bead.source]
        for number, (block, members) in enumerate(groupby(ours, key=lambda one: one.block)):
            inside = list(members)
            source = " ".join(" ".join(one.text.split()) for one in inside)
            if last is not None:
                yield last
            target = (made or source) if number == 0 else ""
            last = _Pair(block, inside[0].start, inside[-1].end, source, target)
    if last is not None:
        yield last


def _turned(block: Block, pairs: Sequence[_Pair], languages: tuple[str, str]) -> Turned:
    """Sentences laid out as they were in the block: line breaks between them stay, other white space is one space."""
    target, end = "", 0
    units: list[Unit] = []
    for pair in pairs:
        start, stop = (min(one - block.span.start, len(block.text)) for one in (pair.start, pair.end))
        breaks = block.text[end:start].count("\n") if units else 0
        if target and pair.target:
            target += "\n" * breaks or " "
        units.append(Unit(Span(start, stop), Span(len(target), len(target) + len(pair.target))))
        target, end = target + pair.target, stop
    changed = any(one.source != one.target for one in pairs)
    return Turned(block, Wording(block.text, target, tuple(units), languages=languages), changed)


def linked(wordings: Mapping[str, Wording]) -> dict[str, Wording]:
    """The same wordings with the links between their words."""
    texts = [
        (key, unit, (_cut(one.source, unit.source), _cut(one.target, unit.target)))
        for key, one in wordings.items()
        for unit in one.units
    ]
    if not texts:
        return dict(wordings)
    languages = next(iter(wordings.values())).languages
    made: dict[str, list[SpanLink]] = {key: [] for key in wordings}
    for (key, unit, _), links in zip(texts, _links([pair for _, _, pair in texts], languages), strict=True):
        made[key] += (_moved(link, unit) for link in links)
    return {key: replace(one, links=tuple(made[key])) for key, one in wordings.items()}


def _links(pairs: Sequence[tuple[str, str]], languages: tuple[str, str]) -> Iterator[list[SpanLink]]:
    """The links of each pair of sentences; one that is the same in both is linked word by word."""
    found = linkages(
        [("", "") if a == b else (a, b) for a, b in pairs], source_language=languages[0], target_language=languages[1]
    )
    for (a, b), one in zip(pairs, found, strict=True):
        yield list(one.links) if a != b else list(_by_place(a, b, languages))


def _by_place(source: str, target: str, languages: tuple[str, str]) -> Iterator[SpanLink]:
    """Each word linked with that which is as far along."""
    ours, theirs = words_of(source, languages[0]), words_of(target, languages[1])
    if source == target:
        theirs = ours
    for number, word in enumerate(ours if theirs else ()):
        other = theirs[min(len(theirs) - 1, number * len(theirs) // len(ours))]
        yield SpanLink(_span(word), _span(other), _SAME)


def _span(word: Word) -> Span:
    return Span(word.start, word.end)


def _cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _moved(link: SpanLink, unit: Unit) -> SpanLink:
    ours, theirs = unit.source.start, unit.target.start
    return SpanLink(
        Span(link.source.start + ours, link.source.end + ours),
        Span(link.target.start + theirs, link.target.end + theirs),
        link.score,
    )
