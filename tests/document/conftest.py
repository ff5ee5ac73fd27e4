"""Translated documents from translations that are given: read, split and set as a job would, without a model."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from pipeline.document import DocumentOptions, write_document
from pipeline.documents.loading import load_document
from pipeline.documents.translating import Loaded, translated
from pipeline.split import split_document
from pipeline.text import Bitext, Translation
from pipeline.translate import Translator


@dataclass
class _Known:
    """Gives the translations it was given; every other sentence is its own."""

    known: Mapping[str, str]

    def translate(self, sentences: Iterable[str]) -> Iterator[Translation]:
        for sentence in sentences:
            yield Translation(self.known.get(" ".join(sentence.split()), sentence))


def bitext_of(path: Path, known: Mapping[str, str]) -> Bitext:
    document = load_document(path, whole=True)
    loaded = Loaded(document, split_document(document))
    ((_, made),) = translated([loaded], cast(Translator, _Known(known)), "en", lambda _: None)
    return made


@dataclass
class Desk:
    """Translates files with given translations into a folder of its own."""

    folder: Path

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    def translated(self, path: Path, known: Mapping[str, str], options: DocumentOptions | None = None) -> Path:
        out = path.with_stem(f"{path.stem}.en")
        write_document(bitext_of(path, known), path, out, options or DocumentOptions())
        return out

    def text(self, name: str, content: str, known: Mapping[str, str], options: DocumentOptions | None = None) -> str:
        """A text file's translation."""
        return self.translated(self.write(name, content), known, options).read_bytes().decode("utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def differing(one: Path, other: Path) -> list[str]:
    """Names of the files in which two containers differ; both must hold the same, in the same order."""
    with zipfile.ZipFile(one) as ours, zipfile.ZipFile(other) as theirs:
        assert ours.namelist() == theirs.namelist()
        return [name for name in ours.namelist() if ours.read(name) != theirs.read(name)]


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode("utf-8")
