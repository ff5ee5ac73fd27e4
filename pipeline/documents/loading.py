"""Any file a job may be given to a document: texts of all formats, and the source side of a corpus."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline import corpus, read
from pipeline.corpus.cells import KEY
from pipeline.corpus.packed import PACKINGS, unpacked
from pipeline.errors import InputError, ReaderFault, VisavisError
from pipeline.files import require_file
from pipeline.read.assembling import Data, Told, document_of_texts
from pipeline.text import Bitext, Document, Layer, Matter, Row

# suffixes of files that a folder is searched for
SUFFIXES: tuple[str, ...] = tuple(dict.fromkeys((*read.BY_SUFFIX, *corpus.READ)))
# corpora whose source side is read, unless their fields are named, or the file itself is to be filled
_ROWS = ("jsonl", "tmx")
_BESIDE = ("_metadata", "_common_metadata", "_SUCCESS")  # what lies beside the shards of a table


def is_known(path: Path) -> bool:
    """Whether a file's name is that of a format that is read, packed or not."""
    suffix = path.suffix.lower()
    if suffix in PACKINGS:
        suffix = path.with_suffix("").suffix.lower()
    return suffix.removeprefix(".") in SUFFIXES


def is_beside(path: Path) -> bool:
    """Whether a file only says something of the shards of a table beside it."""
    return path.name in _BESIDE


def load_document(
    path: Path,
    *,
    id: str = "d",
    language: str = "fr",
    encoding: str | None = None,
    everything: bool = False,
    matter: Matter = "set-aside",
    columns: Mapping[str, str] | None = None,
    mend: bool = False,
    whole: bool = False,
    limits: read.Limits = read.USUAL_LIMITS,
    target_language: str = "en",
) -> Document:
    """Read a file of any known format, as `read_document` does; a corpus gives its source side, a line a segment.

    A file that is packed (`.gz`, `.zst`) is read as what is in it. Raises InputError; ReaderFault where a reader
    stumbles as it never should.
    """
    _require_file(path)
    with faults_told(path), _plain(path) as plain:
        suffix = plain.suffix.lower().removeprefix(".")
        named = columns or (whole and suffix != "jsonl")
        if suffix in corpus.READ and (suffix not in read.BY_SUFFIX or (suffix in _ROWS and not named)):
            document = _source_side(plain, Told(id, str(path), language, target=target_language), columns or {})
        else:
            document = read.read_document(
                plain,
                id=id,
                language=language,
                encoding=encoding,
                everything=everything,
                matter=matter,
                columns=columns,
                mend=mend,
                whole=whole,
                limits=limits,
                target_language=target_language,
            )
        return document if plain is path else replace(document, path=str(path))


def load_lines(path: Path, *, id: str = "d", language: str = "fr") -> Document:
    """Read a file that has one sentence a line, as `line_document` does."""
    with faults_told(path):
        return read.line_document(path, id=id, language=language)


@contextmanager
def faults_told(path: Path) -> Iterator[None]:
    """Make of whatever a reader stumbles over an error of that file, so that it fails alone."""
    try:
        yield
    except (VisavisError, OSError):
        raise
    except Exception as error:
        raise ReaderFault(
            f"{path} could not be read: {type(error).__name__}: {error}",
            "This is a fault of visavis: report it, with the file if you may; other files are read.",
        ) from error


def _require_file(path: Path) -> None:
    """Raise InputError where a path is no regular file, whatever would read it."""
    try:
        require_file(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path} cannot be read: {reason}", "Check the path and its permissions.") from error


@contextmanager
def _plain(path: Path) -> Iterator[Path]:
    """The path of a file's content, which is a temporary file where it is packed."""
    if path.suffix.lower() not in PACKINGS:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="visavis-") as folder:
        plain = Path(folder) / path.stem
        with unpacked(path) as packed, plain.open("wb") as stream:
            shutil.copyfileobj(packed, stream)
        try:
            yield plain
        except InputError as error:
            problem = error.problem.replace(str(plain), str(path))
            raise InputError(problem, error.remedy) from error


def _source_side(path: Path, told: Told, columns: Mapping[str, str]) -> Document:
    rows = corpus.read_rows(path, source_language=told.language, target_language=told.target, columns=columns)
    texts = ((row.kind, row.source.text, _data(row, columns)) for row in rows if row.source.sentences)
    return document_of_texts(texts, told)


def _data(row: Row, columns: Mapping[str, str]) -> Data:
    """What the document keeps of a row: that it is a line, people's own id of it, a translation that is asked for."""
    key = next((value.text for value in row.layers if value.layer == KEY), "")
    target = row.target.text if "target" in columns else ""
    return (("line", "1"), *(((KEY, key),) if key else ()), *((("target", target),) if target else ()))


def with_keys(bitext: Bitext) -> Bitext:
    """The bitext with a layer of the keys that rows of a table had, where its source was one that had any."""
    keys = {block.id: value for block in bitext.source.blocks for name, value in block.data if name == KEY}
    if not keys:
        return bitext
    blocks = [sentence.block for sentence in bitext.source_sentences]
    values = (next((keys.get(blocks[i], "") for i in bead.source), "") for bead in bitext.beads)
    return bitext.with_layer(Layer(KEY, tuple(values)))
