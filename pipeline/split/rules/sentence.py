"""Rules on the sentence as a whole: has it begun, can it end here at all."""

from __future__ import annotations

from pipeline.split.rule import rule
from pipeline.split.spot import Spot


@rule("leading marks", "… Et puis il partit. | « ... Encore ! »")
def nothing_yet(spot: Spot) -> bool | None:
    """Marks before the first word belong to the sentence that follows."""
    begun = spot.text[spot.start : min(spot.at, spot.start + 24)]
    return None if any(map(str.isalnum, begun)) or spot.at - spot.start > 24 else False


@rule("other scripts", "他走了。^她来了。", "Unicode Standard Annex 29", "zh")
def wide_mark(spot: Spot) -> bool | None:
    """Full-width marks end a sentence without a space."""
    return True if spot.mark[-1] in "。！？" else None


@rule("punctuation", "Je ne sais pas … , répondit-il. | Vraiment ? ; puis il partit.")
def punctuation_goes_on(spot: Spot) -> bool | None:
    """A comma, colon, semicolon or closing sign after the mark shows that the sentence goes on."""
    return False if spot.char in ",;:)]}/%=»”" else None


@rule("brackets", "Le texte [...] Est coupé. | Il a (?) Compris.")
def bracketed_mark(spot: Spot) -> bool | None:
    """A mark alone in brackets says something about the text and ends nothing."""
    return False if spot.closers[:1] in (")", "]") and spot.closers and spot.left in ("", "(", "[") else None


@rule("brackets", "(Elle reste assise, etc.) | Le rideau tombe.")
def closed_sentence(spot: Spot) -> bool | None:
    """A full stop inside a closing quotation mark or bracket, then a capital; not an initial's or a title's."""
    if not spot.closers.strip("0123456789[]*¹²³") or spot.case != "upper":
        return None
    initial = len(spot.left) == 1 or spot.language.class_of(spot.left) == "title"
    return True if spot.starts or not initial else None


@rule("full stop", "Il a vu la mer. | À demain.")
def full_stop(spot: Spot) -> bool | None:
    """A full stop that nothing explains otherwise ends the sentence."""
    if spot.case != "other":
        return True
    return spot.opening != "" or not spot.char or spot.char in "•·▪‣►●■◆→€$£@§&>*~|" or not spot.char.isascii()
