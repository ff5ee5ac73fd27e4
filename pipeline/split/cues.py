"""Whether a subtitle's words go on in the next cue: a sentence is often cut into several."""

from __future__ import annotations

import re

from pipeline.languages.words import Language
from pipeline.split.lines import CLOSED

# a sound, music, another speaker: none goes on with a sentence
_SIGN = re.compile(r"[\[(♪♫#—–―-]|[^\W\d_a-zà-ÿ][\w .]{0,24}:\s")
_SIGNED = re.compile(r"[\])♪♫:]\s*\Z")
_WORD = re.compile(r"[^\W\d_]+")


def goes_on(cue: str, following: str, language: Language) -> bool:
    """Whether `following` may continue the sentence that `cue` ends with."""
    tail, head = cue.rstrip()[-60:], following.lstrip()[:60]
    if CLOSED.search(tail):  # the marks decide: `M.` may end a cue
        return not _SIGN.match(head)
    if not tail or _SIGN.match(head) or _SIGNED.search(tail):
        return False
    word = _WORD.match(head)
    if word is None or not word[0][0].isupper() or tail[-1] in ",-":
        return True
    return (tail.split()[-1].lower() in language.dangling) or word[0].lower() not in language.starters
