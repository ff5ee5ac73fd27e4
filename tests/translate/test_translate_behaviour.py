"""What becomes of each kind of input: nothing is lost, and every oddity has a defined result."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import translate_sentences
from pipeline.errors import ConfigError, ModelError
from pipeline.models import find_model
from pipeline.text import Flag, Translation
from pipeline.translate import TranslateOptions, open_translator


def names(translation: Translation) -> set[str]:
    return {note.name for note in translation.notes}


def test_a_plain_sentence_is_translated_with_a_score(translate):
    made = translate("Le président a rencontré les ministres européens à Paris.")
    assert "president" in made.text.lower()
    assert "ministers" in made.text.lower()
    assert made.origin == "machine"
    assert made.score < 0
    assert 0 < made.confidence < 1


@pytest.mark.parametrize("nothing", ["", " ", "\t\n", "\u00a0"])
def test_an_empty_sentence_stays_empty(translate, nothing):
    assert translate(nothing) == Translation("")


@pytest.mark.parametrize(
    "line",
    ["12 345,67", "* * *", "----------", "https://exemple.fr/a?b=c", "jean.dupont@exemple.fr", "😀 🎉", "IV.", "a)",
     "for_each_item", "x = f(1);", "/usr/share/doc", "config.yaml", "<br/>", "\u200b", "\ud800", "\x00", "12/01/2018"],
)  # fmt: skip
def test_what_is_not_language_passes_through(translate, translator, line):
    before = translator.decoded
    made = translate(line)
    assert made.text == line
    assert names(made) == {"passed-through"}
    assert made.confidence == 1.0
    assert translator.decoded == before


@pytest.mark.parametrize(
    ("line", "amount"),
    [("10 €", "€10"), (" 1\u202f234,56 €", " €1,234.56"), ("850 €/mois", "€850/month"), ("12,5 %", "12.5%")],
)
def test_a_line_that_is_only_an_amount_is_written_as_english_writes_it(translate, translator, line, amount):
    before = translator.decoded
    made = translate(line)
    assert (made.text, names(made)) == (amount, {"by-rule"})
    assert translator.decoded == before


@pytest.mark.parametrize(
    "line",
    ["Député(e)", "Total = 45 euros", "arrêt/reprise", "importation de voitures ;", "À", "Voir https://exemple.fr",
     "La commission (voir art. 12) a voté ;", "12 janvier 2018", "Prix : 12 €", "C'est n° 5."],
)  # fmt: skip
def test_what_looks_odd_but_is_language_does_not_pass(translate, line):
    assert "passed-through" not in names(translate(line))


def test_capitals_are_translated_in_sentence_case_and_come_out_in_capitals(translate):
    shouted = translate("LE PRÉSIDENT DE LA RÉPUBLIQUE A PARLÉ.")
    spoken = translate("Le président de la république a parlé.")
    assert shouted.text == spoken.text.upper()
    assert "recased" in names(shouted)
    assert "recased" not in names(translate("ONU"))


def test_the_entries_of_a_menu_are_translated_one_by_one(translate):
    made = translate("Accueil | Contact | Mentions légales | 12")
    entries = [translate(entry).text for entry in ("Accueil", "Contact", "Mentions légales")]
    assert made.text == " | ".join([*entries, "12"])


def test_emoji_at_the_ends_stay_where_they_are(translate):
    inner = translate("Nous sommes très heureux.").text
    assert translate("👍🏽 Nous sommes très heureux.").text == f"👍🏽 {inner}"
    assert translate("Nous sommes très heureux 😀.").text == f"{inner} 😀"


def test_invisible_characters_and_half_surrogates_change_nothing(translate):
    clean = translate("Nous devons voter maintenant.")
    for noisy in ("Nous de\u00advons voter\u200b maintenant.", "\ufeffNous devons\x00voter maintenant.",
                  "Nous\x07 devons voter \ud83dmaintenant."):  # fmt: skip
        assert translate(noisy).text == clean.text


def test_quotes_without_a_partner_and_other_languages_are_translated_as_they_are(translate):
    for line in ('Il prévient "qu’en aucun cas, nous ne laisserons faire.', "« Nous devons voter.",
                 "Это предложение на русском языке."):  # fmt: skip
        made = translate(line)
        assert made.text
        assert "passed-through" not in names(made)


def test_a_sentence_of_three_thousand_words_is_cut_at_clauses_and_every_part_is_translated(cache, news):
    clauses = [sentence.rstrip(".") for sentence in news(140)]
    text = " ; ".join(clauses) + "."
    assert len(text.split()) > 3000
    options = TranslateOptions(beam_size=1, retries=False)
    with open_translator(find_model(), options, cache=cache) as translator:
        (made,) = translator.translate([text])
    assert "split-long" in names(made)
    assert "cut" not in names(made)
    assert 0.6 < len(made.text.split()) / len(text.split()) < 1.6


def test_a_million_characters_without_a_space_are_cut_and_do_not_hang():
    from pipeline.translate.cutting import cut

    word = "a" * 1_000_000
    parts = cut(word, 100, len)
    assert "".join(parts) == word
    assert max(map(len, parts)) <= 100


def test_a_loop_is_tried_again_without_repetition_and_both_tries_are_recorded(cache):
    seen: list[str] = []

    def judge(_: str, target: str, __: object = ()) -> tuple[Flag, ...]:
        seen.append(target)
        return (Flag("loop", "warning", "so it seems"),) if len(seen) == 1 else ()

    with open_translator(find_model(), cache=cache, judge=judge) as translator:
        (made,) = translator.translate(["Nous devons voter maintenant, car la situation est difficile."])
    assert names(made) == {"retried"}
    (record,) = [note.detail for note in made.notes if note.name == "retried"]
    assert record.startswith("kept without repetition")
    assert "wrong: nothing" in record
    assert "before plain" in record
    assert "wrong: loop" in record
    assert record.endswith(seen[0])


def test_decoding_that_reaches_its_limit_is_seen(cache, monkeypatch):
    monkeypatch.setattr("pipeline.translate.with_ctranslate2.decoding_limit", lambda *_: 4)
    with open_translator(find_model(), TranslateOptions(retries=False), cache=cache) as translator:
        (made,) = translator.translate(["Le président a rencontré les ministres européens à Paris."])
    assert "cut" in names(made)


def test_a_judge_s_warning_makes_a_second_try_and_the_better_one_is_kept(cache):
    source = "Il a rencontré des élus, des associations et des forces de l'ordre."
    with open_translator(find_model(), cache=cache) as plain:
        (first,) = plain.translate([source])

    def judge(_: str, target: str, __: object = ()) -> tuple[Flag, ...]:
        return (Flag("disliked", "warning"),) if target == first.text else (Flag("seen"),)

    with open_translator(find_model(), cache=cache, judge=judge) as judged:
        (second,) = judged.translate([source])
    assert second.text != first.text
    assert names(second) == {"retried"}
    assert first.text in next(note.detail for note in second.notes if note.name == "retried")


def test_without_retries_a_warning_makes_no_second_try(cache):
    def judge(*_: object) -> tuple[Flag, ...]:
        return (Flag("disliked", "warning"),)

    options = TranslateOptions(retries=False)
    with open_translator(find_model(), options, cache=cache, judge=judge) as translator:
        (made,) = translator.translate(["Nous devons voter."])
    assert names(made) == set()


def test_sentences_in_are_sentences_out_in_order_across_windows(cache):
    lines = ["Oui.", "", "Non.", "12", "Nous devons voter.", "Oui.", "Merci beaucoup, Monsieur le Président."]
    options = TranslateOptions(look_ahead=2, batch_pieces=8)
    with open_translator(find_model(), options, cache=cache) as translator:
        streamed = list(translator.translate(iter(lines)))
        alone = [made for line in lines for made in translator.translate([line])]
    assert streamed == alone


def test_the_stream_reads_no_further_ahead_than_two_windows(cache):
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield "Oui."

    with open_translator(find_model(), TranslateOptions(look_ahead=5), cache=cache) as translator:
        stream = translator.translate(endless())
        next(stream)
        stream.close()
    assert taken == 10


@settings(max_examples=25)
@given(st.lists(st.text(max_size=30), max_size=4))
def test_any_text_at_all_comes_back_as_one_translation_each(translator, texts):
    made = list(translator.translate(texts))
    assert len(made) == len(texts)
    for text, translation in zip(texts, made, strict=True):
        assert bool(translation.text) or not text.strip() or translation.score != 0
        assert 0 <= translation.confidence <= 1


def test_progress_is_told(cache):
    heard: list[int] = []
    with open_translator(find_model(), cache=cache, on_decoded=heard.append) as translator:
        list(translator.translate(["Oui.", "Non.", "Oui.", "12"]))
        assert translator.decoded == 2
    assert heard == [1, 2]


def test_wrong_options_and_languages_are_refused_before_anything_is_loaded():
    for wrong in ({"engine": "marian"}, {"beam_size": 0}, {"compute_type": "int4"}, {"device": "tpu"}, {"threads": -1}):
        with pytest.raises(ConfigError):
            TranslateOptions(**wrong)
    with pytest.raises(ModelError, match="target language"):
        open_translator(find_model(), target_language="de")
    with pytest.raises(ModelError, match="float32"):
        open_translator(find_model(), TranslateOptions(engine="transformers", compute_type="int8"))


def test_the_public_function_takes_and_gives_lists(cache, monkeypatch):
    monkeypatch.setattr("pipeline.models.conversion.cache_folder", lambda *_: cache)
    made = translate_sentences(["Oui.", ""])
    assert [bool(one.text) for one in made] == [True, False]


def test_nothing_heavy_is_loaded_until_a_sentence_must_be_decoded():
    code = (
        "import sys\n"
        "from pipeline.models import find_model\n"
        "from pipeline.translate import open_translator\n"
        "assert not {'torch', 'transformers', 'ctranslate2', 'sentencepiece'} & set(sys.modules)\n"
        "translator = open_translator(find_model())\n"
        "assert [one.text for one in translator.translate(['', '12'])] == ['', '12']\n"
        "assert translator.remembered(['Oui.']) == [None]\n"
        "assert not {'torch', 'transformers', 'sentencepiece'} & set(sys.modules), sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=Path.cwd())
    assert done.returncode == 0, done.stderr
