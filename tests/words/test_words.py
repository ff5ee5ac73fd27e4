"""Word links: right on plain sentences, inside their sentence, independent of neighbours, carried by files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.corpus import read_bitexts, write_bitexts
from pipeline.documents.pairing import PairingOptions, pair_files
from pipeline.errors import InputError
from pipeline.words import align_words, link_bitext, omitted_and_added, read_links, words_of
from pipeline.words.linking import _LONGEST

FRENCH = "Le phare de la vieille ville s’éteint ; personne n’a vu 1 250 « corbeaux »."
ENGLISH = 'The lighthouse of the old town goes out; nobody has seen 1,250 "crows".'
sentences = st.lists(st.text(alphabet="aeéfl'’-. 12«»?本", max_size=30), max_size=4)


def linked_texts(french: str, english: str) -> set[tuple[str, str]]:
    ours, theirs = ([w.text for w in words_of(text, code)] for text, code in ((french, "fr"), (english, "en")))
    return {(ours[x.source], theirs[x.target]) for x in align_words([ours], [theirs])[0]}


def test_words_of_plain_sentences_find_their_counterparts() -> None:
    found = linked_texts(FRENCH, ENGLISH)
    wanted = {("phare", "lighthouse"), ("vieille", "old"), ("ville", "town"), ("personne", "nobody"), (";", ";")}
    assert wanted | {("corbeaux", "crows"), ("vu", "seen"), ("«", '"')} <= found
    assert ("phare", "town") not in found


def test_a_name_never_met_is_linked_by_its_letters() -> None:
    assert ("Zwrtkowa", "Zwrtkowa") in linked_texts("Le vieux Zwrtkowa dort .", "Old Zwrtkowa sleeps .")


def test_english_to_french_is_the_same_turned() -> None:
    ours, theirs = ([w.text for w in words_of(text, code)] for text, code in ((FRENCH, "fr"), (ENGLISH, "en")))
    straight = align_words([ours], [theirs])[0]
    turned = align_words([theirs], [ours], source_language="en-GB", target_language="fr")[0]
    assert {(x.source, x.target, x.score) for x in straight} == {(x.target, x.source, x.score) for x in turned}


@given(st.text(max_size=60), st.sampled_from(["fr", "en", "de"]))
def test_words_lose_nothing_but_white_space(text: str, language: str) -> None:
    words, end = words_of(text, language), 0
    for word in words:
        assert word.text == text[word.start : word.end]
        assert not text[end : word.start].strip()
        end = word.end
    assert not text[end:].strip()


@settings(deadline=None, max_examples=40)
@given(sentences, sentences)
def test_links_lie_inside_and_do_not_depend_on_neighbours(left: list[str], right: list[str]) -> None:
    count = min(len(left), len(right))
    source = [[w.text for w in words_of(text, "fr")] for text in left[:count]]
    target = [[w.text for w in words_of(text, "en")] for text in right[:count]]
    together = align_words(source, target)
    for k, links in enumerate(together):
        assert all(x.source < len(source[k]) and x.target < len(target[k]) and 0 <= x.score <= 1 for x in links)
        alone = align_words([source[k]], [target[k]])[0]
        assert [(x.source, x.target) for x in alone] == [(x.source, x.target) for x in links]


def test_empty_and_endless_sentences_are_taken() -> None:
    assert align_words([], []) == []
    assert align_words([[], ["chat"], []], [["cat"], [], []]) == [[], [], []]
    long = ["chat"] * (_LONGEST + 50)
    assert all(x.source < _LONGEST for x in align_words([long], [long])[0])


def test_wrong_input_is_told() -> None:
    with pytest.raises(InputError, match="1 source sentences but 2"):
        align_words([["a"]], [["a"], ["b"]])
    with pytest.raises(InputError, match="fr-de cannot be linked by 'lexicon'"):
        align_words([["chat"]], [["Katze"]], target_language="de", way="lexicon")
    with pytest.raises(InputError, match="cannot be linked by 'magic'"):
        align_words([["chat"]], [["cat"]], way="magic")
    with pytest.raises(InputError, match="no word link"):
        read_links("0:3-x")


def test_links_are_a_layer_that_files_carry(tmp_path: Path) -> None:
    (tmp_path / "a.fr").write_text("Le chat dort.\nBonjour, mon vieil ami !\nIl pleut.\n", encoding="utf-8")
    (tmp_path / "a.en").write_text("The cat sleeps.\nHello, my old friend! It is raining.\n", encoding="utf-8")
    bitext = pair_files(tmp_path / "a.fr", tmp_path / "a.en", PairingOptions(), languages=("fr", "en"), lines=True)
    made = link_bitext(bitext)
    found = set()
    for row in made.rows():
        for link in read_links(row.layers[0].text):
            source, target = (
                row.source.text[link.source.start : link.source.end],
                row.target.text[link.target.start : link.target.end],
            )
            found.add((source, target))
    assert {("chat", "cat"), ("dort", "sleeps"), ("ami", "friend"), ("vieil", "old")} <= found
    (path,) = write_bitexts([made], tmp_path, "jsonl")
    assert read_bitexts(path)[0].layers == made.layers


def test_a_clause_left_out_is_found_and_a_whole_translation_is_not() -> None:
    french = [w.text for w in words_of("Il ouvrit la porte, traversa le jardin, et partit sans un mot.", "fr")]
    whole = [w.text for w in words_of("He opened the door, crossed the garden, and left without a word.", "en")]
    short = [w.text for w in words_of("He opened the door.", "en")]
    complete, missing = omitted_and_added([french, french], [whole, short])
    assert complete == (None, None)
    assert missing[0] is not None
    assert missing[1] is None
    assert "jardin" in french[slice(*missing[0])]
    assert omitted_and_added([short], [french], source_language="en", target_language="fr") == [missing[::-1]]


def test_the_command_writes_pharaoh_lines(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "a.fr").write_text("le chat dort\n\n", encoding="utf-8")
    (tmp_path / "a.en").write_text("the cat sleeps\n\n", encoding="utf-8")
    assert main(["words", str(tmp_path / "a.fr"), str(tmp_path / "a.en")]) == 0
    assert capfdbinary.readouterr().out == b"0-0 1-1 2-2\n\n"
    (tmp_path / "a.en").write_text("the cat sleeps\n", encoding="utf-8")
    assert main(["words", str(tmp_path / "a.fr"), str(tmp_path / "a.en")]) == 1
    assert b"2 lines" in capfdbinary.readouterr().err


def test_the_aligner_writes_links_on_request(tmp_path: Path) -> None:
    (tmp_path / "a.fr").write_text("Le chat dort.\n", encoding="utf-8")
    (tmp_path / "a.en").write_text("The cat sleeps.\n", encoding="utf-8")
    files = [str(tmp_path / name) for name in ("a.fr", "a.en")]
    assert main(["align", "--lines", "--words", *files, "-o", str(tmp_path / "out.jsonl")]) == 0
    (value,) = read_bitexts(tmp_path / "out.jsonl")[0].layers[0].values
    assert (3, 7, 4, 7) in {
        (link.source.start, link.source.end, link.target.start, link.target.end) for link in read_links(value)
    }
