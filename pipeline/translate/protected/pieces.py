"""Setting pieces of a text aside behind stand-ins, and putting them back into its translation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count

_WORDS = ("XX", "YY", "ZZ", "QQ", "VV", "KK")
_FIRST = (537, 648, 759, 864, 973, 586, 694, 785, 497, 438)  # tried on the built-in model, which copies all of these


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of piece: `target` gives what stands for a match in the target, or None where it is no such piece.

    `named` pieces, such as addresses, are spoken of as names are: a word stands in for them, not a number. Of a
    `numeric` kind no piece is without a figure: it is not looked for where the text has none.
    """

    name: str
    pattern: re.Pattern[str]
    target: Callable[[re.Match[str]], str | None]
    named: bool = False
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stand-in, what it stands for in the source, and what will stand there in the target."""

    stand_in: str
    source: str
    target: str


Aside = tuple[Piece, ...]
_FIGURE = re.compile(r"\d")
_TOUCHES = re.compile(r"[\w.,]")
_TOUCHED = re.compile(r"\w|[.,]\d")


def set_aside(text: str, kinds: Sequence[Kind], taken: Aside = ()) -> tuple[str, Aside]:
    """The text with a stand-in for each piece, and the pieces, those of `taken` in front."""
    found: list[tuple[int, int, str, bool]] = []
    covered = [False] * (len(text) + 1)
    for piece in taken:
        for match in re.finditer(_pattern(piece.stand_in), text):
            covered[match.start() : match.end()] = [True] * len(match.group())
    figures = _FIGURE.search(text) is not None
    for kind in kinds:
        if kind.numeric and not figures:
            continue
        for match in kind.pattern.finditer(text):
            start, end = match.span()
            if start < end and not any(covered[start:end]):
                target = kind.target(match)
                if target is not None:
                    found.append((start, end, target, kind.named))
                    covered[start:end] = [True] * (end - start)
    pieces, parts, last = list(taken), [], 0
    words, numbers = _stand_ins(text, taken)
    for start, end, target, named in sorted(found):
        touched = _TOUCHES.search(text[max(0, start - 1) : start]) or _TOUCHED.match(text, end)
        stand_in = (next(words, "") if named or touched else "") or next(numbers)
        pieces.append(Piece(stand_in, text[start:end], target))
        parts += [text[last:start], pieces[-1].stand_in]
        last = end
    return "".join([*parts, text[last:]]), tuple(pieces)


def put_back(text: str, aside: Aside) -> tuple[str, tuple[str, ...]]:
    """The pieces back in a translation, and those that did not come through exactly once.

    One whose stand-in the model lost is added at the end, in brackets: nothing is lost silently.
    """
    if not aside:
        return text, ()
    by_word = {piece.stand_in: piece for piece in aside}
    seen = dict.fromkeys(by_word, 0)

    def piece(match: re.Match[str]) -> str:
        word = match.group()
        word = word if word in seen else re.sub(r"\D", "", word)
        seen[word] += 1
        one = by_word[word]
        if match.start() == 0 and one.source != one.target and one.source[0].isupper():
            return one.target[0].upper() + one.target[1:]
        glued = text[match.start() - 1 : match.start()].isalpha() and match.group()[0].isdigit()  # "the537" for l'537
        return " " * glued + one.target

    made = re.sub("|".join(map(_pattern, by_word)), piece, text)
    wrong = tuple(by_word[word].source for word, times in seen.items() if times != 1)
    lost = [f"({by_word[word].target})" for word, times in seen.items() if not times]
    if lost:
        body = made.rstrip(".!?… ")
        made = " ".join([body, *lost]) + made[len(body) :].rstrip()
    return made, wrong


def _pattern(word: str) -> str:
    """A number counts where it is no part of another, also as an ordinal; a word counts wherever it stands."""
    return rf"(?<![\d.,]){word}(?:st|nd|rd|th)?(?!\w|[.,]\d)" if word.isdigit() else word


def _stand_ins(text: str, taken: Aside) -> tuple[Iterator[str], Iterator[str]]:
    """Words and numbers that the text does not hold, nor as a part of another."""
    used = {piece.stand_in for piece in taken}
    numbers = map(str, chain(_FIRST, range(541, 999, 13), count(1237, 13)))
    return (
        (word for word in _WORDS if word not in used and word not in text),
        (number for number in numbers if number[-1] != "0" and number not in used and number not in text),
    )
