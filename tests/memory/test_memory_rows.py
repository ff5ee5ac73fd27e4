"""What goes into the memory comes out of it, bit for bit, and only once."""

import hashlib
import math
import sqlite3
import struct
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError, OutputError
from pipeline.memory import Memory, Remembered
from pipeline.memory.rows import Recalled
from pipeline.text import Candidate, Note, Try


def key(name: object) -> bytes:
    return hashlib.sha256(str(name).encode()).digest()


def once(text: str, score: float = 0.0) -> tuple[Try, ...]:
    return (Try("plain", (Candidate(text, score),)),)


def row(name: object, text: str = "Hello.", parts: str = "model:a|beam:4") -> Remembered:
    return Remembered(key(name), f"source {name}", once(text, -0.5), parts=parts)


def bits(number: float) -> bytes:
    return struct.pack("<d", number)


TEXTS = st.text(st.characters(), max_size=40)  # surrogates and NUL included
NUMBERS = st.floats(allow_nan=False)
NOTES = st.lists(st.builds(Note, TEXTS, TEXTS), max_size=2).map(tuple)
CANDIDATES = st.builds(Candidate, TEXTS, NUMBERS, NOTES)
MORE = st.lists(st.builds(Try, TEXTS, st.lists(CANDIDATES, max_size=3).map(tuple)), max_size=2)
TRIES = st.builds(lambda step, first, more: (Try(step, (first,)), *more), TEXTS, CANDIDATES, MORE)


@given(st.lists(st.tuples(TEXTS, TRIES, NOTES), max_size=5))
def test_what_was_tried_comes_back_as_it_was(made):
    with tempfile.TemporaryDirectory() as folder, Memory.open(Path(folder) / "m.sqlite") as memory:
        rows = [Remembered(key(n), source, tries, notes, "parts") for n, (source, tries, notes) in enumerate(made)]
        memory.store(rows)
        found = memory.look_up([one.key for one in rows])
        assert memory.fault is None
        assert memory.damaged == 0
        assert len(found) == len(rows)
        for one in rows:
            assert found[one.key] == Recalled(one.tries, one.notes)
            scores = [bits(made.score) for each in one.tries for made in each.candidates]
            assert [bits(made.score) for each in found[one.key].tries for made in each.candidates] == scores


def test_not_a_number_and_minus_nought_come_back(tmp_path):
    with Memory.open(tmp_path / "m.sqlite") as memory:
        memory.store([Remembered(key(1), "", once("", -0.0)), Remembered(key(2), "", once("", math.nan))])
        found = memory.look_up([key(1), key(2)])
        assert math.copysign(1, found[key(1)].tries[0].candidates[0].score) == -1
        assert math.isnan(found[key(2)].tries[0].candidates[0].score)


def test_further_tries_are_added_and_the_first_stays(tmp_path):
    second = Try("n-best", (Candidate("Hi.", -0.7), Candidate("Ho.", -0.9, (Note("cut", "4"),))))
    with Memory.open(tmp_path / "m.sqlite") as memory:
        memory.store([row(1)])
        memory.store([Remembered(key(1), "source 1", (*once("Hello.", -0.5), second), parts="model:a|beam:4")])
        memory.store([row(1)])
        assert memory.look_up([key(1)])[key(1)].tries == (*once("Hello.", -0.5), second)


def test_a_damaged_row_is_missed_counted_and_mended_by_the_next_store(tmp_path):
    with Memory.open(tmp_path / "m.sqlite") as memory:
        memory.store([row(1), row(2)])
    damage = sqlite3.connect(tmp_path / "m.sqlite")
    damage.execute("UPDATE sentence SET target = CAST(x'48ff6c' AS TEXT) WHERE key = ?", (key(1),))
    damage.commit()
    damage.close()
    with Memory.open(tmp_path / "m.sqlite") as memory:
        assert list(memory.look_up([key(1), key(2)])) == [key(2)]
        assert (memory.damaged, memory.fault) == (1, None)
        memory.store([row(1)])
        assert set(memory.look_up([key(1), key(2)])) == {key(1), key(2)}


def test_absent_keys_are_left_out_and_many_are_found(tmp_path):
    with Memory.open(tmp_path / "m.sqlite") as memory:
        memory.store(row(n, f"text {n}") for n in range(2500))
        found = memory.look_up([key(n) for n in range(1000, 4000)])
        assert {one.tries[0].candidates[0].text for one in found.values()} == {f"text {n}" for n in range(1000, 2500)}
        assert memory.look_up([]) == {}


def test_the_first_answer_to_a_key_stays(tmp_path):
    with Memory.open(tmp_path / "m.sqlite") as memory:
        memory.store([row(1, "first")])
        memory.store([row(1, "second"), row(2, "other")])
        assert [memory.look_up([key(n)])[key(n)].tries[0].candidates[0].text for n in (1, 2)] == ["first", "other"]


def test_a_key_is_a_digest():
    with pytest.raises(ValueError, match="32 bytes"):
        Remembered(b"short", "x", once("x"))


