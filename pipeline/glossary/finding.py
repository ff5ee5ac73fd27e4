"""Which terms of a glossary a sentence holds, and which its translation does not use, found by dictionaries."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator

from pipeline.glossary.keeping import Linked, Place, is_kept
from pipeline.glossary.terms import Pattern, Term, plain

_WORD = re.compile(r"\w+")
_START = 3  # letters by which terms that are found anywhere are looked up


class Glossary:
    """Terms, found in a sentence through its words, so that thousands of them cost no time.

    `version` is a digest of all terms; `digest(source)` covers only those that a sentence holds.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self.version = _digest(self.terms)
        self._by_words: dict[tuple[str, ...], list[Pattern]] = {}
        self._by_text: dict[str, list[Pattern]] = {}
        self._numbers: dict[str, set[int]] = {}  # how many words the terms have that begin with a word
        self._lengths: dict[str, set[int]] = {}  # how long the terms are, found anywhere, that begin with some letters
        for place, term in enumerate(self.terms):
            pattern = Pattern(place, term)
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
        text = plain(source)
        found = (one for one in self._candidates(text.casefold()) if one.source.search(text))
        return tuple(one.term for one in sorted(found, key=lambda one: one.place))

    def digest(self, source: str) -> str:
        """A digest of the terms that this text holds; empty without one."""
        terms = self.relevant(source)
        return _digest(terms) if terms else ""

    def missing(self, source: str, target: str, linked: Linked | None = None) -> tuple[str, ...]:
        """The terms of a source text that its translation does not call by one of their names, as `term → names`.

        `linked` links the words of both; without it a name counts wherever it stands.
        """
        found = self._found(source)
        if not found:
            return ()
        ours, theirs = plain(source), plain(target)
        names = {pattern: [match.span() for match in pattern.target.finditer(theirs)] for pattern in found}
        links = linked(ours, theirs) if linked is not None and any(names.values()) else None
        return tuple(
            f"{pattern.term.source} → {' | '.join(pattern.term.targets)}"
            for pattern, places in found.items()
            if not names[pattern] or (links is not None and not is_kept(places, names[pattern], links, (ours, theirs)))
        )

    def kinds(self, source: str) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]:
        """Patterns of the terms that a text holds, longer ones first, each with what a match becomes in the target."""
        found = sorted(self._found(source), key=lambda pattern: -len(pattern.needed))
        return tuple((pattern.source, pattern.in_target) for pattern in found)

    def _found(self, source: str) -> dict[Pattern, list[Place]]:
        """The terms of a text with their places in its plain form; places within those of longer terms do not count."""
        text = plain(source)
        spans: dict[Place, list[Pattern]] = {}
        for pattern in self._candidates(text.casefold()):
            for match in pattern.source.finditer(text):
                spans.setdefault(match.span(), []).append(pattern)
        free: dict[Pattern, list[Place]] = {}
        reached = 0  # the furthest end of the spans that start here or before, longer ones first
        for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            if end > reached:
                for pattern in spans[start, end]:
                    free.setdefault(pattern, []).append((start, end))
                reached = end
        return dict(sorted(free.items(), key=lambda one: one[0].place))

    def _candidates(self, folded: str) -> Iterator[Pattern]:
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


def _digest(terms: Iterable[Term]) -> str:
    rules = [[term.source, term.target, term.case, term.whole_word, term.exact] for term in terms]
    return hashlib.sha256(json.dumps(rules).encode()).hexdigest()
