"""One sentence on its way through the model: its parts, the tries made, and which try is kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from pipeline.text import Flag, Translation
from pipeline.translate.addresses import Aside, put_back, set_aside
from pipeline.translate.cutting import as_sentences, cut, halves, join
from pipeline.translate.engine import Decoding, Hypothesis, Pieces
from pipeline.translate.framing import end_alike, frame
from pipeline.translate.subwords import Subwords
from pipeline.translate.text import calm, is_shouted, normalise

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """One translation of a sentence, with what is wrong with it."""

    text: str
    score: float
    flags: tuple[Flag, ...]
    how: str

    @property
    def warnings(self) -> int:
        """How many of its flags ask for a person's look."""
        return sum(flag.severity == "warning" for flag in self.flags)


@dataclass(slots=True)
class Work:
    """A sentence to decode: its source text as it stood, the parts that fit the model, and their pieces.

    Most have one item of one part; a long item has several parts, a menu several items with glue around them.
    """

    source: str
    items: list[list[str]]
    glue: list[str]
    pieces: list[Pieces]
    notes: tuple[Flag, ...] = ()
    shouted: bool = False
    aside: Aside = ()
    tries: list[Candidate] = field(default_factory=list)

    @property
    def best(self) -> Candidate:
        """The try with the fewest warnings, among those the one the model holds likeliest; the first wins a tie."""
        return min(self.tries, key=lambda one: (one.warnings, -one.score))

    def translation(self) -> Translation:
        """What is kept, with both tries recorded where there were several."""
        kept, first = self.best, self.tries[0]
        flags = [*self.notes, *kept.flags]
        if len(self.tries) > 1:
            flags.append(Flag("retried", "info", _record(first, kept)))
        return Translation(kept.text, kept.score, confidence_of(kept.score), "machine", tuple(dict.fromkeys(flags)))


def confidence_of(score: float) -> float:
    """The geometric mean of the probabilities of the target tokens: e to the score, from 0 to 1, monotone."""
    return round(math.exp(min(0.0, score)), 4)


def prepare(source: str, subwords: Subwords, language: str, limit: int) -> Work:
    """A sentence made ready for the model: normalised, cut where it is too long, in pieces."""
    found, glue = frame(source)
    shouted = is_shouted(source)
    notes = [Flag("recased", "info", "all capitals: translated in sentence case")] if shouted else []
    items, pieces = [], []
    aside: Aside = ()
    for item in found:
        bare, aside = set_aside(item, aside) if not shouted else (item, aside)
        text = normalise(bare, language)
        text = calm(text) if shouted else text
        whole = subwords.encode(text)
        parts = [text] if len(whole) - 1 <= limit else cut(text, max(1, limit - 1), subwords.count)  # and a full stop
        if len(parts) > 1:
            notes.append(Flag("split-long", "info", f"{len(whole) - 1} pieces, cut into {len(parts)} parts"))
        items.append(parts)
        pieces += [whole] if len(parts) == 1 else [subwords.encode(part) for part in as_sentences(parts)]
    return Work(source, items, glue, pieces, tuple(notes), shouted, aside)


def halved(work: Work, subwords: Subwords) -> Work | None:
    """The same sentence with every part cut in two; None when there is nothing to cut."""
    items = [[half for part in parts for half in halves(part, subwords.count)] for parts in work.items]
    pieces = [subwords.encode(part) for parts in items for part in as_sentences(parts)]
    return (
        Work(work.source, items, work.glue, pieces, work.notes, work.shouted, work.aside)
        if len(pieces) > len(work.pieces)
        else None
    )


def candidates(
    work: Work,
    found: Sequence[Sequence[Hypothesis]],
    *,
    how: str,
    subwords: Subwords,
    judge: Callable[[str, str], tuple[Flag, ...]],
) -> list[Candidate]:
    """The translations that the hypotheses of a sentence's parts make: one for each rank of the n-best list."""
    made: list[Candidate] = []
    for rank in range(min(len(hypotheses) for hypotheses in found)):
        chosen = [hypotheses[rank] for hypotheses in found]
        text = _assembled(work, [subwords.decode(one.pieces) for one in chosen])
        if any(one.text == text for one in made):
            continue
        flags = list(judge(work.source, text))
        if any(one.cut for one in chosen):
            flags.append(Flag("cut", "warning", f"decoding reached its limit of {max(map(_length, chosen))} pieces"))
        tokens = [len(one.pieces) + 1 for one in chosen]
        score = sum(one.score * count for one, count in zip(chosen, tokens, strict=True)) / sum(tokens)
        made.append(Candidate(text, round(score, 4), tuple(flags), how))
    return made


def _assembled(work: Work, texts: list[str]) -> str:
    """The sentence that its parts' translations make."""
    given, made = iter(texts), work.glue[0]
    for parts, glue in zip(work.items, work.glue[1:], strict=True):
        made += end_alike(parts[-1], join(parts, list(islice(given, len(parts))))) + glue
    return made.strip().upper() if work.shouted else put_back(made.strip(), work.aside)


def describe(decoding: Decoding) -> str:
    """How a try was made, for the record."""
    words = [f"beam {decoding.beam_size}"]
    if decoding.no_repeat_ngram:
        words.append(f"no {decoding.no_repeat_ngram}-gram twice")
    if decoding.repetition_penalty != 1:
        words.append(f"repetition penalty {decoding.repetition_penalty:g}")
    return ", ".join(words)


def _record(first: Candidate, kept: Candidate) -> str:
    def shown(one: Candidate) -> str:
        names = ", ".join(sorted({flag.name for flag in one.flags if flag.severity == "warning"})) or "nothing"
        text = one.text if len(one.text) <= _SHOWN else one.text[:_SHOWN] + "…"
        return f"{one.how} (score {one.score:.2f}, wrong: {names}): {text}"

    return f"first kept; {shown(first)}" if kept is first else f"kept {shown(kept)}; before {shown(first)}"


def _length(one: Hypothesis) -> int:
    return len(one.pieces)
