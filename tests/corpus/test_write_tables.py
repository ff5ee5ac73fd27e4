"""Corpora as data: Parquet and packed files, tables of people's own, a folder for the library `datasets`."""

from __future__ import annotations

import builtins
import gzip
import json
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.corpus import Facts, read_bitexts, read_rows, write_bitexts
from pipeline.corpus.dataset import Dataset, card
from pipeline.corpus.parquet import SHARDS
from pipeline.documents.loading import is_known, load_document
from pipeline.errors import InputError, OutputError
from pipeline.text import Bitext

FLAT = "id document block kind source target score confidence origin flags links layers"


def pairs(path: Path, **columns: str) -> list[tuple[str, str]]:
    return [(row.source.text, row.target.text) for row in read_rows(path, columns=columns)]


def table(path: Path, **columns: list[object]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def test_a_parquet_file_is_flat_packed_and_in_row_groups(tmp_path: Path, small: Bitext, monkeypatch) -> None:
    monkeypatch.setattr("pipeline.corpus.parquet._GROUP", 2)
    (path,) = write_bitexts([small], tmp_path, "parquet")
    file = pq.ParquetFile(path)
    assert file.schema_arrow.names == FLAT.split()
    assert file.num_row_groups == 2
    assert file.metadata.row_group(0).column(4).compression == "ZSTD"
    frame = pd.read_parquet(path)
    assert list(frame["source"]) == ["Il pleut. Il vente.", "Elle dort.", "Fin"]
    assert frame["target"].isna().tolist() == [False, False, True]
    assert frame["score"].tolist() == [0.5] * 3


@pytest.mark.parametrize("format", ["parquet", "tsv.gz", "tsv.zst", "jsonl.gz", "jsonl.zst"])
def test_the_same_bitexts_give_the_same_bytes(tmp_path: Path, small: Bitext, format: str) -> None:
    (one,), (two,) = (write_bitexts([small, small], tmp_path / name, format) for name in "ab")
    assert one.read_bytes() == two.read_bytes()
    plain = write_bitexts([small, small], tmp_path, format.partition(".")[0])[0]
    if format.endswith(".gz"):
        assert gzip.decompress(one.read_bytes()) == plain.read_bytes()


def test_nothing_to_write_is_written(tmp_path: Path) -> None:
    for format in ("parquet", "tsv.gz", "jsonl.zst"):
        (path,) = write_bitexts([], tmp_path, format)
        assert list(read_rows(path)) == []


@settings(max_examples=15)
@given(data=st.data(), size=st.integers(1, 4))
def test_shards_read_as_one_table(tmp_path_factory, nasty: Callable, data: st.DataObject, size: int) -> None:
    folder = tmp_path_factory.mktemp("shards")
    bitexts = [data.draw(nasty(name)) for name in ("d-a", "d-b")]
    writer = type(SHARDS)(**{name: getattr(SHARDS, name) for name in SHARDS.__slots__} | {"shard": size})
    *parts, summary = writer.write(bitexts, folder, "corpus")
    rows = [row for bitext in bitexts for row in bitext.each_row(SHARDS.carries)]
    assert [pq.ParquetFile(part).metadata.num_rows for part in parts[:-1]] == [size] * (len(parts) - 1)
    assert pq.read_metadata(summary).num_rows == len(rows)
    whole = write_bitexts(bitexts, folder / "whole", "parquet")[0]
    assert list(pipeline.read_corpus(folder / "corpus-shards")) == list(read_rows(whole))
    assert pq.ParquetDataset(folder / "corpus-shards").read().num_rows == len(rows)


def test_columns_of_peoples_own_tables(tmp_path: Path) -> None:
    texts = {"text_fr": ["Il pleut.", "Fin"], "en": ["It rains.", "End"], "url": ["u1", "u2"]}
    names = {"source": "text_fr", "target": "en", "id": "url"}
    parquet = table(tmp_path / "a.parquet", **texts)
    jsonl = tmp_path / "a.jsonl.gz"
    lines = [json.dumps(dict(zip(texts, row, strict=True))) for row in zip(*texts.values(), strict=True)]
    jsonl.write_bytes(gzip.compress("\n".join(lines).encode()))
    tsv = tmp_path / "a.tsv"
    tsv.write_text("url\ten\ttext_fr\nu1\tIt rains.\tIl pleut.\nu2\tEnd\tFin\n")
    for path in (parquet, jsonl, tsv):
        assert pairs(path, **names) == [("Il pleut.", "It rains."), ("Fin", "End")]
        assert [row.layers[0].text for row in read_rows(path, columns=names)] == ["u1", "u2"]
        document = load_document(path, columns={"source": "text_fr", "id": "url"})
        assert [dict(block.data)["key"] for block in document.blocks] == ["u1", "u2"]
        with pytest.raises(InputError, match="nom"):
            pairs(path, source="nom")
    with pytest.raises(InputError, match="no column `source`: it has text_fr, en, url"):
        pairs(parquet)


def test_a_text_a_language_needs_no_columns(tmp_path: Path) -> None:
    found = [{"fr": "Fin", "en": "End"}]
    parquet = table(tmp_path / "a.parquet", translation=found)
    jsonl = tmp_path / "a.jsonl"
    jsonl.write_text(json.dumps({"id": 7, "translation": found[0]}))
    assert pairs(parquet) == pairs(jsonl) == [("Fin", "End")]
    assert [row.layers[0].text for row in read_rows(jsonl)] == ["7"]
    with pytest.raises(InputError, match=r"translation\.de"):
        list(read_rows(parquet, source_language="de"))


@pytest.mark.parametrize("column", [[1], [[]], [{"a": 1}], [b"\xff"]])
def test_what_is_no_text_is_told_by_row(tmp_path: Path, column: list[object]) -> None:
    with pytest.raises(InputError, match="row 1: source is"):
        pairs(table(tmp_path / "a.parquet", source=column))


def test_bombs_and_broken_files_are_refused(tmp_path: Path) -> None:
    for raw, problem in (
        (gzip.compress(b"\0" * 10_000_000), "bomb"),
        (gzip.compress(b"a\tb\n")[:-4], "cannot be read"),
    ):
        path = tmp_path / "a.tsv.gz"
        path.write_bytes(raw)
        with pytest.raises(InputError, match=problem):
            read_bitexts(path)


def test_packed_inputs_are_read_as_what_is_in_them(tmp_path: Path) -> None:
    text = "Le phare\n\nLa mer est calme ce soir. Il pleut."
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(text.encode()))
    plain, packed = load_document(tmp_path / "a.txt"), load_document(tmp_path / "a.txt.gz")
    assert packed.path.endswith("a.txt.gz")
    assert (plain.text, plain.blocks) == (packed.text, packed.blocks)
    assert all(is_known(tmp_path / name) for name in ("a.txt.gz", "a.parquet", "a.jsonl.zst"))
    assert not any(is_known(tmp_path / name) for name in ("a.gz", "a.exe.zst", "_metadata"))
    (tmp_path / "b.docx.gz").write_bytes(gzip.compress(b"nothing"))
    with pytest.raises(InputError, match=rf"^{tmp_path}/b.docx.gz"):
        load_document(tmp_path / "b.docx.gz")


