"""Paths in a job file: names that a file can have."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

_LONGEST = 255  # bytes of a file's name, on all usual file systems


def _nameable(path: Path) -> Path:
    """The path, if files can be named so; raises ValueError."""
    if "\0" in str(path):
        raise ValueError("holds a NUL, which no path may")
    for part in path.parts:
        if len(os.fsencode(part)) > _LONGEST:
            raise ValueError(f"has a name of more than {_LONGEST} bytes")
    return path


Place = Annotated[Path, AfterValidator(_nameable)]
