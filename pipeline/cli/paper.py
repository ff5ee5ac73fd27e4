"""Pages that commands write where they are asked to."""

from __future__ import annotations

from pathlib import Path

from pipeline.cli.ending import tell_outputs
from pipeline.errors import OutputError
from pipeline.files import appearing


def check_page(path: Path | None) -> None:
    """Make sure, before any work, that a page can be written there; raises OutputError."""
    if path is None:
        return
    if path.suffix.lower() not in (".html", ".htm"):
        raise OutputError(f"{path} is to be a page, and does not end in .html", f"Name it {path.with_suffix('.html')}.")
    from pipeline.job.export import check_place

    check_place(path)


def write_page(path: Path, page: bytes) -> None:
    """Write a page whole or not at all, and say where it is; raises OutputError."""
    write_file(path, page)
    tell_outputs([path])


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, in a folder that is made if it is not there; raises OutputError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with appearing(path) as stream:
            stream.write(content)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}", "Choose another place.") from error
