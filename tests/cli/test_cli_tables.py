"""`visavis formats` and `visavis flags` print the tables: all of them, and nothing else."""

from __future__ import annotations

import json

from pipeline import book, corpus, document, read
from pipeline.cli import main
from pipeline.documents.flags import FLAGS


def printed(capfdbinary, *arguments: str) -> str:
    assert main([*arguments]) == 0
    return capfdbinary.readouterr().out.decode()


def test_formats_are_those_of_the_tables(capfdbinary) -> None:
    text = printed(capfdbinary, "formats")
    for table in (read.FORMATS, corpus.FORMATS, book.BOOKS):
        for name, one in table.items():
            assert name in text
            assert one.meaning in text
    for suffix in read.BY_SUFFIX:
        assert suffix in text
    lines = [json.loads(line) for line in printed(capfdbinary, "formats", "--json").splitlines()]
    assert len(lines) == len(read.FORMATS) + len(corpus.FORMATS) + len(book.BOOKS) + len(document.FORMATS)


def test_flags_are_those_of_the_table(capfdbinary) -> None:
    lines = [json.loads(line) for line in printed(capfdbinary, "flags", "--json").splitlines()]
    assert [(one["name"], one["of"]) for one in lines] == [(flag.name, flag.of) for flag in FLAGS]
    text = printed(capfdbinary, "flags")
    assert all(flag.meaning in text for flag in FLAGS)
