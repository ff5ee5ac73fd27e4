"""What speaks for a link: one array a signal for a batch of sentence pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.words.lexicon import Counts, Lexicon
from pipeline.words.positions import posteriors

Array = NDArray[np.float32]
Pairs = Sequence[tuple[Sequence[str], Sequence[str]]]

_FAR = 12
_TRUST = 4.0  # counts of a word that weigh as much as what its stem says
_ALIKE = 0.25  # probability of a word's own letters among all words it may become
_OPENING = 0.04
_LEAST = 1e-7
_NULL = 0.15
_EMPTY = 2e-4


@dataclass(frozen=True, slots=True)
class Evidence:
    """(batch, source, target) each; zeros beyond the sentences."""

    forward: Array  # that the source word made the target word
    backward: Array  # that the target word made the source word
    lexical: Array  # mean logarithm of both translation probabilities
    inside: NDArray[np.bool_]
    marks: Array  # 1 where both are marks, -1 where one is
    common: tuple[Array, Array]  # logarithms of how often the source and the target word were met
    looks: Array | None = None  # (batch, source, target, heads): where a translation model looks


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a batch's words beside a lexicon."""

    prior: Array  # (batch, source, target): how probably each is the other's counterpart, were there no counts
    common: tuple[Array, Array]  # logarithms of how common the words are: (batch, source, 1) and (batch, 1, target)


def padded(rows: Sequence[Sequence[tuple[int, ...]]], width: int) -> NDArray[np.int64]:
    """(batch, words, facts), -1 beyond the end."""
    out = np.full((len(rows), width, 6), -1, np.int64)
    for place, row in enumerate(rows):
        if row:
            out[place, : len(row)] = row
    return out


def gathered(pairs: Pairs, lexicon: Lexicon, jumps: tuple[Array, Array], hints: Hints | None = None) -> Evidence:
    """All signals of a batch of pairs, each with a word at least on both sides.

    `hints` is what else is known of the pairs; without it, the lexicon and the words' letters say all.
    """
    sizes = [np.array([len(pair[side]) for pair in pairs], np.int64) for side in (0, 1)]
    ours, theirs = (padded([lexicon.look(p[k], k) for p in pairs], int(sizes[k].max())) for k in (0, 1))
    inside = (np.arange(ours.shape[1])[None] < sizes[0][:, None])[:, :, None] & (
        np.arange(theirs.shape[1])[None] < sizes[1][:, None]
    )[:, None, :]
    forward, backward = _probabilities(ours, theirs, lexicon, hints.prior if hints else None)
    forward, backward = np.where(inside, forward, 0), np.where(inside, backward, 0)
    beyond = [(np.arange(one.shape[1])[None] >= size[:, None]) for one, size in zip((ours, theirs), sizes, strict=True)]
    no_source, no_target = (np.where(one, 1, _EMPTY).astype(np.float32) for one in beyond)
    made = posteriors(forward.transpose(0, 2, 1).copy(), no_target, sizes[0], jumps[0], _NULL).transpose(0, 2, 1)
    unmade = posteriors(backward, no_source, sizes[1], jumps[1], _NULL)
    lexical = 0.5 * (np.log(forward + _LEAST) + np.log(backward + _LEAST))
    one, other = ours[..., 5] == 1, theirs[..., 5] == 1
    marks = np.where(one[:, :, None] & other[:, None, :], 1, np.where(one[:, :, None] ^ other[:, None, :], -1, 0))
    common = (
        hints.common
        if hints
        else (
            np.log1p(lexicon.counts.sums(ours[..., 0], 0))[:, :, None],
            np.log1p(lexicon.counts.sums(theirs[..., 0], 1))[:, None, :],
        )
    )
    return Evidence(made, unmade, lexical.astype(np.float32), inside, marks.astype(np.float32), common)


def _probabilities(
    ours: NDArray[np.int64], theirs: NDArray[np.int64], lexicon: Lexicon, prior: Array | None
) -> tuple[Array, Array]:
    """p(target | source) and p(source | target): counts, backed by the stems', backed by likeness of letters."""
    a, b = ours[:, :, None, :], theirs[:, None, :, :]
    alike = np.where(a[..., 2] == b[..., 2], _ALIKE, np.where(a[..., 3] == b[..., 3], _OPENING, 0)) + _LEAST
    alike = np.where((a[..., 5] != b[..., 5]), _LEAST, alike).astype(np.float32)
    alike = alike if prior is None else alike + prior
    joint, source, target = lexicon.counts.of(a[..., 0], b[..., 0])
    stem_joint, stem_source, stem_target = lexicon.stem_counts.of(a[..., 1], b[..., 1])
    out = []
    for own, stem_own, stem_other, word_other in (
        (source, stem_source, stem_target, target),
        (target, stem_target, stem_source, source),
    ):
        share = word_other / np.maximum(stem_other, 1)  # of the stem's words, how many are this one
        stem = (stem_joint * np.maximum(share, 0.1) + _TRUST * alike) / (stem_own + _TRUST)
        out.append((joint + _TRUST * stem) / (own + _TRUST))
    return out[0], out[1]


__all__ = ["Counts", "Evidence", "gathered", "padded"]
