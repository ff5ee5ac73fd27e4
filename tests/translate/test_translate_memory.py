"""The translator with a sentence memory and a glossary: the same text, less work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline import translate_sentences
from pipeline.check import judge_for
from pipeline.glossary import read_glossary
from pipeline.memory import Memory
from pipeline.models import find_model
from pipeline.text import Flag
from pipeline.translate import TranslateOptions, open_translator

LINES = ["Oui.", "Nous devons voter.", "", "12", "Oui.", "Merci beaucoup."]


@pytest.fixture
def memory(tmp_path):
    with Memory.open(tmp_path / "memory.sqlite") as opened:
        yield opened


def opened(cache, memory=None, **more):
    options = more.pop("options", TranslateOptions(beam_size=2))
    return open_translator(find_model(), options, cache=cache, memory=memory, **more)


def test_memory_on_is_memory_off_but_for_the_origin_and_a_rerun_calls_no_model(cache, memory):
    with opened(cache) as without:
        plain = list(without.translate(LINES))
    with opened(cache, memory) as cold:
        first = list(cold.translate(LINES))
    with opened(cache, memory) as warm:
        again = list(warm.translate(LINES))
        assert warm.decoded == 0
        assert None not in warm.remembered(LINES)
    assert first == plain
    assert [replace(one, origin="machine") for one in again] == plain
    assert [one.origin for one in again] == ["memory", "memory", "machine", "machine", "memory", "memory"]


def test_a_run_that_stopped_midway_goes_on_where_it_stood(cache, memory):
    options = TranslateOptions(beam_size=2, look_ahead=2)
    with opened(cache, memory, options=options) as translator:
        stream = translator.translate(LINES)
        next(stream)
        stream.close()
        done = translator.decoded
        assert 0 < done < 3
    with opened(cache, memory, options=options) as translator:
        resumed = list(translator.translate(LINES))
        assert translator.decoded == 3 - done
    with opened(cache, options=options) as translator:
        assert [one.text for one in resumed] == [one.text for one in translator.translate(LINES)]


def test_what_is_done_is_remembered_when_the_judge_breaks(cache, memory):
    def judge(source: str, *_: object) -> tuple[Flag, ...]:
        if source.startswith("Oui"):
            raise KeyboardInterrupt
        return ()

    with opened(cache, memory, judge=judge) as translator:
        with pytest.raises(KeyboardInterrupt):
            list(translator.translate(["Nous devons voter maintenant, Monsieur le Président.", "Oui."]))
        assert translator.remembered(["Nous devons voter maintenant, Monsieur le Président."]) != [None]


def test_a_correction_outranks_the_machine_and_survives_other_options(cache, memory):
    memory.correct("fr", "en", [("Oui.", "Aye."), ("12", "a dozen")])
    for beam_size in (1, 2):
        with opened(cache, memory, options=TranslateOptions(beam_size=beam_size)) as translator:
            made = list(translator.translate(["Oui.", "12"]))
            assert [(one.text, one.origin) for one in made] == [("Aye.", "human"), ("a dozen", "human")]
            assert translator.decoded == 0


def test_all_that_decides_the_output_is_in_the_key(cache, tmp_path):
    terms = tmp_path / "terms.tsv"
    terms.write_text("source\ttarget\nvoter\tcast a vote\n", encoding="utf-8")
    glossary = read_glossary(terms)
    sentence = "Nous devons voter."
    ways = [
        {},
        {"options": TranslateOptions(beam_size=3)},
        {"options": TranslateOptions(beam_size=2, compute_type="float32")},
        {"options": TranslateOptions(beam_size=2, engine="transformers", device="cpu")},
        {"glossary": glossary},
    ]
    keys = [opened(cache, **way).key(sentence) for way in ways]
    assert len(set(keys)) == len(keys)
    plain = opened(cache)
    assert plain.key("Oui.") == opened(cache, glossary=glossary).key("Oui.")  # no term of it touches this sentence
    assert plain.key(sentence) != plain.key(sentence + " ")
    for options in (TranslateOptions(beam_size=2, threads=1), TranslateOptions(beam_size=2, look_ahead=3),
                    TranslateOptions(beam_size=2, compute_type="int8"),
                    TranslateOptions(beam_size=2, retries=False)):  # fmt: skip
        assert opened(cache, options=options).key(sentence) == plain.key(sentence)
    assert opened(cache, judge=judge_for("fr", "en")).key(sentence) == plain.key(sentence)  # tries are judged anew


def test_a_missing_term_is_tried_for_and_flagged(cache, tmp_path):
    terms = tmp_path / "terms.tsv"
    terms.write_text("source\ttarget\nvoter\tpluck violets\n", encoding="utf-8")
    glossary = read_glossary(terms)
    judge = judge_for("fr", "en", terms=glossary)
    with opened(cache, glossary=glossary, judge=judge) as translator:
        (made,) = translator.translate(["Nous devons voter."])
    assert {note.name for note in made.notes} == {"retried", "term-inserted"}
    assert "pluck violets" in made.text
    assert "term-missing" not in {flag.name for flag in judge("Nous devons voter.", made.text, made.notes)}


def test_a_term_without_a_target_is_not_translated(cache, tmp_path):
    terms = tmp_path / "terms.tsv"
    terms.write_text("source\ttarget\nHauts de France\t\nporte dérobée\tback door\n", encoding="utf-8")
    glossary = read_glossary(terms)
    judge = judge_for("fr", "en", terms=glossary)
    with opened(cache, glossary=glossary, judge=judge) as translator:
        (made,) = translator.translate(["Il est entré par une porte dérobée dans les Hauts de France."])
    assert "Hauts de France" in made.text
    assert "back door" in made.text


def test_the_public_function_makes_a_memory_at_a_path(cache, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.models.catalogue.cache_folder", lambda *_: cache)
    monkeypatch.setattr("pipeline.models.conversion.cache_folder", lambda *_: cache)
    path = tmp_path / "memory.sqlite"
    first = translate_sentences(["Oui."], memory=path, beam_size=2)
    again = translate_sentences(["Oui."], memory=str(path), beam_size=2)
    assert (first[0].origin, again[0].origin) == ("machine", "memory")
    assert first[0].text == again[0].text
