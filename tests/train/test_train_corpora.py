"""Corpora of every form, packed or not; what is wrong with one is said with the place."""

from __future__ import annotations

import gzip
import lzma
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.train.config import CorpusConfig
from pipeline.train.corpora import Pair, exists, read_pairs, read_parallel

LANGUAGES = {"source_language": "fr", "target_language": "en"}
LINES = "Un chat.\tA cat.\nDeux\u2028chats.\tTwo cats.\n"
PAIRS = [Pair("", "Un chat.", "A cat."), Pair("", "Deux\u2028chats.", "Two cats.")]


def pairs(path: Path) -> list[Pair]:
    return list(read_pairs(CorpusConfig(path=path), **LANGUAGES))


@pytest.mark.parametrize(("ending", "pack"), [("", bytes), (".gz", gzip.compress), (".xz", lzma.compress)])
def test_plain_pairs_packed_or_not(tmp_path: Path, ending: str, pack) -> None:
    path = tmp_path / f"c.tsv{ending}"
    path.write_bytes(pack(LINES.encode()))
    assert pairs(path) == PAIRS


def test_the_first_of_three_columns_names_the_source(tmp_path: Path) -> None:
    path = tmp_path / "c.tsv"
    path.write_bytes("\ufeffnews\tOui.\tYes.\r\nlaw\tNon.\tNo.\r\n".encode())
    assert pairs(path) == [Pair("news", "Oui.", "Yes."), Pair("law", "Non.", "No.")]


@pytest.mark.parametrize("name", ["c", "c.fr.gz", "c.en.gz"])
def test_two_files_of_lines(tmp_path: Path, name: str) -> None:
    for language, lines in (("fr", "Un.\nDeux.\n"), ("en", "One.\nTwo.\n")):
        (tmp_path / f"c.{language}.gz").write_bytes(gzip.compress(lines.encode()))
    assert exists(CorpusConfig(path=tmp_path / name), **LANGUAGES)
    assert pairs(tmp_path / name) == [Pair("", "Un.", "One."), Pair("", "Deux.", "Two.")]


def test_what_is_wrong_is_said_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "c.tsv"
    for content, said in (
        (b"a\tb\nalone\n", "line 2: 1 columns, where the first line has 2"),
        (b"a\tb\nc\xe9\td\n", "line 2: byte 0xe9 is not UTF-8"),
    ):
        path.write_bytes(content)
        with pytest.raises(InputError, match=said):
            pairs(path)
    cut = tmp_path / "cut.tsv.gz"
    cut.write_bytes(gzip.compress(LINES.encode() * 2000)[:-40])
    with pytest.raises(InputError, match="is cut off"):
        pairs(cut)
    (tmp_path / "m.fr").write_text("a\nb\n")
    (tmp_path / "m.en").write_text("a\n")
    with pytest.raises(InputError, match=r"m\.en ends after 1 lines"):
        pairs(tmp_path / "m")
    with pytest.raises(InputError, match=r"has 2 lines.* 1"):
        read_parallel(tmp_path / "m.fr", tmp_path / "m.en")


def test_of_our_own_corpora_only_what_people_made_unless_asked(tmp_path: Path) -> None:
    rows = "id\tsource\ttarget\torigin\nd.s1\tUn.\tOne.\tmachine\nd.s2\tDeux.\tTwo.\thuman\n"
    path = tmp_path / "corpus.tsv.gz"
    path.write_bytes(gzip.compress(rows.encode()))
    assert pairs(path) == [Pair("", "Un.", "One.", machine_made=True), Pair("", "Deux.", "Two.")]


def test_a_translation_memory(tmp_path: Path) -> None:
    path = tmp_path / "c.tmx.xz"
    sides = "".join(f'<tuv xml:lang="{x}"><seg>{y}</seg></tuv>' for x, y in (("fr", "Un."), ("en", "One.")))
    head = '<header srclang="fr" segtype="sentence" adminlang="en" datatype="plaintext" o-tmf="x"/>'
    path.write_bytes(lzma.compress(f'<tmx version="1.4">{head}<body><tu>{sides}</tu></body></tmx>'.encode()))
    assert pairs(path) == [Pair("", "Un.", "One.")]
