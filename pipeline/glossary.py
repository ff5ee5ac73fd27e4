"""A job's glossary: which terms a sentence holds, and whether its translation uses the words agreed for them."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.errors import InputError

_COLUMNS = ("source", "target", "case", "word")
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_WORD = re.compile(r"\w+")
_START = 3  # letters by which terms that are found anywhere are looked up
_APOSTROPHES = str.maketrans("’ʼ‘", "'''")


@dataclass(frozen=True, slots=True)
class Term:
    """A source term and what it is to be called; several allowed targets are separated by `|`.

    `case`: upper and lower case count. `whole_word`: not inside longer words. A whole word is found in its plural too
    (s, x, -al/-aux; in the target s, es, -ies) unless `exact`.
    """

    source: str
    target: str
    case: bool = False
    whole_word: bool = True
    exact: bool = False

    @property
    def is_translated(self) -> bool:
        """Whether the term is to be translated at all: one without a target, or whose target it is, is kept."""
        return self.target not in ("", self.source)

    @property
    def targets(self) -> tuple[str, ...]:
        """The targets that are allowed."""
        return tuple(one.strip() for one in self.target.split("|") if one.strip())


class _Pattern:
    """A term at its place in the glossary; `needed` must be in the folded source. Forms are compiled when needed."""

    def __init__(self, place: int, term: Term) -> None:
        self.place = place
        self.term = term
        self.needed = _plain(term.source).casefold()

    @cached_property
    def source(self) -> re.Pattern[str]:
        return _compiled([_plain(self.term.source)], self.term, _french_plural)

    @cached_property
    def target(self) -> re.Pattern[str]:
        return _compiled([_plain(one) for one in self.term.targets], self.term, _english_plural)

    def in_target(self, match: re.Match[str]) -> str:
        """The first allowed target, in the plural where the match is one, with a capital where it has one."""
        target, source = self.term.targets[0], match.group()
        if (
            len(source) > len(self.term.source)
            and source[-1:] in "sx"
            and not self.term.exact
            and self.term.is_translated
        ):
            target = _plural(target)
        return (
            target[:1].upper() + target[1:] if source[:1].isupper() and not self.term.source[:1].isupper() else target
        )


class Glossary:
    """Terms, found in a sentence through its words, so that thousands of them cost no time.

    `version` is a digest of all terms; `digest(source)` covers only those that a sentence holds.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self.version = _digest(self.terms)
        self._by_words: dict[tuple[str, ...], list[_Pattern]] = {}
        self._by_text: dict[str, list[_Pattern]] = {}
        self._numbers: dict[str, set[int]] = {}  # how many words the terms have that begin with a word
        self._lengths: dict[str, set[int]] = {}  # how long the terms are, found anywhere, that begin with some letters
        for place, term in enumerate(self.terms):
            pattern = _Pattern(place, term)
            words = _words(pattern.needed)
            if term.whole_word and words:
                self._by_words.setdefault(words, []).append(pattern)
                self._numbers.setdefault(words[0], set()).add(len(words))
            else:
                self._by_text.setdefault(pattern.needed, []).append(pattern)
                self._lengths.setdefault(pattern.needed[:_START], set()).add(len(pattern.needed))

    def relevant(self, source: str) -> tuple[Term, ...]:
        """The terms that a source text holds, in the glossary's order; not those that lie only within a longer one."""
        return tuple(pattern.term for pattern in self._found(source))

    def held(self, source: str) -> tuple[Term, ...]:
        """The terms that a source text holds, those within longer ones too, in the glossary's order."""
        plain = _plain(source)
        found = (one for one in self._candidates(plain.casefold()) if one.source.search(plain))
        return tuple(one.term for one in sorted(found, key=lambda one: one.place))

    def digest(self, source: str) -> str:
        """A digest of the terms that this text holds; empty without one."""
        terms = self.relevant(source)
        return _digest(terms) if terms else ""

    def missing(self, source: str, target: str) -> tuple[str, ...]:
        """The terms of a source text that its translation does not call by one of their names, as `term → names`."""
        found = self._found(source)
        if not found:
            return ()
        text = _plain(target)
        return tuple(
            f"{pattern.term.source} → {' | '.join(pattern.term.targets)}"
            for pattern in found
            if not pattern.target.search(text)
        )

    def kinds(self, source: str) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]:
        """Patterns of the terms that a text holds, longer ones first, each with what a match becomes in the target."""
        found = sorted(self._found(source), key=lambda pattern: -len(pattern.needed))
        return tuple((pattern.source, pattern.in_target) for pattern in found)

    def _found(self, source: str) -> list[_Pattern]:
        plain = _plain(source)
        spans: dict[tuple[int, int], list[_Pattern]] = {}
        for pattern in self._candidates(plain.casefold()):
            for match in pattern.source.finditer(plain):
                spans.setdefault(match.span(), []).append(pattern)
        free: set[_Pattern] = set()
        reached = 0  # the furthest end of the spans that start here or before, longer ones first
        for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            if end > reached:
                free.update(spans[start, end])
                reached = end
        return sorted(free, key=lambda pattern: pattern.place)

    def _candidates(self, folded: str) -> Iterator[_Pattern]:
        """Terms that may be in a text, each once: by all their words in a row, or by their letters anywhere.

        Every look-up is one of a dictionary, so that a hundred thousand terms cost no more than a hundred.
        """
        words = _words(folded)
        rows = {words[at : at + number] for at, word in enumerate(words) for number in self._numbers.get(word, ())}
        for row in rows:
            yield from self._by_words.get(row, ())
        texts = {
            folded[at : at + length]
            for at in range(len(folded) if self._lengths else 0)
            for size in range(1, _START + 1)
            for length in self._lengths.get(folded[at : at + size], ())
        }
        for text in texts:
            yield from self._by_text.get(text, ())


