"""Pieces that are the same in every language: code, placeholders, addresses, references, numbers of many digits."""

from __future__ import annotations

import re

from pipeline.translate.passing import ADDRESS
from pipeline.translate.protected.pieces import Kind
from pipeline.translate.protected.signs import NOUN

# letters of Latin alphabets that French has not, which a model of French and English writes in bytes: Łódź, Nguyễn
_FAR = "[\u00c5\u00d0\u00d8\u00de\u00e5\u00f0\u00f8\u00fe\u0100-\u0151\u0154-\u024f\u1e00-\u1eff]"
_FAR_WORD = rf"(?<!\w)[\w'’-]*{_FAR}[\w-]*"
_NUMBERED = re.compile(
    r"(?:\bsiren|\bsiret|\br\.?\s?c\.?\s?s\.?|n°|\bnum[ée]ros?|\bsociale|\btva|\bréf(?:érence)?)"
    r"\W{0,3}(?:[^\W\d]+\W{1,3}){0,3}$",
    re.IGNORECASE,
)
_CLOSING = ".,;:!?…)]}»”’\"'"


def _same(match: re.Match[str]) -> str:
    return match.group()


def _address(match: re.Match[str]) -> str | None:
    """An address as far as its pattern took it: it must not end in a mark that closes the sentence or a bracket."""
    return match.group() or None


def _digits(match: re.Match[str]) -> str | None:
    """A number in groups as it stands, if it names something: by its groups, or by what precedes it."""
    groups = match.group().split()
    grouped = len(groups[0]) <= 3 and all(len(group) == 3 and group.isdigit() for group in groups[1:])
    before = match.string[max(0, match.start() - 60) : match.start()]
    thousands = grouped and groups[0].isdigit() and not _NUMBERED.search(before)
    return None if thousands else match.group()


def _kind(name: str, pattern: str, *, numeric: bool = False) -> Kind:
    return Kind(name, re.compile(pattern, re.VERBOSE), _same, numeric=numeric)


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
    Kind("letters of other alphabets", re.compile(rf"{_FAR_WORD}(?:\s{_FAR_WORD})*"), _same, named=True),
    Kind("foreign words", NOUN, _same, named=True),
    _kind("name of code", r"(?<![\w/])[A-Za-z]\w*(?:_\w+)+(?:\(\))?(?!\w)"),
    Kind(
        "number in groups",
        re.compile(r"(?<![\w.,-])\d{1,4}[A-Z]?(?:[ \u00a0\u202f]\d{1,5}){2,}(?![\w-]|[.,]\d)"),
        _digits,
        numeric=True,
    ),
    _kind(
        "reference",
        r"""\b97[89][-\s]?(?:\d{1,7}[-\s]){2,3}[\dX]\b                       # ISBN
        | \b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b      # IBAN
        | (?<![\d+])(?:\+33\s?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\d)             # a French telephone number
        | \b10\.\d{4,9}/[^\s"<>]+[^\s"<>.,;:)\]]                            # DOI
        | \b\d{4}-\d{2}-\d{2}\b | \b\d{1,2}/\d{1,2}/\d{2,4}\b               # dates in figures
        | \b\d{1,3}(?:\.\d{1,3}){3}\b | \bv\d+(?:\.\d+)+\b                  # an IP address, a version
        | \b(?=[A-Z0-9/-]*\d)(?=[A-Z0-9/-]*[A-Z])[A-Z0-9]+(?:[-/][A-Z0-9]+)+\b
        | (?<![\d,.])\d+(?:[-/]\d+)+\b(?![\s]?(?:[kcm]?[mgl]|km/h|°C|[%‰]|ha?|t|[kMG]W)(?!\w))
        | (?:(?<=[nN]°)|(?<=[nN]°[\s]))(?=[A-Z]*\d[\dA-Z]*\d)[\dA-Z]{3,}(?!\w)      # n° 6123
        | \b[LRDA]\.[ ]?\*{0,2}\d{1,4}(?:-\d+)*\b                             # an article of a French code
        | (?<![\w.,])\d{1,3}(?:\+\d)?['′](?!\w)                               # a minute of a match
        | (?<![\w.,])\d{1,4}[ ]?(?:bis|ter|quater)\b                        # a number of a house""",
        numeric=True,
    ),
)
# after the quantities of a language pair have had their choice
NUMBERS: tuple[Kind, ...] = (
    _kind(
        "number",
        r"(?<![\w.,])\d+(?:\.\d+)+(?![\w,]*\d) | (?<![\w.,])(?!(?:1\d|20)\d\d(?!\d))\d{3,}(?!\w|[.,]\d)",
        numeric=True,
    ),
)
