"""Decisions laid over a bitext's beads: people's pairs stand, what a machine paired fills the gaps between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.revision.cutting import with_cuts
from pipeline.revision.decisions import Cut, Decision, Entry
from pipeline.revision.places import Places
from pipeline.text import Bitext, Sentence, Translation

_UNSURE = 0.5  # the score of a bead of which a person's pair took a part: worth a look


@dataclass(frozen=True, slots=True)
class LaidBead:
    """Sentences from `source[0]` to before `source[1]` with those of the target, and what was decided of them.

    `before` is the bead's number among those that the machine made, None where it is none of them as it was.
    """

    source: tuple[int, int]
    target: tuple[int, int]
    score: float
    decision: Decision | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """The sentences of both sides after cuts, all beads in order, the translations, and entries without a place."""

    source: tuple[Sentence, ...]
    target: tuple[Sentence, ...]
    beads: tuple[LaidBead, ...]
    translations: tuple[Translation, ...]
    lost: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Pin:
    """A decision where it stands: source sentences s0 to before s1, target sentences t0 to before t1.

    `rank` is the number of the machine's bead that it begins in.
    """

    s0: int
    s1: int
    t0: int
    t1: int
    decision: Decision
    rank: int

    @property
    def sides(self) -> int:
        """How many sides it has."""
        return (self.s0 < self.s1) + (self.t0 < self.t1)


def laid(bitext: Bitext, entries: Sequence[Entry]) -> Laid:
    """What people decided, laid over a bitext; every sentence stays in exactly one bead, order is kept."""
    lost: list[Entry] = []
    cut = with_cuts(bitext, [one for one in entries if isinstance(one, Cut)], lost)
    path = _Path(cut)
    pins: list[_Pin] = []
    checks: list[_Pin] = []
    places = (Places(cut.source_sentences), Places(cut.target_sentences)) if entries else (Places(()), Places(()))
    for one in (entry for entry in entries if isinstance(entry, Decision)):
        pin = path.pin(one, places)
        if pin is None:
            lost.append(one)
        else:
            (pins if one.holds else checks).append(pin)
    kept, crossing = _chain(path, pins)
    lost += crossing
    beads = list(_filled(path, kept))
    beads, without = _noted(beads, checks)
    return Laid(cut.source_sentences, cut.target_sentences, tuple(beads), cut.translations, (*lost, *without))


class _Path:
    """A machine's beads as the corners of a path through both texts."""

    def __init__(self, bitext: Bitext) -> None:
        self.translated = bool(bitext.translations)
        self.count = (len(bitext.source_sentences), len(bitext.target_sentences))
        self.beads: list[tuple[int, int, int, int, float]] = []
        s = t = 0
        for bead in bitext.beads:
            ends = (s + len(bead.source), t + len(bead.target))
            self.beads.append((s, ends[0], t, ends[1], bead.score))
            s, t = ends
        self._source_starts = [bead[0] for bead in self.beads]
        self._target_starts = [bead[2] for bead in self.beads]

    def pin(self, one: Decision, places: tuple[Places, Places]) -> _Pin | None:
        """Where a decision stands; None if its sentences are not there."""
        at = [places[i].find(run) if run is not None else None for i, run in enumerate((one.source, one.target))]
        s0, t0 = at
        if (one.source is not None and s0 is None) or (one.target is not None and t0 is None):
            return None
        if one.source is None and one.target is None:
            return None
        s1 = None if s0 is None or one.source is None else s0 + len(one.source.texts)
        t1 = None if t0 is None or one.target is None else t0 + len(one.target.texts)
        if s0 is None or s1 is None:
            assert t0 is not None
            assert t1 is not None
            s0 = s1 = self._across(t0, side=1)
        elif t0 is None or t1 is None:
            t0, t1 = self._made_of(s0, s1) if self.translated else (self._across(s0, side=0),) * 2
        rank = self._holding(s0, side=0) if s0 < s1 else self._holding(t0, side=1)
        return _Pin(s0, s1, t0, t1, one, rank)

    def _across(self, place: int, *, side: int) -> int:
        """Where the path is on the other side when it reaches a sentence of this one."""
        bead = self.beads[self._holding(place, side=side)] if self.beads else (0, 0, 0, 0, 0.0)
        return (bead[0] if place == bead[2] else bead[1]) if side else (bead[2] if place == bead[0] else bead[3])

    def _holding(self, place: int, *, side: int) -> int:
        """The number of the bead that holds a sentence of a side."""
        k = bisect_right(self._target_starts if side else self._source_starts, place) - 1
        while k > 0 and self.beads[k][2 * side] == self.beads[k][2 * side + 1]:
            k -= 1
        return max(k, 0)

    def _made_of(self, s0: int, s1: int) -> tuple[int, int]:
        """The target sentences that were made of source sentences."""
        first, end = (bisect_left(self._source_starts, place) for place in (s0, s1))
        inside = [bead for bead in self.beads[first:end] if bead[0] < bead[1]]
        if not inside:  # the second half of a sentence that a person has divided
            return (self._across(s0, side=0),) * 2
        return inside[0][2], inside[-1][3]


