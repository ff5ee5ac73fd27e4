"""The laws of an alignment: each sentence in exactly one bead, order kept, probabilities between 0 and 1."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align import align_provenance, align_sentences, ladder, read_ladder, suspicious
from pipeline.errors import InputError, ModelError
from pipeline.text import Bead

FRENCH = [
    "Le train entra en gare à huit heures.",
    "Personne n'attendait sur le quai.",
    "Marie posa sa valise et regarda la pendule.",
    "« Vous cherchez quelqu'un ? » demanda le porteur.",
    "Elle secoua la tête.",
    "Dehors, la pluie tombait depuis trois jours.",
    "Les rues de la ville étaient vides.",
    "Un chien aboya derrière le mur de l'école.",
    "Elle prit un taxi et donna l'adresse de son frère.",
    "Le chauffeur ne dit pas un mot pendant le trajet.",
]
ENGLISH = [
    "The train pulled into the station at eight o'clock.",
    "Nobody was waiting on the platform.",
    "Marie put down her suitcase and looked at the clock.",
    '"Are you looking for someone?" asked the porter.',
    "She shook her head.",
    "Outside, it had been raining for three days.",
    "The streets of the town were empty.",
    "A dog barked behind the school wall.",
    "She took a taxi and gave her brother's address.",
    "The driver did not say a word during the ride.",
]


def assert_covered(beads: Sequence[Bead], n: int, m: int) -> None:
    assert [i for bead in beads for i in bead.source] == list(range(n))
    assert [j for bead in beads for j in bead.target] == list(range(m))
    assert all(bead.source or bead.target for bead in beads)
    assert all(0.0 <= bead.score <= 1.0 for bead in beads)


sentences = st.lists(st.one_of(st.sampled_from(FRENCH + ENGLISH), st.text(max_size=30)), max_size=14)


@settings(max_examples=20)
@given(sentences, sentences)
def test_every_sentence_is_in_exactly_one_bead(source: list[str], target: list[str]) -> None:
    assert_covered(align_sentences(source, target), len(source), len(target))


@settings(max_examples=15)
@given(sentences, sentences, st.data())
def test_no_bead_crosses_a_hard_break(source: list[str], target: list[str], data: st.DataObject) -> None:
    ours = data.draw(st.lists(st.integers(0, len(source)), max_size=3).map(sorted))
    theirs = data.draw(st.lists(st.integers(0, len(target)), min_size=len(ours), max_size=len(ours)).map(sorted))
    beads = align_sentences(source, target, source_breaks=ours, target_breaks=theirs)
    assert_covered(beads, len(source), len(target))
    for a, b in zip(ours, theirs, strict=True):
        for bead in beads:
            before = {i < a for i in bead.source} | {j < b for j in bead.target}
            assert len(before) == 1


@settings(max_examples=15)
@given(st.data())
def test_an_anchor_puts_its_pair_into_one_bead(data: st.DataObject) -> None:
    ours = sorted(data.draw(st.sets(st.integers(0, len(FRENCH) - 1), max_size=2)))
    theirs = sorted(data.draw(st.sets(st.integers(0, len(ENGLISH) - 1), min_size=len(ours), max_size=len(ours))))
    gaps = [(b - a, d - c) for a, b, c, d in zip([0, *ours], ours, [0, *theirs], theirs, strict=False)]
    beads = align_sentences(FRENCH, ENGLISH, anchors=list(zip(ours, theirs, strict=True)))
    assert_covered(beads, len(FRENCH), len(ENGLISH))
    assert len(gaps) == len(ours)
    for i, j in zip(ours, theirs, strict=True):
        assert any(i in bead.source and j in bead.target for bead in beads)


def test_plain_text_is_paired_one_to_one() -> None:
    beads = align_sentences(FRENCH, ENGLISH)
    assert [(bead.source, bead.target) for bead in beads] == [((k,), (k,)) for k in range(len(FRENCH))]
    assert min(bead.score for bead in beads) > 0.5


def test_a_left_out_run_is_one_unpaired_bead() -> None:
    beads = align_sentences(FRENCH, ENGLISH[:4] + ENGLISH[7:])
    assert ((4, 5, 6), ()) in [(bead.source, bead.target) for bead in beads]
    assert (4, 5, 6) in [beads[k].source for k in suspicious(beads)]


def test_a_joined_sentence_is_found() -> None:
    joined = [*ENGLISH[:5], ENGLISH[5][:-1] + ", and " + ENGLISH[6].lower(), *ENGLISH[7:]]
    assert ((5, 6), (5,)) in [(bead.source, bead.target) for bead in align_sentences(FRENCH, joined)]


@pytest.mark.parametrize(
    ("source", "target"),
    [([], []), (["a"], []), ([], ["b", "c"]), ([""], [""]), (["\n", "\t"], ["\x00"]), (["é" * 100_000], ["e", "f"])],
)
def test_hostile_input_is_covered(source: list[str], target: list[str]) -> None:
    assert_covered(align_sentences(source, target), len(source), len(target))


def test_equal_lines_do_not_derail() -> None:
    beads = align_sentences(["Amen."] * 400, ["Amen."] * 400)
    assert_covered(beads, 400, 400)
    assert sum(len(bead.source) == len(bead.target) == 1 for bead in beads) > 300


def test_without_a_model_letters_are_compared() -> None:
    beads = align_sentences(FRENCH, FRENCH, embedder="lexical")
    assert [(bead.source, bead.target) for bead in beads] == [((k,), (k,)) for k in range(len(FRENCH))]


def test_an_unknown_embedder_is_an_error() -> None:
    with pytest.raises(ModelError, match="there is no embedder 'no-such'"):
        align_sentences(["a"], ["b"], embedder="no-such")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"source_breaks": [1]}, "1 source breaks but 0 target breaks"),
        ({"source_breaks": [3], "target_breaks": [1]}, "breaks"),
        ({"source_breaks": [1, 0], "target_breaks": [1, 2]}, "breaks"),
        ({"anchors": [(0, 5)]}, "anchors"),
        ({"anchors": [(-1, 0)]}, "anchors"),
        ({"anchors": [(0, 1), (1, 0)]}, "anchors"),
        ({"anchors": [(0, 1)], "source_breaks": [1], "target_breaks": [1]}, "lies across"),
    ],
)
def test_wrong_marks_are_said(options: dict[str, list], says: str) -> None:
    with pytest.raises(InputError, match=says):
        align_sentences(["a", "b"], ["c", "d"], **options)


@given(st.lists(st.tuples(st.text(max_size=20), st.integers(0, 3)), max_size=10))
def test_provenance_covers_all(made: list[tuple[str, int]]) -> None:
    counts = [count for _, count in made]
    beads = align_provenance([text for text, _ in made], ["x"] * sum(counts), counts)
    assert_covered(beads, len(made), sum(counts))
    assert [len(bead.target) for bead in beads] == counts


def test_provenance_counts_must_fit() -> None:
    with pytest.raises(InputError, match="2 counts that sum to 3 for 1 source and 3 target"):
        align_provenance(["a"], ["b", "c", "d"], [1, 2])


@given(
    st.lists(
        st.builds(
            Bead,
            st.lists(st.integers(0, 99), max_size=3).map(tuple),
            st.lists(st.integers(0, 99), max_size=3).map(tuple),
            st.integers(0, 1000).map(lambda k: k / 1000),
        )
    )
)
def test_a_ladder_reads_back(beads: list[Bead]) -> None:
    assert read_ladder(ladder(beads)) == beads


@pytest.mark.parametrize("line", ["[0]:[1", "0:1", "[a]:[0]", "[0]:[0]:x", "[0]:[0]:7", "[0]:[0]:nan"])
def test_a_bad_ladder_line_is_named(line: str) -> None:
    with pytest.raises(InputError, match="line 2"):
        read_ladder(f"[0]:[0]\n{line}\n")


def test_a_lone_quotation_mark_stays_with_the_sentence_before_it() -> None:
    source = [
        "Il ferma la porte derrière lui.",
        "« Restez encore un peu, dit-elle. »",
        "Le train partit à huit heures.",
    ]
    target = ["He closed the door behind him.", '"Stay a little longer," she said.', '"', "The train left at eight."]
    beads = align_sentences(source, target)
    assert [(bead.source, bead.target) for bead in beads] == [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,))]


def test_half_a_surrogate_pair_is_paired_like_any_text():
    from pipeline.align import align_sentences, input_warnings

    texts = ["Le chat\ud800 dort.", "\udfff"], ["The cat sleeps.\udfff", "\ud800"]
    beads = align_sentences(*texts)
    assert sorted(i for bead in beads for i in bead.source) == [0, 1]
    input_warnings(*texts)
