"""Ways of linking words: by the lexicon, and by the lexicon with the built-in model's attention."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.errors import InputError
from pipeline.words import WAYS, align_words, words_of
from pipeline.words.ways import OF_LEXICON

PAIRS = (
    ("Le phare de la vieille ville s’éteint.", "The lighthouse of the old town goes out."),
    ("Il ne l’a jamais revue.", "He never saw her again."),
    ("Personne n’a vu 1 250 « corbeaux » !", 'Nobody has seen 1,250 "crows"!'),
    ("Oui.", "Yes."),
    ("本 Zwrtkowa \U0001f600 \u200b", "x'y \u0301 --"),
    ("Quand la pluie cessa, nous sommes sortis dans le jardin.", "We went out into the garden when the rain stopped."),
)
SIDES = [[[word.text for word in words_of(pair[k], code)] for pair in PAIRS] for k, code in enumerate(("fr", "en"))]


@pytest.mark.parametrize("way", OF_LEXICON)
def test_plain_sentences_find_their_counterparts(way: str) -> None:
    found = {
        (SIDES[0][k][link.source], SIDES[1][k][link.target])
        for k, links in enumerate(align_words(*SIDES, way=way))
        for link in links
    }
    assert {("phare", "lighthouse"), ("vieille", "old"), ("revue", "again"), ("corbeaux", "crows")} <= found
    assert {("Oui", "Yes"), ("pluie", "rain"), ("jardin", "garden"), ("cessa", "stopped"), ("!", "!")} <= found
    assert ("phare", "town") not in found
    if way == "model":  # what a lexicon cannot know: it takes never for ne, and lets her go
        assert {("jamais", "never"), ("l’", "her")} <= found


@settings(deadline=None, max_examples=10)
@given(st.lists(st.sampled_from(range(len(PAIRS))), min_size=1, max_size=9), st.integers(1, 3))
def test_a_pairs_scores_by_the_model_do_not_depend_on_its_neighbours(chosen: list[int], longer: int) -> None:
    sides = [[side[k] * longer for k in chosen] for side in SIDES]
    together = align_words(*sides)
    for place, links in enumerate(together):
        assert align_words([sides[0][place]], [sides[1][place]]) == [links]
        assert all(x.source < len(sides[0][place]) and x.target < len(sides[1][place]) for x in links)


def test_words_beyond_what_the_model_reads_are_linked_by_the_lexicon() -> None:
    long = (["anticonstitutionnellement", "chat"] * 200, ["unconstitutionally", "cat"] * 200)
    (links,) = align_words([long[0]], [long[1]])
    assert any(link.source > 300 for link in links)


def test_an_unknown_way_is_told() -> None:
    with pytest.raises(InputError, match="cannot be linked by 'guess'"):
        align_words([["chat"]], [["cat"]], way="guess")


def test_the_command_takes_a_way_and_says_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / "a.fr", tmp_path / "a.en"]
    for path, text in zip(files, ("le chat dort\n", "the cat sleeps\n"), strict=True):
        path.write_text(text, encoding="utf-8")
    for way in OF_LEXICON:
        assert main(["words", *map(str, files), "--way", way]) == 0
        out, told = capsys.readouterr()
        assert out == "0-0 1-1 2-2\n"
        assert WAYS[way] in " ".join(told.split())
    assert main(["words", *map(str, files), "--way", "guess"]) != 0
