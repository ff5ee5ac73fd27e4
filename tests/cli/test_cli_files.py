"""Pipes, devices and folders where a document is due are said to be none; nobody waits for them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.config import load_config
from pipeline.errors import InputError
from pipeline.read import Limits, read_document


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["align", "pipe.txt", "a.txt"], 1),
        (["align", "--lines", "a.txt", "pipe.txt"], 1),
        (["align", "a.txt", "/dev/zero"], 1),
        (["book", "pipe.jsonl", "-o", "x.html"], 1),
        (["book", "pipe.tsv", "-o", "x.html"], 1),
        (["memory", "import", "pipe.jsonl"], 1),
        (["memory", "import", "pipe.tsv"], 1),
        (["run", "pipe.yaml"], 2),
        (["run", "job.yaml", "-c", "glossary=pipe.tsv"], 1),
        (["translate", "pipe.epub", "-o", "x.html"], 1),
    ],
)
def test_what_is_no_file_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Il pleut.\n", encoding="utf-8")
    (tmp_path / "job.yaml").write_text("name: x\ninputs: [a.txt]\nmemory: false\n")
    for suffix in ("txt", "jsonl", "tsv", "yaml", "epub"):
        os.mkfifo(tmp_path / f"pipe.{suffix}")
    assert main(arguments) == code
    said = capfd.readouterr().err
    assert "is not a regular file" in said
    assert len(said.strip().splitlines()) == 2


def test_an_e_book_of_too_many_blocks_is_refused_with_what_to_say(tmp_path: Path) -> None:
    from zipfile import ZIP_DEFLATED, ZipFile

    path = tmp_path / "big.epub"
    page = "<html xmlns='http://www.w3.org/1999/xhtml'><body>{}</body></html>"
    package = (
        "<package xmlns='http://www.idpf.org/2007/opf'><metadata/><manifest>"
        "<item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>"
        "<item id='b' href='b.xhtml' media-type='application/xhtml+xml'/></manifest>"
        "<spine><itemref idref='a'/><itemref idref='b'/></spine></package>"
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip")
        container = "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
        book.writestr("META-INF/container.xml", f"{container}<rootfile full-path='p.opf'/></rootfiles></container>")
        book.writestr("p.opf", package)
        for name in ("a", "b"):
            book.writestr(f"{name}.xhtml", page.format("<p>x</p>" * 60))
    assert len(read_document(path, limits=Limits(blocks=120)).blocks) == 120
    for limits, what in ((Limits(blocks=119), "119 blocks"), (Limits(characters=100), "100 characters")):
        with pytest.raises(InputError, match=f"holds more than {what}") as error:
            read_document(path, limits=limits)
        assert "`limits: {" in error.value.remedy
    (tmp_path / "job.yaml").write_text("name: x\ninputs: [big.epub]\nlimits: {blocks: 7}\n")
    assert load_config(tmp_path / "job.yaml").limits.blocks == 7
