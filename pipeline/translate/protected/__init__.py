"""What must not change: pieces of a sentence that the model never sees, each replaced by a number that it copies.

A number keeps the grammar around it (`coûte 537 au total`, `costs 537 in total`), and of 22 words tried on 23
sentences the built-in model copied each time all but one number. What stands in the target afterwards is the piece
itself or, for quantities, its form in the target language (`12 500 €`, `€12,500`). Signs that stand between words
(emoji, arrows, tags) are lifted out and set back, so that the other words are those of the sentence without them.

Kinds of pieces are the tables `KINDS` of `codes.py` (any language), `places.py` and `quantities.py` (French to
English).
"""

from __future__ import annotations

from pipeline.translate.protected.formulas import FORMULAS, may_hold, raised
from pipeline.translate.protected.pieces import Aside, Kind, put_back, set_aside
from pipeline.translate.protected.signs import Lifted, lift, set_back

__all__ = [
    "Aside",
    "Kind",
    "Lifted",
    "amount_in",
    "formulas_in",
    "kinds_for",
    "lift",
    "put_back",
    "raised",
    "set_aside",
    "set_back",
]


def amount_in(line: str, source_language: str, target_language: str) -> str | None:
    """The form of a line that is nothing but money or a measure (`1 234,56 €`) in the target language; else None."""
    bare = line.strip()
    for kind in kinds_for(source_language, target_language):
        match = kind.pattern.fullmatch(bare) if kind.name in ("money", "measure") else None
        if match is not None and (form := kind.target(match)) is not None:
            return line.replace(bare, form, 1)
    return None


def formulas_in(text: str, source_language: str, target_language: str) -> tuple[Kind, ...]:
    """The kinds of pieces to set aside before signs are lifted, where the text may hold any."""
    return FORMULAS if _pair(source_language, target_language) == ("fr", "en") and may_hold(text) else ()


def kinds_for(source_language: str, target_language: str) -> tuple[Kind, ...]:
    """The kinds of pieces to set aside between two languages; earlier ones have the first choice of a text."""
    from pipeline.translate.protected import codes, places, quantities

    known = _pair(source_language, target_language) == ("fr", "en")
    return (*codes.KINDS, *((*places.KINDS, *quantities.KINDS) if known else ()), *codes.NUMBERS)


def _pair(source_language: str, target_language: str) -> tuple[str, str]:
    return source_language.partition("-")[0].lower(), target_language.partition("-")[0].lower()
