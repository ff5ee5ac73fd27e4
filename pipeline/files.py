"""Files written whole or not at all, digests, and JSON that holds any string."""

from __future__ import annotations

import ast
import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent


def file_digest(path: Path) -> str:
    """SHA-256 of a file's content, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_of(value: Any) -> str:
    """SHA-256, in hex, of a value that JSON can hold; equal values give equal digests."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode("ascii")).hexdigest()


@cache
def code_digest(*modules: str) -> str:
    """Digest of the code of modules and rooms (`pipeline.align`), their tables and templates: other code differs.

    Python counts by its syntax tree, without docstrings and comments. Raises ValueError for a module that is not there.
    """
    digest = hashlib.sha256()
    for module in modules:
        for file in _files_of(module):
            digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0")
            digest.update(_meaning(file))
    return digest.hexdigest()


def _files_of(module: str) -> list[Path]:
    package, *parts = module.split(".")
    place = PACKAGE.joinpath(*parts)
    named = package == PACKAGE.name and all(part.isidentifier() for part in parts)
    if named and place.with_suffix(".py").is_file():
        return [place.with_suffix(".py")]
    if named and (place / "__init__.py").is_file():
        return [one for one in sorted(place.rglob("*")) if one.is_file() and "__pycache__" not in one.parts]
    raise ValueError(f"no module {module!r} to take the digest of")


def _meaning(file: Path) -> bytes:
    """What decides what a file does: all of a table, the syntax of a module."""
    if file.suffix != ".py":
        return file_digest(file).encode()
    tree = ast.parse(file.read_bytes())
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and body:
            first = body[0]
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                node.body = body[1:]
    return hashlib.sha256(ast.dump(tree).encode("utf-8", "surrogatepass")).digest()


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
