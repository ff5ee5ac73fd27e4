"""Catalogues of strings in the other language: PO with its messages filled, JSON with its texts in their places."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.document.encodings import encoded
from pipeline.document.markup import Markup, squeezed
from pipeline.document.options import DocumentOptions
from pipeline.document.wordings import Turned, turned
from pipeline.errors import InputError
from pipeline.read.encoding import decode, read_bytes
from pipeline.text import Bitext

_KEYWORD = re.compile(r"\s*(#~)?\s*(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d{1,3})\])?)\s*)?\"(.*)\"\s*$", re.S)
_SIGN = re.compile(r"\\(.)", re.S)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r"}
_PLACE = re.compile(r"(\d+)(?:\[(\d+)\])?")
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.S)
_JSON_OTHER = re.compile(r"[\s,:]+|[^\s,:\[\]{}\"]+")


def _changed(bitext: Bitext) -> list[Turned]:
    """The blocks to write: those that have no translation of their own in the file."""
    return [one for one in turned(bitext) if one.changed and not dict(one.block.data).get("target")]


def _other(name: str, one: Turned) -> InputError:
    return InputError(f"{name}: not the words that were read: {one.block.text[:40]!r}", "Run again.")


@dataclass(slots=True)
class _Message:
    """A message of a PO file: its texts, and where its translations stand."""

    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)


def write_po(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A catalogue with the translations as `msgstr`; those that are there stay.

    Raises InputError where a message is not the one that was read.
    """
    raw = read_bytes(source)
    decoded = decode(raw, str(source), options.encoding)
    text = Markup(decoded.text, plain=True)
    messages = [one for one in _messages(decoded.text) if one.texts.get("msgid")]
    for one in _changed(bitext):
        found = _PLACE.fullmatch(one.block.place)
        message = messages[int(found[1])] if found and int(found[1]) < len(messages) else None
        plural = bool(found and found[2] and found[2] != "0")
        said = message.texts.get("msgid_plural" if plural else "msgid", "") if message else ""
        if message is None or squeezed(said) != squeezed(one.block.text):
            raise _other(str(source), one)
        keys = [key for key in message.places if key == "" or (key != "0") == plural]
        for key in keys:
            start, end = message.places[key]
            text.edit(start, end, _quoted(_edged(one.wording.target, said)))
    return encoded(text.written(), raw, decoded.encoding, escape="") if text.edits else raw


def _messages(text: str) -> Iterator[_Message]:
    """The messages of a file, those that are obsolete too, in their order."""
    message, keyword, key, at = _Message(), "", "", 0
    for line in text.splitlines(keepends=True):
        found = _KEYWORD.match(line.rstrip("\r\n"))
        start = at + line.find('"')
        end = at + len(line.rstrip())
        at += len(line)
        if found is None:
            continue
        if found[2] in ("msgctxt", "msgid") and "msgid" in message.texts:
            yield message
            message = _Message()
        if found[2]:
            keyword, key = found[2], found[3] or ""
        if keyword.startswith("msgstr"):
            first = message.places.get(key, (start, end))[0] if not found[2] else start
            message.places[key] = (first, end)
        else:
            shown = _SIGN.sub(lambda sign: _SIGNS.get(sign[1], sign[1]), found[4])
            message.texts[keyword] = message.texts.get(keyword, "") + shown
    if message.texts:
        yield message


def _edged(made: str, said: str) -> str:
    """A translation with the white space at its ends that gettext wants there."""
    start, end = said[: len(said) - len(said.lstrip())], said[len(said.rstrip()) :]
    return f"{start}{made}{end}" if said.strip() else made


def _quoted(text: str) -> str:
    for sign, name in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        text = text.replace(sign, name)
    return f'"{text}"'


def write_json(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A file of JSON with its texts translated; keys, numbers and the way it is set stay.

    Raises InputError where a text is not the one that was read.
    """
    raw = read_bytes(source)
    decoded = decode(raw, str(source), options.encoding)
    text = Markup(decoded.text, plain=True)
    blocks: dict[str, list[Turned]] = {}
    for one in _changed(bitext):
        blocks.setdefault(one.block.place, []).append(one)
    escapes = bool(re.search(r"\\u[0-9a-fA-F]{4}", decoded.text)) and decoded.text.isascii()
    _fill_strings(text, blocks, str(source), escapes=escapes)
    if left := next(filter(None, blocks.values()), None):
        raise _other(str(source), left[0])
    return encoded(text.written(), raw, decoded.encoding, escape="") if text.edits else raw


def _fill_strings(text: Markup, blocks: Mapping[str, list[Turned]], name: str, *, escapes: bool) -> None:
    for pointer, start, end in _strings(text.text):
        waiting = blocks.get(pointer, [])
        said = json.loads(text.text[start:end], strict=False)
        if waiting and squeezed(said) == squeezed(waiting[0].block.text):
            made = _edged(waiting.pop(0).wording.target, said)
            text.edit(start, end, json.dumps(made, ensure_ascii=escapes))


def _strings(text: str) -> Iterator[tuple[str, int, int]]:
    """The string values of a JSON text with their pointers (RFC 6901), and where they stand."""
    path: list[str | int] = []
    kinds: list[str] = []
    at, is_key = 0, False
    while at < len(text):
        sign = text[at]
        if sign in "[{":
            kinds.append(sign)
            path.append(0 if sign == "[" else "")
            is_key, at = sign == "{", at + 1
        elif sign in "]}":
            kinds.pop()
            path.pop()
            at += 1
        elif sign == '"':
            found = _JSON_STRING.match(text, at)
            end = found.end() if found else len(text)
            if is_key:
                path[-1], is_key = json.loads(text[at:end], strict=False), False
            else:
                yield "".join(f"/{str(one).replace('~', '~0').replace('/', '~1')}" for one in path), at, end
            at = end
        else:
            found = _JSON_OTHER.match(text, at)
            end = found.end() if found else at + 1
            if "," in text[at:end] and kinds and not text[at:end].strip(" \t\r\n,:"):
                if kinds[-1] == "[":
                    path[-1] = int(path[-1]) + 1
                else:
                    is_key = True
            at = end
