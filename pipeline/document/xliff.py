"""XLIFF with its targets filled: segments, codes, ids and notes as they were, states as a machine may set them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.document.encodings import encoded
from pipeline.document.forms import Form, fill
from pipeline.document.languages import Relabelled
from pipeline.document.markup import Markup, attribute, with_attribute
from pipeline.document.office import Element, elements, names, tree
from pipeline.document.options import DocumentOptions
from pipeline.document.pages import Inline, edges, form_of
from pipeline.document.wordings import Turned, turned
from pipeline.errors import InputError
from pipeline.read.encoding import decode, read_bytes
from pipeline.text import Bitext

_OPENS, _CLOSES = names("bpt bx sc sm"), names("ept ex ec em")
_NEW = ("", "new", "initial", "needs-translation")  # states of what nobody has translated
_FIRST = ' state="needs-review-translation" state-qualifier="mt-suggestion"'  # XLIFF 1.2, 2.3


def write_xliff(bitext: Bitext, source: Path, options: DocumentOptions) -> bytes:
    """A file with the translations as targets; those that people have agreed to stay.

    Raises InputError where a segment is not the one that was read.
    """
    raw = read_bytes(source)
    decoded = decode(raw, str(source), options.encoding)
    changed = [one for one in turned(bitext) if one.changed and not dict(one.block.data).get("target")]
    if not changed:
        return raw
    markup = Markup(decoded.text)
    units = sorted(place for name in _named(markup, ("unit", "trans-unit")) for place in elements(markup, name))
    labels = Relabelled(bitext.source.language, bitext.target.language)
    file = _File(markup, units, labels, str(source))
    fill([(one, file.form(one)) for one in changed])
    file.finish(bitext.target.language)
    return encoded(markup.written(), raw, decoded.encoding)


def _named(markup: Markup, locals: Sequence[str]) -> set[str]:
    return {token.name for token in markup.tokens if token.name.rpartition(":")[2] in locals}


def _range(raw: str) -> tuple[str, bool] | None:
    """Which range a code opens or closes."""
    tag = raw.partition(">")[0]
    name = re.split(r"[\s/>]", tag[1:], maxsplit=1)[0].rpartition(":")[2]
    named = (attribute(f"{tag}>", one) for one in ("startRef", "rid", "i", "id"))  # XLIFF 2; 1.2; TMX
    id = next(filter(None, named), "")
    if not id or name not in _OPENS | _CLOSES:
        return None
    return f"{'m' if name in ('sm', 'em') else 'c'} {id}", name in _OPENS


CODES = Inline(
    fixed=frozenset(), shown=names("ph x"), apart=names("bpt ept it bx ex sc ec sm em ut ph x"), range=_range
)


class _File:
    """The units of a file, and what their segments became."""

    def __init__(self, markup: Markup, units: Sequence[tuple[int, int]], labels: Relabelled, name: str) -> None:
        self._markup, self._units, self._labels, self._name = markup, units, labels, name
        self._made: dict[int, dict[int, str]] = {}

    def form(self, one: Turned) -> Form:
        """The form of a segment."""
        number, _, place = one.block.place.partition("/")
        if int(number) >= len(self._units):
            raise self._other(one)
        unit = tree(self._markup, *self._units[int(number)])
        sources = _sources(self._markup, unit)
        if int(place) >= len(sources):
            raise self._other(one)
        holder = sources[int(place)]
        inside = [token for token in self._markup.tokens[self._units[int(number)][0] : self._units[int(number)][1]]
                  if holder.open_end <= token.start < holder.close_start]  # fmt: skip
        start, end = edges(self._markup, inside) if inside else (holder.open_end, holder.open_end)
        before, after = self._markup.text[holder.open_end : start], self._markup.text[end : holder.close_start]

        def put(made: str) -> None:
            self._made.setdefault(int(number), {})[int(place)] = before + made + after

        form = form_of(self._markup, inside, one, self._labels, CODES, put)
        if form is None:
            raise self._other(one)
        return form

    def finish(self, language: str) -> None:
        """Put the targets into their units, and say their language where the file did not."""
        for number, made in self._made.items():
            unit = tree(self._markup, *self._units[number])
            if unit.name.rpartition(":")[2] == "unit":
                segments = [one for one in unit.children if _local(one) == "segment"]
                for place, content in made.items():
                    self._second(segments[place], content)
            else:
                self._first(unit, made)
        for token in self._markup.tokens:
            tag = self._markup.text[token.start : token.end]
            name = token.name.rpartition(":")[2]
            said = {"xliff": ("srcLang", "trgLang"), "file": ("source-language", "target-language")}.get(name)
            if token.what == "open" and said and attribute(tag, said[0]) and not attribute(tag, said[1]):
                self._markup.edit(token.start, token.end, f'{tag[:-1]} {said[1]}="{language}">')

    def _second(self, segment: Element, content: str) -> None:
        """A segment of XLIFF 2."""
        source = next(one for one in segment.children if _local(one) == "source")
        target = next((one for one in segment.children if _local(one) == "target"), None)
        tag = self._markup.text[segment.start : segment.open_end]
        if attribute(tag, "state") in _NEW:
            said = f'{tag[:-1]} state="translated">'
            new = with_attribute(tag, "state", "translated") if attribute(tag, "state") else said
            self._markup.edit(segment.start, segment.open_end, new)
        self._target(source, target, content, "")

    def _first(self, unit: Element, made: dict[int, str]) -> None:
        """A unit of XLIFF 1.2; one in segments has its target made of its segmented source."""
        named = {_local(one): one for one in reversed(unit.children)}
        holder, target = named.get("seg-source"), named.get("target")
        said = "" if "seg-defs" in named else _FIRST  # Trados says it of each segment
        marked = _sources(self._markup, unit)
        if holder is None or marked == [named["source"]]:
            self._target(holder or named["source"], target, made[0], _FIRST)
            return
        self._drafts(unit, [attribute(self._tag(marked[place]), "mid") for place in made])
        theirs = {attribute(self._tag(one), "mid"): one for one in _marks(self._markup, target)} if target else {}
        parts, at = [], holder.open_end
        for place, one in enumerate(marked):
            other = theirs.get(attribute(self._tag(one), "mid"))
            kept = self._inside(other) if other is not None else ""
            parts += [self._markup.text[at : one.open_end], made.get(place) or kept or self._inside(one)]
            at = one.close_start
        self._target(holder, target, "".join([*parts, self._markup.text[at : holder.close_start]]), said)

    def _drafts(self, unit: Element, ids: Sequence[str]) -> None:
        """Say in the definitions of Trados that these segments are drafts of a machine."""
        for defined in (one for held in unit.children if _local(held) == "seg-defs" for one in held.children):
            tag = self._tag(defined)
            if attribute(tag, "id") in ids:
                bare = re.sub(r"\s(?:conf|origin|percent)\s*=\s*(?:\"[^\"]*\"|'[^']*')", "", tag)
                end = "/>" if bare.endswith("/>") else ">"
                said = f'{bare.removesuffix(end).rstrip()} conf="Draft" origin="mt"{end}'
                self._markup.edit(defined.start, defined.open_end, said)

    def _target(self, source: Element, target: Element | None, content: str, said: str) -> None:
        """Fill the target, or make one behind the source."""
        prefix = source.name.rpartition(":")[0]
        name = f"{prefix}:target" if prefix else "target"
        if target is None:
            gap = re.compile(r"\s*").search(self._markup.text, source.end)
            space = gap[0] if gap else ""
            self._markup.edit(source.end, source.end, f"{space}<{name}{said}>{content}</{name}>")
            return
        tag = self._tag(target).removesuffix(">").removesuffix("/")
        if said and attribute(f"{tag}>", "state") in _NEW:
            tag = re.sub(r"\sstate(?:-qualifier)?\s*=\s*(?:\"[^\"]*\"|'[^']*')", "", tag).rstrip() + said
        self._markup.edit(target.start, target.end, f"{tag}>{content}</{name}>")

    def _tag(self, element: Element) -> str:
        return self._markup.text[element.start : element.open_end]

    def _inside(self, element: Element) -> str:
        return self._markup.text[element.open_end : element.close_start]

    def _other(self, one: Turned) -> InputError:
        return InputError(f"{self._name}: not the words that were read: {one.block.text[:40]!r}", "Run again.")


def _local(element: Element) -> str:
    return element.name.rpartition(":")[2]


def _sources(markup: Markup, unit: Element) -> list[Element]:
    """The sources of a unit's segments: those marked in XLIFF 1.2, else the unit's own."""
    if _local(unit) == "unit":
        segments = [one for one in unit.children if _local(one) == "segment"]
        return [next(inner for inner in one.children if _local(inner) == "source") for one in segments]
    held = next((one for one in unit.children if _local(one) == "seg-source"), None)
    marked = _marks(markup, held) if held is not None else []
    return marked or [one for one in unit.children if _local(one) == "source"][:1]


def _marks(markup: Markup, element: Element) -> list[Element]:
    """The marked segments in an element, in their order."""
    found = []
    for one in element.children:
        if _local(one) == "mrk" and attribute(markup.text[one.start : one.open_end], "mtype") == "seg":
            found.append(one)
        found += _marks(markup, one)
    return found
