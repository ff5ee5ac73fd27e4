"""What an engine is to the translator: batches of pieces in, hypotheses out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

Pieces = tuple[str, ...]
END = "</s>"


@dataclass(frozen=True)
class Decoding:
    """How to decode; the defaults of all but the beam are plain beam search."""

    beam_size: int = 4
    hypotheses: int = 1
    no_repeat_ngram: int = 0
    repetition_penalty: float = 1.0


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Target pieces without `</s>`, their mean log-probability, and whether decoding stopped at its limit."""

    pieces: Pieces
    score: float
    cut: bool


class Engine(Protocol):
    """Something that decodes. All sequences of a batch have one length when it is rounded up to a multiple of `width`.

    What is computed of a sequence hangs on that rounded length, never on the others of its batch.
    """

    width: int

    def decode(self, batches: Iterable[Sequence[Pieces]], decoding: Decoding) -> Iterator[list[list[Hypothesis]]]:
        """For each batch, in order: for each sequence its hypotheses, best first."""
        ...


def rounded(length: int, width: int, positions: int) -> int:
    """A length rounded up to a multiple of `width`, and no more than the positions of a network."""
    return max(length, min(positions, -(-length // width) * width))


def decoding_limit(source_length: int, positions: int) -> int:
    """Most target pieces, `</s>` included, for a source of so many: far more than a translation needs.

    It depends on nothing but the sentence itself, and ends a loop early.
    """
    return max(8, min(positions, 3 * source_length + 20))


def batches_of(sequences: Sequence[Pieces], batch_pieces: int, width: int = 1) -> list[list[int]]:
    """Group sequences (by index) of one rounded length into batches of at most `batch_pieces` pieces, longest first.

    How far a sentence is padded changes the last digits of what CTranslate2's kernels compute, and so now and then a
    word. So it is always padded to the same length, and comes out as it does alone.
    """
    by_length: dict[int, list[int]] = {}
    for index, sequence in enumerate(sequences):
        by_length.setdefault(-(-len(sequence) // width) * width, []).append(index)
    batches = []
    for length in sorted(by_length, reverse=True):
        size = max(1, batch_pieces // length)
        group = by_length[length]
        batches += [group[start : start + size] for start in range(0, len(group), size)]
    return batches
