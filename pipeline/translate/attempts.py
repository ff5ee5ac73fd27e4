"""One sentence on its way through the model: its parts before, and the candidates that their translations make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from pipeline.text import Candidate, Note
from pipeline.translate.capitals import quieted, with_capitals
from pipeline.translate.copied import without_copies
from pipeline.translate.cutting import as_sentences, cut, halves, join
from pipeline.translate.engine import Hypothesis, Pieces
from pipeline.translate.expanding import expanded
from pipeline.translate.framing import begin_alike, end_alike, frame, spoken_on
from pipeline.translate.labels import known_line
from pipeline.translate.names import mended, rejoined, with_accents, without_accents
from pipeline.translate.protected import (
    Aside,
    Kind,
    Lifted,
    formulas_in,
    kinds_for,
    lift,
    put_back,
    raised,
    set_aside,
    set_back,
)
from pipeline.translate.subwords import Subwords
from pipeline.translate.text import accented, angled, calm, is_shouted, normalise

_APART = re.compile(r"(?<=[^\W\d_])- (?=[^\W\d_])")


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
    lifted: list[Lifted] = field(default_factory=list)  # of each item
    languages: tuple[str, str] = ("", "")
    loud: tuple[str, ...] = ()  # words in capitals that the model reads in small letters


def prepare(
    source: str, subwords: Subwords, languages: tuple[str, str], limit: int, terms: tuple[Kind, ...] = ()
) -> Work:
    """A sentence made ready for the model: what must not change set aside; normalised, cut if too long, in pieces."""
    found, glue = frame(source)
    shouted = is_shouted(source)
    notes = [Note("recased")] if shouted else []
    notes += [Note("term-inserted")] if terms else []
    work = Work(source, [], [glue[0]], [], shouted=shouted, languages=languages)
    kinds = (*terms, *kinds_for(*languages))
    for item, after in zip(found, glue[1:], strict=True):
        known = known_line(item, *languages) if len(found) > 1 else None
        if known is not None:
            work.glue[-1] += known + after
            continue
        bare = accented(angled(item), languages[0])
        bare, work.aside = set_aside(bare, formulas_in(bare, *languages), work.aside)
        bare, lifted = lift(bare)
        bare, work.aside = set_aside(bare, kinds, work.aside)
        text = normalise(without_accents(expanded(bare, languages[0]), languages[0]), languages[0])
        text, loudly = (calm(text), ()) if shouted else quieted(text, languages[0])
        work.loud += loudly
        whole = subwords.encode(text)
        parts = [text] if len(whole) - 1 <= limit else cut(text, max(1, limit - 1), subwords.count)  # and a full stop
        if len(parts) > 1:
            notes.append(Note("split-long", f"{len(whole) - 1} pieces, cut into {len(parts)} parts"))
        work.items.append(parts)
        work.lifted.append(lifted)
        work.glue.append(after)
        work.pieces += [whole] if len(parts) == 1 else [subwords.encode(part) for part in as_sentences(parts)]
    work.notes = tuple(notes)
    return work


def halved(work: Work, subwords: Subwords) -> Work | None:
    """The same sentence with every part cut in two; None when there is nothing to cut."""
    items = [[half for part in parts for half in halves(part, subwords.count)] for parts in work.items]
    pieces = [subwords.encode(part) for parts in items for part in as_sentences(parts)]
    return replace(work, items=items, pieces=pieces) if len(pieces) > len(work.pieces) else None


def candidates(work: Work, found: Sequence[Sequence[Hypothesis]], *, subwords: Subwords) -> tuple[Candidate, ...]:
    """The translations that the hypotheses of a sentence's parts make: one for each rank of the n-best list."""
    made: dict[str, Candidate] = {}
    for rank in range(min(len(hypotheses) for hypotheses in found)):
        chosen = [hypotheses[rank] for hypotheses in found]
        text, wrong = _assembled(work, [subwords.decode(one.pieces) for one in chosen])
        longest = max(len(one.pieces) for one in chosen)
        cut = Note("cut", f"decoding reached its limit of {longest} pieces")
        notes = [cut] if any(one.cut for one in chosen) else []
        notes += [Note("piece-lost", ", ".join(wrong))] if wrong else []
        notes += [note for note in work.notes if note.name == "term-inserted"]
        tokens = [len(one.pieces) + 1 for one in chosen]
        score = sum(one.score * count for one, count in zip(chosen, tokens, strict=True)) / sum(tokens)
        made.setdefault(text, Candidate(text, round(score, 4), tuple(notes)))
    return tuple(made.values())


def _assembled(work: Work, texts: list[str]) -> tuple[str, tuple[str, ...]]:
    """The sentence that its parts' translations make, and the pieces set aside that did not come through once."""
    given, made = iter(texts), work.glue[0]
    for parts, lifted, glue in zip(work.items, work.lifted, work.glue[1:], strict=True):
        item = end_alike(parts[-1], join(parts, list(islice(given, len(parts)))))
        item = begin_alike(parts[0], item)
        made += set_back(item.upper() if work.shouted else item, lifted) + glue
    if not _APART.search(work.source):
        made = _APART.sub("-", made)  # `self- evaluation`: the model's, not the writer's
    made = mended(work.source, without_copies(work.source, made.strip(), work.languages), work.languages[1])
    text, wrong = put_back(made, work.aside)  # what stands in pieces is as the source has it
    text = raised(work.source, rejoined(work.source, with_accents(work.source, text)))
    text = spoken_on(work.source, text)
    return (with_capitals(work.source, text, work.loud, work.languages) if work.loud else text), wrong
