"""The whole course: embed, find sure pairs, weigh the beads in the band around them, decode stretch by stretch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np

from pipeline.align.asides import prose_of, with_asides
from pipeline.align.chapters import agreed_breaks
from pipeline.align.coarse import Ints, Pair, band, chain
from pipeline.align.decoding import Found, decode
from pipeline.align.embedders import open_encoder
from pipeline.align.encoder import FEW, Embedded, Encoder, in_threads, one_thread
from pipeline.align.features import Candidates, sides
from pipeline.align.lattice import Lattice
from pipeline.align.strangers import without_strangers
from pipeline.align.surface import Surface, surface
from pipeline.align.weighing import Weights, fitted, length_ratio, weigh
from pipeline.errors import InputError
from pipeline.text import Bead

_STRETCH = 400  # source sentences at least between two places where the search is cut
_SMALL = 64  # cells that are searched whole, without a look for sure pairs
_LOST = 2_000  # sentences without a sure pair on both sides after which the search is cut all the same


@dataclass(frozen=True, slots=True)
class Text:
    """One side: what is computed once for each sentence."""

    made: Embedded
    seen: Surface

    def __len__(self) -> int:
        return len(self.made.sums)

    def part(self, start: int, end: int) -> Text:
        """Sentences start to end."""
        seen = Surface(*(getattr(self.seen, name)[start:end] for name in Surface.__dataclass_fields__))
        return Text(self.made.rows(slice(start, end)), seen)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of both texts that is searched at once; `ties` are pairs that a person fixed, relative to its start."""

    source: tuple[int, int]
    target: tuple[int, int]
    anchors: list[Pair]
    ties: list[Pair]


def align(
    source: Sequence[str],
    target: Sequence[str],
    *,
    breaks: Sequence[Pair] = (),
    headings: tuple[Sequence[int], Sequence[int]] = ((), ()),
    ties: Sequence[Pair] = (),
    embedder: str = "built-in",
    min_score: float = 0.0,
) -> list[Bead]:
    """Beads of two texts; `breaks` are nodes that every path goes through, `ties` pairs that share a bead.

    `headings` open chapters on either side; those that the sure pairs around agree on become breaks too.
    """
    _check(len(source), len(target), breaks, ties)
    ours = prose_of(source, headings[0], [a for a, _ in ties])
    theirs = prose_of(target, headings[1], [b for _, b in ties])
    hard = [(ours.node(a), theirs.node(b)) for a, b in breaks]
    tied = [(ours.node(a), theirs.node(b)) for a, b in ties]
    opening = [sorted({prose.node(one) for one in prose.headings}) for prose in (ours, theirs)]
    found = _aligned(ours.texts(), theirs.texts(), hard, tied, (opening[0], opening[1]), embedder)
    beads = _merged(found, fitted(), set(hard))
    beads = without_strangers(with_asides(beads, ours, theirs), source, target, least=min_score, ties=ties)
    return _runs(beads, set(breaks))


def _aligned(
    source: Sequence[str],
    target: Sequence[str],
    breaks: Sequence[Pair],
    ties: Sequence[Pair],
    headings: tuple[Sequence[int], Sequence[int]],
    embedder: str,
) -> list[Found]:
    edges = [(0, 0), *breaks, (len(source), len(target))]
    if not source or not target:
        return [Found((i, k), (j, m), 1.0) for (i, j), (k, m) in pairwise(edges)]
    found: list[Found] = []
    encoder, weights = open_encoder(embedder), fitted()
    texts = read_both(encoder, source, target)
    with one_thread():
        search = partial(_search, encoder, texts, weights)
        for part in in_threads(search, stretches(encoder, texts, edges, ties, headings)):
            found += part
    return found


def _runs(beads: Sequence[Bead], breaks: set[Pair]) -> list[Bead]:
    """Null beads of one side that touch as one run, unless a hard break lies between."""
    made: list[Bead] = []
    nodes = [0, 0]
    for bead in beads:
        last = made[-1] if made else Bead((0,), (0,))
        alike = bool(last.source) == bool(bead.source) and bool(last.target) == bool(bead.target)
        if alike and not (bead.source and bead.target) and (nodes[0], nodes[1]) not in breaks:
            made[-1] = Bead(last.source + bead.source, last.target + bead.target, min(last.score, bead.score))
        else:
            made.append(bead)
        nodes = [nodes[0] + len(bead.source), nodes[1] + len(bead.target)]
    return made


