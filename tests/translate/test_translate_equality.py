"""The same text always: alone or in batches, with any number of threads, and from either engine."""

from __future__ import annotations

import pytest

from pipeline.models import find_model
from pipeline.translate import TranslateOptions, open_translator
from pipeline.translate.attempts import prepare
from pipeline.translate.engine import Decoding, batches_of
from pipeline.translate.options import resolve
from pipeline.translate.subwords import Subwords
from pipeline.translate.with_ctranslate2 import CTranslate2Engine
from pipeline.translate.with_transformers import TransformersEngine


def sequences_of(texts):
    subwords = Subwords(find_model())
    return [prepare(text, subwords, ("fr", "en"), 100).pieces[0] for text in texts]


def decoded(engine, sequences, decoding, *, batch_pieces=2048):
    found = [None] * len(sequences)
    batches = batches_of(sequences, batch_pieces, engine.width)
    results = engine.decode([[sequences[index] for index in batch] for batch in batches], decoding)
    for batch, hypotheses in zip(batches, results, strict=True):
        for index, (best, *_) in zip(batch, hypotheses, strict=True):
            found[index] = best
    return found


def ct2_engine(cache, **options):
    return CTranslate2Engine(find_model(), resolve(TranslateOptions(**options), find_model()), cache)


def shortest(news, count):
    """The shortest of many, for the time's sake: they still are of a dozen lengths."""
    return sorted(sequences_of(news(3 * count + 300)), key=len)[:count]


@pytest.mark.slow
@pytest.mark.parametrize(("compute_type", "count", "beam_size"), [("int8", 500, 4), ("float32", 24, 2)])
def test_neighbours_and_threads_change_nothing(cache, news, compute_type, count, beam_size):
    sequences, decoding = shortest(news, count), Decoding(beam_size=beam_size)
    together = decoded(ct2_engine(cache, compute_type=compute_type, threads=2), sequences, decoding)
    alone = decoded(ct2_engine(cache, compute_type=compute_type, threads=1), sequences, decoding, batch_pieces=1)
    for one, other in zip(alone, together, strict=True):
        assert one.pieces == other.pieces
        assert one.score == pytest.approx(other.score, abs=1e-5)
        assert compute_type == "float32" or one == other


@pytest.mark.slow
@pytest.mark.parametrize(("beam_size", "count", "share"), [(1, 40, 0.97), (4, 40, 0.97)])
def test_both_engines_give_the_same_text(cache, news, beam_size, count, share):
    """One may differ: sums run in another order.

    The bench compares 500 sentences of every length.
    """
    sequences = shortest(news, count)
    decoding = Decoding(beam_size=beam_size)
    fast = decoded(ct2_engine(cache, compute_type="float32"), sequences, decoding)
    setup = resolve(TranslateOptions(engine="transformers", device="cpu"), find_model())
    slow = decoded(TransformersEngine(find_model(), setup), sequences, decoding)
    equal = [one.pieces == other.pieces for one, other in zip(fast, slow, strict=True)]
    assert sum(equal) >= share * count
    for one, other, same in zip(fast, slow, equal, strict=True):
        assert not same or one.score == pytest.approx(other.score, abs=1e-3)


def test_the_reference_engine_runs_end_to_end_with_retries_and_n_best(cache):
    from pipeline.text import Flag

    def judge(*_: object) -> tuple[Flag, ...]:
        return (Flag("disliked", "warning"),)

    options = TranslateOptions(engine="transformers", device="cpu", beam_size=2)
    with open_translator(find_model(), options, cache=cache, judge=judge) as translator:
        (made,) = translator.translate(["Nous devons voter."])
    assert made.text
    assert "engine:transformers" in str(translator.recipe)
    assert "compute:float32" in str(translator.recipe)
    assert {note.name for note in made.notes} <= {"retried"}
