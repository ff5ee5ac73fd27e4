"""Files written whole or not at all, digests, and JSON that holds any string."""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parents[1]


def file_digest(path: Path) -> str:
    """SHA-256 of a file's content, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_of(value: Any) -> str:
    """SHA-256, in hex, of a value that JSON can hold; equal values give equal digests."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode("ascii")).hexdigest()


@cache
def code_digest(*rooms: str) -> str:
    """Digest of the code of some rooms, their tables and templates: results of other code are other results."""
    digest = hashlib.sha256()
    for room in rooms:
        single = PACKAGE / f"{room}.py"
        files = [single] if single.is_file() else sorted((PACKAGE / room).rglob("*"))
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0")
                digest.update(file_digest(file).encode())
    return digest.hexdigest()


def json_bytes(value: Any, *, indent: int | None = 2) -> bytes:
    """JSON in UTF-8; what UTF-8 cannot hold (lone surrogates of odd file names) is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str) + "\n"
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return (json.dumps(value, indent=indent, default=str) + "\n").encode("ascii")


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that it has its former content or the new one, never a part."""
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
