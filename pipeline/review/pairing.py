"""What belongs together: pairs merged, split, moved, parted and paired by a person, or aligned anew between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.align import align_sentences
from pipeline.documents.translating import sentence_spans
from pipeline.review.pairs import Sheet
from pipeline.review.steps import Hand, Range, Refused, Step, decision_on, instead, runs_of
from pipeline.revision import Cut, Decision, LaidBead
from pipeline.revision.applying import text_of
from pipeline.revision.places import Places

MOST_REALIGNED = 600  # sentences of a side that are aligned anew at once
_EMBEDDER = "built-in"


@dataclass(frozen=True, slots=True)
class _New:
    """A pair as a person wants it: its sentences, and texts that are not theirs."""

    source: Range
    target: Range
    source_text: str | None = None
    target_text: str | None = None
    score: float | None = None


def _pairs(sheet: Sheet, first: int, last: int, new: Sequence[_New], hand: Hand, cuts: Sequence[Cut] = ()) -> Step:
    """Pairs in the place of those from `first` to `last`."""
    numbers = (sheet.number_of(k) for k in range(first, last + 1))
    comments = [bead.decision.comment for bead in sheet.laid.beads[first : last + 1] if bead.decision]
    made = []
    for one in new:
        empty = (one.source[0] == one.source[1], one.target[0] == one.target[1])
        if all(empty):
            raise Refused("One of the two would have no sentence. Undo the edit of this pair first.")
        decision = Decision(
            *runs_of(sheet, one.source, one.target),
            source_text=one.source_text,
            target_text=one.target_text,
            fixed=True,
            score=one.score,
            author=hand.author,
            made=hand.made,
        )
        made.append(decision)
    if made and any(comments):
        made[0] = replace(made[0], comment=" ".join(filter(None, comments)))
    return Step(tuple(number for number in numbers if number is not None), (*made, *cuts), None, first)


def _text(bead: LaidBead, side: int) -> str | None:
    """A person's text of a pair, None where its sentences say what it says."""
    return None if bead.decision is None else bead.decision.target_text if side else bead.decision.source_text


def _merge(sheet: Sheet, k: int, given: dict[str, Any], hand: Hand) -> Step:
    k = k - 1 if given.get("with") == "previous" else k
    if not 0 <= k < len(sheet.pairs) - 1:
        raise Refused("There is no pair to merge it with.")
    pair = sheet.laid.beads[k : k + 2]
    texts = [_joined(sheet, pair, side) for side in (0, 1)]
    new = _New((pair[0].source[0], pair[1].source[1]), (pair[0].target[0], pair[1].target[1]), texts[0], texts[1])
    return _pairs(sheet, k, k + 1, [new], hand)


def _joined(sheet: Sheet, beads: Sequence[LaidBead], side: int) -> str | None:
    if all(_text(bead, side) is None for bead in beads):
        return None
    return " ".join(filter(None, (text_of(bead, sheet.laid, side) for bead in beads)))


def _split(sheet: Sheet, k: int, given: dict[str, Any], hand: Hand) -> Step:
    """A pair as two, at the cursor; the other side is divided at the end of the sentence that is nearest."""
    side = int(given["side"] == "target")
    bead, offset = sheet.laid.beads[k], int(given["offset"])
    text = text_of(bead, sheet.laid, side)
    if not text[:offset].strip() or not text[offset:].strip():
        raise Refused("Put the cursor where the second pair is to begin.")
    if side and sheet.translated and len(_pieces(sheet, bead, 0)) < 2:
        raise Refused("Put the cursor into the original: what the machine made of one sentence is one translation.")
    share = offset / len(text)
    if _text(bead, side) is None and not _border(sheet, bead, side, offset):
        return _cut(sheet, k, side, offset, hand)
    here = _divided(sheet, bead, side, offset)
    there = _divided(sheet, bead, 1 - side, _nearest(sheet, bead, 1 - side, share))
    halves = (here, there) if not side else (there, here)
    new = [_New(halves[0][i][0], halves[1][i][0], halves[0][i][1], halves[1][i][1]) for i in (0, 1)]
    if sheet.translated and _text(bead, 1) is None:  # what was made of each sentence is known
        new = [replace(one, target_text=None) for one in new]
    return _pairs(sheet, k, k, new, hand)


Half = tuple[Range, str | None]


def _divided(sheet: Sheet, bead: LaidBead, side: int, offset: int) -> tuple[Half, Half]:
    """One side of a pair in two at a character: sentences, and texts where they are a person's."""
    start, end = bead.target if side else bead.source
    text = text_of(bead, sheet.laid, side)
    if _text(bead, side) is not None or (side and sheet.translated):
        first = min(start + max(1, _border(sheet, bead, side, offset) or 1), end)
        return ((start, first), text[:offset].strip()), ((first, end), text[offset:].strip())
    border = start + (_border(sheet, bead, side, offset) or 0 if offset < len(text) else end - start)
    return ((start, border), None), ((border, end), None)


