"""How displayed text is set: French spaces and quotation marks, English quotation marks, nothing invisible.

Spaces, quotation marks and apostrophes change, and what no page can show becomes visible; nothing else does.
Sources: Lexique des règles typographiques en usage à l'Imprimerie nationale; Unicode 16, chapters 6.2 and 23.1.
"""

from __future__ import annotations

import re

from pipeline.languages.small import small_words

_ENOUGH_WORDS = 5  # to tell a language by its small words
_WRAPPED = re.compile(r"\s+")
_NARROW = "\u202f"
_NO_BREAK = "\u00a0"
_SPACE = r"[ \t\n\r\f\v\u00a0\u2009\u202f]"
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*")

# XML 1.0, 2.2 allows none of these; HTML parses NUL and surrogates as errors
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

_MARK_WITH_SPACE = re.compile(rf"(?<=[^\s(\[{{«]){_SPACE}+(?=[;!?:]+(?:[\s»”\"’)\]}}.…,]|$))")
_MARK_WITHOUT = re.compile(r"(?<=[\w)\]»”…%])(?=[;!?:]+(?:[\s»”\"’)\]}.…,]|$))")
_AFTER_OPENING = re.compile(rf"«{_SPACE}*(?=\S)")
_BEFORE_CLOSING = re.compile(rf"(?<=\S){_SPACE}*»")
_THOUSANDS = re.compile(rf"(?<![\d,.])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)")
_UNIT = re.compile(rf"(?<=\d){_SPACE}(?=[%‰€$£°])")
_TITLE = re.compile(rf"\b(MM?\.|Mmes?|Mlles?|Mgr|Dr|Me){_SPACE}(?=[A-ZÀ-Þ])")
_TALK = re.compile(rf"^([-–—]){_SPACE}+(?=\S)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=[\w«“\"])")
_ENGLISH_CLOSING = re.compile(r"(?<=[\w.,!?…])'")
_ENGLISH_LEFT_OUT = re.compile(r"(?<!\w)'(?=(?:tis|twas|em|cause|til|n)\b|\d0s)", re.IGNORECASE)
_ENGLISH_OPENING = re.compile(r"(?<!\S)'(?=\w)")


def typeset(text: str, language: str) -> str:
    """Displayed text as a printer of this language would set it; other languages than fr and en stay as they are."""
    shown = visible(text)
    primary = language.partition("-")[0].lower()
    if primary == "fr":
        return _french(shown)
    return _english(shown) if primary == "en" else shown


def language_of(text: str, language: str) -> str:
    """The language that a text's small words speak for, where they clearly are not this one's; else this one."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    known = small_words()
    ours = known.get(language.partition("-")[0].lower())
    if ours is None or len(words) < _ENOUGH_WORDS:
        return language
    counts = {name: sum(word in small for word in words) for name, small in known.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] >= 3 and counts[best] > 2 * sum(word in ours for word in words) else language


def one_line(text: str, *, trim: bool = True) -> str:
    """A text with its white space as single spaces, but for a single no-break space that the author chose."""
    line = _WRAPPED.sub(_kept_space, text)
    return line.strip() if trim else line


def _kept_space(match: re.Match[str]) -> str:
    return match.group() if match.group() in ("\u00a0", "\u202f") else " "


def visible(text: str) -> str:
    """What XML forbids, made visible: control characters as their pictures (␀), the rest as U+FFFD."""
    return _UNSHOWABLE.sub(_picture, text)


def direction(language: str) -> str:
    """`rtl` or `ltr`, by the script that a language tag names or implies."""
    subtags = language.lower().split("-")
    if {"arab", "hebr", "syrc", "thaa", "nkoo"} & set(subtags[1:]):
        return "rtl"
    return "rtl" if subtags[0] in _RIGHT_TO_LEFT and "latn" not in subtags else "ltr"


def language_tag(language: str) -> str:
    """The tag if it is one that a browser and epubcheck understand (BCP 47), else `und`."""
    return language if _TAG.fullmatch(language) else "und"


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code == 0x7F:
        return "\u2421"
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def _french(text: str) -> str:
    text = _paired(text, "«", "»")
    text = _APOSTROPHE.sub("’", text)
    text = _AFTER_OPENING.sub("«" + _NARROW, text)
    text = _BEFORE_CLOSING.sub(_NARROW + "»", text)
    text = _MARK_WITH_SPACE.sub(_NARROW, text)
    text = _MARK_WITHOUT.sub(_NARROW, text)
    text = _THOUSANDS.sub(lambda match: re.sub(_SPACE, _NARROW, match.group()), text)
    text = _UNIT.sub(_NARROW, text)
    text = _TITLE.sub(rf"\1{_NO_BREAK}", text)
    return _TALK.sub(lambda match: match.group(1).replace("-", "–") + _NO_BREAK, text)


def _english(text: str) -> str:
    text = _paired(text, "“", "”")
    text = _ENGLISH_CLOSING.sub("’", text)
    text = _ENGLISH_LEFT_OUT.sub("’", text)
    return _ENGLISH_OPENING.sub("‘", text)


def _paired(text: str, opening: str, closing: str) -> str:
    """Straight quotation marks as pairs, each by what stands beside it; inches and lone marks stay straight."""
    if '"' not in text:
        return text
    made, depth = [], 0
    for i, character in enumerate(text):
        if character != '"':
            made.append(character)
            continue
        before, after = text[i - 1 : i] if i else "", text[i + 1 : i + 2]
        opens = _opens(before, after, depth)
        if not opens and before.isdigit() and depth == 0:
            made.append(character)
            continue
        depth = depth + 1 if opens else max(depth - 1, 0)
        made.append(opening if opens else closing)
    return "".join(made)


def _opens(before: str, after: str, depth: int) -> bool:
    """Whether a straight mark opens: a word follows and none ends before it; between two spaces the count decides."""
    loose_before = not before or before.isspace() or before in "([{-–—'’«“/"
    loose_after = not after or after.isspace()
    if loose_before and loose_after:
        return depth == 0 and bool(after)
    return loose_before