def test_rows_that_have_a_translation_keep_it_where_it_is_asked_for(tmp_path: Path) -> None:
    path = table(tmp_path / "a.parquet", fr=["Fin", "Il pleut."], en=["The end", None])
    first, second = load_document(path, columns={"source": "fr", "target": "en"}).blocks
    assert dict(first.data)["target"] == "The end"
    assert "target" not in dict(second.data)


def test_a_folder_for_the_library_datasets_has_a_card(tmp_path: Path, small: Bitext) -> None:
    facts = Facts("Essai", "cc-by-4.0", "built-in#0123", "cc-by-nc-sa-4.0", "beam:4")
    readme, *parts = write_bitexts([small], tmp_path, "huggingface", facts=facts)
    assert [path.relative_to(tmp_path).as_posix() for path in parts] == ["huggingface/data/train-00000.parquet"]
    head, body = readme.read_text().removeprefix("---\n").split("---\n", 1)
    told = yaml.safe_load(head)
    assert told["language"] == ["fr", "en"]
    assert told["license"] == "cc-by-4.0"
    features = {one["name"]: one["dtype"] for one in told["dataset_info"]["features"]}
    assert features == {"id": "string", "translation": {"translation": {"languages": ["fr", "en"]}}}
    assert told["configs"][0]["data_files"][0]["path"] == "data/train-*.parquet"
    assert "2 pairs of 1 documents" in body
    assert all(value in body for value in ("built-in#0123", "cc-by-nc-sa-4.0", "beam:4"))
    assert pairs(parts[0]) == [(row.source.text, row.target.text) for row in small.rows(Dataset().carries)]
    assert read_bitexts(parts[0]) == [small.only(Dataset().carries)]


def test_a_card_knows_regions_and_norwegian() -> None:
    head = yaml.safe_load(card(Facts(), Counter(pairs=1), ("no", "pt-BR")).split("---")[1])
    assert head["language"] == ["no", "pt"]
    assert head["dataset_info"]["features"][1]["dtype"]["translation"]["languages"] == ["no", "pt-BR"]


def test_moses_files_are_read_as_a_stream(tmp_path: Path) -> None:
    for language in ("fr", "en"):
        (tmp_path / f"web.{language}").write_text("".join(f"{'x' * 200} {n}\n" for n in range(20_000)))
    tracemalloc.start()
    count = sum(1 for _ in read_rows(tmp_path / "web"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 1_000_000  # both files are eight times as large


def test_a_corpus_is_read_as_rows_and_as_a_frame(tmp_path: Path, small: Bitext) -> None:
    (path,) = write_bitexts([small], tmp_path, "parquet")
    corpus = pipeline.read_corpus(path)
    assert list(corpus) == list(corpus) == list(read_rows(path))
    assert corpus.frame()["id"].tolist() == ["d-a.b1.s1", "d-a.b1.s3", "d-a.b1.s4"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no corpus"):
        pipeline.read_corpus(tmp_path / "empty")


def test_what_is_not_installed_is_told(tmp_path: Path, small: Bitext, monkeypatch) -> None:
    def absent(name: str, *rest: object) -> object:
        if name.startswith(("pyarrow", "pandas")):
            raise ImportError(name)
        return builtins.__import__(name, *rest)

    monkeypatch.setattr("importlib.import_module", absent)
    for format in ("parquet", "jsonl.zst", "huggingface"):
        with pytest.raises(OutputError, match=r"pyarrow.*\n.*visavis\[data\]"):
            write_bitexts([small], tmp_path, format)
    (tmp_path / "a.parquet").write_bytes(b"")
    with pytest.raises(InputError, match="pyarrow"):
        pairs(tmp_path / "a.parquet")
