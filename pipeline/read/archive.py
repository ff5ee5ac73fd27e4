"""ZIP containers (EPUB, DOCX), read within limits: bombs, paths outside and encryption are refused."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError

ENTRIES = 20_000
LARGEST = 200 << 20  # bytes of one entry
ALL = 1 << 30  # bytes of all entries
RATIO = 200  # of an entry's size to its compressed size, where it is larger than a megabyte; text reaches 20
_HARMLESS = 1 << 20


@dataclass(frozen=True, slots=True)
class Archive:
    """An open container; `names` are those of its files."""

    path: Path
    file: zipfile.ZipFile
    names: frozenset[str]

    def read(self, name: str) -> bytes:
        """A file's bytes; raises InputError where it is absent, broken or larger than it says."""
        try:
            with self.file.open(name) as stream:
                raw = stream.read(LARGEST + 1)
        except KeyError as error:
            raise InputError(f"{self.path} lacks {name}", "Export it anew; the file is incomplete.") from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            ValueError,
            NotImplementedError,
        ) as error:
            raise InputError(f"{self.path}: {name} cannot be unpacked ({error})", "Export it anew.") from error
        if len(raw) > LARGEST:
            raise InputError(f"{self.path}: {name} holds more than {LARGEST} bytes", "It looks like a ZIP bomb.")
        return raw

    def find(self, name: str, *, base: str = "") -> str:
        """The name of a file that another one (`base`) refers to; nothing if there is none."""
        from urllib.parse import unquote

        joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(name.partition("#")[0])))
        if joined in self.names:
            return joined
        return next((one for one in self.names if one.lower() == joined.lower()), "")


def open_archive(path: Path) -> Archive:
    """Open a container and look at its list of files; raises InputError for all that is not safe to unpack."""
    try:
        file = zipfile.ZipFile(path)
        entries = file.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise InputError(f"{path} is not a whole ZIP container ({error})", "Copy or export it anew.") from error
    if len(entries) > ENTRIES:
        raise InputError(f"{path} holds {len(entries)} files, more than {ENTRIES}", "It looks like a ZIP bomb.")
    for entry in entries:
        _refuse(path, entry)
    total = sum(entry.file_size for entry in entries)
    if total > ALL:
        raise InputError(f"{path} unpacks to {total} bytes, more than {ALL}", "It looks like a ZIP bomb.")
    return Archive(path, file, frozenset(entry.filename for entry in entries if not entry.is_dir()))


def _refuse(path: Path, entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name.partition("/")[0]:
        raise InputError(f"{path} holds {name!r}, a path outside of itself", "Do not trust this file; get it anew.")
    if entry.flag_bits & 1:
        raise InputError(f"{path} is encrypted ({name})", "Save it without a password.")
    large = entry.file_size > _HARMLESS
    if entry.file_size > LARGEST or (large and entry.file_size > RATIO * max(1, entry.compress_size)):
        raise InputError(
            f"{path}: {name} unpacks from {entry.compress_size} to {entry.file_size} bytes",
            "It looks like a ZIP bomb; export it anew if it is not.",
        )
