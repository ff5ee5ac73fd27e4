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


def render(name: str, title: str, *, script: str = "", **facts: Any) -> bytes:
    """A page in UTF-8: its template within the frame; whatever it shows is escaped, and it loads nothing.

    `script` names the only script that the page may run.
    """
    style = (_TEMPLATES / "page.css").read_text(encoding="utf-8")
    code = (_TEMPLATES / script).read_text(encoding="utf-8") if script else ""
    known = {"style": Markup(style), "digest": _digest(style), "script": Markup(code), "script_digest": _digest(code)}
    made = _environment().get_template(name).render(title=title, version=__version__, **known, **facts)
    return made.encode("utf-8", "replace")


def _digest(text: str) -> str:
    """What a page's policy knows a style or a script by."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


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
