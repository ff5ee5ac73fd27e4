"""One sentence on its way through the model: its parts before, and the candidates that their translations make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.text import Candidate, Note
from pipeline.translate.addresses import Aside, put_back, set_aside
from pipeline.translate.cutting import as_sentences, cut, halves, join
from pipeline.translate.engine import Hypothesis, Pieces
from pipeline.translate.framing import end_alike, frame
from pipeline.translate.subwords import Subwords
from pipeline.translate.text import calm, is_shouted, normalise


@dataclass(slots=True)
class Work:
    """A sentence to decode: its source text as it stood, the parts that fit the model, and their pieces.

    Most have one item of one part; a long item has several parts, a menu several items with glue around them.
    """

    source: str
    items: list[list[str]]
    glue: list[str]
    pieces: list[Pieces]
    notes: tuple[Note, ...] = ()
    shouted: bool = False
    aside: Aside = ()


def prepare(source: str, subwords: Subwords, language: str, limit: int) -> Work:
    """A sentence made ready for the model: normalised, cut where it is too long, in pieces."""
    found, glue = frame(source)
    shouted = is_shouted(source)
    notes = [Note("recased")] if shouted else []
    items, pieces = [], []
    aside: Aside = ()
    for item in found:
        bare, aside = set_aside(item, aside) if not shouted else (item, aside)
        text = normalise(bare, language)
        text = calm(text) if shouted else text
        whole = subwords.encode(text)
        parts = [text] if len(whole) - 1 <= limit else cut(text, max(1, limit - 1), subwords.count)  # and a full stop
        if len(parts) > 1:
            notes.append(Note("split-long", f"{len(whole) - 1} pieces, cut into {len(parts)} parts"))
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


def candidates(work: Work, found: Sequence[Sequence[Hypothesis]], *, subwords: Subwords) -> tuple[Candidate, ...]:
    """The translations that the hypotheses of a sentence's parts make: one for each rank of the n-best list."""
    made: dict[str, Candidate] = {}
    for rank in range(min(len(hypotheses) for hypotheses in found)):
        chosen = [hypotheses[rank] for hypotheses in found]
        text = _assembled(work, [subwords.decode(one.pieces) for one in chosen])
        longest = max(len(one.pieces) for one in chosen)
        cut = Note("cut", f"decoding reached its limit of {longest} pieces")
        notes = (cut,) if any(one.cut for one in chosen) else ()
        tokens = [len(one.pieces) + 1 for one in chosen]
        score = sum(one.score * count for one, count in zip(chosen, tokens, strict=True)) / sum(tokens)
        made.setdefault(text, Candidate(text, round(score, 4), notes))
    return tuple(made.values())


def _assembled(work: Work, texts: list[str]) -> str:
    """The sentence that its parts' translations make."""
    given, made = iter(texts), work.glue[0]
    for parts, glue in zip(work.items, work.glue[1:], strict=True):
        made += end_alike(parts[-1], join(parts, list(islice(given, len(parts))))) + glue
    return made.strip().upper() if work.shouted else put_back(made.strip(), work.aside)
