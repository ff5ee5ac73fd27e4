"""Words that a model copied for want of a translation: where English has no such word, the lexicon's stands there."""

from __future__ import annotations

import re

from pipeline.languages.forms import forms_of

_SMALL = re.compile(r"(?<![\w'’-])[^\W\d_A-ZÀ-Þ][^\W\d_]{3,}(?![\w'’-])")


def without_copies(source: str, target: str, languages: tuple[str, str]) -> str:
    """The target with the lexicon's words for words of the source in it that English has not."""
    if (languages[0][:2], languages[1][:2]) != ("fr", "en"):
        return target
    forms = forms_of("en")
    own = set(_SMALL.findall(source))
    copied = [word for word in dict.fromkeys(_SMALL.findall(target)) if word in own and forms and not forms.has(word)]
    if not copied:
        return target
    from pipeline.words.dictionary import counterpart

    for word in copied:
        if (found := counterpart(word, *languages)) is not None:
            target = re.sub(rf"(?<![\w'’-]){re.escape(word)}(?![\w'’-])", found, target)
    return target
