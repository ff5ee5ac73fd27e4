"""Templates that lie beside this module, and books put in their place whole or not at all."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from pipeline.errors import OutputError
from pipeline.files import appearing

_TEMPLATES = Path(__file__).parent / "templates"


def template(name: str) -> Template:
    """A template; whatever it shows is escaped."""
    return _environment().get_template(name)


def template_text(name: str) -> str:
    """A stylesheet or script as it is."""
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def place(path: Path, content: bytes) -> None:
    """Put a file in its place atomically, with its folder.

    Raises OutputError with the system's reason.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with appearing(path) as stream:
            stream.write(content)
    except OSError as error:
        problem = f"{path}: the book cannot be written ({error.strerror or error})"
        raise OutputError(problem, "Choose a place that can be written to, with room on the disk.") from error


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