def test_a_failing_iterable_stores_nothing(tmp_path):
    def broken():
        yield row(1)
        raise RuntimeError("the engine died")

    with Memory.open(tmp_path / "m.sqlite") as memory:
        with pytest.raises(RuntimeError):
            memory.store(broken())
        assert memory.look_up([key(1)]) == {}
        assert memory.fault is None


def test_a_reopened_memory_remembers(tmp_path):
    path = tmp_path / "folder" / "m.sqlite"
    with Memory.open(path) as memory:
        memory.store([row(1)])
    with Memory.open(str(path)) as memory:
        assert memory.look_up([key(1)])[key(1)].tries[0].candidates[0].text == "Hello."
    assert sorted(one.name for one in path.parent.iterdir()) == ["m.sqlite"]


def test_reading_only_stores_nothing_and_complains_of_nothing(tmp_path):
    with Memory.open(tmp_path / "m.sqlite") as memory:
        memory.store([row(1)])
    with Memory.open(tmp_path / "m.sqlite", read_only=True) as memory:
        memory.store([row(2)])
        assert set(memory.look_up([key(1), key(2)])) == {key(1)}
        assert memory.fault is None
        with pytest.raises(OutputError):
            memory.correct("fr", "en", [("a", "b")])


def test_corrections_outrank_by_text_not_by_key(tmp_path):
    with Memory.open(tmp_path / "m.sqlite") as memory:
        assert memory.human("fr", "en", ["Il fait beau."]) == {}
        assert memory.correct("fr", "en", [("Il fait\n  beau.", "The weather is fine."), ("Été", "Summer")]) == 2
        found = memory.human("fr", "en", ["Il fait beau.", " Il  fait beau. ", "E\u0301te\u0301", "Autre"])
        assert {source: one.text for source, one in found.items()} == {
            "Il fait beau.": "The weather is fine.",
            " Il  fait beau. ": "The weather is fine.",
            "E\u0301te\u0301": "Summer",
        }
        assert {one.origin for one in found.values()} == {"human"}
        assert memory.human("fr", "de", ["Il fait beau."]) == {}
        memory.correct("fr", "en", [("Il fait beau.", "It is\ta fine\nday.")])
        assert memory.human("fr", "en", ["Il fait beau."])["Il fait beau."].text == "It is a fine day."


def test_a_correction_with_an_empty_side_stores_none(tmp_path):
    with Memory.open(tmp_path / "m.sqlite") as memory:
        with pytest.raises(InputError, match="correction 2 has an empty side"):
            memory.correct("fr", "en", [("a", "b"), ("c", " ")])
        assert memory.stats().corrections == 0


def test_statistics_count_by_signature(tmp_path):
    with Memory.open(tmp_path / "m.sqlite") as memory:
        memory.store([row(1), row(2), row(3, parts="model:b|beam:1")])
        memory.correct("fr", "en", [("a", "b")])
        stats = memory.stats()
    assert (stats.sentences, stats.corrections, stats.schema_version) == (3, 1, 6)
    assert stats.signatures == (("model:a|beam:4", 2), ("model:b|beam:1", 1))
    assert stats.bytes > 0


def test_pruning_by_signature_and_age_leaves_corrections(tmp_path):
    now = [1_000_000_000.0]
    with Memory.open(tmp_path / "m.sqlite", clock=lambda: now[0]) as memory:
        memory.store([row("old a"), row("old b", parts="model:b")])
        memory.correct("fr", "en", [("a", "b")])
        now[0] += 10 * 86_400
        memory.store([row("new a"), row("new b", parts="model:b")])
        assert memory.prune(parts="model:b", older_than_days=5) == 1
        assert memory.prune(older_than_days=11) == 0
        assert set(memory.look_up([key("old a"), key("old b"), key("new a"), key("new b")])) == {
            key("old a"), key("new a"), key("new b"),
        }  # fmt: skip
        assert memory.prune(keep="model:b") == 2
        assert memory.stats().signatures == (("model:b", 1),)
        assert memory.stats().corrections == 1
        with pytest.raises(InputError):
            memory.prune()
        memory.store([row("old a")])  # a pruned signature can come back
        assert memory.fault is None
        assert memory.stats().sentences == 2


def test_a_signature_with_a_path_that_is_no_unicode_is_shown_escaped(tmp_path):
    with Memory.open(tmp_path / "m.sqlite") as memory:
        memory.store([row(1, parts="model:/m\udce9")])
        assert memory.fault is None
        assert memory.stats().signatures == (("model:/m\\udce9", 1),)


def test_a_correction_of_white_space_is_one_line_in_linear_time():
    from pipeline.memory.rows import one_line

    assert one_line(" a \n\t b\u2028\u2028c\td ") == "a b c d"
    assert one_line("a\u00a0; b  c") == "a\u00a0; b  c"
    assert one_line("a" + " " * 300_000 + "b").endswith(" b")  # hours, were each space tried as the first of a break
