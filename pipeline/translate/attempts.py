"""One sentence on its way through the model: its parts, the tries made, and which try is kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.translate.cutting import cut, halves, join
from pipeline.translate.engine import Decoding, Hypothesis, Pieces
from pipeline.translate.subwords import Subwords
from pipeline.translate.text import calm, is_shouted, normalise
from pipeline.types import Flag, Translation

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
    """A sentence to decode: its source text as it stood, the parts that fit the model, and their pieces."""

    source: str
    parts: list[str]
    pieces: list[Pieces]
    notes: tuple[Flag, ...] = ()
    shouted: bool = False
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
    text = normalise(source, language)
    shouted = is_shouted(text)
    notes = [Flag("recased", "info", "all capitals: translated in sentence case")] if shouted else []
    text = calm(text) if shouted else text
    pieces = subwords.encode(text)
    if len(pieces) - 1 <= limit:
        return Work(source, [text], [pieces], tuple(notes), shouted)
    parts = cut(text, limit, subwords.count)
    notes.append(Flag("split-long", "info", f"{len(pieces) - 1} pieces, cut into {len(parts)} parts"))
    return Work(source, parts, [subwords.encode(part) for part in parts], tuple(notes), shouted)


def halved(work: Work, subwords: Subwords) -> Work | None:
    """The same sentence with every part cut in two; None when there is nothing to cut."""
    parts = [half for part in work.parts for half in halves(part, subwords.count)]
    if len(parts) == len(work.parts):
        return None
    return Work(work.source, parts, [subwords.encode(part) for part in parts], work.notes, work.shouted)


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
        texts = [subwords.decode(one.pieces) for one in chosen]
        text = join(work.parts, texts) if len(texts) > 1 else texts[0]
        text = text.upper() if work.shouted else text
        if any(one.text == text for one in made):
            continue
        flags = list(judge(work.source, text))
        if any(one.cut for one in chosen):
            flags.append(Flag("cut", "warning", f"decoding reached its limit of {max(map(_length, chosen))} pieces"))
        tokens = [len(one.pieces) + 1 for one in chosen]
        score = sum(one.score * count for one, count in zip(chosen, tokens, strict=True)) / sum(tokens)
        made.append(Candidate(text, round(score, 4), tuple(flags), how))
    return made


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
