"""What a maker of a book may choose."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.errors import OutputError
from pipeline.text import Resource

LAYOUTS: tuple[str, ...] = ("side-by-side", "paragraphs", "sentences", "source")
PAPERS: tuple[str, ...] = ("a5", "a4")
# a book says nothing of the day it was made: the same input gives the same bytes
NO_DATE = "2026-01-01T00:00:00Z"
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")


@dataclass(frozen=True, slots=True)
class BookOptions:
    """Title page, the layout a book opens with, and when a pair counts as uncertain.

    Without a `layout`, or with one that a kind of book cannot have, it has the kind's own. `date` (YYYY-MM-DD, or with
    Thh:mm:ssZ) is the EPUB's dcterms:modified. `cover` is an image for the EPUB; without one a cover is drawn from the
    title. `paper` is the PDF's. A pair is marked when its score lies under `least_score` or it has a warning. `links`
    says what made the word links, where the book has some.
    """

    title: str = ""
    author: str = ""
    layout: str = ""
    date: str = NO_DATE
    cover: Resource | None = None
    paper: str = "a5"
    least_score: float = 0.5
    links: str = ""

    def __post_init__(self) -> None:
        if self.layout and self.layout not in LAYOUTS:
            raise OutputError(f"no book layout is called {self.layout!r}", f"Use one of: {' '.join(LAYOUTS)}")
        if self.paper not in PAPERS:
            raise OutputError(f"no paper of a book is called {self.paper!r}", f"Use one of: {' '.join(PAPERS)}")
        if not _DATE.fullmatch(self.date):
            raise OutputError(f"{self.date!r} is no date of a book", "Write it as 2026-01-31 or 2026-01-31T12:00:00Z.")

    @property
    def modified(self) -> str:
        """The date as dcterms:modified wants it (EPUB 3.3, 5.5.6: UTC, to the second)."""
        return self.date if "T" in self.date else f"{self.date}T00:00:00Z"

    def layout_of(self, layouts: tuple[str, ...]) -> str:
        """The layout, if it is one of these; else the first of them, which is their own."""
        return self.layout if self.layout in layouts else layouts[0]


DEFAULTS = BookOptions()
