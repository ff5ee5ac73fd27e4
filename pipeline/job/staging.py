"""Documents that are done, each in a file of its own under `.work`, so that a killed run goes on after them.

A file is a zip of `bitexts.jsonl` (everything, one piece a line) and `header.json` (what decided it, what it counts),
and appears whole or not at all.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from sys import intern
from typing import Any, Protocol

from pipeline.files import appearing
from pipeline.text import Bead, Bitext, Block, Document, Flag, Layer, Note, Resource, Sentence, Span, Translation

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip knows: equal documents give equal files
FORMAT = 3
WORK = ".work"
_AT_ONCE = 1_000  # lines


@dataclass(frozen=True)
class Header:
    """What decided a staged document (`key`, and readably `parts`), its content's digest, and what it counts."""

    key: str
    parts: dict[str, str]
    content: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    least_certain: tuple[tuple[float, str, str, str], ...] = ()
    said: Sequence[Sequence[str]] = ()  # what its reader said of it: severity, file, flag, detail
    format: int = FORMAT


class Damaged(Exception):
    """A staged document cannot be read back."""

    def __init__(self, id: str, error: Exception) -> None:
        super().__init__(f"what was done of document {id} cannot be read back ({type(error).__name__}: {error})")
        self.id = id


class Stage(Protocol):
    """Where documents lie that are done."""

    def load(self, id: str) -> Bitext:
        """A document as it was stored; raises Damaged."""


class Staging:
    """The folder of staged documents, within a job's results."""

    def __init__(self, results: Path, name: str = "documents") -> None:
        self.folder = results / WORK / name

    def header(self, id: str) -> Header | None:
        """A document's header; None if it is not there, damaged, or of another version."""
        try:
            with self._open(id) as archive:
                return _header(archive)
        except Exception:  # whatever zip, zlib and JSON raise of bytes that are not ours
            return None

    def store(self, id: str, bitext: Bitext, header: Header) -> Header:
        """Store a document whole, in place of what was there."""
        path, digest = self.path(id), hashlib.sha256()
        with (
            appearing(path, alone=True) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        ):
            with archive.open(zipfile.ZipInfo("bitexts.jsonl", EPOCH), "w", force_zip64=True) as stream:
                for line in _lines(bitext):
                    raw = json.dumps(line, separators=(",", ":")).encode("ascii") + b"\n"
                    digest.update(raw)
                    stream.write(raw)
            header = Header(**{**header.__dict__, "content": digest.hexdigest()})
            archive.writestr(zipfile.ZipInfo("header.json", EPOCH), json.dumps(asdict(header)))
        return header

    def load(self, id: str) -> Bitext:
        """A document as it was stored; raises Damaged if the file is not whole, or not what its header says."""
        digest = hashlib.sha256()
        try:
            with self._open(id) as archive, archive.open("bitexts.jsonl") as stream:
                bitext = _bitext(_parsed(_digested(stream, digest)))
                if _header(archive).content != digest.hexdigest():
                    raise ValueError("its content has another digest than its header says")
                return bitext
        except Exception as error:  # whatever zip, zlib and JSON raise of bytes that are not ours
            raise Damaged(id, error) from error

    def former(self, id: str) -> Bitext | None:
        """A document as it was stored; None if it is not there, or not whole."""
        try:
            return self.load(id)
        except Damaged:
            return None

    def forget(self, id: str) -> None:
        """Throw a staged document away."""
        self.path(id).unlink(missing_ok=True)

    def keep_only(self, ids: Iterable[str]) -> None:
        """Throw away documents that the job no longer has, and what killed runs left behind."""
        known = {self.path(id).name for id in ids}
        for path in self.folder.iterdir():
            if path.is_file() and path.name not in known:
                path.unlink(missing_ok=True)

    def path(self, id: str) -> Path:
        """Where a document lies, if it is there."""
        return self.folder / f"{id}.zip"

    def _open(self, id: str) -> zipfile.ZipFile:
        """The file of a document; a pipe in its place would be waited for without end."""
        if not self.path(id).is_file():
            raise FileNotFoundError(self.path(id))
        return zipfile.ZipFile(self.path(id))


def _digested(stream: Iterable[bytes], digest: Any) -> Iterator[bytes]:
    for line in stream:
        digest.update(line)
        yield line


def _parsed(lines: Iterator[bytes]) -> Iterator[list[Any]]:
    """The value of each line; many are parsed at once, which takes a third of the time."""
    while some := list(islice(lines, _AT_ONCE)):
        yield from json.loads(b"[" + b",".join(some) + b"]")


