"""What all pages share: the frame around them, its style, and how numbers are written."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.pages.telling import clock, count
from pipeline.version import __version__

_TEMPLATES = Path(__file__).parent / "templates"


def render(name: str, title: str, **facts: Any) -> bytes:
    """A page in UTF-8: its template within the frame; whatever it shows is escaped, and it loads nothing."""
    style = (_TEMPLATES / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    made = (
        _environment()
        .get_template(name)
        .render(title=title, style=Markup(style), digest=digest, version=__version__, **facts)
    )
    return made.encode("utf-8", "replace")


def address(path: str) -> str:
    """A path as a relative address."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/#")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"address": address, "clock": clock, "thousands": lambda number: f"{number:,}"}
    made.globals |= {"count": count}
    return made