def _border(sheet: Sheet, bead: LaidBead, side: int, offset: int) -> int | None:
    """How many sentences end at this character of a side, give or take white space; None within a sentence."""
    sentences = (sheet.laid.target if side else sheet.laid.source)[slice(*(bead.target if side else bead.source))]
    at = 0
    for count, one in enumerate(sentences, start=1):
        at += len(one.text)
        if at <= offset <= at + 1 and count < len(sentences):
            return count
        at += 1
    return None


def _nearest(sheet: Sheet, bead: LaidBead, side: int, share: float) -> int:
    """The end of the sentence that is nearest to this share of a side's text; its end where it has only one."""
    text = text_of(bead, sheet.laid, side)
    ends, at = [], 0
    for piece in _pieces(sheet, bead, side)[:-1]:
        at = text.index(piece, at) + len(piece)
        ends.append(at)
    return min(ends, key=lambda end: abs(end - share * len(text)), default=len(text))


def _pieces(sheet: Sheet, bead: LaidBead, side: int) -> list[str]:
    """The sentences of a side, those of a person's text as a splitter sees them."""
    edited = _text(bead, side)
    if edited is None:
        sentences = sheet.laid.target if side else sheet.laid.source
        return [one.text for one in sentences[slice(*(bead.target if side else bead.source))]]
    language = (sheet.bitext.target if side else sheet.bitext.source).language
    return [edited[span.start : span.end] for span in sentence_spans(edited, language)]


def _cut(sheet: Sheet, k: int, side: int, offset: int, hand: Hand) -> Step:
    """A sentence as two, each in a pair of its own, in one step."""
    bead = sheet.laid.beads[k]
    sentences = sheet.laid.target if side else sheet.laid.source
    start, end = bead.target if side else bead.source
    place, at = start, offset
    while place < end and at > len(sentences[place].text):
        at -= len(sentences[place].text) + 1
        place += 1
    whole = sheet.bitext.target_sentences if side else sheet.bitext.source_sentences
    number = next((i for i, one in enumerate(whole) if one == sentences[place]), None)
    if number is None:
        raise Refused("This sentence has been divided already. Undo that first.")
    cut = Cut("target" if side else "source", Places(whole).run(number, number + 1), at)
    numbers = [number for number in (sheet.number_of(k),) if number is not None]
    trial = Sheet(sheet.bitext, {**{n: e for n, e in sheet.entries.items() if n not in numbers}, -1: cut}, sheet.judge)
    spans = [one.target if side else one.source for one in trial.laid.beads]
    where = next((i for i, span in enumerate(spans) if span[0] <= place < span[1]), None)
    if where is None:
        raise Refused("This sentence cannot be divided here.")
    bead = trial.laid.beads[where]
    border, span = place + 1, spans[where]
    share = offset / max(1, len(text_of(bead, trial.laid, side)))
    other = _divided(trial, bead, 1 - side, _nearest(trial, bead, 1 - side, share))
    here: tuple[Half, Half] = (((span[0], border), None), ((border, span[1]), None))
    halves = (other, here) if side else (here, other)
    new = [_New(halves[0][i][0], halves[1][i][0], halves[0][i][1], halves[1][i][1]) for i in (0, 1)]
    step = _pairs(trial, where, where, new, hand, [cut])
    return replace(step, removed=tuple(numbers), focus=k)


def _move(sheet: Sheet, k: int, given: dict[str, Any], hand: Hand) -> Step:
    """The last sentence of a side goes to the next pair, or the first to the one before."""
    side, down = int(given["side"] == "target"), given["to"] == "next"
    first = k if down else k - 1
    if not 0 <= first < len(sheet.pairs) - 1:
        raise Refused("There is no pair to move it to.")
    giver = sheet.laid.beads[k]
    pieces = _pieces(sheet, giver, side)
    if not pieces:
        raise Refused("There is no sentence to move.")
    above, below = sheet.laid.beads[first : first + 2]
    if sheet.translated or _text(above, side) is not None or _text(below, side) is not None:
        if not side:
            raise Refused("Merge the pairs, then split them where they belong.")
        return _move_text(sheet, first, down, pieces, hand)
    spans = [above.target if side else above.source, below.target if side else below.source]
    border = spans[0][1] + (-1 if down else 1)
    moved = [(spans[0][0], border), (border, spans[1][1])]
    new = []
    for bead, span in zip((above, below), moved, strict=True):
        source, target = (bead.source, span) if side else (span, bead.target)
        new.append(_New(source, target, _text(bead, 0), _text(bead, 1)))
    new = [one for one in new if one.source[0] < one.source[1] or one.target[0] < one.target[1]]
    return replace(_pairs(sheet, first, first + 1, new, hand), focus=k)


