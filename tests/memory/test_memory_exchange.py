"""An exported memory read elsewhere is the same memory; anything else is refused whole, with its line."""

import hashlib

import pytest

from pipeline.errors import InputError, OutputError
from pipeline.memory import Memory, Remembered
from pipeline.text import Candidate, Note, Try


def fill(memory: Memory) -> None:
    memory.store(
        Remembered(
            hashlib.sha256(str(n).encode()).digest(),
            f"Texte {n}",
            (Try("plain", (Candidate(f"Text {n} “é” \ud800", -n / 7, (Note("cut", "é"),)),)), Try("in halves", ())),
            (Note("recased"),),
            f"model:{n % 3}",
        )
        for n in range(50)
    )
    memory.correct("fr", "en", [("Été", "Summer"), ("Hiver", "Winter")])


def test_export_and_import_carry_everything(tmp_path):
    with Memory.open(tmp_path / "a.sqlite") as first, Memory.open(tmp_path / "b.sqlite") as second:
        fill(first)
        assert first.export(tmp_path / "a.jsonl") == 52
        assert second.import_(tmp_path / "a.jsonl") == 52
        assert second.import_(tmp_path / "a.jsonl") == 52  # again changes nothing
        assert second.export(tmp_path / "b.jsonl") == 52
        keys = [hashlib.sha256(str(n).encode()).digest() for n in range(50)]
        assert first.look_up(keys) == second.look_up(keys)
        assert len(second.look_up(keys)) == 50
        assert second.human("fr", "en", ["Été"])["Été"].text == "Summer"
        assert second.stats().signatures == first.stats().signatures
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


GOOD = (
    '{"key": "%s", "source": "a", "tries": [{"step": "plain", "candidates": [{"target": "b", "score": -0.5,'
    ' "notes": [["x", ""]]}]}], "notes": [], "parts": ""}' % ("00" * 32)
)


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[1]",
        "{}",
        '{"key": "00"}',
        '{"correction": true, "source_language": "fr", "target_language": "en", "source": "a", "target": ""}',
        GOOD.replace('"b"', "null"),
        GOOD.replace("-0.5", "[]"),
        GOOD.replace('[["x", ""]]', '[["x"]]'),
        GOOD.replace("00", "0", 1),
        "[" * 100_000,
    ],
)  # fmt: skip
def test_a_bad_row_is_named_and_nothing_is_taken_in(tmp_path, line):
    with Memory.open(tmp_path / "a.sqlite") as first, Memory.open(tmp_path / "b.sqlite") as second:
        fill(first)
        first.export(tmp_path / "a.jsonl")
        with (tmp_path / "a.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        with pytest.raises(InputError, match=r"a\.jsonl:53: not a row") as caught:
            second.import_(tmp_path / "a.jsonl")
        assert caught.value.remedy
        assert (second.stats().sentences, second.stats().corrections) == (0, 0)


def test_the_row_that_the_bad_ones_are_made_from_is_good(tmp_path):
    (tmp_path / "a.jsonl").write_text(GOOD)
    with Memory.open(tmp_path / "m.sqlite") as memory:
        assert memory.import_(tmp_path / "a.jsonl") == 1
        assert memory.look_up([bytes(32)])[bytes(32)].tries[0].candidates[0].text == "b"


def test_a_missing_or_binary_file_is_refused(tmp_path):
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00garbage")
    with Memory.open(tmp_path / "m.sqlite") as memory:
        for name in ("absent.jsonl", "binary.jsonl"):
            with pytest.raises(InputError, match=name):
                memory.import_(tmp_path / name)


def test_an_export_that_cannot_be_written_leaves_nothing(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with Memory.open(tmp_path / "m.sqlite") as memory:
        fill(memory)
        with pytest.raises(OutputError):
            memory.export(tmp_path / "file" / "out.jsonl")
        (tmp_path / "taken").mkdir()
        with pytest.raises(OutputError):
            memory.export(tmp_path / "taken")
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
