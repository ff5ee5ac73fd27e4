"""Measure how often the form of a phrase goes to the right words of a translation: `bench_marks.py GOLD [GOLD …]`.

Each folder GOLD holds hand-aligned texts: doc.fr, doc.en (words set apart by spaces) and doc.gold (links `i-j`, sure,
and `ipj`, possible). In each of 300 sentences one phrase of one to four words is marked as bold, one whose words are
linked for sure and whose counterpart is a run of words that nothing else is linked to. The mark is right if it covers
all words that are linked for sure, and no word that is linked for sure to words outside of the phrase alone.

A phrase holds a word of four letters at least, as what people mark does; the share without that rule stands beside it.

The peer translates each run (before, in and after the mark) alone with the same model, as programs do that hand whole
runs to it: its mark covers the right words by its making, and its sentence pays for that. Both sentences are scored
with chrF against the human translation; `in order` is how often the peer's phrase stands in the whole translation too.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.document.inline import Content, Mark, Placed, Unit, Wording, flat
from pipeline.document.placing import place
from pipeline.document.wordings import linked
from pipeline.documents.sentences import translate_sentences
from pipeline.text import Span

_CLOSING, _OPENING, _LEFT = set(",.;:!?)]}»”…'’"), set("([{«“"), "'’"


@dataclass(frozen=True)
class Case:
    """A sentence with a marked phrase, its translation, and the words of this that the mark must and may cover."""

    source: str
    target: str
    span: Span
    must: frozenset[int]
    may: frozenset[int]
    words: tuple[Span, ...]


def _laid_out(words: Sequence[str]) -> tuple[str, list[Span]]:
    """Words as a text, and where each stands in it."""
    text, spans = "", []
    for word in words:
        if text and word[0] not in _CLOSING and text[-1] not in _OPENING and text[-1] not in _LEFT:
            text += " "
        spans.append(Span(len(text), len(text) + len(word)))
        text += word
    return text, spans


def _sentences(folder: Path) -> Iterator[tuple[list[str], list[str], set[tuple[int, int]], set[tuple[int, int]]]]:
    names = ("doc.fr", "doc.en", "doc.gold")
    lines = [(folder / name).read_text(encoding="utf-8").split("\n") for name in names]
    for source, target, gold in zip(*lines, strict=False):
        sure, possible = set(), set()
        for link in gold.split():
            i, j = map(int, link.replace("p", "-").split("-"))
            (possible if "p" in link else sure).add((i, j))
        yield source.split(), target.split(), sure, possible


def _cases(folder: Path, chance: random.Random, *, any_words: bool) -> Iterator[Case]:
    for source, target, sure, possible in _sentences(folder):
        phrases = []
        for inside in _runs(source, any_words=any_words):
            must = {j for i, j in sure if i in inside}
            may = {j for i, j in sure | possible if i in inside}
            outside = {j for i, j in sure | possible if i not in inside}
            whole = set(range(min(must), max(must) + 1)) if must else set()
            linked_all = all(any(i == ours for ours, _ in sure) for i in inside)
            if must and linked_all and len(whole) <= 2 * len(inside) and not whole & outside:
                phrases.append((inside, must, may | whole))
        if phrases:
            inside, must, may = chance.choice(phrases)
            (text, spans), (english, places) = _laid_out(source), _laid_out(target)
            span = Span(spans[inside[0]].start, spans[inside[-1]].end)
            yield Case(text, english, span, frozenset(must), frozenset(may), tuple(places))


def _runs(source: Sequence[str], *, any_words: bool) -> Iterator[range]:
    """Runs of one to four words that are not nearly the whole sentence."""
    for length in (1, 2, 3, 4):
        for first in range(len(source) - length + 1):
            words = source[first : first + length]
            wordy = all(word[:1].isalnum() for word in words)
            if wordy and len(source) > length + 3 and (any_words or any(len(word) > 3 for word in words)):
                yield range(first, first + length)


def _marked(source: str, target: str, span: Span) -> tuple[int, int]:
    unit = Unit(Span(0, len(source)), Span(0, len(target)))
    wording = linked({"": Wording(source, target, (unit,))})[""]
    content = place((Mark(0, span.start, span.end),), wording)
    return _covered(content)


def _covered(content: Content) -> tuple[int, int]:
    at = 0
    for one in content:
        length = len(one) if isinstance(one, str) else len(flat(one.content))
        if isinstance(one, Placed):
            return at, at + length
        at += length
    raise AssertionError("the mark is lost")


def _is_right(case: Case, *, told: bool) -> bool:
    start, end = _marked(case.source, case.target, case.span)
    got = {j for j, place in enumerate(case.words) if place.start < end and place.end > start}
    right = case.must <= got and not got - case.may
    if told and not right:
        wanted = " ".join(case.target[case.words[j].start : case.words[j].end] for j in sorted(case.must))
        print(f"  {_phrase(case)!r}: {case.target[start:end]!r} for {wanted!r} | {case.target[:120]}")
    return right


def _phrase(case: Case) -> str:
    return case.source[case.span.start : case.span.end]


def _gathered(folders: Sequence[Path], count: int, seed: int, *, any_words: bool) -> list[Case]:
    chance, cases = random.Random(seed), list[Case]()
    while len(cases) < count:
        cases += [one for folder in folders for one in _cases(folder, chance, any_words=any_words)]
    return chance.sample(cases, count)


def _peer(cases: Sequence[Case]) -> None:
    from sacrebleu import CHRF

    parts = [(one.source[: one.span.start].strip(), _phrase(one), one.source[one.span.end :].strip()) for one in cases]
    made = [one.text for one in translate_sentences([part for three in parts for part in three])]
    runs = [" ".join(filter(None, made[3 * n : 3 * n + 3])) for n in range(len(parts))]
    wholes = [one.text for one in translate_sentences([case.source for case in cases])]
    references = [[case.target for case in cases]]
    ours, theirs = CHRF().corpus_score(wholes, references).score, CHRF().corpus_score(runs, references).score
    common = sum(made[3 * n + 1].lower() in whole.lower() for n, whole in enumerate(wholes))
    print(f"chrF of {len(cases)} sentences: translated whole, as ours are, {ours:.1f}; each run alone {theirs:.1f}")
    print(f"in order: {common} of {len(cases)} phrases translated alone stand in the whole translation")


def main() -> None:
    """Measure, and print what goes wrong where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wrong", action="store_true", help="show what goes wrong")
    parser.add_argument("--peer", type=int, default=60, help="sentences that the peer is measured on; 0 for none")
    options = parser.parse_args()
    for any_words in (False, True):
        cases = _gathered(options.gold, options.count, options.seed, any_words=any_words)
        start = time.perf_counter()
        right = sum(_is_right(case, told=options.wrong and not any_words) for case in cases)
        each = 1000 * (time.perf_counter() - start) / len(cases)
        what = "any phrase" if any_words else "phrases with a word of four letters"
        print(f"{what}: {right} of {len(cases)} marks right ({100 * right / len(cases):.1f} %), {each:.1f} ms each")
    if options.peer:
        _peer(_gathered(options.gold, options.peer, options.seed, any_words=False))


if __name__ == "__main__":
    main()