def _header(archive: zipfile.ZipFile) -> Header:
    return header_from(json.loads(archive.read("header.json")))


def header_from(values: dict[str, Any]) -> Header:
    """The header that JSON holds; raises ValueError, TypeError or KeyError where it has not the shape we write."""
    if values["format"] != FORMAT:
        raise ValueError(f"format {values['format']!r}")
    numbers = [*values["counts"].values(), *values["flags"].values()]
    texts = [values["key"], values["content"], *values["parts"].values()]
    if not all(type(one) is int for one in numbers) or not all(isinstance(one, str) for one in texts):
        raise ValueError("no header of ours")
    if not {"sentences", "flagged"} <= values["counts"].keys():
        raise ValueError("counts are missing")
    doubts = tuple(
        (float(certainty), str(id), str(ours), str(theirs)) for certainty, id, ours, theirs in values["least_certain"]
    )
    parts = {intern(name): intern(value) for name, value in values["parts"].items()}  # nearly the same in all
    return Header(**{**values, "parts": parts, "least_certain": doubts})


def _lines(bitext: Bitext) -> Iterator[list[Any]]:
    for side, document, sentences in (
        ("source", bitext.source, bitext.source_sentences),
        ("target", bitext.target, bitext.target_sentences),
    ):
        flags = _flag_cells(document.flags)
        yield ["document", side, document.id, document.path, document.language, document.meta, flags, document.text]
        for block in document.blocks:
            yield ["block", block.id, block.kind, block.span.start, block.span.end, block.data, block.place]
        for image in document.resources:
            yield ["resource", image.name, image.media_type, base64.b64encode(image.content).decode("ascii")]
        for sentence in sentences:
            yield ["sentence", sentence.id, sentence.block, sentence.start, sentence.end]
    for bead in bitext.beads:
        yield ["bead", bead.source, bead.target, bead.score, _flag_cells(bead.flags)]
    for layer in bitext.layers:
        yield ["layer", layer.name, layer.values]
    for one in bitext.translations:
        yield [
            "translation",
            one.text,
            one.score,
            one.confidence,
            one.origin,
            [[note.name, note.detail] for note in one.notes],
        ]


class _Side:
    """One language of a document while it is read."""

    def __init__(self, cells: list[Any]) -> None:
        self.id, self.path, self.language, self.meta, self.flags, self.text = cells
        self.blocks: list[Block] = []
        self.resources: list[Resource] = []
        self.sentences: list[Sentence] = []
        self.block = ""

    def add(self, kind: str, cells: list[Any]) -> None:
        if kind == "block":
            id, name, start, end, data, place = cells
            pairs = tuple((key, value) for key, value in data)
            self.blocks.append(Block(id, name, self.text[start:end], Span(start, end), pairs, place))
        elif kind == "sentence":
            id, block, start, end = cells
            if block != self.block:  # one string for all sentences of a block: a big document has millions
                self.block = block
            self.sentences.append(Sentence(id, self.block, Span(start, end), self.text[start:end]))
        else:
            self.resources.append(Resource(cells[0], cells[1], base64.b64decode(cells[2])))

    def document(self) -> Document:
        return Document(
            self.id,
            self.path,
            self.language,
            self.text,
            tuple(self.blocks),
            tuple((key, value) for key, value in self.meta),
            _flags(self.flags),
            tuple(self.resources),
        )


def _bitext(lines: Iterable[list[Any]]) -> Bitext:
    sides: list[_Side] = []
    beads, translations, layers = [], [], []
    for kind, *cells in lines:
        if kind == "document":
            sides.append(_Side(cells[1:]))
        elif kind == "bead":
            ours, theirs = tuple(cells[0]), tuple(cells[1])
            beads.append(Bead(ours, ours if ours == theirs else theirs, cells[2], _flags(cells[3])))
        elif kind == "translation":
            notes = tuple(Note(name, detail) for name, detail in cells[4])
            translations.append(Translation(cells[0], cells[1], cells[2], cells[3], notes=notes))
        elif kind == "layer":
            layers.append(Layer(cells[0], tuple(cells[1])))
        else:
            sides[-1].add(kind, cells)
    source, target = sides
    return Bitext(
        source.document(),
        target.document(),
        tuple(source.sentences),
        tuple(target.sentences),
        tuple(beads),
        tuple(translations),
        tuple(layers),
    )


def _flag_cells(flags: tuple[Flag, ...]) -> list[list[str]]:
    return [[flag.name, flag.severity, flag.detail] for flag in flags]


def _flags(cells: list[Any]) -> tuple[Flag, ...]:
    return tuple(Flag(name, severity, detail) for name, severity, detail in cells)
