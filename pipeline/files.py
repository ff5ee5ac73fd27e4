"""Files and rows written whole or not at all, never through a link; digests; JSON that holds any string."""

from __future__ import annotations

import ast
import errno
import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from sqlite3 import Connection

PACKAGE = Path(__file__).parent


def file_digest(path: Path) -> str:
    """SHA-256 of a file's content, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def require_file(path: Path) -> None:
    """Raise OSError where a path is no regular file: a pipe would be waited for, and a device may have no end."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "is not a regular file", str(path))


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


@cache
def package_digest() -> str:
    """Digest of the files of all of the package but the models, whose weights are told apart by their fingerprints."""
    digest = hashlib.sha256()
    inside = (path for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file())
    for room in sorted(path.stem for path in inside if path.name != "models"):
        for file in _files_of(f"{PACKAGE.name}.{room}"):
            digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file_digest(file).encode())
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


_known: dict[str, str] = {}  # by the digest of a module's text, the digest of what it does


def known_code() -> dict[str, str]:
    """What has been found of modules, by the digests of their texts: parsing them takes longer than a small job."""
    return dict(_known)


def know_code(known: Mapping[str, str]) -> None:
    """Take over what another process has found, with the same Python."""
    _known.update({text: found for text, found in known.items() if len(text) == len(found) == 64})


def _meaning(file: Path) -> bytes:
    """What decides what a file does: all of a table, the syntax of a module."""
    content = file.read_bytes()
    text = hashlib.sha256(content).hexdigest()
    if file.suffix != ".py":
        return text.encode()
    if text not in _known:
        _known[text] = _syntax(content)
    return _known[text].encode()


def _syntax(code: bytes) -> str:
    """The digest of a module's syntax tree without docstrings: each node's kind and values, lists with their lengths.

    `ast.dump` with a walk before it would take three times as long, and a run begins with this.
    """
    found: list[str] = []
    waiting: list[Any] = [ast.parse(code)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, ast.AST):
            found.append(type(value).__name__)
            waiting += [getattr(value, name, None) for name in value._fields]
            if isinstance(value, _WITH_DOCSTRING) and value.body and _is_docstring(value.body[0]):
                waiting[len(waiting) - len(value._fields) + value._fields.index("body")] = value.body[1:]
        elif isinstance(value, list):
            found.append(str(len(value)))
            waiting += value
        else:
            found.append(repr(value))
    return hashlib.sha256("\0".join(found).encode("utf-8", "surrogatepass")).hexdigest()


_WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def json_bytes(value: Any, *, indent: int | None = 2) -> bytes:
    """JSON in UTF-8; what UTF-8 cannot hold (lone surrogates of odd file names) is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str) + "\n"
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return (json.dumps(value, indent=indent, default=str) + "\n").encode("ascii")


@contextmanager
def appearing(path: Path, *, alone: bool = False) -> Iterator[BinaryIO]:
    """A file to write into, that takes its name when it is complete and on the disk; after an error there is none.

    With `alone` nobody else writes this file meanwhile (a lock says so), and what a killed run leaves behind lies under
    one name, which the next one takes. Raises OSError.
    """
    descriptor, made = _temporary(path, alone=alone)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        made.chmod(0o666 & ~_umask())
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def _temporary(path: Path, *, alone: bool) -> tuple[int, Path]:
    """A new file beside `path`, whose name is short where the path's is as long as a name may be."""
    start = os.fsdecode(os.fsencode(path.name)[:100])
    if not alone:
        try:
            descriptor, name = tempfile.mkstemp(prefix=f".{start}.", dir=path.parent)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from error
        return descriptor, Path(name)
    made = path.with_name(f".{start}.new")
    made.unlink(missing_ok=True)
    return os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600), made


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def replace_file(path: Path, content: bytes) -> None:
    """Write a file, which only this process writes, so that it has its former content or the new one, never a part."""
    with appearing(path, alone=True) as stream:
        stream.write(content)


def at_home(path: str | Path) -> Path:
    """A path with `~` and `~name` expanded; a name that nobody here has stays as it is."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 (pathlib's raises where there is no such person)


def own_folder(path: Path) -> Path:
    """A folder of ours, made if absent; raises OSError where a link stands in its place, for it might lead anywhere."""
    path.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        raise OSError(errno.ELOOP, "is a symbolic link, and what lies behind it is not ours; take it away", str(path))
    return path


def open_own(path: Path, flags: int) -> int:
    """A descriptor of a file of ours, made if absent; raises OSError where a link or no file stands in its place."""
    flags |= os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    descriptor = os.open(path, flags, 0o666)
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
        os.close(descriptor)
        raise OSError(errno.ELOOP, "is a link or no regular file, and is not written to; take it away", str(path))
    return descriptor


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """One transaction of SQLite, whole or not at all; its lock is taken at once, so that it can be waited for."""
    import sqlite3

    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
