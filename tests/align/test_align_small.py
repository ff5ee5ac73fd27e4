"""Small calls: rows of tokens that are kept from call to call change no result."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align.embedders import open_encoder
from pipeline.align.encoder import UseEncoder
from pipeline.align.first_layer import FirstLayerMaker, KeptTokens
from pipeline.align.products import Weight

TEXTS = ["Il pleut.", "It rains.", "Le chat dort sur la table.", "Nobody came, and the door closed.", "Où ?"]


def test_kept_rows_are_those_made_anew() -> None:
    encoder = open_encoder("built-in")
    assert isinstance(encoder, UseEncoder)
    maker = FirstLayerMaker(encoder._net)
    kept = KeptTokens(maker)
    for tokens in ([5, 9, 5], list(range(40)), [9, 700, 12_000], list(range(1_500))):
        flat = np.array(tokens, np.int64)
        places, rows = kept.of(flat)
        fresh = maker.of(flat)
        assert np.allclose(rows.inner[places], fresh.inner, atol=1e-4)
        assert np.allclose(rows.products[2][places], fresh.products[2], atol=1e-4)
        assert not rows.embedded[-1].any()


@settings(max_examples=20)
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=6), st.lists(st.sampled_from(TEXTS), max_size=6))
def test_what_was_read_before_changes_nothing(texts: list[str], before: list[str]) -> None:
    encoder = open_encoder("built-in")
    first = encoder.embed(texts)
    encoder.embed([*before, "Un tout autre texte."])
    again = encoder.embed(texts)
    assert np.array_equal(first.sums, again.sums)
    assert np.array_equal(first.heads, again.heads)


def test_products_of_few_rows_are_those_of_many() -> None:
    random = np.random.default_rng(3)
    for size, columns in ((512, 640), (1_280, 512)):
        parts = [random.normal(size=(size, columns // 2)).astype(np.float32) for _ in range(2)]
        weight = Weight(*parts)
        for count in (1, 7, 24, 500):
            rows = random.normal(size=(count, size)).astype(np.float32)
            assert np.allclose(weight.times(rows), rows @ np.concatenate(parts, axis=1), atol=1e-3)
