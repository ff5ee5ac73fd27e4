"""Which files a job reads: patterns expanded, ids given, translations found for their originals."""

from __future__ import annotations

import fnmatch
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import JobConfig
from pipeline.document import DOCUMENT
from pipeline.documents.shards import Shard, ShardedCorpus, is_large
from pipeline.errors import ConfigError, Failure, InputError
from pipeline.files import require_file
from pipeline.job.index import Index, Stamp, stamp_of
from pipeline.job.patterns import all_below, files_of

_ASIDE = "Convert it (`visavis formats` lists what is read), or name it by itself."
LONGEST = 120  # characters of a name in an id: file systems allow 255 bytes, and ids get suffixes


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a corpus that is too large for one document; `stamp` is that of its file when they were found."""

    corpus: ShardedCorpus
    shard: Shard
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Input:
    """A file to do, or a part of it; `name` is how reports call it, `target` its existing translation."""

    id: str
    path: Path
    name: str
    target: Path | None = None
    part: Part | None = None

    def matches(self, pattern: str) -> bool:
        """Whether its name, or the last part of it, fits a glob."""
        return fnmatch.fnmatchcase(self.name, pattern) or fnmatch.fnmatchcase(self.path.name, pattern)


def find_inputs(config: JobConfig, index: Index | None = None) -> tuple[list[Input], list[Failure]]:
    """The files of a job in its order, each once, large corpora in parts, and what named no file.

    A large corpus is read for this, unless the index knows it. Raises ConfigError if translations are given that cannot
    be told apart.
    """
    paths, failures = _expand(config.inputs, config)
    targets, absent = _expand(config.target, config)
    paired = _pair(paths, targets, config) if config.target else dict[Path, Path]()
    taken: dict[str, int] = {}
    found = []
    for path, name in zip(paths, _names(paths, config.folder), strict=True):
        if config.target and path not in paired:
            failures.append(Failure(name, "has no translation in `target`", "Give it one of the same stem."))
            continue
        stem = stem_of(path, config.source_language)
        parts = _parts(path, config, index)
        for number, part in enumerate(parts, start=1):
            id = _id(f"{stem[:LONGEST]}-{number:05}", config.target_language, taken)
            found.append(Input(id, path, f"{name} {part.shard}", part=part))
        if not parts:
            found.append(Input(_id(stem, config.target_language, taken), path, name, paired.get(path)))
    return found, [*failures, *absent]


def _parts(path: Path, config: JobConfig, index: Index | None) -> list[Part]:
    """The parts of a large corpus; none of what is one document: it is small, or becomes a book, or keeps its form."""
    if config.target or config.book or DOCUMENT in config.write:
        return []
    try:
        if not is_large(path):
            return []
        stamp = stamp_of(path)
        corpus = ShardedCorpus(path, config.source_language, config.columns.named, config.encoding)
        known = index.shards(path, stamp) if index is not None else None
        return [Part(corpus, shard, stamp) for shard in (corpus.shards() if known is None else known)]
    except (InputError, OSError):
        return []  # whoever reads it as a whole says what is wrong


def corpora(inputs: Iterable[Input]) -> dict[str, tuple[Stamp, list[Shard]]]:
    """The large corpora whose parts these are, by their paths, each with its stamp and its shards."""
    found: dict[str, tuple[Stamp, list[Shard]]] = {}
    for one in inputs:
        if one.part is not None:
            found.setdefault(str(one.path), (one.part.stamp, []))[1].append(one.part.shard)
    return found


def not_readable(path: Path) -> str:
    """Why a path cannot be read as a file, or nothing; a pipe would be waited for without end."""
    try:
        require_file(path)
    except IsADirectoryError:
        return "is not a regular file"
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or str(error)
    return ""


def _expand(patterns: Sequence[str], config: JobConfig) -> tuple[list[Path], list[Failure]]:
    found: dict[Path, None] = {}
    failures: list[Failure] = []
    for pattern in patterns:
        closed: list[OSError] = []
        matching = list(_no_result(files_of(pattern, config.folder, closed.append), config))
        found |= dict.fromkeys(matching)
        for error in closed:
            place = Path(os.fsdecode(error.filename or pattern))
            reason = f"cannot be looked into: {error.strerror}"
            failures.append(Failure(_name(place, config.folder), reason, "Check the folder's permissions."))
        if not matching and not closed:
            failures.append(
                Failure(pattern, f"names no file in {config.folder.absolute()}", "Check the name in the job file.")
            )
    return list(found), failures


def left_aside(config: JobConfig) -> list[Failure]:
    """The files in folders that a job names as inputs which are of no format that is read, and why."""
    from pipeline.documents.loading import is_beside, is_known

    return [
        Failure(_name(path, config.folder), f"{path.suffix or 'no extension'}: of no format that is read", _ASIDE)
        for pattern in (*config.inputs, *config.target)
        for path in _no_result(all_below(pattern, config.folder), config)
        if not is_known(path) and not is_beside(path)
    ]


def _no_result(paths: Iterable[Path], config: JobConfig) -> Iterator[Path]:
    """Those that do not lie in the job's own results; these are no inputs, though a folder may hold both."""
    here, results = Path.cwd(), os.path.join(config.results.absolute(), "")  # noqa: PTH118
    return (path for path in paths if not f"{_absolute(path, here)}{os.sep}".startswith(results))


