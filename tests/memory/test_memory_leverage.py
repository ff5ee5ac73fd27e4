"""A client's memory: used where it is exact, shown where it is like, and counted before anything is translated."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

import pipeline
from pipeline.cli import main
from pipeline.config import load_config
from pipeline.errors import InputError
from pipeline.job.counting import CLASSES, count_files
from pipeline.memory import Leverage, Leveraged, Memory

CLIENT = [
    ("Le contrat est résilié de plein droit.", "This agreement shall terminate automatically."),
    ("Le fournisseur livre les pièces sous trente jours.", "The supplier shall deliver the parts within thirty days."),
    ("La présente clause survit au contrat.", "This clause survives the agreement."),
]
TEXT = """Le contrat est résilié de plein droit.

Le fournisseur livre les machines sous trente jours.

Le chat dort sur le canapé du salon. Le contrat est résilié de plein droit.
"""
TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header srclang="fr" adminlang="en" datatype="plaintext" segtype="sentence" o-tmf="x"
creationtool="x" creationtoolversion="1"/><body>{}</body></tmx>"""
UNIT = '<tu><tuv xml:lang="fr"><seg>{}</seg></tuv><tuv xml:lang="en"><seg>{}</seg></tuv></tu>'


def entries(pairs: list[tuple[str, str]], file: str = "client.tmx") -> list[Leveraged]:
    return [Leveraged("fr", "en", *pair, file) for pair in pairs]


@pytest.fixture
def job(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("client.tmx").write_text(TMX.format("".join(UNIT.format(*pair) for pair in CLIENT)), encoding="utf-8")
    Path("contrat.txt").write_text(TEXT, encoding="utf-8")
    Path("job.yaml").write_text("name: j\ninputs: [contrat.txt]\nwrite: [xliff, jsonl]\nquality: fast\n")
    return tmp_path


def test_what_is_exact_is_used_what_is_like_is_shown(job: Path) -> None:
    before = pipeline.run(load_config("job.yaml"))
    assert main(["memory", "import", "client.tmx", "--as", "leverage"]) == 0
    after = pipeline.run(load_config("job.yaml"))
    assert after.counts["decoded"] == 0  # the model is not called for what is remembered
    assert (before.flags.get("leverage"), after.flags["leverage"], after.flags["fuzzy-match"]) == (None, 2, 1)
    rows = [json.loads(line) for line in Path("outputs/j/corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    exact = [one for one in rows if "agreement shall terminate" in json.dumps(one)]
    assert len(exact) == 2
    text = Path("outputs/j/corpus.xliff").read_text(encoding="utf-8")
    assert '<mtc:match ref="#s" type="tm" similarity="' in text
    assert "The supplier shall deliver the parts within thirty days." in text
    again = pipeline.run(load_config("job.yaml"))
    assert not again.reasons
    assert main(["memory", "forget", "--leverage", "client.tmx"]) == 0
    assert "leverage" not in pipeline.run(load_config("job.yaml")).flags


def test_corrections_outrank_a_client(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "m.sqlite") as memory:
        memory.lever(entries(CLIENT))
        memory.correct("fr", "en", [(CLIENT[0][0], "Ours.")])
        found = memory.human("fr", "en", [one for one, _ in CLIENT])
        assert [one.text for one in found.values()] == ["Ours.", CLIENT[1][1], CLIENT[2][1]]
        assert not found[CLIENT[0][0]].notes
        assert found[CLIENT[1][0]].notes[0].detail == "exact match in client.tmx"
        assert memory.stats().leverage == 3
        memory.export(tmp_path / "m.jsonl")
        with pytest.raises(InputError, match="empty side"):
            memory.lever(entries([("a", " ")]))
    with Memory.open(tmp_path / "other.sqlite") as other:
        other.import_(tmp_path / "m.jsonl")
        assert other.leverage("fr", "en") == sorted(entries(CLIENT), key=lambda one: one.source)
        assert other.leverage("fr", "de") == []


def test_likeness_is_that_of_letters() -> None:
    leverage = Leverage(entries(CLIENT))
    (found,) = leverage.matches("Le fournisseur livre les machines sous trente jours.")
    assert 85 <= found.similarity <= 94
    assert leverage.matches("Le contrat est résilié de plein droit !")[0].similarity < 100
    assert leverage.matches("Le contrat est résilié de  plein droit.")[0].similarity == 100
    assert leverage.matches("Il pleut.") == leverage.matches("") == Leverage([]).matches("Il pleut.") == []


VOCABULARY = ("le", "la", "chat", "dort", "ici", "maintenant", "contrat", "livre", "pièces", "trente")
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=3, max_size=9)


@given(st.lists(WORDS, min_size=1, max_size=20), WORDS)
def test_the_likest_is_found_as_by_looking_at_all(texts, asked) -> None:
    every = [" ".join(text) for text in texts]
    sentence = " ".join(asked)
    found = Leverage(entries([(text, "x") for text in every])).matches(sentence, most=1)
    best = max(fuzz.ratio(sentence, text) for text in every)
    assert (found[0].similarity == min(99, int(best)) or found[0].similarity == 100) if best >= 75 else not found


def test_files_are_counted_before_a_model_is_loaded(job: Path, capsys) -> None:
    main(["memory", "import", "client.tmx", "--as", "leverage"])
    counted = count_files([Path("contrat.txt")], ("fr", "en"), Path("outputs/memory.sqlite"))
    (file,) = counted.files
    assert file.words_of == {"repetitions": 7, "exact": 7, "95-99": 0, "85-94": 8, "75-84": 0, "new": 8}
    assert (file.sentences, file.words) == (4, 30)
    assert sum(file.sentences_of.values()) == 4
    Path("broken.docx").write_bytes(b"PK\x03\x04nothing")
    capsys.readouterr()
    assert main(["count", "contrat.txt", "broken.docx", "--csv"]) == 3
    out, err = capsys.readouterr()
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["file"], row["words"], row["new words"]) == ("contrat.txt", "30", "8")
    assert "broken.docx" in err
    assert main(["count", "contrat.txt"]) == 0
    head, line, total = capsys.readouterr().out.splitlines()
    assert head.split() == ["file", "sentences", "words", *CLASSES]
    assert line.split()[1:] == total.split()[1:] == ["4", "30", "7", "7", "0", "8", "0", "8"]
    assert main(["count", "contrat.txt", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"]["words"] == 30
    assert main(["count", "nothing.txt"]) == 1
