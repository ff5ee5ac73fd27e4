"""Sifting parallel corpora, a pair at a time: tidied, judged, without doubles and test sets, sampled; all streams."""

from __future__ import annotations

import hashlib
import heapq
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from pipeline.languages.small import small_words
from pipeline.train.corpora import Pair

Judged = tuple[Pair, str]  # a pair, and why it is left out; empty where it stays

# zero-width and directional characters, byte order marks, soft hyphens: nothing that a sentence says
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_WORD = re.compile(r"[^\W\d_]+")
_ALNUM = re.compile(r"[\W_]+")
_MOJIBAKE = re.compile("Ã[\x80-\xbf\u20ac\u2018-\u2122]|â€|Â[\xa0-\xbf]|\ufffd")
_GRAM = 7  # words in a row that two texts have in common only if one was taken from the other


@dataclass(frozen=True, slots=True)
class CleanOptions:
    """What a pair must be to stay: words a side at most, times that a side may be longer than the other in characters.

    `letters` is the least share of letters among the characters that are not spaces.
    """

    source_language: str = "fr"
    target_language: str = "en"
    most_words: int = 150
    ratio: float = 2.5
    letters: float = 0.5


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason to leave a pair out: its name in the counts, its meaning, and the test."""

    name: str
    meaning: str
    fails: Callable[[Pair, CleanOptions], bool]


def tidy(text: str) -> str:
    """A text in NFC, on one line, with single spaces and nothing that cannot be seen."""
    return " ".join(unicodedata.normalize("NFC", _CONTROL.sub(" ", _INVISIBLE.sub("", text))).split())


def _is_long(pair: Pair, options: CleanOptions) -> bool:
    return max(len(pair.source.split()), len(pair.target.split())) > options.most_words


def _is_uneven(pair: Pair, options: CleanOptions) -> bool:
    shorter, longer = sorted((len(pair.source), len(pair.target)))
    return longer > options.ratio * shorter + 15  # a few words are often twice as long in the other language


def _is_no_text(pair: Pair, options: CleanOptions) -> bool:
    return any(_letters(side) < options.letters for side in (pair.source, pair.target))


def _letters(text: str) -> float:
    seen = [character for character in text if not character.isspace()]
    return sum(character.isalpha() for character in seen) / max(1, len(seen))


def _is_untranslated(pair: Pair, _: CleanOptions) -> bool:
    return bare(pair.source) == bare(pair.target) and len(_WORD.findall(pair.source)) > 3


def _is_foreign(pair: Pair, options: CleanOptions) -> bool:
    return _speaks_another(pair.source, options.source_language) or _speaks_another(
        pair.target, options.target_language
    )


def _speaks_another(text: str, language: str) -> bool:
    """Whether a text's small words are clearly another language's (Grefenstette 1995); short ones tell nothing."""
    words = _WORD.findall(text.lower())
    if len(words) < 5 or language not in small_words():
        return False
    own, others = _own_and_others(language)
    ours = sum(word in own for word in words)
    return any(
        theirs >= 3 and theirs > 2 * ours for theirs in (sum(map(other.__contains__, words)) for other in others)
    )


@cache
def _own_and_others(language: str) -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    known = small_words()
    return known[language], tuple(small - known[language] for name, small in known.items() if name != language)


RULES: tuple[Rule, ...] = (
    Rule("empty", "a side has no text", lambda pair, _: not pair.source or not pair.target),
    Rule("too long", "a side has more words than --most-words", _is_long),
    Rule("length ratio", "a side is longer than --ratio times the other, and 15 characters", _is_uneven),
    Rule("no text", "less than --letters of a side's characters are letters", _is_no_text),
    Rule("mis-decoded", "UTF-8 that was read as another encoding, or lost characters",
         lambda pair, _: bool(_MOJIBAKE.search(pair.source) or _MOJIBAKE.search(pair.target))),
    Rule("untranslated", "both sides have the same letters", _is_untranslated),
    Rule("language", "a side's small words are another language's", _is_foreign),
)  # fmt: skip


def cleaned(pairs: Iterable[Pair], options: CleanOptions) -> Iterator[Judged]:
    """Pairs tidied, each with the first rule that it breaks."""
    for pair in pairs:
        made = replace(pair, source=tidy(pair.source), target=tidy(pair.target))
        yield made, next((rule.name for rule in RULES if rule.fails(made, options)), "")


def bare(text: str) -> str:
    """A text's letters and figures, by which doubles are told: case, marks and spaces make no other sentence."""
    return _ALNUM.sub("", unicodedata.normalize("NFKC", text).casefold())


