"""What a person should look at: beads that may be wrong, and pairs of texts that may not belong together."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from pipeline.text import Bead, Flag

LEAST = 0.6  # a bead below this probability is worth a look
_LARGE = 3  # sentences on one side of a bead: rare in the hand-aligned novels, so worth a look
_JUDGED, _COMMON = 10, 0.25  # sentences from which texts are judged, and the share of them that makes a translation
_SAMPLE = 20_000  # characters read to tell a language
_SURE_LANGUAGE = 200  # characters: a shorter text is not judged


def suspicious(beads: Sequence[Bead]) -> list[int]:
    """Indexes of the beads that a person should look at, in order: improbable, unpaired or flagged ones.

    Of a side's null beads, every one is listed, since something was added or left out there.
    """
    return [k for k, bead in enumerate(beads) if _worth_a_look(bead)]


def _worth_a_look(bead: Bead) -> bool:
    if not bead.source or not bead.target:
        return True
    if any(flag.severity == "warning" for flag in bead.flags):
        return True
    return bead.score < LEAST or max(len(bead.source), len(bead.target)) > _LARGE


def input_warnings(
    source: Sequence[str], target: Sequence[str], *, source_language: str = "fr", target_language: str = "en"
) -> tuple[Flag, ...]:
    """What looks wrong with two texts as a whole: a side empty or far longer, the same text twice, another language."""
    ours, theirs = (" ".join(side).strip().encode("utf-8", "replace").decode("utf-8") for side in (source, target))
    if not ours or not theirs:
        sides = [name for name, text in (("source", ours), ("target", theirs)) if not text]
        return (Flag("empty-side", "warning", f"the {' and the '.join(sides)} text has no sentence"),)
    warnings = []
    if _plain(ours) == _plain(theirs):
        warnings.append(Flag("same-text", "warning", "source and target are the same text"))
    longer, shorter = max(len(ours), len(theirs)), min(len(ours), len(theirs))
    if longer >= 10 * shorter:
        side = "source" if len(ours) == longer else "target"
        detail = f"the {side} is {longer / shorter:.0f} times as long ({len(ours)} and {len(theirs)} characters)"
        warnings.append(Flag("length-ratio", "warning", detail))
    warnings += _language_warnings(ours, theirs, source_language, target_language)
    return tuple(warnings)


def strangers_warning(beads: Sequence[Bead], source: int, target: int) -> Flag | None:
    """A warning if texts of so many sentences have next to nothing in common, as their beads say.

    Of unrelated texts 2 to 11 % of the shorter one's sentences are paired, counted by probability; of a free and
    abridged translation 68 %, of others 84 % and more.
    """
    fewest = min(source, target)
    pairs = [bead for bead in beads if bead.source and bead.target]
    paired = sum(bead.score * (len(bead.source) + len(bead.target)) / 2 for bead in pairs)
    if fewest < _JUDGED or paired >= _COMMON * fewest:
        return None
    detail = f"about {paired:.0f} of {fewest} sentences of the shorter text have a counterpart"
    return Flag("nothing-in-common", "warning", detail)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _language_warnings(ours: str, theirs: str, source_language: str, target_language: str) -> list[Flag]:
    """A flag for each side that is surely in another language than stated (py3langid, probability over .95)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found = []
    for side, text, language in (("source", ours, source_language), ("target", theirs, target_language)):
        stated = language.lower().split("-")[0].split("_")[0]
        if len(text) < _SURE_LANGUAGE or stated not in identifier.labels:
            continue
        seen, probability = identifier.classify(text[:_SAMPLE])
        if seen != stated and probability > 0.95:
            found.append(Flag("wrong-language", "warning", f"the {side} looks like {seen!r}, not {stated!r}"))
    return found