def _move_text(sheet: Sheet, first: int, down: bool, pieces: Sequence[str], hand: Hand) -> Step:
    above, below = sheet.laid.beads[first : first + 2]
    texts = [text_of(above, sheet.laid, 1), text_of(below, sheet.laid, 1)]
    if down:
        texts = [" ".join(pieces[:-1]), f"{pieces[-1]} {texts[1]}".strip()]
    else:
        texts = [f"{texts[0]} {pieces[0]}".strip(), " ".join(pieces[1:])]
    new = [
        _New(bead.source, bead.target, _text(bead, 0), text) for bead, text in zip((above, below), texts, strict=True)
    ]
    return replace(_pairs(sheet, first, first + 1, new, hand), focus=first if down else first + 1)


def _unpair(sheet: Sheet, k: int, given: dict[str, Any], hand: Hand) -> Step:
    bead = sheet.laid.beads[k]
    if bead.source[0] == bead.source[1] or (bead.target[0] == bead.target[1] and not sheet.translated):
        raise Refused("This sentence has no counterpart already.")
    if sheet.translated:
        return instead(sheet, k, replace(decision_on(sheet, k, hand), target_text="", fixed=True))
    empty_target, empty_source = (bead.target[0],) * 2, (bead.source[1],) * 2
    new = [
        _New(bead.source, empty_target, _text(bead, 0), None),
        _New(empty_source, bead.target, None, _text(bead, 1)),
    ]
    return _pairs(sheet, k, k, new, hand)


def _pair(sheet: Sheet, k: int, given: dict[str, Any], hand: Hand) -> Step:
    """A sentence without counterpart with the nearest one of the other side, if nothing but such lies between."""
    bead = sheet.laid.beads[k]
    lacks = 1 if bead.target[0] == bead.target[1] else 0
    if bead.source[0] < bead.source[1] and bead.target[0] < bead.target[1]:
        raise Refused("This pair has both sides. Move a sentence, merge or unpair.")
    for other in (k + 1, k - 1):
        if not 0 <= other < len(sheet.pairs):
            continue
        beside = sheet.laid.beads[other]
        span = beside.target if lacks else beside.source
        own = beside.source if lacks else beside.target
        if span[0] < span[1] and own[0] == own[1]:
            return _merge(sheet, min(k, other), {}, hand)
    raise Refused("No sentence without counterpart stands beside it. Unpair its neighbour first, or merge.")


def _realign(sheet: Sheet, k: int, given: dict[str, Any], hand: Hand) -> Step:
    """What lies between the nearest pairs that people have fixed, aligned anew."""
    if sheet.translated:
        raise Refused("A machine translated this text: its sentences belong together as they were made.")
    beads = sheet.laid.beads
    if _is_held(beads[k]):
        raise Refused("A person has fixed this pair. Choose one between two fixed pairs.")
    first = last = k
    while first > 0 and not _is_held(beads[first - 1]):
        first -= 1
    while last < len(beads) - 1 and not _is_held(beads[last + 1]):
        last += 1
    source, target = (beads[first].source[0], beads[last].source[1]), (beads[first].target[0], beads[last].target[1])
    if max(source[1] - source[0], target[1] - target[0]) > MOST_REALIGNED:
        raise Refused(f"More than {MOST_REALIGNED} sentences lie between two fixed pairs. Approve pairs nearer to it.")
    made = align_sentences(
        [one.text for one in sheet.laid.source[slice(*source)]],
        [one.text for one in sheet.laid.target[slice(*target)]],
        source_language=sheet.bitext.source.language,
        target_language=sheet.bitext.target.language,
        embedder=str(given.get("embedder") or _EMBEDDER),
    )
    new, at = [], (source[0], target[0])
    for bead in made:
        ends = (at[0] + len(bead.source), at[1] + len(bead.target))
        new.append(_New((at[0], ends[0]), (at[1], ends[1]), score=bead.score))
        at = ends
    return replace(_pairs(sheet, first, last, new, hand), focus=first)


def _is_held(bead: LaidBead) -> bool:
    return bead.decision is not None and bead.decision.holds and bead.decision.score is None


PAIRING: dict[str, Callable[[Sheet, int, dict[str, Any], Hand], Step]] = {
    "merge": _merge,
    "split": _split,
    "move": _move,
    "unpair": _unpair,
    "pair": _pair,
    "realign": _realign,
}
