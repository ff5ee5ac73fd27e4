"""Pieces that are the same in every language: code, placeholders, addresses, references, numbers of many digits."""

from __future__ import annotations

import re

from pipeline.translate.passing import ADDRESS
from pipeline.translate.protected.pieces import Kind
from pipeline.translate.protected.signs import NOUN

_CLOSING = ".,;:!?…)]}»”’\"'"


def _same(match: re.Match[str]) -> str:
    return match.group()


def _address(match: re.Match[str]) -> str | None:
    """An address as far as its pattern took it: it must not end in a mark that closes the sentence or a bracket."""
    return match.group() or None


def _kind(name: str, pattern: str) -> Kind:
    return Kind(name, re.compile(pattern, re.VERBOSE), _same)


KINDS: tuple[Kind, ...] = (
    _kind("code", r"`[^`\n]{1,200}`"),
    _kind(
        "template",
        r"""\{\{.{1,100}?\}\} | \{%.{1,100}?%\} | <%.{1,100}?%> | \$\{[^{}\s]{1,100}\} | \[\[[^\[\]\n]{1,100}\]\]
        | @@\w+@@ | \{[\w.!:\[\]-]{0,60}\} | \N{OBJECT REPLACEMENT CHARACTER}""",
    ),
    _kind(
        "placeholder",
        r"""%\(\w+\)[sdifuxX] | %\d+\$[-+0]*\d*(?:\.\d+)?[sdifuxX@] | (?<![\d\s%])%[sdifuxX@](?!\w)
        | (?:(?<=\s)|^)%[-+0]?\d*(?:\.\d+)?[sdifuxX@](?!\w) | \$[A-Z_][A-Z0-9_]+\b | (?<!\w):[a-z]+(?:_[a-z]+)+\b""",
    ),
    Kind(
        "address",
        re.compile(rf"(?:{ADDRESS.pattern})(?<![{re.escape(_CLOSING)}])", re.IGNORECASE),
        _address,
        named=True,
    ),
    _kind("path", r"""(?<!\w)[A-Za-z]:\\[^\s"<>|]*[\w\\] | (?<![\w/.:<])(?:~|\.{1,2})?/(?:[\w.-]+/)+[\w.-]*\w"""),
    Kind("foreign words", NOUN, _same, named=True),
    _kind("name of code", r"(?<![\w/])[A-Za-z]\w*(?:_\w+)+(?:\(\))?(?!\w)"),
    _kind(
        "reference",
        r"""\b97[89][-\s]?(?:\d{1,7}[-\s]){2,3}[\dX]\b                       # ISBN
        | \b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b      # IBAN
        | (?<![\d+])(?:\+33\s?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\d)             # a French telephone number
        | \b10\.\d{4,9}/[^\s"<>]+[^\s"<>.,;:)\]]                            # DOI
        | \b\d{4}-\d{2}-\d{2}\b | \b\d{1,2}/\d{1,2}/\d{2,4}\b               # dates in figures
        | \b\d{1,3}(?:\.\d{1,3}){3}\b | \bv\d+(?:\.\d+)+\b                  # an IP address, a version
        | \b(?=[A-Z0-9/-]*\d)(?=[A-Z0-9/-]*[A-Z])[A-Z0-9]+(?:[-/][A-Z0-9]+)+\b
        | \b\d+(?:[-/]\d+)+\b""",
    ),
)
# after the quantities of a language pair have had their choice
NUMBERS: tuple[Kind, ...] = (_kind("number", r"(?<![\w.,])\d+(?:\.\d+)+(?![\w,]*\d) | (?<![\w.,])\d{5,}(?!\w|[.,]\d)"),)