def _chain(path: _Path, pins: list[_Pin]) -> tuple[list[_Pin], list[Decision]]:
    """The pins in order, without those that cross one before them; one-sided ones give way on the side they lack."""
    kept: list[_Pin] = []
    lost: list[Decision] = []
    ordered = sorted(pins, key=lambda pin: (pin.s0, pin.t0, pin.s1, pin.t1))
    for pin in (one for one in ordered if one.sides == 2):
        if kept and (kept[-1].s1 > pin.s0 or kept[-1].t1 > pin.t0):
            lost.append(pin.decision)
        else:
            kept.append(pin)
    for pin in (one for one in ordered if one.sides == 1):
        at = _slot(kept, pin)
        if _meets(kept[:at], kept[at:], pin):
            lost.append(pin.decision)
        else:
            kept.insert(at, pin)
    return list(_placed(path, kept)), lost


def _meets(before: Sequence[_Pin], after: Sequence[_Pin], pin: _Pin) -> bool:
    """Whether the side that a one-sided pin has is not free between those before and those after it."""
    if pin.s0 < pin.s1:
        low = max((one.s1 for one in before if one.s0 < one.s1), default=0)
        return pin.s0 < low or any(one.s0 < pin.s1 for one in after if one.s0 < one.s1)
    low = max((one.t1 for one in before if one.t0 < one.t1), default=0)
    return pin.t0 < low or any(one.t0 < pin.t1 for one in after if one.t0 < one.t1)


def _placed(path: _Path, pins: Sequence[_Pin]) -> Iterator[_Pin]:
    """The pins, those of one side standing on the other between their neighbours."""
    highs = []
    s, t = path.count
    for pin in reversed(pins):
        highs.append((s, t))
        s, t = (pin.s0 if pin.s0 < pin.s1 else s), (pin.t0 if pin.t0 < pin.t1 else t)
    s = t = 0
    for pin, high in zip(pins, reversed(highs), strict=True):
        if pin.s0 == pin.s1:
            pin = replace(pin, s0=(free := min(max(pin.s0, s), high[0])), s1=free)
        if pin.t0 == pin.t1:
            pin = replace(pin, t0=(free := min(max(pin.t0, t), high[1])), t1=free)
        s, t = pin.s1, pin.t1
        yield pin


def _slot(kept: Sequence[_Pin], pin: _Pin) -> int:
    """Before which of the pins a one-sided one belongs: by the side that it has, then by the machine's order."""
    ours = pin.s0 < pin.s1
    at = 0
    for i, one in enumerate(kept):
        has, end = (one.s0 < one.s1, one.s1 <= pin.s0) if ours else (one.t0 < one.t1, one.t1 <= pin.t0)
        if has and not end:
            break
        if has or (one.rank < pin.rank if ours else one.rank <= pin.rank):
            at = i + 1
    return at


def _filled(path: _Path, pins: Sequence[_Pin]) -> Iterator[LaidBead]:
    """The pins, and between them what is left there of the machine's beads."""
    same = {bead[:4]: i for i, bead in enumerate(path.beads)}
    s = t = 0
    for pin in pins:
        yield from _gap(path, (s, pin.s0), (t, pin.t0))
        whole = same.get((pin.s0, pin.s1, pin.t0, pin.t1))
        score = 1.0 if pin.decision.score is None else pin.decision.score
        yield LaidBead((pin.s0, pin.s1), (pin.t0, pin.t1), score, pin.decision, whole)
        s, t = pin.s1, pin.t1
    yield from _gap(path, (s, path.count[0]), (t, path.count[1]))


def _gap(path: _Path, source: tuple[int, int], target: tuple[int, int]) -> Iterator[LaidBead]:
    """What the machine's beads have between these sentences."""
    first = bisect_left(path.beads, True, key=lambda bead: bead[1] > source[0] or bead[3] > target[0])
    s, t = source[0], target[0]
    for i in range(first, len(path.beads)):
        b0, b1, c0, c1, score = path.beads[i]
        if b0 >= source[1] and c0 >= target[1]:
            return
        ends = (max(s, min(b1, source[1])), max(t, min(c1, target[1])))
        if ends != (s, t):
            whole = (s, *ends[:1], t, ends[1]) == (b0, b1, c0, c1)
            score = score if whole else min(score, _UNSURE)
            yield LaidBead((s, ends[0]), (t, ends[1]), score, None, i if whole else None)
        s, t = ends


def _noted(beads: list[LaidBead], checks: Sequence[_Pin]) -> tuple[list[LaidBead], list[Entry]]:
    """Beads with decisions that do not hold them together: comments and rejections of the very same pair."""
    at = {(one.source, one.target): i for i, one in enumerate(beads) if one.decision is None}
    lost: list[Entry] = []
    for pin in checks:
        ours, theirs = (pin.s0, pin.s1), (pin.t0, pin.t1)
        place = next((i for i in (at.get((ours, theirs)),) if i is not None), None)
        if place is None and (pin.s0 == pin.s1 or pin.t0 == pin.t1):  # where a side is empty, it has no place
            side = 0 if pin.s0 < pin.s1 else 1
            place = next(
                (i for key, i in at.items() if key[side] == (ours, theirs)[side] and _empty(key[1 - side])), None
            )
        if place is None:
            lost.append(pin.decision)
        else:
            beads[place] = replace(beads[place], decision=pin.decision)
    return beads, lost


def _empty(span: tuple[int, int]) -> bool:
    return span[0] == span[1]
