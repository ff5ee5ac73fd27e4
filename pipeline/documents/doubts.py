"""The page to check an alignment on: its doubtful stretches with what lies around them, and the pairs fixed so far."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.align import suspicious
from pipeline.align.doubtful import Stretch, doubtful
from pipeline.pages.aligning import AlignmentPage, Line, StretchShown
from pipeline.text import ASIDE, Bitext

_AROUND = 3  # beads shown before and after a stretch
_LONGEST = 60  # sentences of a side that are shown of one bead


def alignment_page(bitext: Bitext, path: Path, anchors: Sequence[tuple[int, int]]) -> bytes:
    """The page, to be written at `path`; what frames the book is not in doubt."""
    blocks = (*bitext.source.blocks, *bitext.target.blocks)
    aside = {block.id for block in blocks if block.kind in ASIDE}
    framing = {
        place
        for place, bead in enumerate(bitext.beads)
        if all(bitext.source_sentences[i].block in aside for i in bead.source)
        and all(bitext.target_sentences[j].block in aside for j in bead.target)
    }
    marked = frozenset(suspicious(bitext.beads)) - framing
    return AlignmentPage(
        title=Path(bitext.source.path).name or bitext.source.id,
        languages=(bitext.source.language, bitext.target.language),
        pairs=sum(bool(bead.source and bead.target) for bead in bitext.beads),
        stretches=tuple(_shown(bitext, one, marked) for one in doubtful(bitext.beads, framing)),
        anchors=tuple(anchors),
        saved=anchors_beside(path).name,
    ).html()


def anchors_beside(path: Path) -> Path:
    """The file of fixed pairs that belongs to a page."""
    return path.with_suffix(".anchors.tsv")


def _shown(bitext: Bitext, stretch: Stretch, marked: frozenset[int]) -> StretchShown:
    places = range(max(0, stretch.first - _AROUND), min(len(bitext.beads), stretch.last + _AROUND))
    return StretchShown(stretch.doubt, tuple(_line(bitext, place, place in marked) for place in places))


def _line(bitext: Bitext, place: int, is_doubtful: bool) -> Line:
    bead = bitext.beads[place]
    source, target = (
        tuple((i, " ".join(sentences[i].text.split())) for i in members[:_LONGEST])
        for sentences, members in (
            (bitext.source_sentences, bead.source),
            (bitext.target_sentences, bead.target),
        )
    )
    return Line(source, target, bead.score, is_doubtful)