def _absolute(path: Path, here: Path) -> str:
    """A path from the root on, as text: there may be many, and paths are slow to take apart."""
    return str(path) if path.is_absolute() else os.path.join(here, path)  # noqa: PTH118


def _pair(paths: Sequence[Path], targets: Sequence[Path], config: JobConfig) -> dict[Path, Path]:
    """Translations by stem where any stem is the same, else by order."""
    by_stem: dict[str, Path] = {}
    for target in targets:
        by_stem.setdefault(stem_of(target, config.target_language), target)
    matching = {path: by_stem[stem] for path in paths if (stem := stem_of(path, config.source_language)) in by_stem}
    if len(set(matching.values())) == len(paths) or (matching and len(paths) != len(targets)):
        return matching
    if len(paths) != len(targets):
        raise ConfigError(
            f"`inputs` names {len(paths)} files and `target` {len(targets)}, and no stems agree",
            "Give as many translations as originals, in their order, or files of the same stem.",
        )
    return dict(zip(paths, targets, strict=True))


def _name(path: Path, folder: Path) -> str:
    """How reports and results call a file: its path below the job file's folder, so that a job can be moved."""
    return _names([path], folder)[0]


def _names(paths: Iterable[Path], folder: Path) -> list[str]:
    here, above = Path.cwd(), os.path.join(folder.absolute(), "")  # noqa: PTH118
    texts = ((path, _absolute(path, here)) for path in paths)
    return [
        text.removeprefix(above).replace(os.sep, "/") if text.startswith(above) else path.name for path, text in texts
    ]


def stem_of(path: Path, language: str) -> str:
    """A file's name without extension and language: `calais.fr.txt` is `calais`."""
    stem = path.stem or path.name
    return stem.removesuffix(f".{language}") or stem


def _id(stem: str, target_language: str, taken: dict[str, int]) -> str:
    """An id of letters, digits and `-_` made from a name; neither it nor its translation's is taken, in any case."""
    plain = unicodedata.normalize("NFKD", stem)
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    plain = re.sub(r"[^A-Za-z0-9_]+", "-", plain).strip("-")[:LONGEST] or "x"
    number, id = 1, f"d-{plain}"
    while {id.lower(), f"{id}-{target_language}".lower()} & taken.keys():
        number = max(number, taken.get(f"d-{plain}".lower(), 1)) + 1
        id = f"d-{plain}-{number}"
    taken |= dict.fromkeys((id.lower(), f"{id}-{target_language}".lower()), 1)
    taken[f"d-{plain}".lower()] = number  # the next of this name goes on from here: thousands may have it
    return id
