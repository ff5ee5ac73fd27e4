"""What is set aside of a document is not aligned, and every sentence is in exactly one bead all the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.check import judge_for
from pipeline.documents.checking import checked
from pipeline.documents.pairing import PairingOptions, pair_documents
from pipeline.documents.parts import Part, whole
from pipeline.errors import InputError
from pipeline.read import document_from_text
from pipeline.text import Bead

FRENCH = (
    "CHAPITRE I\n\nLe gardien monte l'escalier du phare.\n\nLa mer est calme ce soir.\n\nLe chien dort devant la porte."
)
ENGLISH = (
    "CHAPTER I\n\nThe keeper climbs the stairs of the lighthouse.\n\n[Pg 5]\n\nThe sea is calm tonight.\n\n"
    "The dog is asleep in front of the door."
)
FRAME = "*** START OF THE EBOOK ***\n\n{}\n\n*** END OF THE EBOOK ***\n\nThis text is free. Give it to anybody."


@st.composite
def sides(draw: st.DrawFn) -> Part:
    aside = draw(st.lists(st.booleans(), max_size=12))
    return Part(tuple(i for i, one in enumerate(aside) if not one), len(aside))


@given(sides(), sides(), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=12))
def test_every_sentence_is_in_one_bead_in_order(source: Part, target: Part, steps: list[tuple[int, int]]) -> None:
    beads, at = [], [0, 0]
    for step in [*steps, (99, 99)]:
        ends = [min(at[k] + step[k], len(part.kept)) for k, part in enumerate((source, target))]
        if ends != at:
            beads.append(Bead(tuple(range(at[0], ends[0])), tuple(range(at[1], ends[1]))))
            at = ends
    made = whole(beads, source, target)
    assert [i for bead in made for i in bead.source] == list(range(source.count))
    assert [j for bead in made for j in bead.target] == list(range(target.count))


def test_frames_of_one_side_stay_unpaired() -> None:
    plain = pair_documents(
        document_from_text(FRENCH), document_from_text(ENGLISH.replace("[Pg 5]\n\n", ""), language="en")
    )
    framed = pair_documents(document_from_text(FRENCH), document_from_text(FRAME.format(ENGLISH), language="en"))
    texts = [
        [(row.source.text, row.target.text) for row in one.rows() if row.source.text and row.target.text]
        for one in (plain, framed)
    ]
    assert texts[0] == texts[1]
    assert len(texts[0]) == 4
    assert sum(len(bead.target) for bead in framed.beads if not bead.source) == 5


def test_what_frames_a_book_is_not_flagged_as_unpaired() -> None:
    framed = pair_documents(
        document_from_text(FRENCH), document_from_text(FRAME.format(ENGLISH), id="e", language="en")
    )
    rows = checked(framed, judge_for("fr", "en")).rows()
    assert {row.kind for row in rows} >= {"matter", "page", "paragraph"}
    assert not [row for row in rows if row.kind in ("matter", "page") and row.flags]


def test_a_person_may_anchor_what_is_set_aside() -> None:
    source = document_from_text("[Pg 4]\n\nLe chien dort.")
    target = document_from_text("[Pg 5]\n\nThe dog sleeps.", language="en")
    assert [bead.score for bead in pair_documents(source, target).beads][:2] == [1.0, 1.0]
    beads = pair_documents(source, target, PairingOptions(anchors=((0, 0),))).beads
    assert [(bead.source, bead.target) for bead in beads] == [((0,), (0,)), ((1,), (1,))]
    with pytest.raises(InputError, match="there is no sentence 9"):
        pair_documents(source, target, PairingOptions(anchors=((9, 0),)))
