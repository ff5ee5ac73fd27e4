"""Links in files: Pharaoh lines with their words, JSONL where it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.config import load_config
from pipeline.corpus import read_bitexts
from pipeline.documents.linking import with_words
from pipeline.job import run
from pipeline.text import Bitext
from pipeline.words import LAYER, align_words

FRENCH = "Le chat dort.\n\nIl  n’a vu\u00a0personne !\n\nLa porte s'ouvre.\n"
ENGLISH = "The cat sleeps.\n\nHe saw nobody!\n\nThe door opens.\n"


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.fr.txt").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "a.en.txt").write_text(ENGLISH, encoding="utf-8")
    return tmp_path


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1]


def job(folder: Path, *more: str) -> Path:
    settings = "\n".join(("name: j", "inputs: [a.fr.txt]", "target: [a.en.txt]", "memory: false", *more))
    (folder / "job.yaml").write_text(settings, encoding="utf-8")
    run(load_config(folder / "job.yaml"))
    return folder / "outputs" / "j"


def test_a_job_writes_words_and_links_beside_the_moses_pair(texts: Path) -> None:
    made = job(texts, "write: [moses, pharaoh, jsonl]")
    assert {one.name for one in made.glob("corpus.*")} == {
        "corpus.fr", "corpus.en", "corpus.tok.fr", "corpus.tok.en", "corpus.pharaoh", "corpus.jsonl",
    }  # fmt: skip
    source, target, links = (lines(made / f"corpus.{name}") for name in ("tok.fr", "tok.en", "pharaoh"))
    assert source == ["Le chat dort .", "Il n’ a vu personne !", "La porte s' ouvre ."]
    assert [" ".join(line.split()) for line in lines(made / "corpus.fr")] == [
        "Le chat dort.", "Il n’a vu personne !", "La porte s'ouvre.",
    ]  # fmt: skip
    found = align_words([line.split() for line in source], [line.split() for line in target])
    assert [[f"{x.source}-{x.target}" for x in one] for one in found] == [line.split() for line in links]
    assert "1-1" in links[0].split()
    assert read_bitexts(made / "corpus.jsonl")[0].layers == ()  # not asked for


def test_links_come_into_jsonl_when_asked_for(texts: Path) -> None:
    (bitext,) = read_bitexts(job(texts, "write: [jsonl, tmx, tsv]", "words: all") / "corpus.jsonl")
    assert [layer.name for layer in bitext.layers] == [LAYER]
    (again,) = read_bitexts(texts / "outputs" / "j" / "corpus.tmx")
    assert again.layers == bitext.layers


def test_the_aligner_names_the_files_of_words_after_its_output(texts: Path) -> None:
    assert main(["align", "a.fr.txt", "a.en.txt", "-q", "-o", "out.pharaoh", "-o", "out.jsonl"]) == 0
    assert (
        len(lines(texts / "out.pharaoh")) == len(lines(texts / "out.tok.fr")) == len(lines(texts / "out.tok.en")) == 3
    )
    assert read_bitexts(texts / "out.jsonl")[0].layers == ()


def test_links_taken_away_leave_the_bitext(small_bitext: Callable[[], Bitext]) -> None:
    bitext = small_bitext()
    linked = with_words(bitext)
    assert with_words(linked) is linked
    assert with_words(linked, wanted=False) == bitext == with_words(bitext, wanted=False)


@pytest.fixture
def small_bitext(texts: Path) -> Callable[[], Bitext]:
    job(texts, "write: [jsonl]")
    return lambda: read_bitexts(texts / "outputs" / "j" / "corpus.jsonl")[0]
