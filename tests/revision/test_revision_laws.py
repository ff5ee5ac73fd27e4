"""Decisions laid over any bitext keep its laws, and find their places again in a text that was edited elsewhere."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.translating import sentence_spans
from pipeline.revision import Cut, Decision, Entry, laid, revised
from pipeline.revision.applying import text_of
from pipeline.revision.places import Places
from pipeline.text import Bitext, Row, Sentence, Side, Span, Translation

WORDS = ("oui", "non", "Le chat dort.", "Il pleut.", "Où ?", "Rien, rien", "Fin.")
texts = st.sampled_from(WORDS)


def _side(sentences: list[str], name: str, block: int, at: int) -> Side:
    made, place = [], at
    for i, text in enumerate(sentences, start=1):
        made.append(Sentence(f"{name}.b{block}.s{i}", "", Span(place, place + len(text)), text))
        place += len(text) + 1
    return Side(" ".join(sentences), at, place - 1, tuple(made)) if made else Side()


@st.composite
def bitexts(draw: st.DrawFn, translated: bool = False) -> Bitext:
    sizes = st.integers(1 if translated else 0, 1 if translated else 2)
    rows, places = [], [0, 0]
    for block in range(1, draw(st.integers(1, 8)) + 1):
        ours = [draw(texts) for _ in range(draw(sizes))]
        theirs = [draw(texts) for _ in range(draw(st.integers(0, 2)))]
        if not ours and not theirs:
            ours = [draw(texts)]
        sides = []
        for side, (sentences, name) in enumerate(((ours, "d-x"), (theirs, "d-x-en"))):
            sides.append(_side(sentences, name, block, places[side]))
            places[side] += sum(len(one) + 1 for one in sentences) + 1
        id = (sides[0] if ours else sides[1]).sentences[0].id
        rows.append(Row(id, "d-x", "", "paragraph", *sides, score=draw(st.sampled_from((0.3, 1.0)))))
    made = Bitext.from_rows(rows)
    if not translated:
        return replace(made, translations=())
    return replace(made, translations=tuple(Translation("t", confidence=0.5) for _ in made.source_sentences))


@st.composite
def decisions(draw: st.DrawFn, bitext: Bitext) -> list[Entry]:
    places = (Places(bitext.source_sentences), Places(bitext.target_sentences))
    counts = (len(bitext.source_sentences), len(bitext.target_sentences))
    found: list[Entry] = []
    for _ in range(draw(st.integers(1, 5))):
        runs = []
        for side in (0, 1):
            start = draw(st.integers(0, counts[side]))
            end = min(counts[side], start + draw(st.integers(0, 2)))
            runs.append(places[side].run(start, end) if end > start else None)
        if bitext.translations:
            runs[1] = None
        if runs == [None, None]:
            continue
        edited = [draw(st.sampled_from((None, None, "", "Un autre texte. Oui ?", "x"))) for _ in range(2)]
        edited[0] = edited[0] or None
        found.append(
            Decision(
                *runs,
                *edited,
                status=draw(st.sampled_from(("", "approved", "rejected"))),
                comment=draw(st.sampled_from(("", "?"))),
                fixed=draw(st.booleans()),
            )
        )
    if draw(st.booleans()) and counts[0]:
        at = draw(st.integers(0, counts[0] - 1))
        found.append(Cut("source", places[0].run(at, at + 1), draw(st.integers(1, 5))))
    return found


def keeps_the_laws(bitext: Bitext) -> None:
    for document, sentences, side in (
        (bitext.source, bitext.source_sentences, [i for bead in bitext.beads for i in bead.source]),
        (bitext.target, bitext.target_sentences, [j for bead in bitext.beads for j in bead.target]),
    ):
        assert side == list(range(len(sentences)))
        for one in sentences:
            assert one.text == document.text[one.start : one.end]
            assert one.text.strip()
        for before, after in pairwise(sentences):
            assert before.end <= after.start
        assert len({one.id for one in sentences}) == len(sentences)
        assert {one.block for one in sentences} <= {one.id for one in document.blocks}
        end = 0
        for block in document.blocks:
            assert block.text == document.text[block.span.start : block.span.end]
            assert end <= block.span.start
            end = block.span.end
    assert len(bitext.translations) in (0, len(bitext.source_sentences))
    assert all(bead.source or bead.target for bead in bitext.beads)
    bitext.rows()


@given(st.data())
def test_the_laws_hold_whatever_was_decided(data: st.DataObject) -> None:
    bitext = data.draw(bitexts(translated=data.draw(st.booleans())))
    entries = data.draw(decisions(bitext))
    keeps_the_laws(bitext)
    made = revised(bitext, entries, sentence_spans)
    keeps_the_laws(made.bitext)
    found = laid(bitext, entries)
    shown = [tuple(" ".join(text_of(one, found, side).split()) for side in (0, 1)) for one in found.beads]
    rows = [tuple(" ".join(side.text.split()) for side in (row.source, row.target)) for row in made.bitext.each_row()]
    assert [pair for pair in shown if any(pair)] == [pair for pair in rows if any(pair)]
    placed = sum(one.decision is not None for one in found.beads)
    assert placed + sum(isinstance(one, Decision) for one in found.lost) == sum(
        isinstance(one, Decision) for one in entries
    )


@given(st.data())
def test_a_decision_survives_edits_elsewhere(data: st.DataObject) -> None:
    bitext = data.draw(bitexts())
    bead = data.draw(st.sampled_from(bitext.beads))
    places = (Places(bitext.source_sentences), Places(bitext.target_sentences))
    runs = [places[k].run(side[0], side[-1] + 1) if side else None for k, side in enumerate((bead.source, bead.target))]
    one = Decision(*runs, status="approved", author="Ada")
    rows = list(bitext.rows())
    at = bitext.beads.index(bead)
    new = Row("", "d-x", "", "paragraph", *(_side([text], "n", 9, 0) for text in ("Du neuf.", "Something new.")))
    far = [k for k in range(len(rows) + 1) if k < at - 2 or k > at + 3]
    for place in data.draw(st.lists(st.sampled_from(far), max_size=2)) if far else ():
        rows.insert(place, new)
        at += place <= at
    plain = [replace(row, id="", source=_bare(row.source), target=_bare(row.target)) for row in rows]
    other = replace(Bitext.from_rows(plain), translations=())
    found = laid(other, [one])
    assert not found.lost
    (decided,) = [k for k, bead in enumerate(found.beads) if bead.decision is not None]
    shown = tuple(text_of(found.beads[decided], found, side) for side in (0, 1))
    assert shown == tuple(" ".join(run.texts) if run else "" for run in runs)


def _bare(side: Side) -> Side:
    kept = tuple(replace(one, id="", block="") for one in side.sentences)
    return Side(side.text, sentences=kept)


@given(st.data())
def test_without_decisions_nothing_changes(data: st.DataObject) -> None:
    bitext = data.draw(bitexts(translated=data.draw(st.booleans())))
    assert revised(bitext, (), sentence_spans).bitext is bitext
    found = laid(bitext, ())
    assert [(tuple(range(*one.source)), tuple(range(*one.target))) for one in found.beads] == [
        (one.source, one.target) for one in bitext.beads
    ]
    assert [one.before for one in found.beads] == list(range(len(bitext.beads)))
