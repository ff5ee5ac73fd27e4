"""The documents among a job's results: each input in its own form, under its own name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

from pipeline.config import JobConfig
from pipeline.document import DOCUMENT_LAYOUTS
from pipeline.errors import InputError
from pipeline.files import code_digest, digest_of, file_digest
from pipeline.job.staging import Stage
from pipeline.job.subtitles import subtitle_options

FOLDER = "documents"
_CODE = ("pipeline.document", "pipeline.corpus", "pipeline.words", "pipeline.align", "pipeline.read", "pipeline.text")


def names_of(inputs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The path, below the results, of each document by its id; `inputs` are ids and names, each name given once."""
    taken: set[str] = set()
    found = {}
    for id, name in inputs:
        wanted = PurePosixPath(name)
        path, number = wanted, 2
        while str(path).lower() in taken:
            path, number = wanted.with_stem(f"{wanted.stem}-{number}"), number + 1
        taken.add(str(path).lower())
        found[id] = f"{FOLDER}/{path}"
    return found


def layout_of(config: JobConfig) -> str:
    """How both languages stand in a document; nothing where the translation stands alone."""
    return config.layout if config.layout in DOCUMENT_LAYOUTS else ""


def made_from(config: JobConfig, id: str, content: str, input: str) -> str:
    """The digest of all that decides a document in its own form."""
    given = [config.encoding, layout_of(config), config.subtitles.model_dump(mode="json")]
    return digest_of([id, content, input, given, code_digest(*_CODE)])


def writer(
    config: JobConfig, stage: Stage, id: str, *, source: Path, digest: str, name: str
) -> Callable[[Path], list[Path]]:
    """What writes a document into a folder of results; raises InputError where its file is another by now."""

    def write(folder: Path) -> list[Path]:
        from pipeline.document import DocumentOptions, write_document

        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            now = file_digest(source)
        except OSError as error:
            raise InputError(f"{source}: {error.strerror}", "Put it back, then run the job again.") from error
        if now != digest:
            raise InputError(f"{source} has changed since it was read", "Run the job again.")
        write_document(
            stage.load(id), source, path, DocumentOptions(config.encoding, subtitle_options(config), layout_of(config))
        )
        return [path]

    return write
