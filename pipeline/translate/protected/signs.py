"""Signs between words that no model needs to see: lifted out of a sentence, and set back into its translation.

Emoji, arrows, marks of trade and words of other scripts stand alone; tags open before a word or close after one. Where
a word's counterpart is, is told by `place`; without it a sign keeps its share of the way through the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Place = Callable[[int], int]  # from the number of source words before a sign to that of target words before it

_TAG = r"(?<!<)</?[A-Za-z][^<>\n]{0,300}>(?!>)"
_CHARACTER = (
    "[\u00a7\u00a9\u00ae\u00b6\u2030\u2100-\u214f\u2190-\u2211\u2213-\u22ff\u2300-\u2bff\u3030\u303d\u3297\u3299"
    "\ufe0f\u200d\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
# faces, arrows, and single angles that are no tags
_TYPED = r"(?<!\S)(?:[:;]['-]?[()DPpO|/]+|[<=-]*[=-]>|<[=-]+)(?!\S)|(?<!<)<(?![<%?!])|(?<![>%?])>(?!>)"
_FREE = rf"(?:{_CHARACTER}|{_TYPED})"
# Greek, Cyrillic, Armenian, Hebrew, Arabic, the scripts of India and South-East Asia, Chinese, Japanese, Korean:
# letters that a model of two Latin alphabets writes in bytes
_FOREIGN = (
    "[\u0370-\u03ff\u0400-\u058f\u0590-\u1cff\u1f00-\u1fff\u2c00-\u2dff\u3041-\u30ff\u3400-\u9fff\ua000-\uabff"
    "\uac00-\ud7af]"
)
_WORDS = rf"{_FOREIGN}+(?:[\s'’-]+{_FOREIGN}+)*"
# after such a word a foreign one is what the sentence speaks of, and not lifted out: `la ville de 東京 est grande`
_BEFORE_A_NOUN = "de du des la le les à au aux en un une et ou par pour dans est"
_NOUN = "".join(rf"(?<!\b{word} )" for word in _BEFORE_A_NOUN.split())
NOUN = re.compile(rf"(?<!{_FOREIGN}){_WORDS}")
# only the words before are found in any case: ignoring case, the Kelvin sign (U+212A) among _FREE would be every k
_SIGN = re.compile(rf"{_TAG}|{_FREE}+|(?i:{_NOUN})(?<!{_FOREIGN})(?<!{_FOREIGN}[ '’-]){_WORDS}")
_WORD = re.compile(r"\S+")
SPECIAL = re.compile(rf"[<>]|[:;]['-]?[()DPpO|/]|{_CHARACTER}|{_FOREIGN}")  # whether there may be any


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign, how many words of the bare source come before it, and whether it belongs to the word after it."""

    text: str
    before: int
    opens: bool
    after: str = ""  # the word that it touches


@dataclass(frozen=True, slots=True)
class Lifted:
    """The signs of a sentence in their order, and how many words it has without them."""

    signs: tuple[Sign, ...] = ()
    words: int = 0


def lift(text: str) -> tuple[str, Lifted]:
    """The sentence without its signs, and the signs; a sentence of nothing else is left as it is."""
    if not SPECIAL.search(text):
        return text, Lifted()
    signs, bare, last = [], "", 0
    for match in _SIGN.finditer(text):
        bare += text[last : match.start()]
        left = match.start() > 0 and not text[match.start() - 1].isspace()
        right = match.end() < len(text) and not text[match.end()].isspace()
        before = len(_WORD.findall(bare))
        if left and right and match.group().startswith("<") and not match.group().startswith("</"):
            before -= bool(bare) and not bare[-1:].isspace() and bare[-1:].isalnum()
        after = bare.split()[-1] if left and bare and not match.group().startswith("<") else ""
        signs.append(Sign(match.group(), before, _opens(match.group(), left=left, right=right), after))
        last = match.end()
    bare = " ".join((bare + text[last:]).split())
    bare = re.sub(r" (?=[.,…])", "", bare)
    return (bare, Lifted(tuple(signs), len(_WORD.findall(bare)))) if bare else (text, Lifted())


def set_back(text: str, lifted: Lifted, place: Place | None = None) -> str:
    """The translation with its signs, each once and in their order."""
    if not lifted.signs:
        return text
    words = _WORD.findall(text)
    share = len(words) / max(1, lifted.words)
    before: list[str] = [""] * (len(words) + 1)  # what stands before each word, and at the end
    reached = 0
    for sign in lifted.signs:
        at = place(sign.before) if place is not None else round(sign.before * share)
        reached = max(reached, min(len(words), at))
        if sign.after in words and not any(before[words.index(sign.after) + 1 :]):
            reached = max(reached, words.index(sign.after) + 1)
            words[reached - 1] += sign.text
        elif _is_tag(sign) and not sign.opens and reached and not before[reached]:
            words[reached - 1] = _before_marks(words[reached - 1], sign.text)
        else:
            before[reached] += sign.text if _is_tag(sign) and sign.opens else f"{sign.text} "
    return " ".join(f"{signs}{word}" for signs, word in zip(before, [*words, ""], strict=True)).strip()


def _is_tag(sign: Sign) -> bool:
    return sign.text.startswith("<")


def _before_marks(word: str, tag: str) -> str:
    """The tag after a word, but before the marks that close the sentence or a clause."""
    tail = re.search(r"[.,;:!?…)\]\"”’]*$", word)
    start = tail.start() if tail and tail.start() else len(word)
    return word[:start] + tag + word[start:]


def _opens(text: str, *, left: bool, right: bool) -> bool:
    """Whether a tag belongs to the word after it: by its form, or where it closes itself, by the side it touches."""
    if text.startswith("</"):
        return False
    return not text.endswith("/>") or (right and not left)