def read_both(encoder: Encoder, source: Sequence[str], target: Sequence[str]) -> tuple[Text, Text]:
    """Both texts; small ones are embedded together."""
    if len(source) + len(target) >= FEW:
        return read(encoder, source), read(encoder, target)
    plain = [[" ".join(sentence.split()) for sentence in side] for side in (source, target)]
    made, cut = encoder.embed([*plain[0], *plain[1]]), len(source)
    return Text(made.rows(slice(0, cut)), surface(plain[0])), Text(made.rows(slice(cut, None)), surface(plain[1]))


def read(encoder: Encoder, sentences: Sequence[str]) -> Text:
    """Embed and look at each different sentence once."""
    kept: dict[str, int] = {}
    order = np.array([kept.setdefault(" ".join(sentence.split()), len(kept)) for sentence in sentences], dtype=np.int64)
    plain = list(kept)
    by_length = sorted(range(len(plain)), key=lambda k: len(plain[k]))
    made = encoder.embed([plain[k] for k in by_length])
    place = np.empty(len(plain), np.int64)
    place[by_length] = np.arange(len(plain))
    return Text(made.rows(place[order]), surface([plain[k] for k in order]))


def stretches(
    encoder: Encoder,
    texts: tuple[Text, Text],
    edges: Sequence[Pair],
    ties: Sequence[Pair],
    headings: tuple[Sequence[int], Sequence[int]] = ((), ()),
) -> Iterator[Stretch]:
    """Cut both texts at the hard breaks, and between them where headings agree or three sure pairs leave no doubt."""
    source, target = texts
    for (i, j), (k, m) in pairwise(edges):
        ours, theirs = source.part(i, k), target.part(j, m)
        tied = [(a - i, b - j) for a, b in ties if i <= a < k and j <= b < m]
        pairs = _sure_pairs(encoder, ours, theirs) if len(ours) * len(theirs) > _SMALL or any(headings) else []
        pairs = [pair for pair in pairs if all((pair[0] < a) == (pair[1] < b) for a, b in tied)]
        inside = ([a - i for a in headings[0] if i < a < k], [b - j for b in headings[1] if j < b < m])
        agreed = agreed_breaks(pairs, *inside, ties=tied)
        pairs = [pair for pair in pairs if all((pair[0] < a) == (pair[1] < b) for a, b in agreed)]
        sure = [cut for cut in _cuts(pairs, tied) if all((cut[0] < a) == (cut[1] < b) for a, b in agreed)]
        cuts = _shorter([(0, 0), *sorted({*sure, *agreed}), (k - i, m - j)], tied)
        for (a, b), (c, d) in pairwise(cuts):
            yield Stretch(
                (i + a, i + c),
                (j + b, j + d),
                [(p - a, q - b) for p, q in pairs if a <= p < c and b <= q < d],
                [(p - a, q - b) for p, q in tied if a <= p < c and b <= q < d],
            )


def _sure_pairs(encoder: Encoder, ours: Text, theirs: Text) -> list[Pair]:
    return chain(*(encoder.vectors(text.made.sums, text.made.sizes) for text in (ours, theirs)))


def _cuts(pairs: list[Pair], tied: list[Pair]) -> list[Pair]:
    cuts: list[Pair] = []
    for before, here, after in zip(pairs, pairs[1:], pairs[2:], strict=False):
        last = cuts[-1][0] if cuts else 0
        in_a_row = all(q[0] - p[0] == 1 == q[1] - p[1] for p, q in ((before, here), (here, after)))
        if here[0] - last >= _STRETCH and in_a_row and all((a < here[0]) == (b < here[1]) for a, b in tied):
            cuts.append(here)
    return cuts


