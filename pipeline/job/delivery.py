"""Translated documents brought to the places that people named for them: a file for a file, a folder for many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.config import JobConfig
from pipeline.document import document_format
from pipeline.errors import InputError, OutputError
from pipeline.files import appearing
from pipeline.job.forms import names_of
from pipeline.job.inputs import find_inputs, not_readable
from pipeline.read import BY_SUFFIX


def is_document(output: Path, known: Iterable[str], *, asked: bool) -> bool:
    """Whether an output is a translated document, or a folder of them, and no book or corpus.

    `known` are the suffixes of those; one that is also a document's is so only where that is `asked` for.
    """
    name = output.name.lower()
    suffix = output.suffix.lower().removeprefix(".")
    if output.is_dir() or not suffix:
        return True
    return suffix in BY_SUFFIX and (asked or not any(name.endswith(one) for one in known))


def check_documents(inputs: Sequence[Path], outputs: Sequence[Path], layout: str = "") -> None:
    """Make sure that documents can be written to these places; raises OutputError, or InputError for an input."""
    for output in outputs:
        if output.is_dir() or not output.suffix:
            places = {one.resolve() if one.is_dir() else one.resolve().parent for one in inputs}
            if output.resolve() in places:
                raise OutputError(f"{output} holds the originals", "Name another folder: they would be written over.")
            continue
        if len(inputs) != 1 or inputs[0].is_dir():
            raise OutputError(f"{output} is one file, and the inputs are many", "Name a folder: -o translated/")
        source = inputs[0]
        if output.resolve() == source.resolve():
            raise OutputError(f"{output} is the original", "Name another file: it would be written over.")
        problem = not_readable(source)
        if problem:
            raise InputError(f"{source}: {problem}", "Check the name and the permissions.")
        form = document_format(source, layout)
        if BY_SUFFIX[output.suffix.lower().removeprefix(".")].name != form.name:
            raise OutputError(
                f"{output} is no {form.name}, as {source} is", "A document keeps its form; other kinds are made of it."
            )


def deliver(config: JobConfig, inputs: Sequence[Path], outputs: Sequence[Path]) -> list[Path]:
    """Copy the documents of a job that has run to where they shall be; gives those places.

    Raises OutputError where a place cannot be written.
    """
    found, _ = find_inputs(config)
    names = names_of([(one.id, one.name) for one in found])
    made = [(config.results / names[one.id], one.path) for one in found]
    return [
        _copied(document, output / _below(source, inputs) if output.is_dir() or not output.suffix else output)
        for output in outputs
        for document, source in made
        if document.is_file()
    ]


def _below(source: Path, inputs: Sequence[Path]) -> Path:
    """A file's path below the folder that was named for it; its name where it was named itself."""
    return next(_paths_below(source, inputs), Path(source.name))


def _paths_below(source: Path, inputs: Sequence[Path]) -> Iterator[Path]:
    for one in inputs:
        if one.is_dir() and source.absolute().is_relative_to(one.absolute()):
            yield source.absolute().relative_to(one.absolute())


def _copied(document: Path, place: Path) -> Path:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with appearing(place) as stream:
            stream.write(document.read_bytes())
    except OSError as error:
        raise OutputError(f"{place} cannot be written: {error.strerror}", "Choose another place.") from error
    return place
