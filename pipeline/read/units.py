"""Translation units of XLIFF 1.2 (with the kin of Trados, memoQ and Wordfast) and XLIFF 2: segments, codes, states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.read.flow import PLACEHOLDER
from pipeline.read.xml import local

if TYPE_CHECKING:
    from lxml.etree import _Element

# codes that stand for something in the text, that open or close, and that span text; XLIFF 1.2, 2.4; XLIFF 2.1,
# 4.2.3; TMX 1.4b, 2.2
_STANDALONE = frozenset(("ph", "x"))
_POINTS = frozenset(("bpt", "ept", "it", "bx", "ex", "sc", "ec", "sm", "em", "ut"))
_SPANS = frozenset(("pc", "g", "mrk", "hi"))
# states in which a person has agreed to a translation: XLIFF 2.1, 4.3.1.29; XLIFF 1.2, 2.3; Trados; memoQ
_DONE = frozenset(
    ("final", "reviewed", "signed-off", "translated by hand", "Translated", "ApprovedTranslation", "ApprovedSignOff",
     "ManuallyConfirmed", "Proofread", "Reviewed1Confirmed", "Reviewer1Confirmed", "Reviewer2Confirmed")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """A text without its codes' own text; `codes` say which stand where, as `start:end:name:id`."""

    text: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment to translate: `place` is its unit's number in the file, from 0, and its own in the unit.

    `done`: a person has agreed to the target. `whole`: it is a segment, not a paragraph that may hold sentences.
    """

    key: str
    place: str
    source: Words
    target: Words
    state: str
    done: bool
    translate: bool
    whole: bool
    notes: tuple[str, ...]


def segments(root: _Element) -> Iterator[Segment]:
    """The segments of all units of a file, in order."""
    read = _second if (root.get("version") or "").startswith("2") else _first
    for number, unit in enumerate(root.iter("{*}unit", "{*}trans-unit")):
        yield from read(unit, number)


def languages(root: _Element) -> tuple[str, str]:
    """The languages that a file names, source and target; nothing where it names none."""
    file = next(root.iterchildren("{*}file"), root)
    source = root.get("srcLang") or file.get("source-language") or ""
    return source, root.get("trgLang") or file.get("target-language") or ""


def words(element: _Element | None) -> Words:
    """The text of a source or target, and its codes; what stands for something leaves a mark (U+FFFC)."""
    from lxml import etree

    if element is None:
        return Words()
    parts, codes, opened, length = [element.text or ""], list[str](), list[int](), len(element.text or "")
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        name, added = local(one), ""
        if one is element:
            continue
        if event == "start" and name in _SPANS:
            opened.append(length)
            added = one.text or ""
        elif event == "start":
            walk.skip_subtree()
            added = PLACEHOLDER if name in _STANDALONE else _character(one) if name == "cp" else ""
            if name in _STANDALONE or name in _POINTS:
                codes.append(f"{length}:{length + len(added)}:{name}:{one.get('id') or ''}")
            elif name != "cp":
                added = "".join(map(str, one.itertext()))
        else:
            if name in _SPANS:
                codes.append(f"{opened.pop()}:{length}:{name}:{one.get('id') or one.get('mid') or ''}")
            added = one.tail or ""
        parts.append(added)
        length += len(added)
    return Words("".join(parts), tuple(codes))


def plain(words: Words) -> str:
    """A text without codes and their marks; one between two words leaves a space."""
    parts, reached, last = [], 0, ""
    for code in words.codes:
        start, _, name = code.split(":")[:3]
        if name not in _STANDALONE:
            continue
        piece, reached = words.text[reached : int(start)], int(start) + 1
        last = piece[-1:] or last
        following = words.text[reached : reached + 1]
        parts += [piece, " " if last.isalnum() and following.isalnum() else ""]
    return "".join([*parts, words.text[reached:]])


def stripped(words: Words) -> Words:
    """A text without the white space around it, its codes moved with it."""
    text = words.text.strip()
    start = len(words.text) - len(words.text.lstrip())
    codes = []
    for code in words.codes:
        first, last, rest = code.split(":", 2)
        first, last = (str(min(max(int(place) - start, 0), len(text))) for place in (first, last))
        codes.append(f"{first}:{last}:{rest}")
    return Words(text, tuple(codes))


def has_codes(words: Words) -> bool:
    """Whether a text holds codes that are not kept; an annotation is none."""
    return any(code.split(":")[2] in (_STANDALONE | _POINTS) - {"sm", "em"} for code in words.codes)


def _character(code: _Element) -> str:
    """A character that XML cannot hold."""
    try:
        return chr(int(code.get("hex") or "", 16))
    except (ValueError, OverflowError):
        return "\N{REPLACEMENT CHARACTER}"


def _is_kept(unit: _Element) -> bool:
    """Whether a unit, or what it stands in, says that it is not to be translated."""
    said = (one.get("translate") for one in (unit, *unit.iterancestors()))
    return next((one for one in said if one), "yes") == "no"


def _notes(unit: _Element) -> tuple[str, ...]:
    found = (*unit.iterchildren("{*}note"), *unit.iterfind("{*}notes/{*}note"))
    return tuple(text for note in found if (text := " ".join("".join(map(str, note.itertext())).split())))


def _second(unit: _Element, number: int) -> Iterator[Segment]:
    """Segments of XLIFF 2."""
    every = list(unit.iterchildren("{*}segment"))
    for place, one in enumerate(every):
        state, target = one.get("state") or "initial", words(one.find("{*}target"))
        id = one.get("id") or str(place + 1)
        yield Segment(
            key=(unit.get("id") or "") + (f"/{id}" if len(every) > 1 else ""),
            place=f"{number}/{place}",
            source=words(one.find("{*}source")),
            target=target,
            state=state,
            done=state in _DONE and bool(target.text.strip()),
            translate=not _is_kept(unit),
            whole=True,
            notes=_notes(unit),
        )


def _first(unit: _Element, number: int) -> Iterator[Segment]:
    """Segments of XLIFF 1.2: those that are marked (`mrk mtype="seg"`), else the unit."""
    source, target = unit.find("{*}seg-source"), unit.find("{*}target")
    marked = [] if source is None else [one for one in source.iter("{*}mrk") if one.get("mtype") == "seg"]
    theirs = {one.get("mid") or "": one for one in target.iter("{*}mrk")} if target is not None else {}
    pairs = [(one.get("mid") or "", one, theirs.get(one.get("mid") or "")) for one in marked]
    for place, (mid, ours, other) in enumerate(pairs or [("", unit.find("{*}source"), target)]):
        states = [*_states(unit, target, mid)]
        text = words(other)
        locked = "locked" in states
        yield Segment(
            key=(unit.get("id") or "") + (f"/{mid}" if len(pairs) > 1 else ""),
            place=f"{number}/{place}",
            source=words(ours),
            target=text,
            state=next((one for one in states if one), ""),
            done=(bool(_DONE.intersection(states)) or locked) and bool(text.text.strip()),
            translate=not _is_kept(unit) and not locked,
            whole=bool(pairs),
            notes=_notes(unit),
        )


def _states(unit: _Element, target: _Element | None, mid: str) -> Iterator[str]:
    """What is said of a unit's or a segment's translation, by the standard and by the tools."""
    if target is not None:
        yield target.get("state") or ""
    if unit.get("approved") == "yes":
        yield "signed-off"
    for name, value in unit.attrib.items():
        if str(name).endswith(("}status", "}locked")):  # memoQ
            yield "locked" if str(name).endswith("}locked") and value != "false" else str(value)
    for one in unit.iterfind("{*}seg-defs/{*}seg"):  # Trados
        if one.get("id") == mid:
            yield one.get("conf") or ""
            yield "locked" if one.get("locked") == "true" else ""