def _shorter(nodes: list[Pair], tied: list[Pair]) -> list[Pair]:
    """Nodes with others between them along the diagonal where both texts go on too long without a sure pair."""
    out = nodes[:1]
    for (i, j), (k, m) in pairwise(nodes):
        pieces = min(k - i, m - j) // _LOST
        between = [(i + (k - i) * p // pieces, j + (m - j) * p // pieces) for p in range(1, pieces)]
        out += [node for node in between if all((a < node[0]) == (b < node[1]) for a, b in tied)]
        out.append((k, m))
    return out


def _search(encoder: Encoder, texts: tuple[Text, Text], weights: Weights, stretch: Stretch) -> list[Found]:
    (i, k), (j, m) = stretch.source, stretch.target
    if i == k or j == m:
        return [Found((i, k), (j, m), 1.0)] if i < k or j < m else []
    ours, theirs = (text.part(*part) for text, part in zip(texts, (stretch.source, stretch.target), strict=True))
    scores = weigh(candidates(encoder, ours, theirs, stretch), weights).scores
    lattice = Lattice(scores)
    found = decode(lattice, lattice.marginals(), weights.worth)
    return [Found((f.source[0] + i, f.source[1] + i), (f.target[0] + j, f.target[1] + j), f.probability) for f in found]


def candidates(encoder: Encoder, ours: Text, theirs: Text, stretch: Stretch) -> Candidates:
    """The beads of a stretch that are worth weighing."""
    bounds = _tied(band(len(ours), len(theirs), stretch.anchors), stretch.ties)
    ratio = length_ratio(ours.seen.lengths, theirs.seen.lengths, stretch.anchors)
    source, target = sides(encoder, [(text.made, text.seen) for text in (ours, theirs)])
    return Candidates(source, target, bounds, ratio)


def _tied(bounds: tuple[Ints, Ints], ties: Sequence[Pair]) -> tuple[Ints, Ints]:
    """Close the nodes at which a tied pair would be in two beads: before both or after both only."""
    low, high = bounds
    if ties:
        low, high = np.zeros_like(low), np.full_like(high, high[-1])
    for a, b in ties:
        high[: a + 1] = np.minimum(high[: a + 1], b + 1)
        low[a + 1 :] = np.maximum(low[a + 1 :], b + 1)
    return low, high


def _merged(found: list[Found], weights: Weights, breaks: set[Pair]) -> list[Bead]:
    """Beads; null beads of one side that touch become one run, unless a hard break lies between."""
    beads: list[Bead] = []
    for one in found:
        source, target = tuple(range(*one.source)), tuple(range(*one.target))
        if not source and not target:
            continue
        score = round(weights.calibrated(one.probability), 4)
        last = beads[-1] if beads else Bead((), ())
        alike = bool(last.source) == bool(source) and bool(last.target) == bool(target)
        if not (source and target) and alike and (one.source[0], one.target[0]) not in breaks:
            beads[-1] = Bead(last.source + source, last.target + target, min(last.score, score))
        else:
            beads.append(Bead(source, target, score))
    return beads


def _check(n: int, m: int, breaks: Sequence[Pair], ties: Sequence[Pair]) -> None:
    for name, pairs, strict in (("breaks", breaks, False), ("anchors", ties, True)):
        last = (-1, -1) if strict else (0, 0)
        for pair in pairs:
            inside = 0 <= pair[0] <= n - strict and 0 <= pair[1] <= m - strict
            rising = (
                (pair[0] > last[0] and pair[1] > last[1]) if strict else (pair[0] >= last[0] and pair[1] >= last[1])
            )
            if not inside or not rising:
                raise InputError(
                    f"{name}: {pair} after {last}, in texts of {n} and {m} sentences",
                    "Give pairs of sentence numbers that exist, rising on both sides.",
                )
            last = pair
    crossing = [(tie, cut) for tie in ties for cut in breaks if (tie[0] < cut[0]) != (tie[1] < cut[1])]
    if crossing:
        raise InputError(
            f"anchor {crossing[0][0]} lies across the hard break {crossing[0][1]}", "Take away one of the two."
        )
