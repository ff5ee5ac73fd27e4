"""Corpora are sifted pair by pair: what is no translation, doubles, lines of test sets, draws; folders pair by name."""

from __future__ import annotations

import gzip
import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.train.corpora import Pair
from pipeline.train.names import paired_names
from pipeline.train.sifting import BY, RULES, CleanOptions, cleaned, sampled, tidy, without_doubles, without_tests

GOOD = ("Le chat dort sur le canapé.", "The cat is sleeping on the sofa.")
BROKEN = {
    "empty": ("Le chat.", " \u200b "),
    "too long": ("mot " * 200, "word " * 200),
    "length ratio": ("Oui.", "Yes, and there is more to be said than anybody wants to hear."),
    "no text": ("12 345 67 !!", "12,345.67 !!"),
    "mis-decoded": ("C'est un Ã©tÃ© trÃ¨s chaud.", "It is a very hot summer."),
    "untranslated": ("The house stands on the hill there", "The house stands on the hill, there."),
    "language": (
        "Der Hund ist nicht in dem Haus und die Katze auch nicht.",
        "The dog is not in the house, nor the cat.",
    ),
}
PAIRS = st.lists(st.builds(Pair, st.sampled_from(["", "news"]), st.sampled_from("abcdef"), st.sampled_from("ABCDEF")))


def test_every_rule_finds_what_it_is_for_and_leaves_the_rest() -> None:
    assert set(BROKEN) == {rule.name for rule in RULES}
    pairs = [Pair("", *GOOD), *(Pair("", *texts) for texts in BROKEN.values())]
    assert [reason for _, reason in cleaned(pairs, CleanOptions())] == ["", *BROKEN]


def test_pairs_are_tidied() -> None:
    assert tidy("\ufeffe\u0301te\u0301\tici \u00ad\n la\u200b ") == "été ici la"
    ((made, reason),) = cleaned([Pair("x", " Oui\u200b !", "Yes  !")], CleanOptions())
    assert (made, reason) == (Pair("x", "Oui !", "Yes !"), "")


@given(PAIRS, PAIRS, st.sampled_from(sorted(BY)))
def test_no_double_stays_and_one_of_each_does(pairs, others, by) -> None:
    judged = list(without_doubles(pairs, by, against=others))
    assert [pair for pair, _ in judged] == pairs
    name = BY[by]
    kept = [name(pair) for pair, reason in judged if not reason]
    assert len(kept) == len(set(kept))
    assert set(kept) == {name(pair) for pair in pairs} - {name(pair) for pair in others}


def test_case_and_marks_make_no_other_sentence() -> None:
    pairs = [Pair("", *GOOD), Pair("", "le chat dort sur le canapé !", "The cat is sleeping on the sofa")]
    assert [reason for _, reason in without_doubles(pairs)] == ["", "seen before"]


def test_lines_of_test_sets_are_kept_away_whole_or_in_parts() -> None:
    line = "Nobody on the quay had seen the ship go out that night"
    pairs = [
        Pair("", *GOOD),
        Pair("", "x", "Nobody on the quay had seen the ship go out, that night!"),
        Pair("", "x", "He said that nobody on the quay had seen the ship go out, and left."),
        Pair("", "x", "Nobody had seen it."),
    ]
    judged = without_tests(pairs, [line, ""])
    assert [reason for _, reason in judged] == ["", "a line of a test set", "holds much of a test line", ""]
    assert [reason for _, reason in without_tests(pairs, [line], overlap=0)][2] == ""


@given(PAIRS, st.integers(1, 9), st.integers(0, 3))
def test_a_draw_is_as_large_as_asked_in_order_and_the_same_again(pairs, number, seed) -> None:
    drawn = [pair for pair, reason in sampled(pairs, number=number, seed=seed) if not reason]
    assert len(drawn) == min(number, len(pairs))
    rest = iter(pairs)
    assert all(pair in rest for pair in drawn)
    again = list(sampled(pairs, number=number, seed=seed))
    assert len(again) == len(pairs)
    assert [pair for pair, reason in again if not reason] == drawn
    shared = [pair for pair, reason in sampled(pairs, share=0.5, seed=seed) if not reason]
    assert set(shared) <= set(pairs)


def test_folders_pair_by_name() -> None:
    ours = ["Préface.fr.txt", "ch-01_fr.txt", "ch-11.txt", "le phare.txt", "seul.txt", "a/x.md"]
    theirs = ["preface.en.html", "ch-1_en.txt", "CH-11.txt", "le-phares.txt", "ch-111.txt", "a/X.md", "b/x.md"]
    assert paired_names(ours, theirs, ("fr", "en")) == {
        "Préface.fr.txt": "preface.en.html",
        "ch-01_fr.txt": "ch-1_en.txt",
        "ch-11.txt": "CH-11.txt",
        "le phare.txt": "le-phares.txt",
        "a/x.md": "a/X.md",
    }


@pytest.mark.parametrize("ending", [".tsv", ".tsv.gz", ".tsv.xz"])
def test_the_commands_write_what_stays_and_what_not(tmp_path: Path, capsys, ending: str) -> None:
    given = tmp_path / "given.tsv"
    given.write_text("".join(f"web\t{a}\t{b}\n" for a, b in [GOOD, *BROKEN.values(), GOOD]), encoding="utf-8")
    made, left, test = tmp_path / f"made{ending}", tmp_path / "left.tsv", tmp_path / "test.en"
    assert main(["corpus", "clean", str(given), "-o", str(made), "--rejected", str(left)]) == 0
    assert "2 of 9 pairs stay" in capsys.readouterr().err
    unpack = {".tsv": bytes, ".tsv.gz": gzip.decompress, ".tsv.xz": lzma.decompress}[ending]
    assert unpack(made.read_bytes()).decode() == f"web\t{GOOD[0]}\t{GOOD[1]}\n" * 2
    assert [line.split("\t")[0] for line in left.read_text(encoding="utf-8").splitlines()] == [*BROKEN]
    again = tmp_path / "again.tsv"
    assert main(["corpus", "dedupe", str(made), "-o", str(again)]) == 0
    assert len(again.read_text(encoding="utf-8").splitlines()) == 1
    test.write_text(GOOD[1] + "\n", encoding="utf-8")
    assert main(["corpus", "exclude", str(made), "-o", str(again), "--test", str(test)]) == 0
    assert not again.read_text()
    assert main(["corpus", "sample", str(made), "-o", str(again), "--pairs", "1"]) == 0
    assert len(again.read_text(encoding="utf-8").splitlines()) == 1


def test_what_cannot_be_done_is_said_before_anything_is_lost(tmp_path: Path, capsys) -> None:
    given = tmp_path / "given.tsv"
    given.write_text("a\tb\n")
    for arguments, words in (
        (["clean", str(given), "-o", str(given)], "read and written at once"),
        (["clean", str(given), "-o", str(tmp_path / "x.txt")], "Say .tsv"),
        (["sample", str(given), "-o", str(tmp_path / "x.tsv")], "how many"),
        (["dedupe", str(given), "-o", str(tmp_path / "x.tsv"), "--by", "colour"], "pair, source, target"),
        (["clean", str(tmp_path / "no.tsv"), "-o", str(tmp_path / "x.tsv")], "no.tsv"),
        (["pair", str(given), str(tmp_path)], "no folder"),
    ):
        assert main(["corpus", *arguments]) in (1, 2)
        assert words in capsys.readouterr().err
    assert given.read_text() == "a\tb\n"
    assert not (tmp_path / "x.tsv").exists()