BY: dict[str, Callable[[Pair], str]] = {
    "pair": lambda pair: f"{bare(pair.source)}\n{bare(pair.target)}",
    "source": lambda pair: bare(pair.source),
    "target": lambda pair: bare(pair.target),
}


def without_doubles(pairs: Iterable[Pair], by: str = "pair", *, against: Iterable[Pair] = ()) -> Iterator[Judged]:
    """Pairs with whether they were seen before, or in other corpora; only eight bytes of each are held."""
    name = BY[by]
    there = {_digest(name(pair)) for pair in against}
    seen: set[int] = set()
    for pair in pairs:
        digest = _digest(name(pair))
        yield pair, "in another file" if digest in there else "seen before" if digest in seen else ""
        seen.add(digest)


def without_tests(pairs: Iterable[Pair], tests: Iterable[str], *, overlap: float = 0.3) -> Iterator[Judged]:
    """Pairs with whether a side is a line of a test set, or holds so much of one.

    Lines are equal by letters and figures; `overlap` is the share of a line's sequences of seven words that a side may
    not hold (0 looks for equal lines only).
    """
    lines: set[int] = set()
    grams: dict[int, list[int]] = {}
    sizes: list[int] = []
    for text in tests:
        if not bare(text):
            continue
        lines.add(_digest(bare(text)))
        held = _grams(text) if overlap else set()
        for gram in held:
            grams.setdefault(gram, []).append(len(sizes))
        sizes.append(len(held))
    for pair in pairs:
        sides = (pair.source, pair.target)
        if any(_digest(bare(side)) in lines for side in sides):
            yield pair, "a line of a test set"
        elif any(_holds(side, grams, sizes, overlap) for side in sides):
            yield pair, "holds much of a test line"
        else:
            yield pair, ""


def _holds(text: str, grams: dict[int, list[int]], sizes: list[int], overlap: float) -> bool:
    shared: dict[int, int] = {}
    for gram in _grams(text) if grams else ():
        for line in grams.get(gram, ()):
            shared[line] = shared.get(line, 0) + 1
    return any(number >= overlap * sizes[line] for line, number in shared.items())


def _grams(text: str) -> set[int]:
    words = [word.casefold() for word in re.findall(r"\w+", text)]
    return {_digest(" ".join(words[start : start + _GRAM])) for start in range(len(words) - _GRAM + 1)}


def sampled(pairs: Iterable[Pair], *, number: int = 0, share: float = 1.0, seed: int = 1) -> Iterator[Judged]:
    """Some pairs in their order, chosen by a hash of their text: the same whatever lies around them.

    With a `number` so many, or all if there are fewer; only those are held.
    """
    reason = "not drawn"
    if not number:
        for pair in pairs:
            yield pair, "" if _draw(pair, seed) < share * 2**64 else reason
        return
    held: list[tuple[int, int, Pair]] = []  # a heap, the least welcome first
    for place, pair in enumerate(pairs):
        entry = (-_draw(pair, seed), -place, pair)
        left = heapq.heappushpop(held, entry)[2] if len(held) >= number else None
        if len(held) < number:
            heapq.heappush(held, entry)
        if left is not None:
            yield left, reason
    yield from ((pair, "") for _, _, pair in sorted(held, key=lambda one: -one[1]))


def _draw(pair: Pair, seed: int) -> int:
    return _digest(f"{seed}\n{pair.origin}\n{pair.source}\n{pair.target}")


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
