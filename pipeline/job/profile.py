"""What the page of a run shows of its texts: taken from the staged documents, one in memory at a time."""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pipeline.job.filtering import Rejected
from pipeline.pages.charts import Bins, Cell
from pipeline.pages.running import STRIP, DocumentLine, Example
from pipeline.text import Bitext, Row

BINS = 20
WORST = 50
EXAMPLES = 3  # of a flag
REJECTED = 50  # rows that are shown; rejected.tsv has all
DOCUMENTS = 200
_SURE = 0.9  # what is surer, and carries no warning, is not worth a look
_LONGEST = 300  # characters of a text that is shown
_SIDES = 4.0  # times longer: where the histogram of length ratios ends, on either side

Item = TypeVar("Item")
Href = Callable[[str, str], str]  # from a document and an id in it to where that stands in a book


class _Best(Generic[Item]):
    """The so many things of highest rank; of equals those that came first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._heap: list[tuple[float, int, Item]] = []
        self._count = 0

    def wants(self, rank: float) -> bool:
        """Whether a thing of this rank would be kept."""
        return len(self._heap) < self._most or rank > self._heap[0][0]

    def add(self, rank: float, item: Item) -> None:
        """Take a thing in, and let the lowest go where there are too many."""
        self._count += 1
        push = heapq.heappush if len(self._heap) < self._most else heapq.heappushpop
        push(self._heap, (rank, -self._count, item))

    def best_first(self) -> tuple[Item, ...]:
        """By rank, the highest first."""
        return tuple(one[2] for one in sorted(self._heap, key=lambda one: one[:2], reverse=True))

    def in_order(self) -> tuple[Item, ...]:
        """In the order in which they came."""
        return tuple(one[2] for one in sorted(self._heap, key=lambda one: -one[1]))


@dataclass
class Profile:
    """Histograms, examples of flags, the least certain pairs, what was rejected, and a strip for each document."""

    href: Href
    confidence: Counter[int] = field(default_factory=Counter)
    score: Counter[int] = field(default_factory=Counter)
    ratio: Counter[int] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    severity: dict[str, str] = field(default_factory=dict)
    examples: dict[str, list[Example]] = field(default_factory=dict)
    worst: _Best[Example] = field(default_factory=lambda: _Best(WORST))
    lines: _Best[DocumentLine] = field(default_factory=lambda: _Best(DOCUMENTS))
    documents: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    rejected: list[Example] = field(default_factory=list)

    def add(self, bitext: Bitext, name: str, why: Sequence[str], rejected: Rejected) -> None:
        """Look at a document."""
        gone = rejected.by_document.get(bitext.source.id, {})
        rows = bitext.rows()
        for place, row in enumerate(rows):
            self._measure(row)
            self._notice(row)
            if place in gone:
                self._reject(row, gone[place])
        flagged = [_warned(row) for row in rows]
        line = DocumentLine(
            name,
            len(bitext.source_sentences),
            sum((len(row.source.sentences) or 1) * warned for row, warned in zip(rows, flagged, strict=True)),
            tuple(self._cells(rows, flagged)),
            self.href(bitext.source.id, ""),
            tuple(why),
        )
        share = sum(flagged) / max(1, len(flagged))
        self.documents += 1
        self.lines.add(share, line)

    def histograms(self) -> tuple[Bins, ...]:
        """Confidence, score and length ratio."""
        shares = ((0.0, "0"), (0.5, "0.5"), (1.0, "1"))
        sides = ((0.0, "¼"), (0.25, "½"), (0.5, "equal"), (0.75, "2×"), (1.0, "4×"))
        told = (
            ("Confidence of machine translations", self.confidence, shares, None),
            ("Score: how probable a pair is", self.score, shares, None),
            ("Length of the translation, against the original", self.ratio, sides, 0.5),
        )
        return tuple(Bins(name, tuple(bins[i] for i in range(BINS)), at, dash) for name, bins, at, dash in told)

    def least_certain(self) -> tuple[Example, ...]:
        """The pairs to look at first."""
        return self.worst.best_first()

    def most_doubtful(self) -> tuple[DocumentLine, ...]:
        """The documents in their order; of very many those with most doubts."""
        return self.lines.in_order()

    def _measure(self, row: Row) -> None:
        if row.confidence is not None:
            self.confidence[_bin(row.confidence)] += 1
        if row.source.text and row.target.text:
            self.score[_bin(row.score)] += 1
            ratio = math.log(len(row.target.text) / len(row.source.text), _SIDES)
            self.ratio[_bin((ratio + 1) / 2)] += 1

    def _notice(self, row: Row) -> None:
        certainty = row.score if row.confidence is None else row.confidence
        for flag in row.flags:
            self.flags[flag.name] += 1
            if self.severity.get(flag.name) != "warning":
                self.severity[flag.name] = flag.severity
            known = self.examples.setdefault(flag.name, [])
            if len(known) < EXAMPLES:
                known.append(self._example(row, certainty, flag.detail))
        if (_warned(row) or certainty < _SURE) and self.worst.wants(-certainty):
            self.worst.add(-certainty, self._example(row, certainty, _names(row)))

    def _reject(self, row: Row, reason: str) -> None:
        self.reasons[re.sub(r" of .*| [\d.e+-]+(?= [<>])", "", reason)] += 1
        if len(self.rejected) < REJECTED:
            self.rejected.append(self._example(row, row.score, reason))

    def _example(self, row: Row, certainty: float, noticed: str) -> Example:
        href = self.href(row.document, row.id)
        return Example(row.id, certainty, _short(row.source.text), _short(row.target.text), noticed, href)

    def _cells(self, rows: Sequence[Row], flagged: Sequence[bool]) -> Iterable[Cell]:
        """The text in at most `STRIP` stretches; each leads to its first doubt."""
        number = min(STRIP, len(rows))
        for cell in range(number):
            places = range(cell * len(rows) // number, (cell + 1) * len(rows) // number)
            doubtful = [place for place in places if flagged[place]]
            if not doubtful:
                yield Cell(0.0, f"{places[0] + 1}–{places[-1] + 1}: nothing noticed")
                continue
            names = dict.fromkeys(flag.name for place in doubtful for flag in rows[place].flags)
            first = rows[doubtful[0]]
            title = f"{places[0] + 1}–{places[-1] + 1}: {len(doubtful)} worth a look: {', '.join(names)}"
            yield Cell(len(doubtful) / len(places), title, self.href(first.document, first.id))


def _bin(share: float) -> int:
    """The bin of a value between 0 and 1; what lies outside is counted at the ends."""
    return min(BINS - 1, max(0, int(share * BINS))) if math.isfinite(share) else 0


def _warned(row: Row) -> bool:
    return any(flag.severity == "warning" for flag in row.flags)


def _names(row: Row) -> str:
    return ", ".join(dict.fromkeys(f"{flag.name}: {flag.detail}" if flag.detail else flag.name for flag in row.flags))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
