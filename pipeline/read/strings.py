"""JSON of strings to a document: each text a block, its key as a JSON pointer (RFC 6901) in its data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.errors import InputError
from pipeline.read.assembling import PLACE, Data, Told, document_of_texts
from pipeline.read.left import LeftOut
from pipeline.text import Document, Kind

_ABOUT = "about the strings, not one of them"


@dataclass(frozen=True, slots=True)
class _Object:
    """A JSON object as it stands: its keys in order, each as often as it is there."""

    items: list[tuple[str, Any]]

    def get(self, key: str) -> Any:
        """The first value of a key."""
        return next((value for name, value in self.items if name == key), None)


def read_strings(text: str, told: Told) -> Document:
    """The document of a JSON file: its strings in order; of objects with named columns, those of the source.

    What says something about strings is left out: `@key` of ARB, descriptions of browser extensions' messages.
    Raises InputError where it is no JSON, or nests too deep.
    """
    return _document(_parsed(text, told.path), told)


def read_json_lines(text: str, told: Told) -> Document:
    """The document of a file with one JSON value a line."""
    lines = [line for line in text.split("\n") if line.strip()]
    return _document([_parsed(line, f"{told.path}, line {n}") for n, line in enumerate(lines, start=1)], told)


def _parsed(text: str, place: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_Object)
    except RecursionError as error:
        raise InputError(f"{place} nests too deep to be read as JSON", "Flatten it.") from error
    except ValueError as error:
        raise InputError(
            f"{place} is not JSON: {error}", "Mend the file, or name it .txt if it is plain text."
        ) from error


def _document(root: Any, told: Told) -> Document:
    walk = _Walk(dict(told.columns))
    texts = list(walk.texts(root))
    if "source" in walk.wanted and not texts:
        there = ", ".join(repr(name) for name in list(walk.seen)[:12]) or "none"
        raise InputError(
            f"{told.path} has no text under {walk.wanted['source']!r}; its keys are {there}",
            "Name one of these: columns: {source: NAME}.",
        )
    return document_of_texts(texts, replace(told, flags=(*told.flags, *walk.left.flags())))


@dataclass(slots=True)
class _Walk:
    """Goes through JSON values, without recursion."""

    wanted: dict[str, str]
    left: LeftOut = field(default_factory=LeftOut)
    seen: dict[str, None] = field(default_factory=dict)

    def texts(self, root: Any) -> Iterator[tuple[Kind, str, Data]]:
        """The strings, each with its pointer; the parser's limit bounds how deep they lie."""
        messages = _are_messages(root)
        waiting: list[tuple[str, Any, Data, str]] = [("", root, (), "")]  # pointer, value, known, why it is left out
        while waiting:
            pointer, value, known, aside = waiting.pop()
            if isinstance(value, str):
                if aside:
                    self.left.add(aside, value, pointer)
                elif value.strip():
                    yield "paragraph", value, ((PLACE, pointer), *known)
            elif isinstance(value, list):
                waiting += [(f"{pointer}/{i}", one, (), aside) for i, one in reversed(list(enumerate(value)))]
            elif isinstance(value, _Object):
                inner = list(self._members(pointer, value, aside, messages=messages))
                waiting += reversed(inner)

    def _members(
        self, pointer: str, value: _Object, aside: str, *, messages: bool
    ) -> Iterator[tuple[str, Any, Data, str]]:
        record = "source" in self.wanted and isinstance(value.get(self.wanted["source"]), str)
        for key, one in value.items:
            self.seen.setdefault(key)
            place = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            known: Data = (("key", pointer_key(place)),)
            why = aside
            if record and key == self.wanted["source"]:
                known = self._of_record(value, known)
            elif "source" in self.wanted and isinstance(one, str):
                role = next((role for role, name in self.wanted.items() if name == key), "")
                if record and role:
                    continue  # told in the data of its source
                why = "not under the key that is asked for"
            elif key.startswith("@") or (messages and pointer.count("/") >= 1 and key != "message"):
                why = _ABOUT
            yield place, one, known, why

    def _of_record(self, value: _Object, known: Data) -> Data:
        id, target = (value.get(self.wanted[role]) if role in self.wanted else None for role in ("id", "target"))
        data: Data = (("key", str(id)),) if isinstance(id, str | int) else known
        return (*data, ("target", target), ("line", "1")) if isinstance(target, str) and target.strip() else data


def pointer_key(pointer: str) -> str:
    """A JSON pointer as people write keys: `/menu/open` is `menu.open`."""
    return ".".join(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def _are_messages(root: Any) -> bool:
    """Whether a file holds messages of a browser extension: objects with `message`, and what describes it."""
    return (
        isinstance(root, _Object)
        and bool(root.items)
        and all(isinstance(one, _Object) and isinstance(one.get("message"), str) for _, one in root.items)
    )
