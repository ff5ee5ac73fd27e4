"""Pair sentences: a text and its translation in, beads with calibrated probabilities out."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.align.ladder import ladder, read_ladder
from pipeline.align.provenance import align_provenance
from pipeline.align.report import input_warnings, strangers_warning, suspicious
from pipeline.errors import InputError
from pipeline.text import Bead

__all__ = [
    "MIN_SCORE",
    "align_provenance",
    "align_sentences",
    "input_warnings",
    "ladder",
    "read_ladder",
    "strangers_warning",
    "suspicious",
]


MIN_SCORE = 0.1  # probability below which a pair of documents' sentences comes apart, unless asked otherwise


def align_sentences(
    source: Sequence[str],
    target: Sequence[str],
    *,
    source_language: str = "fr",
    target_language: str = "en",
    source_breaks: Sequence[int] = (),
    target_breaks: Sequence[int] = (),
    source_headings: Sequence[int] = (),
    target_headings: Sequence[int] = (),
    anchors: Sequence[tuple[int, int]] = (),
    embedder: str = "built-in",
    min_score: float = 0.0,
) -> list[Bead]:
    """Pair the sentences of a text with those of its translation; each is in exactly one bead, in order.

    `source_breaks[k]` and `target_breaks[k]` are sentences before which both texts are cut: no bead crosses.
    `source_headings` and `target_headings` are sentences that open chapters: where the text around agrees that two of
    them are the same place, both are cut there too; their numbers and titles alone decide nothing. An
    anchor (i, j) puts source sentence i and target sentence j into the same bead. A bead's score is the probability
    that it is right; what has no counterpart is in a bead with one side empty, a run in one bead. So is each side of a
    pair less probable than `min_score`; with 0, an improbable pair amid text that agrees stays one, since most such
    pairs are partly right. The languages themselves decide nothing: all evidence is general.

    Raises:
        InputError: breaks or anchors do not fit the texts or each other.
        ModelError: there is no such embedder.

    """
    if len(source_breaks) != len(target_breaks):
        raise InputError(
            f"{len(source_breaks)} source breaks but {len(target_breaks)} target breaks", "Give as many on both sides."
        )
    from pipeline.align.aligner import align

    return align(
        [_speakable(text) for text in source],
        [_speakable(text) for text in target],
        breaks=list(zip(source_breaks, target_breaks, strict=True)),
        headings=(source_headings, target_headings),
        ties=sorted(set(anchors)),
        embedder=embedder,
        min_score=min_score,
    )


def _speakable(text: str) -> str:
    """A text as UTF-8 can hold it: half a surrogate pair, which no signal knows how to read, counts as unknown."""
    return text.encode("utf-8", "replace").decode("utf-8")
