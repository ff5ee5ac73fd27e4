"""What a maker of a book may choose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from pipeline.errors import OutputError
from pipeline.text import Resource

Layout = Literal["side-by-side", "paragraphs", "sentences", "source"]
LAYOUTS: tuple[str, ...] = get_args(Layout)
# a book says nothing of the day it was made: the same input gives the same bytes
NO_DATE = "2026-01-01T00:00:00Z"
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")


@dataclass(frozen=True, slots=True)
class BookOptions:
    """Title page, the layout a book opens with, and when a pair counts as uncertain.

    `date` (YYYY-MM-DD, or with Thh:mm:ssZ) is the EPUB's dcterms:modified. `cover` is an image for the EPUB; without
    one a cover is drawn from the title. A pair is marked when its score lies under `least_score` or it has a warning.
    """

    title: str = ""
    author: str = ""
    layout: str = "side-by-side"
    date: str = NO_DATE
    cover: Resource | None = None
    least_score: float = 0.5

    def __post_init__(self) -> None:
        if self.layout not in LAYOUTS:
            raise OutputError(f"no book layout is called {self.layout!r}", f"Use one of: {' '.join(LAYOUTS)}")
        if not _DATE.fullmatch(self.date):
            raise OutputError(f"{self.date!r} is no date of a book", "Write it as 2026-01-31 or 2026-01-31T12:00:00Z.")

    @property
    def modified(self) -> str:
        """The date as dcterms:modified wants it (EPUB 3.3, 5.5.6: UTC, to the second)."""
        return self.date if "T" in self.date else f"{self.date}T00:00:00Z"


DEFAULTS = BookOptions()
