"""The first user story: the article comes out as a correct parallel corpus, and all formats read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import pipeline
from pipeline.config import load_config
from pipeline.corpus import read_bitexts

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT / "configs" / "calais-2018.fr.txt"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    overrides = [f"output={folder / 'out'}", f"memory={folder / 'memory.sqlite'}", "max_flagged=1"]
    report = pipeline.run(load_config(ROOT / "configs" / "calais.yaml", overrides))
    assert report.exit_code == 0, report
    return folder / "out"


@pytest.fixture(scope="module")
def rows(output: Path) -> list[dict]:
    return [json.loads(line) for line in (output / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]


def _sentences(rows: list[dict]) -> list[dict]:
    return [sentence for row in rows for sentence in row["source"]["sentences"]]


def test_every_character_is_in_exactly_one_sentence_in_order(rows: list[dict]) -> None:
    text = ARTICLE.read_bytes().decode("utf-8-sig")
    end = 0
    for sentence in _sentences(rows):
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
        assert not text[end : sentence["start"]].strip()
        end = sentence["end"]
    assert not text[end:].strip()


def test_every_source_sentence_has_a_target(rows: list[dict]) -> None:
    for row in rows:
        if row["source"]["sentences"]:
            assert row["target"]["text"].strip(), row


def test_the_metadata_is_a_piece_of_its_own(rows: list[dict]) -> None:
    first, second = _sentences(rows)[:2]
    assert first["text"] == "date 2018-01"
    assert second["text"].startswith("Alors que son gouvernement")
    assert rows[0]["kind"] == "meta"
    assert rows[0]["target"]["text"] == "date 2018-01"


def test_a_missing_space_after_a_full_stop_ends_the_sentence(rows: list[dict]) -> None:
    texts = [sentence["text"] for sentence in _sentences(rows)]
    at = next(i for i, text in enumerate(texts) if text.endswith("Collomb."))
    assert texts[at + 1].startswith("Paris envisage")


def test_a_quotation_does_not_break_its_sentence(rows: list[dict]) -> None:
    holding = [s["text"] for s in _sentences(rows) if "d'aider Calais à se développer" in s["text"]]
    assert len(holding) == 1
    assert not holding[0].startswith('"')


def test_the_headings_are_headings(rows: list[dict]) -> None:
    headings = [row["source"]["text"] for row in rows if row["kind"] == "heading"]
    assert any("porte dérobée" in heading for heading in headings)


@pytest.mark.parametrize("name", ["corpus.tsv", "corpus.jsonl", "corpus.tmx", "corpus.fr"])
def test_each_format_reads_back(output: Path, rows: list[dict], name: str) -> None:
    (bitext,) = read_bitexts(output / name)
    pairs = [(row.source.text, row.target.text) for row in bitext.rows()]
    assert [" ".join(source.split()) for source, _ in pairs] == [" ".join(r["source"]["text"].split()) for r in rows]


def test_the_report_counts_the_same_at_every_wall(output: Path, rows: list[dict]) -> None:
    report = json.loads((output / "report.json").read_text(encoding="utf-8"))
    assert report["signature"]
    assert report["counts"]["sentences"] == len(_sentences(rows))


def test_running_again_calls_no_model_and_writes_the_same_bytes(output: Path) -> None:
    corpus = {name: (output / name).read_bytes() for name in ("corpus.jsonl", "corpus.tsv", "reader.html")}
    folder = output.parent
    overrides = [f"output={folder / 'again'}", f"memory={folder / 'memory.sqlite'}", "max_flagged=1"]
    report = pipeline.run(load_config(ROOT / "configs" / "calais.yaml", overrides))
    assert report.counts["decoded"] == 0
    assert {name: (folder / "again" / name).read_bytes() for name in corpus} == corpus
