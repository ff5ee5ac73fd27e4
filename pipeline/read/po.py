"""PO and POT (gettext) to a document: each message a block, with context, key and its existing translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.read.assembling import PLACE, Data, Told, document_of_texts
from pipeline.read.left import LeftOut
from pipeline.text import Document, Kind

if TYPE_CHECKING:
    from polib import POEntry

_LINE = re.compile(
    r"\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d{1,3}\])?)\s*)?\"(?:[^\"\\]|\\.)*\")?\s*", re.DOTALL
)


def read_po(text: str, told: Told) -> Document:
    """The document of a catalogue: its messages, or its translations where these are in the document's language.

    Messages that are translated keep their translation (`target`); fuzzy ones are to be translated anew. Raises
    InputError, with the line, for what is no PO.
    """
    import polib

    _refuse_other(text, told.path)
    try:
        catalogue = polib.pofile("\n" + text.replace("\r\n", "\n"), wrapwidth=0)  # what begins so is no file's name
    except (OSError, ValueError, UnicodeError, IndexError, AttributeError) as error:
        said = str(error).replace("\n", " ").replace("None", told.path)[:200]
        raise InputError(f"{told.path} is not PO: {said}", "Mend the file at that line, or export it anew.") from error
    left = LeftOut()
    language = (catalogue.metadata.get("Language") or "").lower().partition("_")[0].partition("-")[0]
    turned = bool(language) and language == told.language.partition("-")[0]
    texts: list[tuple[Kind, str, Data]] = []
    for number, entry in enumerate(catalogue):
        if entry.obsolete:
            left.add("obsolete (#~)", " ".join(text for _, text, _ in _messages(entry)), _place(entry))
        elif turned:
            texts += _translations(entry, number, left)
        else:
            texts += _sources(entry, number, left)
    meta = tuple((name.lower(), value) for name, value in catalogue.metadata.items() if value)
    left.add("the header's comment", catalogue.header)
    return document_of_texts(texts, replace(told, meta=(*told.meta, *meta), flags=(*told.flags, *left.flags())))


def _refuse_other(text: str, path: str) -> None:
    """Raise InputError for a line that is none of a catalogue: polib would cut it, and say nothing."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not _LINE.fullmatch(line):
            raise InputError(
                f"{path}, line {number}: {line.strip()[:60]!r} is no line of a PO file",
                "Mend it: a message stands in quotation marks after msgid, msgstr or msgctxt.",
            )


def _messages(entry: POEntry) -> list[tuple[str, str, str]]:
    """Which form, its text, its translation: the plural's is that of the last form."""
    if not entry.msgid_plural:
        return [("", entry.msgid, entry.msgstr)]
    forms = [entry.msgstr_plural[key] for key in sorted(entry.msgstr_plural)] or [""]
    return [("0", entry.msgid, forms[0]), (str(max(1, len(forms) - 1)), entry.msgid_plural, forms[-1])]


def _sources(entry: POEntry, number: int, left: LeftOut) -> Iterator[tuple[Kind, str, Data]]:
    for form, text, translation in _messages(entry):
        data = _known(entry, number, form)
        if translation.strip() and not entry.fuzzy:
            yield "paragraph", text, (*data, ("target", translation), ("line", "1"))
        else:
            left.add("a fuzzy translation, made anew", translation, _place(entry))
            yield "paragraph", text, data


def _translations(entry: POEntry, number: int, left: LeftOut) -> Iterator[tuple[Kind, str, Data]]:
    """The messages of a catalogue that was translated into the document's language."""
    plain = [("", entry.msgstr)] if not entry.msgid_plural else sorted(
        (str(key), text) for key, text in entry.msgstr_plural.items()
    )  # fmt: skip
    left.add("in the catalogue's first language", f"{entry.msgid} {entry.msgid_plural}", _place(entry))
    for form, text in plain:
        if text.strip():
            yield "paragraph", text, (*_known(entry, number, form), ("key", entry.msgid))


def _known(entry: POEntry, number: int, form: str) -> Data:
    """What an entry says of itself, for people who translate it, and for the file that is written back."""
    said = (("context", entry.msgctxt or ""), ("comment", entry.comment or entry.tcomment or ""))
    at = f"{number}[{form}]" if form else str(number)
    state = (("state", "fuzzy"),) if entry.fuzzy else ()
    return ((PLACE, at), *((name, value) for name, value in said if value), *state)


def _place(entry: POEntry) -> str:
    return f"line {entry.linenum - 1}" if entry.linenum else ""
