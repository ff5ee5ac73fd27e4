"""The page of a comparison of two runs: what differs in how they were made, and each change word by word."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.pages.charts import Bins, histogram
from pipeline.pages.frame import render
from pipeline.pages.wording import differences

MOST = 2000  # changes of a page; a browser lays out no more at ease


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """A pair that is not what it was; chrF (0-100) compares the translations."""

    kind: str
    id: str
    source: str
    before: str
    after: str
    chrf: float
    flags_gone: tuple[str, ...] = ()
    flags_new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """All that is shown of a comparison."""

    before: str
    after: str
    summary: str
    settings: tuple[str, ...]
    flags: tuple[tuple[str, int, int], ...]
    by_chrf: Bins
    signature: str
    changes: tuple[ChangeShown, ...]

    def html(self) -> bytes:
        """The page."""
        shown = [(one, differences(one.before, one.after)) for one in self.changes[:MOST]]
        return render(
            "comparison.html.j2", f"{self.before} → {self.after}", page=self, shown=shown,
            by_chrf=histogram(self.by_chrf) if self.by_chrf.total else "",
        )  # fmt: skip
