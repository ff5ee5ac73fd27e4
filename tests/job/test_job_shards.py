"""Corpora too large for one document: read in shards, each a document, and no row lost, doubled or read otherwise."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus import read_rows
from pipeline.documents import shards
from pipeline.documents.loading import load_document
from pipeline.documents.shards import Shard, ShardedCorpus
from pipeline.errors import InputError
from pipeline.job import index

COLUMNS = {"source": "text_fr", "id": "url"}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "ROWS", 4)
    monkeypatch.setattr(shards, "LARGE", 1)
    monkeypatch.setattr(shards, "LARGE_PACKED", 1)


def texts(count: int) -> list[str]:
    return [f"Le train numéro {number} part." for number in range(count)]


def as_json(rows: list[str]) -> bytes:
    return b"".join(
        json.dumps({"url": f"u{n}", "text_fr": one}, ensure_ascii=False).encode() + b"\n" for n, one in enumerate(rows)
    )


def as_tsv(rows: list[str]) -> bytes:
    return "".join(["\ufeffurl\ttext_fr\n", *(f"u{n}\t{one}\n" for n, one in enumerate(rows))]).encode()


def _zst(path: Path, content: bytes) -> None:
    with pa.CompressedOutputStream(str(path), "zstd") as stream:
        stream.write(content)


def _parquet(path: Path, rows: list[str]) -> None:
    table = pa.table({"url": [f"u{n}" for n in range(len(rows))], "text_fr": rows})
    pq.write_table(table, path, row_group_size=7)


WRITERS: dict[str, Callable[[Path, list[str]], object]] = {
    "jsonl": lambda path, rows: path.write_bytes(as_json(rows)),
    "jsonl.zst": lambda path, rows: _zst(path, as_json(rows)),
    "jsonl.gz": lambda path, rows: path.write_bytes(gzip.compress(as_json(rows))),
    "tsv": lambda path, rows: path.write_bytes(as_tsv(rows)),
    "tsv.gz": lambda path, rows: path.write_bytes(gzip.compress(as_tsv(rows))),
    "parquet": _parquet,
}


@pytest.mark.parametrize("suffix", WRITERS)
@settings(max_examples=12)
@given(data=st.data(), count=st.integers(1, 30))
def test_the_shards_are_the_rows_in_any_order_of_reading(tmp_path_factory, suffix, data, count: int) -> None:
    path = tmp_path_factory.mktemp("rows") / f"web.{suffix}"
    WRITERS[suffix](path, texts(count))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shards, "ROWS", 4)
        corpus = ShardedCorpus(path, "fr", COLUMNS)
        found = corpus.shards()
        order = data.draw(st.permutations(range(len(found))))
        read: dict[int, list[tuple[str, str]]] = {}
        for place in order:
            with corpus.file(found[place]) as file:
                blocks = load_document(file, columns=COLUMNS).blocks
                read[place] = [(dict(block.data)["key"], block.text) for block in blocks]
    assert [one for place in range(len(found)) for one in read[place]] == [
        (f"u{number}", text) for number, text in enumerate(texts(count))
    ]


@pytest.mark.parametrize("suffix", ["jsonl.zst", "tsv", "parquet"])
def test_a_job_of_a_large_corpus_is_one_of_its_shards(job, small, suffix: str, monkeypatch) -> None:
    monkeypatch.setattr(index, "SETTLED", 0)
    for path in job.texts.iterdir():
        path.unlink()
    WRITERS[suffix](job.texts / f"web.{suffix}", texts(10))
    job.settings |= {
        "columns": "{source: text_fr, id: url}",
        "write": "[tsv, jsonl, parquet-shards]",
        "book": "[]",
        "model": "none",
        "memory": "false",
    }
    assert [one.reasons for one in job.plan().documents] == [("not done yet",)] * 3
    report = job.run()
    assert (report.counts["documents"], report.counts["sentences"]) == (3, 10)
    rows = list(read_rows(job.results / "corpus.jsonl"))
    assert [row.source.text for row in rows] == texts(10)
    assert [dict((one.layer, one.text) for one in row.layers)["key"] for row in rows] == [f"u{n}" for n in range(10)]
    assert len({row.document for row in rows}) == 3
    monkeypatch.setattr(ShardedCorpus, "shards", None)  # known from the run
    monkeypatch.setattr(ShardedCorpus, "file", None)
    assert all(not one.reasons for one in job.plan().documents)
    assert job.run().counts["documents"] == 3


def test_an_edit_touches_its_shard_alone_and_more_rows_the_last_ones(job, small) -> None:
    path = job.write("web.jsonl", as_json(texts(10)))
    job.settings |= {"inputs": "[texts/web.jsonl]", "columns": "{source: text_fr, id: url}", "book": "[]"}
    job.settings |= {"model": "none", "write": "[tsv]"}
    job.run()
    path.write_bytes(as_json(texts(10)).replace(b"5 part", b"5 arrive"))
    assert [bool(one.reasons) for one in job.plan().documents] == [False, True, False]
    path.write_bytes(as_json(texts(13)))
    assert [one.reasons[:1] for one in job.plan().documents] == [
        (),
        (),
        ("input changed: sentences 3-4",),
        ("not done yet",),
    ]
    assert job.run().counts["sentences"] == 13


def test_a_line_that_cannot_be_read_fails_its_rows_alone_and_is_named(job, small) -> None:
    lines = as_json(texts(10)).replace(b'{"url": "u5"', b'{"url" "u5"')
    job.write("web.jsonl", lines)
    job.settings |= {"inputs": "[texts/web.jsonl]", "columns": "{source: text_fr, id: url}", "book": "[]"}
    job.settings |= {"model": "none", "write": "[tsv]"}
    report = job.run()
    assert report.exit_code == 3
    assert [one.path for one in report.failures] == ["texts/web.jsonl rows 5-8"]
    assert "rows 5-8" in report.failures[0].reason
    assert "line 2" in report.failures[0].reason
    assert report.counts["sentences"] == 6
    again = job.run()
    assert [one.path for one in again.failures] == ["texts/web.jsonl rows 5-8"]


def test_columns_that_seem_others_further_on_are_told(tmp_path: Path, small) -> None:
    path = tmp_path / "pairs.tsv"
    french = [f"Il est dans la maison avec le chat {n}\tHe is in the house with the cat {n}\n" for n in range(4)]
    english = [f"He is in the house with the cat {n}\tIl est dans la maison avec le chat {n}\n" for n in range(4)]
    path.write_text("".join(french + english), encoding="utf-8")
    corpus = ShardedCorpus(path, "fr")
    first, second = corpus.shards()
    with corpus.file(first) as file:
        assert [block.text for block in load_document(file).blocks] == [one.partition("\t")[0] for one in french]
    with pytest.raises(InputError, match="rows 5-8: its columns seem to be other ones"), corpus.file(second):
        pass


def test_books_documents_and_small_files_stay_whole(job, monkeypatch) -> None:
    job.write("web.jsonl", as_json(texts(10)))
    job.settings |= {"inputs": "[texts/web.jsonl]", "columns": "{source: text_fr}", "book": "[]", "write": "[tsv]"}
    assert len(job.plan("model=none").documents) == 1
    monkeypatch.setattr(shards, "LARGE", 1)
    monkeypatch.setattr(shards, "ROWS", 4)
    assert len(job.plan("model=none").documents) == 3
    assert len(job.plan("model=none", "book=[html]").documents) == 1
    assert len(job.plan("model=none", "write=[document]").documents) == 1
    job.write("web.jsonl", as_json(texts(10)).decode().encode("utf-16"))
    assert len(job.plan("model=none").documents) + len(job.plan("model=none").failures) == 1


def test_a_shard_is_called_by_its_rows() -> None:
    assert str(Shard(10_000, 5, 1, "")) == "rows 10001-10005"
