"""Words set apart from the marks before them, for models that were trained so.

SentencePiece knows a word by the space before it: in `"mensonges"` and `l'immigration` the words have other pieces than
where they stand alone, which few sentences teach. A space behind opening quotes and brackets, and in the source behind
elisions, hyphens and slashes too, lets the model meet one word in one form. What is set apart in the target is closed
up again in what comes back.
"""

from __future__ import annotations

import re

_OPENING = re.compile(r"(?<![^\s(\[{'-])([\"(\[{])(?=\w)")
_INNER = re.compile(r"(?<=\w)(['/-])(?=[^\W\d_])")
_BEFORE_CAPITAL = re.compile(
    r"(?<=\w)(-)(?=[A-Z])"
)  # Franco-British; other compounds could not be told from `pre- and`
_APART = re.compile(r"(?<![^\s(\[{-])([\"(\[{]) (?=\S)|(?<=\w)(-) (?=[A-Z])")


def space_source(text: str) -> str:
    """A normalised source text with its words set apart: `l'" État` for `l'"État`."""
    return _INNER.sub(r"\1 ", _OPENING.sub(r"\1 ", text))


def space_target(text: str) -> str:
    """A normalised target text with the words set apart that `close_up` can put back."""
    return _BEFORE_CAPITAL.sub(r"\1 ", _OPENING.sub(r"\1 ", text))


def close_up(text: str) -> str:
    """What a model gave, without the spaces that it was taught to set; `pre- Paris` is taken for one of them."""
    return _APART.sub(lambda found: found[1] or found[2], text)
