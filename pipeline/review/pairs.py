"""The pairs of a document as the page shows them: texts with what was decided, doubts, and where chapters begin."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from pipeline.align.report import LEAST
from pipeline.book.doubts import doubt as words_of_doubt
from pipeline.check import Judge
from pipeline.revision import Decision, Entry, Laid, LaidBead, laid
from pipeline.revision.applying import text_of
from pipeline.revision.places import Places
from pipeline.text import ASIDE, Bitext, Flag, Kind, Note, Row, Side

_CHAPTER_LEVEL = 2
_FLAGGED = 0.7  # the least doubt of a pair with a warning
_UNPAIRED = 0.55


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair as the page shows it; `doubt` lies in 0-1, and is 0 where a person vouches for it."""

    id: str
    document: str
    kind: Kind
    source: str
    target: str
    flags: tuple[Flag, ...]
    score: float
    confidence: float | None
    decision: Decision | None
    why: str
    doubt: float

    @property
    def state(self) -> str:
        """What a person thought of it: `edited`, `approved`, `rejected`, `paired` or nothing."""
        return self.decision.verdict.state if self.decision is not None else ""

    @property
    def reviewed(self) -> bool:
        """Whether a person vouches for the pair, or rejects it; to pair what a machine translated says less."""
        return self.state in ("edited", "approved", "rejected") or (self.state == "paired" and self.confidence is None)

    @property
    def token(self) -> str:
        """Tells whether the pair is as a page has seen it."""
        decided = self.decision
        facts = (
            self.source,
            self.target,
            self.state,
            decided.comment if decided else "",
            decided and decided.everywhere,
        )
        return hashlib.blake2b(repr(facts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

    def shown(self) -> dict[str, Any]:
        """The pair for the page, as JSON."""
        decided = self.decision
        return {
            "id": self.id,
            "document": self.document,
            "kind": self.kind,
            "source": self.source,
            "target": self.target,
            "flags": [[flag.name, flag.severity, flag.detail] for flag in self.flags],
            "score": round(self.score, 3),
            "confidence": self.confidence and round(self.confidence, 3),
            "why": self.why,
            "doubt": round(self.doubt, 3),
            "state": self.state,
            "comment": decided.comment if decided else "",
            "author": decided.author if decided else "",
            "made": decided.made if decided else 0,
            "said": decided.said if decided else "",
            "everywhere": decided.everywhere if decided else True,
            "edited": [decided.source_text is not None, decided.target_text is not None] if decided else [False, False],
            "token": self.token,
        }


class Sheet:
    """One document under review: what a machine made, what people decided, and the pairs that this makes."""

    def __init__(self, bitext: Bitext, entries: Mapping[int, Entry], judge: Judge | None) -> None:
        self.bitext = bitext
        self.id = bitext.source.id
        self.judge = judge
        self._kinds: dict[str, Kind] = {one.id: one.kind for one in (*bitext.target.blocks, *bitext.source.blocks)}
        self.lay(entries)

    @property
    def translated(self) -> bool:
        """Whether a machine translated it, so that the target's sentences belong to those of the source."""
        return bool(self.bitext.translations)

    @cached_property
    def places(self) -> tuple[Places, Places]:
        """Where runs of sentences are found on either side."""
        return Places(self.laid.source), Places(self.laid.target)

    def lay(self, entries: Mapping[int, Entry]) -> None:
        """Lay these decisions over the document."""
        self.numbers: dict[int, int] = {id(entry): number for number, entry in entries.items()}
        self.entries = dict(entries)
        self.laid: Laid = laid(self.bitext, list(entries.values()))
        self.__dict__.pop("places", None)
        self.pairs: list[Pair] = [self._pair(bead) for bead in self.laid.beads]
        self.at: dict[str, int] = {pair.id: k for k, pair in enumerate(self.pairs)}

    def put(self, k: int, removed: Iterable[int], added: Mapping[int, Entry]) -> bool:
        """Let a pair have another decision, or none; gives whether the pairs around it are others then."""
        for number in removed:
            self.entries.pop(number, None)
        self.entries.update(added)
        self.numbers.update({id(entry): number for number, entry in added.items()})
        decision = next((one for one in added.values() if isinstance(one, Decision)), None)
        beads = list(self.laid.beads)
        before = beads[k].before
        if before is None and not (decision and decision.holds):
            self.lay(self.entries)
            return True
        score = 1.0 if decision and decision.holds else self.bitext.beads[before or 0].score
        score = decision.score if decision and decision.score is not None else score
        beads[k] = replace(beads[k], decision=decision, score=score)
        self.laid = replace(self.laid, beads=tuple(beads))
        self.pairs[k] = self._pair(beads[k])
        return False

    def number_of(self, k: int) -> int | None:
        """The number under which the store keeps the decision on a pair."""
        decision = self.laid.beads[k].decision
        return None if decision is None else self.numbers.get(id(decision))

    def chapters(self) -> list[tuple[str, str]]:
        """Ids and titles of the pairs that open a chapter."""
        opening = {
            block.id
            for block in self.bitext.source.blocks
            if "chapter" in dict(block.data)
            or (block.kind == "heading" and int(dict(block.data).get("level") or _CHAPTER_LEVEL) <= _CHAPTER_LEVEL)
        }
        found = []
        last = ""
        for pair, bead in zip(self.pairs, self.laid.beads, strict=True):
            block = self.laid.source[bead.source[0]].block if bead.source[0] < bead.source[1] else ""
            if block in opening and block != last:
                found.append((pair.id, " ".join((pair.source or pair.target).split())[:80]))
            last = block or last
        return found

    def _pair(self, bead: LaidBead) -> Pair:
        source, target = text_of(bead, self.laid, 0), text_of(bead, self.laid, 1)
        first = (
            self.laid.source[bead.source[0]] if bead.source[0] < bead.source[1] else self.laid.target[bead.target[0]]
        )
        made = self.laid.translations[slice(*bead.source)] if self.translated else ()
        decision = bead.decision
        flags = self._flags(bead, source, target, tuple(note for one in made for note in one.notes))
        confidence = min((one.confidence for one in made), default=None)
        kind = self._kinds.get(first.block, "paragraph")
        row = Row("", "", "", kind, Side(source), Side(target), score=bead.score, flags=flags)
        aside = kind in ASIDE
        found = Pair(
            id=first.id,
            document=self.id,
            kind=kind,
            source=source,
            target=target,
            flags=flags,
            score=bead.score,
            confidence=confidence,
            decision=decision,
            why="" if aside else words_of_doubt(row, LEAST),
            doubt=0.0 if aside else _doubt(row, confidence),
        )
        return replace(found, doubt=0.0) if found.reviewed else found

    def _flags(self, bead: LaidBead, source: str, target: str, notes: tuple[Note, ...]) -> tuple[Flag, ...]:
        """The flags of a pair: none where a person vouches for it, where it changed those of its texts as they are."""
        state = bead.decision.verdict.state if bead.decision is not None else ""
        if state in ("edited", "approved") or (state == "paired" and not self.translated):
            return ()
        if bead.before is not None or self.judge is None:
            return self.bitext.beads[bead.before].flags if bead.before is not None else ()
        if not source or not target:
            return self.judge.unpaired()
        return self.judge(source, target, notes)


def _doubt(row: Row, confidence: float | None) -> float:
    """How doubtful a pair is: by its score, by what the model was sure of, by its flags."""
    doubt = 1 - min(row.score, 1.0)
    if confidence is not None:
        doubt = max(doubt, (1 - confidence) * 0.6)
    if not row.source.text or not row.target.text:
        doubt = max(doubt, _UNPAIRED)
    warnings = sum(flag.severity == "warning" for flag in row.flags)
    return min(1.0, max(doubt, _FLAGGED + 0.1 * (warnings - 1)) if warnings else doubt)


def worth_a_look(pair: Pair) -> bool:
    """Whether a person should look: nobody has yet, and something speaks against the pair."""
    return not pair.reviewed and bool(pair.why)
