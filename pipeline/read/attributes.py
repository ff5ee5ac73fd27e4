"""Attributes that people read: what a picture shows, hints and labels of pages, tips of links, prompts of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from pipeline.read.assembling import PLACE
from pipeline.read.table import Texts

ATTRIBUTE = "attribute"  # what a place calls these: `part@attribute#3`
_VALUES = r"\"[^\"]{0,50000}\"|'[^']{0,50000}'"
_REST = rf"(?:[^<>\"']++|{_VALUES})*+"
_SKIPPED = r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<(?P<raw>script|style)\b.*?</(?P=raw)\s*>"
_PAIR = re.compile(rf"(?<![^\s\"'])([\w:.-]+)\s*=\s*({_VALUES}|[^\s\"'<>=`]+)")
_META = re.compile(
    r"(?:description|(?:og|twitter):(?:title|description|image:alt)|dc(?:terms)?\.(?:title|description))$", re.I
)
_PRESSED = frozenset(("submit", "button", "reset"))
_NO = re.compile(r"\btranslate\s*=\s*[\"']?no\b", re.I)


@dataclass(frozen=True, slots=True)
class Said:
    """An attribute's value: its name, and where it stands in the file, without its quotation marks."""

    name: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Attributes:
    """Which attributes of a format are read by people: their local names, by that of the element; `*` is any."""

    names: Mapping[str, frozenset[str]]
    html: bool = False

    def of(self, text: str) -> Iterator[Said]:
        """Those of a file that have a letter, in their order."""
        elements = r"[A-Za-z][^\s/<>]*" if "*" in self.names else "|".join(map(re.escape, self.names))
        tag = re.compile(rf"{_SKIPPED}|<(?P<tag>(?:[\w.-]+:)?(?:{elements}))(?=[\s/])(?P<rest>{_REST})>", re.S | re.I)
        for found in tag.finditer(text):
            if found["tag"] and not _NO.search(found["rest"]):
                yield from self._of_tag(_local(found["tag"]), found["rest"], found.start("rest"))

    def _of_tag(self, element: str, rest: str, at: int) -> Iterator[Said]:
        found = ((one, int(one[2][0] in "\"'")) for one in _PAIR.finditer(rest))
        pairs = [(one[1], one[2].strip(one[2][0] * quoted), at + one.start(2) + quoted) for one, quoted in found]
        wanted = self.names.get(element, frozenset()) | self.names.get("*", frozenset())
        known = {name.lower(): value for name, value, _ in pairs} if self.html else {}
        for name, raw, start in pairs:
            local = name.lower() if self.html else _local(name)
            shown = unescape(raw)
            if any(map(str.isalpha, shown)) and (local in wanted or (self.html and _is_shown(element, local, known))):
                yield Said(local, start, start + len(raw), shown)

    def texts(self, text: str, part: str) -> Texts:
        """What they say, with their places, as texts of a part of a file."""
        return [
            ("paragraph", one.value, (("beside", one.name), (PLACE, f"{part}@{ATTRIBUTE}#{number}")))
            for number, one in enumerate(self.of(text))
        ]


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _is_shown(element: str, name: str, known: Mapping[str, str]) -> bool:
    """Whether an attribute of a page is shown only because of what others of its element say."""
    if name == "title":
        return element.lower() not in ("link", "style")
    if element.lower() == "meta" and name == "content":
        return bool(_META.match(known.get("name") or known.get("property") or ""))
    return element.lower() == "input" and name == "value" and known.get("type", "").lower() in _PRESSED


def _named(said: str) -> frozenset[str]:
    return frozenset(said.split())


PAGES = Attributes(
    {
        "*": _named("alt placeholder aria-label aria-description aria-roledescription aria-valuetext"),
        **dict.fromkeys(("option", "optgroup", "track"), _named("label")),
        "table": _named("summary"),
    },
    html=True,
)
_DRAWN = {"docPr": _named("descr title"), "cNvPr": _named("descr title"), "hlinkClick": _named("tooltip")}
WORDS = Attributes({**_DRAWN, "hyperlink": _named("tooltip")})
SLIDES = Attributes(_DRAWN)
SHEETS = Attributes(
    {**_DRAWN, "dataValidation": _named("prompt promptTitle error errorTitle"), "hyperlink": _named("tooltip")}
)
