"""The page on which a person checks an alignment: doubtful stretches, the worst first, and pairs fixed by hand."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.pages.frame import render

MOST = 300  # stretches of a page; a browser lays out no more at ease


@dataclass(frozen=True, slots=True)
class Line:
    """A bead: the numbers and texts of its sentences on both sides, its probability, and whether it is in doubt."""

    source: tuple[tuple[int, str], ...]
    target: tuple[tuple[int, str], ...]
    score: float
    doubtful: bool


@dataclass(frozen=True, slots=True)
class StretchShown:
    """A doubtful stretch with the beads around it."""

    doubt: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class AlignmentPage:
    """All that is shown of an alignment; `anchors` are the pairs fixed so far, `saved` the file they are saved as."""

    title: str
    languages: tuple[str, str]
    pairs: int
    stretches: tuple[StretchShown, ...]
    anchors: tuple[tuple[int, int], ...]
    saved: str

    def html(self) -> bytes:
        """The page."""
        held = [f"{a} {b}" for a, b in self.anchors]
        return render(
            "alignment.html.j2", self.title, script="alignment.js", page=self, shown=self.stretches[:MOST], held=held
        )