def _words(folded: str) -> tuple[str, ...]:
    """The words of a text, plurals and singulars alike: without an s or x at the end, and -au as -al."""
    return tuple(_singular(word) for word in _WORD.findall(folded))


def _singular(word: str) -> str:
    if word.endswith(("s", "x")):
        word = word[:-1]
    return word[:-1] + "l" if word.endswith("au") else word


def read_glossary(path: str | Path) -> Glossary:
    """Read a glossary: UTF-8, columns `source`, `target` and, if wanted, `case` and `word`, separated by tabs.

    A row without a target, or with `keep` as its third column, is a term that is not to be translated.
    `case` is yes or no (the default); `word` is yes (the default), no (also inside words) or exact (no plural).
    A first line with these names may order the columns; empty lines and lines that start with # are skipped.
    Raises InputError with `file:line` of the first fault and the number of others.
    """
    path = Path(path)
    try:
        lines = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}", "Give a glossary in UTF-8 with tabs.") from error
    columns: tuple[str, ...] = _COLUMNS
    terms: dict[tuple[str, bool], tuple[Term, int]] = {}
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip() or line.startswith("#"):
            continue
        names = [cell.casefold() for cell in cells]
        if not terms and not faults and {"source", "target"} <= set(names) <= set(_COLUMNS):
            columns = tuple(names)
            continue
        try:
            term = _term(cells, columns)
            rule = (term.source if term.case else _plain(term.source).casefold(), term.case)
            known, where = terms.setdefault(rule, (term, number))
            if known != term:
                raise ValueError(f"{term.source!r} has another rule in line {where}; separate several targets by |")
        except ValueError as error:
            faults.append(f"{path}:{number}: {error}")
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise InputError(faults[0] + more, "Each line is: source, tab, target; then, if wanted, case and word.")
    return Glossary(term for term, _ in terms.values())


def _term(cells: list[str], columns: tuple[str, ...]) -> Term:
    if len(cells) < 2:
        raise ValueError(f"no tab between source and target in {cells[0]!r}")
    kept = len(cells) > 2 and cells[2].casefold() == "keep"
    if kept:
        cells = [*cells[:2], "yes"]
        columns = _COLUMNS if len(columns) < 3 else columns
    if len(cells) > len(columns):
        raise ValueError(f"{len(cells)} columns, expected at most {len(columns)}")
    values = dict(zip(columns, cells, strict=False))
    if kept:
        values["target"] = ""
    term = Term(
        values.get("source", ""),
        values.get("target", "") or values.get("source", ""),
        case=_choice("case", values.get("case") or "no"),
        whole_word=_choice("word", values.get("word") or "yes", ("exact",)),
        exact=values.get("word", "").casefold() == "exact",
    )
    if not term.source or not term.targets:
        raise ValueError(f"the {'source' if not term.source else 'target'} is empty")
    return term


def _choice(column: str, value: str, others: tuple[str, ...] = ()) -> bool:
    if value.casefold() in others:
        return True
    if value.casefold() not in _YES:
        raise ValueError(f"{column} is {value!r}, expected yes, no{''.join(f', {one}' for one in others)}")
    return _YES[value.casefold()]


def _plain(text: str) -> str:
    """NFC, straight apostrophes and single spaces, so that typography hides no term."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_APOSTROPHES).split())


def _compiled(texts: list[str], term: Term, plural: Callable[[str], str]) -> re.Pattern[str]:
    inflected = term.whole_word and not term.exact
    forms = [
        re.sub(r"\w+|\W", lambda match: plural(match.group()) if inflected else re.escape(match.group()), text)
        for text in texts
    ]
    whole = [
        (r"(?<!\w)" if term.whole_word and _is_word(text[0]) else "")
        + form
        + (r"(?!\w)" if term.whole_word and _is_word(text[-1]) else "")
        for text, form in zip(texts, forms, strict=True)
    ]
    return re.compile("|".join(whole), 0 if term.case else re.IGNORECASE)


def _french_plural(word: str) -> str:
    if len(word) < 3 or not word.isalpha() or word[-1] in "sxzSXZ":
        return re.escape(word)
    if word.endswith("al"):
        return f"{re.escape(word[:-1])}(?:ls?|ux)"
    return f"{re.escape(word)}[sx]?"


def _english_plural(word: str) -> str:
    if len(word) < 3 or not word.isalpha():
        return re.escape(word)
    if word.endswith("y"):
        return f"{re.escape(word[:-1])}(?:y|ies)"
    return f"{re.escape(word)}(?:e?s)?"


def _plural(word: str) -> str:
    if re.search(r"(?:s|x|ch|sh)$", word):
        return word + "es"
    return word[:-1] + "ies" if re.search(r"[^aeiou]y$", word) else word + "s"


def _is_word(character: str) -> bool:
    return _WORD.match(character) is not None


def _digest(terms: Iterable[Term]) -> str:
    rules = [[term.source, term.target, term.case, term.whole_word, term.exact] for term in terms]
    return hashlib.sha256(json.dumps(rules).encode()).hexdigest()
