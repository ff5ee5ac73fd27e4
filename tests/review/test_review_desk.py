"""What can be done at the desk: every action, undone to where it began, and written as the page shows it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus import write_bitexts
from pipeline.documents.judging import judge_between
from pipeline.errors import InputError
from pipeline.review.acting import ACTIONS
from pipeline.review.desk import Conflict, Desk
from pipeline.review.projects import CorpusProject, as_left, write_reviewed
from pipeline.review.steps import Refused
from pipeline.review.views import Query
from pipeline.text import Bitext, Row, Sentence, Side, Span, read_verdict

JUDGE = judge_between("fr", "en")
PAIRS = [
    (("Le chat dort.",), ("The cat sleeps.",)),
    (("Il pleut.", "Il vente."), ("It rains.", "It is windy.")),
    (("Oui.",), ()),
    ((), ("Yes.",)),
    (("Où va-t-il ?",), ("Where does he go? Where?", "To the sea.")),
    (("Le chat dort.",), ("The cat is asleep.",)),
    (("Fin de 1987.",), ("The end of 1978.",)),
]


def side(texts: tuple[str, ...], name: str, block: int, at: int) -> Side:
    made = []
    for i, text in enumerate(texts, start=1):
        made.append(Sentence(f"{name}.b{block}.s{i}", "", Span(at, at + len(text)), text))
        at += len(text) + 1
    return Side(" ".join(texts), made[0].start, at - 1, tuple(made)) if made else Side()


def bitext(translated: bool = False) -> Bitext:
    rows, places = [], [0, 0]
    for number, (ours, theirs) in enumerate(PAIRS, start=1):
        if translated and (not ours or len(ours) > 1):
            continue
        sides = [side(ours, "d-x", number, places[0]), side(theirs, "d-x-en", number, places[1])]
        places = [places[k] + sum(len(one) + 1 for one in texts) + 1 for k, texts in enumerate((ours, theirs))]
        id = (sides[0] if ours else sides[1]).sentences[0].id
        told = {"origin": "machine", "confidence": 0.5} if translated else {}
        rows.append(Row(id, "d-x", "", "paragraph", *sides, score=0.9, **told))  # type: ignore[arg-type]
    return Bitext.from_rows(rows)


@pytest.fixture
def desk_of(tmp_path: Path) -> Callable[..., Desk]:
    count = itertools.count()

    def open_desk(made: Bitext) -> Desk:
        folder = tmp_path / f"n{next(count)}"
        write_bitexts([made], folder, "jsonl")
        ticks = itertools.count(1_800_000_000)
        project = CorpusProject(folder / "corpus.jsonl", ("fr", "en"))
        desk = Desk(project, JUDGE, clock=lambda: next(ticks), on_event=lambda _: None)
        desk.load()
        return desk

    return open_desk


def shown(desk: Desk) -> list[tuple[str, str]]:
    return [(pair.source, pair.target) for pair in desk.pairs]


def written(desk: Desk) -> list[tuple[str, str]]:
    """What a rerun makes of it."""
    return [(row.source.text, row.target.text) for one in as_left(desk.project, JUDGE) for row in one.each_row()]


def do(desk: Desk, place: int, what: str, **given: object):
    pair = list(desk.pairs)[place]
    return desk.act(pair.id, pair.token, what, given, author="Ada")


def test_texts_verdicts_and_comments(desk_of) -> None:
    desk = desk_of(bitext())
    do(desk, 0, "edit", side="target", text="The cat is sleeping.")
    do(desk, 0, "comment", text="present")
    do(desk, 1, "approve")
    do(desk, 4, "edit", side="source", text="Où va-t-il donc ?")
    do(desk, 6, "reject")
    pairs = list(desk.pairs)
    assert [pair.state for pair in pairs] == ["edited", "approved", "", "", "edited", "", "rejected"]
    assert pairs[0].decision.said == "The cat sleeps."
    assert pairs[0].why == ""
    assert shown(desk) == written(desk)
    assert shown(desk)[0] == ("Le chat dort.", "The cat is sleeping.")
    assert shown(desk)[5] == ("Le chat dort.", "The cat is asleep.")  # the same sentence elsewhere is not meant
    verdicts = [read_verdict(value) for value in next(as_left(desk.project, JUDGE)).layers[0].values]
    assert (verdicts[0].state, verdicts[0].author, verdicts[0].comment) == ("edited", "Ada", "present")
    do(desk, 0, "revert")
    do(desk, 1, "approve")
    assert [pair.state for pair in desk.pairs][:2] == ["", ""]
    with pytest.raises(Refused):
        do(desk, 0, "edit", side="source", text=" ")


def test_what_belongs_together(desk_of) -> None:
    desk = desk_of(bitext())
    do(desk, 2, "merge")
    assert shown(desk)[2] == ("Oui.", "Yes.")
    do(desk, 1, "split", side="source", offset=len("Il pleut. "))
    assert shown(desk)[1:3] == [("Il pleut.", "It rains."), ("Il vente.", "It is windy.")]
    do(desk, 4, "move", side="target", to="next")
    assert shown(desk)[4:6] == [
        ("Où va-t-il ?", "Where does he go? Where?"),
        ("Le chat dort.", "To the sea. The cat is asleep."),
    ]
    do(desk, 4, "split", side="target", offset=len("Where does he go?"))
    assert shown(desk)[4:6] == [("Où va-t-il ?", "Where does he go?"), ("", "Where?")]
    do(desk, 0, "unpair")
    assert shown(desk)[:2] == [("Le chat dort.", ""), ("", "The cat sleeps.")]
    assert shown(desk) == written(desk)
    do(desk, 0, "pair")
    assert shown(desk)[0] == ("Le chat dort.", "The cat sleeps.")
    assert shown(desk) == written(desk)


def test_what_a_machine_translated_is_divided_with_its_texts(desk_of) -> None:
    desk = desk_of(bitext(translated=True))
    before = shown(desk)
    place = next(i for i, pair in enumerate(before) if pair[0] == "Où va-t-il ?")
    do(desk, place, "split", side="source", offset=3)
    assert shown(desk)[place : place + 2] == [("Où", "Where does he go? Where?"), ("va-t-il ?", "To the sea.")]
    assert shown(desk) == written(desk)
    do(desk, place, "merge")
    assert shown(desk)[place][0] == "Où va-t-il ?"
    do(desk, 0, "unpair")
    assert shown(desk)[0] == ("Le chat dort.", "")
    assert shown(desk) == written(desk)
    while desk.undo("Ada"):
        pass
    assert shown(desk) == before


def test_the_aligner_again_between_two_fixed_pairs(desk_of) -> None:
    desk = desk_of(bitext())
    do(desk, 2, "merge")
    do(desk, 2, "unpair")
    do(desk, 0, "approve")
    with pytest.raises(Refused):
        do(desk, 0, "realign")
    do(desk, 4, "realign")
    assert shown(desk) == written(desk)
    assert next(desk.pairs).state == "approved"
    while desk.undo("Ada"):
        pass
    assert [pair.state for pair in desk.pairs] == [""] * len(PAIRS)


def test_steps_are_undone_one_by_one_and_typing_is_one(desk_of) -> None:
    desk = desk_of(bitext())
    change = 0
    for text in ("T", "Th", "The dog."):
        pair = next(desk.pairs)
        change = desk.act(
            pair.id, pair.token, "edit", {"side": "target", "text": text}, author="Ada", joins=change
        ).change
    do(desk, 1, "approve")
    assert desk.steps("Ada") == (2, 0)
    assert desk.steps("Ben") == (0, 0)
    assert desk.undo("Ben") is None
    desk.undo("Ada")
    desk.undo("Ada")
    assert shown(desk) == shown(desk_of(bitext()))
    assert desk.steps("Ada") == (0, 2)
    desk.undo("Ada", again=True)
    assert shown(desk)[0][1] == "The dog."
    do(desk, 5, "reject")
    assert desk.steps("Ada") == (2, 0)  # what was undone is gone once something else is done
    desk.close()
    again = Desk(desk.project, JUDGE, clock=lambda: 0.0, on_event=lambda _: None)
    again.load()
    assert again.undo("Ada") is not None  # also after the end of the process
    assert [pair.state for pair in again.pairs] == ["edited"] + [""] * 6


def test_nothing_is_overwritten_in_silence(desk_of) -> None:
    desk = desk_of(bitext())
    pair = next(desk.pairs)
    desk.act(pair.id, pair.token, "edit", {"side": "target", "text": "Ada's."}, author="Ada")
    with pytest.raises(Conflict):
        desk.act(pair.id, pair.token, "edit", {"side": "target", "text": "Ben's."}, author="Ben")
    assert shown(desk)[0][1] == "Ada's."
    now = next(desk.pairs)
    desk.act(now.id, now.token, "edit", {"side": "target", "text": "Ben's."}, author="Ben")
    with pytest.raises(Conflict):
        desk.undo("Ada")  # Ben went on from there
    third = list(desk.pairs)[3]
    do(desk, 2, "merge")
    with pytest.raises(Conflict):
        desk.act(third.id, third.token, "approve", {}, author="Ben")


def test_views(desk_of, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.review.views._LONGEST_SEARCH", 0.5)
    desk = desk_of(bitext())
    do(desk, 0, "edit", side="target", text="The CAT sleeps.")
    do(desk, 6, "comment", text="which?")

    def ids(**query: object) -> list[str]:
        asked = Query(**query)  # type: ignore[arg-type]
        desk.view(asked)
        return [row["source"] or row["target"] for row in desk.rows(asked, 0, 40)]

    assert ids(text="cat") == ["Le chat dort.", "Le chat dort."]
    assert ids(text="^the c", pattern=True, side="target") == ["Le chat dort.", "Le chat dort."]
    assert ids(text="cat", side="source") == []
    assert ids(state="edited") == ["Le chat dort."]
    assert ids(state="commented") == ["Fin de 1987."]
    assert ids(state="unpaired") == ["Oui.", "Yes."]
    assert "Le chat dort." not in ids(state="doubtful")
    assert ids(sort="doubt")[0] in ("Fin de 1987.", "Oui.", "Yes.")
    assert len(ids(state="unreviewed")) == 6
    for wrong in ("(", "a{99999999999}", "x" * 2_000):
        with pytest.raises(InputError):
            desk.view(Query(text=wrong, pattern=True))
    do(desk, 0, "edit", side="target", text="a" * 5_000 + "b")
    with pytest.raises(InputError, match="takes too long"):
        desk.view(Query(text="(a|a|aa)+$", pattern=True))


def test_only_what_was_reviewed(desk_of, tmp_path: Path) -> None:
    from pipeline.corpus import read_bitexts

    desk = desk_of(bitext())
    do(desk, 0, "edit", side="target", text="The cat naps.")
    do(desk, 1, "approve")
    do(desk, 6, "reject")
    for name in ("r.tsv", "r.xliff", "r.tmx", "r.jsonl"):
        write_reviewed(desk.project, tmp_path / name)
        rows = [row for one in read_bitexts(tmp_path / name) for row in one.rows()]
        assert [row.target.text for row in rows] == ["The cat naps.", "It rains. It is windy."], name
    done = desk.finish()
    (row,) = [one for one in done.files]
    assert (done.reviewed, done.rejected) == (2, 1)
    assert "Fin de 1987." not in Path(row).read_text(encoding="utf-8")


@settings(max_examples=40)
@given(st.data())
def test_whatever_is_done_the_results_are_as_the_page_shows_and_undoing_leads_back(tmp_path_factory, data) -> None:
    made = bitext(translated=data.draw(st.booleans()))
    folder = tmp_path_factory.mktemp("desk")
    write_bitexts([made], folder, "jsonl")
    project = CorpusProject(folder / "corpus.jsonl", ("fr", "en"))
    desk = Desk(project, JUDGE, clock=lambda: 1.0, on_event=lambda _: None)
    desk.load()
    before = [replace(pair) for pair in desk.pairs]
    for _ in range(data.draw(st.integers(1, 8))):
        pairs = list(desk.pairs)
        place = data.draw(st.integers(0, len(pairs) - 1))
        what = data.draw(st.sampled_from([one for one in ACTIONS if one != "realign"]))
        name = data.draw(st.sampled_from(("source", "target")))
        length = len(pairs[place].source if name == "source" else pairs[place].target)
        given_ = {
            "side": name, "text": data.draw(st.sampled_from(("Un. Deux.", "", "x"))), "everywhere": False,
            "offset": data.draw(st.integers(0, length)), "to": data.draw(st.sampled_from(("next", "previous"))),
            "with": data.draw(st.sampled_from(("next", "previous"))),
        }  # fmt: skip
        try:
            do(desk, place, what, **given_)
        except Refused:
            continue
        assert not any(sheet.laid.lost for sheet in desk.sheets), (what, given_)
        assert [pair for pair in shown(desk) if any(pair)] == written(desk), (what, given_)
    kept = [replace(pair) for pair in desk.pairs]
    steps = desk.steps("Ada")[0]
    while desk.undo("Ada"):
        pass
    assert list(desk.pairs) == before
    for _ in range(steps):
        desk.undo("Ada", again=True)
    assert list(desk.pairs) == kept
    desk.close()
