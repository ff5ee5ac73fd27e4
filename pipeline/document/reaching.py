"""Which words of a translation a stretch of the source became: the run of words that its links speak for most."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.document.inline import Mark
from pipeline.document.sides import Words
from pipeline.text import Span

_STOPS = ".,;:!?…"
_LONG = 4  # letters of a word that means something by itself
_UNLINKED = -0.02  # what an unlinked word amid a run costs; at an end it is left out
_CLITICS = frozenset(("le", "la", "l'", "les", "lui", "leur", "me", "m'", "te", "t'", "nous", "vous"))
_OBJECTS = frozenset(("it", "him", "her", "them", "me", "us", "you"))
_OF, _OWNED = frozenset(("of", "de", "d'", "du", "des")), frozenset(("'s", "'"))
_SHORTENED = re.compile(r"\w['’](?:t|s|re|ve|ll|d|m)\b", re.I)
_ORDINAL = re.compile(r"\d(st|nd|rd|th)\b")


@dataclass(slots=True)
class Reach:
    """Finds places in a part of the target that came of a part of the source."""

    words: Words
    target: Span
    source: Span
    _inner: range = field(init=False)
    _outer: range = field(init=False)
    _free: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self._inner = self.words.inside(self.target, source=False)
        self._outer = self.words.inside(self.source, source=True)
        self._free = set(self._inner)

    def spans(self, marks: Sequence[Mark]) -> dict[int, Span]:
        """Where each of some marks stands, none within another; a mark for which no word speaks is left out."""
        found = self._verbatim([one for one in marks if one.fixed])
        waiting = [one for one in marks if one.key not in found]
        best = {one.key: self._best(Span(one.start, one.end)) for one in waiting}
        while waiting:
            mark = max(waiting, key=lambda one: best[one.key][0])
            score, run = best[mark.key]
            if not set(run) <= self._free:
                best[mark.key] = self._best(Span(mark.start, mark.end))
                continue
            waiting.remove(mark)
            run = self._completed(mark, run) if score > 0 else self._guessed(mark)
            if run:
                self._free -= set(run)
                found[mark.key] = self._trimmed(mark, self._grown(mark, run))
        return found

    def of(self, span: Span) -> tuple[int, int]:
        """Start and end, in the target, of what a stretch of the source became; a place where nothing speaks for it."""
        score, run = self._best(span, free=set(self._inner))
        if score <= 0 or not run:
            at = self.place(span.start)
            return at, at
        return self.words.target[run[0]].start, self.words.target[run[-1]].end

    def place(self, at: int, *, breaks: bool = False) -> int:
        """Where, in the target, something stands that stood between two characters of the source."""
        between = self._between(at)
        if between is not None:
            return self._clipped(between)
        source = self.words.wording.source
        before = [k for k in self._outer if self.words.source[k].end <= at]
        after = [k for k in self._outer if self.words.source[k].start >= at]
        if not before or not after:
            return self.target.start if not before else self.target.end
        touches = at > 0 and not source[at - 1].isspace() and not breaks
        ends, starts = self._after(before, at), self._before(after, at)
        if touches and starts is not None and source[at] in _STOPS:
            ends = starts  # before the same mark
        chosen = (ends, starts) if touches or source[at : at + 1].isspace() else (starts, ends)
        return self._clipped(next((one for one in chosen if one is not None), self._share(at)))

    def _between(self, at: int) -> int | None:
        """The place between two translated sentences that a place between their originals became."""
        source, end = self.words.wording.source, None
        for unit in self.words.wording.units:
            if at <= unit.source.start:
                touches = end is not None and at > 0 and not source[at - 1].isspace()
                return end if touches else unit.target.start
            if at < unit.source.end:
                return None
            end = unit.target.end
        return end

    def _after(self, before: Sequence[int], at: int) -> int | None:
        """The end of the word that the last of some words became, and of a noun that went behind its adjective."""
        for k in reversed(before[-3:]):
            if linked := [j for j, _ in self.words.sources[k] if j in self._inner]:
                last = max(linked)
                swapped = k > 0 and any(j == last + 1 for j, _ in self.words.sources[k - 1])
                return self.words.target[last + 1 if swapped else last].end
        return None

    def _before(self, after: Sequence[int], at: int) -> int | None:
        """The start of the word that the first of some words became."""
        for k in after[:3]:
            if linked := [j for j, _ in self.words.sources[k] if j in self._inner]:
                return self.words.target[min(linked)].start
        return None

    def _share(self, at: int) -> int:
        """The end of the word that is as far along in the target as this place is in the source."""
        length = max(1, self.source.end - self.source.start)
        number = round(len(self._inner) * (at - self.source.start) / length)
        return self.words.target[self._inner[min(number, len(self._inner)) - 1]].end if self._inner else self.target.end

    def _clipped(self, at: int) -> int:
        return min(max(at, self.target.start), self.target.end)

    def _best(self, span: Span, free: set[int] | None = None) -> tuple[float, range]:
        """The run of free words whose links lead into a stretch rather than out of it, and by how much."""
        inside = set(self.words.inside(span, source=True)) or set(self._touched(span))
        allowed = self._free if free is None else free
        best, first, total, run = 0.0, 0, 0.0, range(0)
        for j in self._inner:
            if j not in allowed:
                total = 0.0
                continue
            links = self.words.targets[j]
            weight = sum(score if i in inside else -score for i, score in links) if links else _UNLINKED
            if total <= 0:
                total, first = 0.0, j
            total += weight
            if total > best:
                best, run = total, range(first, j + 1)
        return best, run

    def _touched(self, span: Span) -> list[int]:
        """The word of which a stretch is the lesser part."""
        return [
            k for k in self._outer if self.words.source[k].start < span.end and self.words.source[k].end > span.start
        ]

    def _verbatim(self, marks: Sequence[Mark]) -> dict[int, Span]:
        """Fixed marks whose words the translation has, in as many places, in the same order."""
        found: dict[int, Span] = {}
        source, target = self.words.wording.source, self.words.wording.target
        at: dict[str, int] = {}
        for mark in marks:
            text = source[mark.start : mark.end]
            start = target.find(text, at.get(text, self.target.start), self.target.end)
            if start >= 0:
                found[mark.key] = Span(start, start + len(text))
                at[text] = start + len(text)
                self._free -= {
                    j for j in self._inner
                    if self.words.target[j].start < start + len(text) and self.words.target[j].end > start
                }  # fmt: skip
        return found

    def _gap(self, mark: Mark) -> range:
        """The unlinked words between those that the words around a mark became."""
        before = [k for k in self._outer if self.words.source[k].end <= mark.start]
        after = [k for k in self._outer if self.words.source[k].start >= mark.end]
        left = next((max(j for j, _ in self.words.sources[k]) for k in reversed(before) if self.words.sources[k]), None)
        right = next((min(j for j, _ in self.words.sources[k]) for k in after if self.words.sources[k]), None)
        first = self._inner.start if left is None else left + 1
        last = self._inner.stop if right is None else right
        run = range(max(first, self._inner.start), min(last, self._inner.stop))
        free = all(j in self._free and not self.words.targets[j] for j in run)
        return run if len(run) and free else range(0)

    def _guessed(self, mark: Mark) -> range:
        """Words for a mark that no link speaks for; none for small words, which often became nothing."""
        inside = self.words.inside(Span(mark.start, mark.end), source=True)
        shared = max(((score, j) for k in inside for j, score in self.words.sources[k]), default=None)
        if shared is not None and shared[1] in self._free:  # a word that others became too: `Que ce`, What
            return range(shared[1], shared[1] + 1)
        run = self._without_small(self._gap(mark), inside) or self._beside(mark)
        if run or all(len(self.words.source[k].text) < _LONG for k in inside):
            return run or self._before_its_noun(mark)
        at = self.place(mark.start)
        free = [j for j in sorted(self._free) if self.words.target[j].text[0].isalnum()]
        last = [j for j in free if not self.words.is_small(j, source=False)] or free
        nearest = min(last, key=lambda j: abs(self.words.target[j].start - at), default=None)
        return range(0) if nearest is None else range(nearest, nearest + 1)

    def _without_small(self, run: range, inside: range) -> range:
        """A run without the small words at its ends, where the mark has none."""
        first, last = run.start, run.stop
        if not any(self.words.is_small(k, source=True) for k in inside):
            while last - first > 1 and self.words.is_small(first, source=False):
                first += 1
            while last - first > 1 and self.words.is_small(last - 1, source=False):
                last -= 1
        return range(first, last)

    def _before_its_noun(self, mark: Mark) -> range:
        """An unlinked small word not far before what the word behind a mark became: an article, a preposition."""
        k = next((k for k in self._outer if self.words.source[k].start >= mark.end), None)
        noun = min((j for j, _ in self.words.sources[k]), default=0) if k is not None else 0
        inside = self.words.inside(Span(mark.start, mark.end), source=True)
        if (
            inside
            and self.words.says(inside[-1], _CLITICS, source=True)
            and self.words.says(noun + 1, _OBJECTS, source=False)
        ):
            return range(noun + 1, noun + 2) if self._is_waiting(noun + 1, small=True) else range(0)
        found = next((j for j in (noun - 1, noun - 2) if self._is_waiting(j, small=True)), None)
        return range(0) if found is None else range(found, found + 1)

    def _beside(self, mark: Mark) -> range:
        """An unlinked word right before or behind what the words around a mark became: adjectives change places."""
        around = [k for k in self._outer if self.words.source[k].end <= mark.start][-1:]
        around += [k for k in self._outer if self.words.source[k].start >= mark.end][:1]
        for k in around:
            for j, _ in self.words.sources[k]:
                for other in (j - 1, j + 1):
                    if self._is_waiting(other, small=False):
                        return range(other, other + 1)
        return range(0)

    def _completed(self, mark: Mark, run: range) -> range:
        """A run with the unlinked words at its edges that unlinked words of the mark may have become."""
        inside = self.words.inside(Span(mark.start, mark.end), source=True)
        lone = [k for k in inside if not self.words.sources[k]]
        first, last = run[0], run[-1]
        for _ in [k for k in lone if not self.words.is_small(k, source=True)]:
            if self._is_waiting(first - 1, small=False):
                first -= 1
            elif self._is_waiting(last + 1, small=False):
                last += 1
        opens = bool(lone) and lone[0] == inside[0] and self.words.is_small(lone[0], source=True)
        if opens and self._is_waiting(first - 1, small=True):
            first -= 1
        if (
            any(self.words.says(k, _CLITICS, source=True) for k in lone)
            and self.words.says(last + 1, _OBJECTS, source=False)
            and self._is_waiting(last + 1, small=True)
        ):
            last += 1  # l'ouvrit, opened it
        return self._owned(mark, range(first, last + 1))

    def _owned(self, mark: Mark, run: range) -> range:
        """A run of a mark that opens with `de`, which may have become the 's behind it: d'Ulrich, Ulrich's."""
        inside = self.words.inside(Span(mark.start, mark.end), source=True)
        if (
            not inside
            or not self.words.says(inside.start, _OF, source=True)
            or run.stop not in self._free
            or not self.words.says(run.stop, _OWNED, source=False)
        ):
            return run
        return range(run.start + (len(run) > 1 and self.words.says(run.start, _OF, source=False)), run.stop + 1)

    def _is_waiting(self, number: int, *, small: bool) -> bool:
        """Whether a word of the target is free and unlinked, and a small word or none."""
        if number not in self._free or self.words.targets[number]:
            return False
        return self.words.target[number].text[0].isalnum() and self.words.is_small(number, source=False) == small

    def _grown(self, mark: Mark, run: range) -> range:
        """A run with the unlinked words at the edge of the part, where the mark reaches that edge in the source."""
        inside = self.words.inside(Span(mark.start, mark.end), source=True)
        first, last = run[0], run[-1]
        if inside and inside.start == self._outer.start:
            while first > self._inner.start and first - 1 in self._free and not self.words.targets[first - 1]:
                first -= 1
        if inside and inside.stop == self._outer.stop:
            while last + 1 < self._inner.stop and last + 1 in self._free and not self.words.targets[last + 1]:
                last += 1
        if inside and inside == self._outer and set(self._inner) <= self._free | set(run):
            first, last = self._inner.start, self._inner.stop - 1
        self._free -= set(range(first, last + 1))
        return range(first, last + 1)

    def _trimmed(self, mark: Mark, run: range) -> Span:
        """The characters of a run; of a letter that opens a word, and of a figure's ending, as many."""
        start, end = self.words.target[run[0]].start, self.words.target[run[-1]].end
        if not self.words.inside(Span(mark.start, mark.end), source=True) and len(run) == 1:
            word = next(iter(self._touched(Span(mark.start, mark.end))), None)
            opens = word is not None and self.words.source[word].start == mark.start
            ending = _ORDINAL.search(self.words.wording.target, start, min(self.target.end, end + 2))
            if opens and mark.end - mark.start == 1:
                end = start + 1
            elif ending and ending.end() >= end:
                start, end = ending.start(1), ending.end(1)
        elif run[0] - 1 in self._free and _SHORTENED.match(self.words.wording.target, start - 1):
            start = self.words.target[run[0] - 1].start  # don't, never don<b>'t</b>
        return Span(start, end)
