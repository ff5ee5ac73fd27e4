"""Words set apart from the marks before them: what a model reads, and that what comes back is closed up again."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import find_model
from pipeline.train.vocabulary import Vocabulary
from pipeline.translate.spacing import close_up, space_source, space_target
from pipeline.translate.subwords import Subwords

WORDS = st.sampled_from(["lies", "Paris", "the", "Émile", "2018", "don't", "well-known", "Franco-British", "St.-Malo"])
MARKED = st.sampled_from(["{}", '"{}"', "({})", "[{}],", '("{}")', '"{}', '{}."', "{}?", "-{}", "'{}'"])
TEXTS = st.lists(st.builds(lambda word, mark: mark.format(word), WORDS, MARKED), min_size=1).map(" ".join)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('Et parle de "mensonges" et de (rares) "vérités".', 'Et parle de " mensonges" et de ( rares) " vérités".'),
        ("l'État, qu'il aujourd'hui", "l' État, qu' il aujourd' hui"),
        ("franco-britannique, dit-il", "franco- britannique, dit- il"),
        ("de l'\"Express\" (l'hebdo)", "de l'\" Express\" ( l' hebdo)"),
        ("le 12/03/2018 à 15-20 %, -5", "le 12/03/2018 à 15-20 %, -5"),
        ('Il dit "non". "Si"', 'Il dit " non". " Si"'),
    ],
)
def test_a_source_word_stands_behind_a_space(text: str, read: str) -> None:
    assert space_source(text) == read


@given(TEXTS)
def test_what_is_set_apart_in_the_target_is_closed_up_again(text: str) -> None:
    spaced = space_target(text)
    assert close_up(spaced) == text
    assert spaced.replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("text", ['"He" ("she") said', "The Franco-British summit (in London)", 'pre- and "post-war"'])
def test_a_text_without_marks_to_set_apart_is_left_alone(text: str) -> None:
    assert close_up(text) == text


def test_a_quoted_word_is_the_word_itself_to_a_model_that_wants_it_so() -> None:
    model = find_model()
    quoted = 'les "mensonges" du roi'
    spaced, close = (Subwords(dataclasses.replace(model, spaced_words=wanted)) for wanted in (True, False))
    word = spaced.encode("mensonges")[:-1]
    pieces = spaced.encode(quoted)
    assert any(pieces[k : k + len(word)] == word for k in range(len(pieces)))
    assert pieces != close.encode(quoted)
    assert spaced.decode(spaced.encode('" Lies" ( here)')[:-1]) == '"Lies" (here)'
    assert close.decode(close.encode('" Lies"')[:-1]) == '" Lies"'


def test_training_meets_the_pieces_that_translating_will() -> None:
    model = dataclasses.replace(find_model(), spaced_words=True)
    vocabulary = Vocabulary(model, source_language="fr", target_language="en")
    ids = json.loads((model.folder / "vocab.json").read_text(encoding="utf-8"))
    subwords = Subwords(model)
    (source,) = vocabulary.encode_source(['l\'État ("libre")'])
    assert source.tolist() == [ids[piece] for piece in subwords.encode('l\'État ("libre")')[:-1]]
    (target,) = vocabulary.encode_target(['the ("free") Franco-British State'])
    pieces = {index: piece for piece, index in ids.items()}
    assert subwords.decode(tuple(pieces[index] for index in target.tolist())) == 'the ("free") Franco-British State'
