"""Beads of a machine translation: which target sentences were made from which source sentence is known."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence

from pipeline.errors import InputError
from pipeline.text import Bead

_NUMBER = re.compile(r"\d+")


def align_provenance(
    source_sentences: Sequence[str], target_sentences: Sequence[str], counts: Sequence[int]
) -> list[Bead]:
    """Pair each source sentence with the `counts[i]` target sentences that were translated from it.

    The score is a cheap estimate (lengths, numbers, copied text), not the aligner's calibrated probability: which
    sentence came from which is certain, so it says only how much the pair looks like a translation.

    Raises:
        InputError: the counts do not add up to the sentences there are.

    """
    if len(counts) != len(source_sentences) or sum(counts) != len(target_sentences) or min(counts, default=0) < 0:
        raise InputError(
            f"{len(counts)} counts that sum to {sum(counts)} for {len(source_sentences)} source "
            f"and {len(target_sentences)} target sentences",
            "Give one count a source sentence; together they must be all target sentences.",
        )
    beads, start = [], 0
    for i, count in enumerate(counts):
        target = tuple(range(start, start + count))
        start += count
        text = " ".join(target_sentences[j] for j in target)
        beads.append(Bead((i,), target, _plausible(source_sentences[i], text) if target else 0.0))
    return beads


def _plausible(source: str, target: str) -> float:
    """How much two texts look like each other's translation: 1 for equal length and numbers, less the more they differ.

    The spread of the length ratio is that of Gale & Church (1993), a variance of 6.8 a character.
    """
    ours, theirs = len(source.strip()), len(target.strip())
    if not ours or not theirs:
        return 1.0 if ours == theirs else 0.0
    z = (theirs - ours) / math.sqrt(6.8 * (ours + theirs) / 2 + 25.0)
    likely = math.exp(-0.5 * max(0.0, abs(z) - 1.0) ** 2)
    numbers = (sorted(_NUMBER.findall(unicodedata.normalize("NFKC", text))) for text in (source, target))
    first, second = ("".join(found) for found in numbers)
    if first != second:
        likely *= 0.7
    if source.strip() == target.strip() and ours > 40:
        likely *= 0.5
    return round(min(1.0, max(0.0, likely)), 4)
