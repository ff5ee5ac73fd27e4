"""The page of a run: figures, where the doubts lie, what to look at first, what failed, what took how long."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.pages.charts import Bins, Cell, histogram, level, strip
from pipeline.pages.frame import render

STRIP = 120  # cells of a strip at most


@dataclass(frozen=True, slots=True)
class Example:
    """A pair to look at: how sure it is (0-1), what was noticed of it, and where it stands in a book."""

    id: str
    certainty: float
    source: str
    target: str
    noticed: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document: its name, sentences, how many are worth a look, where they lie, its book, why it was done now."""

    name: str
    sentences: int
    flagged: int
    cells: tuple[Cell, ...] = ()
    href: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlagShown:
    """A flag: how often, how serious at worst, what it means, what to do, and examples."""

    name: str
    number: int
    severity: str
    meaning: str
    remedy: str
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that failed or was left aside: why, and what to do."""

    name: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class JobPage:
    """All that is shown of a run; empty parts are left out. `documents` are those with most doubts, of `total`."""

    name: str
    written: str
    summary: str
    outcome: str
    good: bool
    languages: tuple[str, str]
    figures: tuple[tuple[str, int], ...] = ()
    books: tuple[tuple[str, str], ...] = ()
    failed: tuple[Problem, ...] = ()
    aside: tuple[Problem, ...] = ()
    said: tuple[str, ...] = ()
    documents: tuple[DocumentLine, ...] = ()
    total: int = 0
    histograms: tuple[Bins, ...] = ()
    flags: tuple[FlagShown, ...] = ()
    worst: tuple[Example, ...] = ()
    rejected: tuple[tuple[str, int], ...] = ()
    rejected_rows: tuple[Example, ...] = ()
    rejected_file: str = ""
    timings: tuple[tuple[str, float], ...] = ()
    decoded: int = 0
    remembered: int = 0
    signature: str = ""
    word_links: str = ""

    def html(self) -> bytes:
        """The page."""
        longest = max((seconds for _, seconds in self.timings), default=0.0) or 1.0
        bars = [(stage, seconds, level(seconds / longest)) for stage, seconds in self.timings]
        rows = [(one, strip(one.cells, f"Where the doubts lie in {one.name}")) for one in self.documents]
        drawn = [(one, histogram(one)) for one in self.histograms if one.total]
        return render("job.html.j2", self.name, page=self, bars=bars, rows=rows, drawn=drawn)
