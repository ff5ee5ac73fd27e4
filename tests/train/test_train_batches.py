"""Batches: nothing is lost, shapes are few, the seed decides all."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.train.batches import LENGTHS, epoch_batches

LENGTH = st.lists(st.tuples(st.integers(1, 300), st.integers(1, 300)), min_size=1, max_size=200)


def batches(pairs: list[tuple[int, int]], *, repeats: float = 1.0, tokens: int = 400, seed: int = 1, epoch: int = 0):
    source, target = (np.array(side, np.int64) for side in zip(*pairs, strict=True))
    return epoch_batches((source, target), np.full(len(pairs), repeats), tokens=tokens, seed=seed, epoch=epoch)


@given(LENGTH)
def test_every_pair_is_in_one_batch_and_fits(pairs) -> None:
    made = batches(pairs)
    assert sorted(np.concatenate([batch.pairs for batch in made])) == list(range(len(pairs)))
    for batch in made:
        assert max(pairs[index][0] for index in batch.pairs) <= batch.source_length
        assert max(pairs[index][1] for index in batch.pairs) <= batch.target_length
        assert batch.source_length in LENGTHS
        assert batch.target_length in LENGTHS
        assert len(batch.pairs) == 1 or len(batch.pairs) * (batch.source_length + batch.target_length) <= 800


@given(LENGTH, st.integers(0, 5), st.integers(0, 5))
def test_seed_and_epoch_decide_the_order(pairs, seed, epoch) -> None:
    def flat(seed: int, epoch: int) -> list[list[int]]:
        return [batch.pairs.tolist() for batch in batches(pairs, seed=seed, epoch=epoch)]

    assert flat(seed, epoch) == flat(seed, epoch)


def test_epochs_differ() -> None:
    pairs = [(10, 10)] * 500
    first, second = batches(pairs), batches(pairs, epoch=1)
    assert [batch.pairs.tolist() for batch in first] != [batch.pairs.tolist() for batch in second]


def test_a_weight_is_the_number_of_times_a_pair_is_seen() -> None:
    for repeats in (0.25, 1.5, 3.0):
        seen = sum(len(batch.pairs) for batch in batches([(10, 10)] * 4000, repeats=repeats))
        assert abs(seen / 4000 - repeats) < 0.05
