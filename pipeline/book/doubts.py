"""Why a pair is marked as uncertain, in words for a reader."""

from __future__ import annotations

from pipeline.text import Flag, Row

# flags of the other rooms, as a reader understands them; a flag that is not here is shown by its name
_EXPLAINED = {
    "added": "the translation may say more than its source",
    "cut": "the translation may be cut off",
    "email": "an e-mail address is missing in the translation",
    "empty": "one side is empty",
    "loop": "the translation repeats itself",
    "doubled": "the translation says the same twice",
    "numbers": "the numbers differ",
    "omitted": "something may be left out",
    "repetitive": "the translation repeats itself",
    "term-missing": "a term of the glossary is missing",
    "too-long": "the translation is much longer than its source",
    "too-short": "the translation is much shorter than its source",
    "unpaired": "there is no counterpart",
    "untranslated": "the text was left untranslated",
    "url": "a web address is missing in the translation",
    "wrong-language": "one side is not in the language expected",
}


def doubt(row: Row, least_score: float) -> str:
    """One sentence on why a row is uncertain, or nothing if it is not.

    A row is uncertain when one of its flags is a warning, or when it is a pair with a score under `least_score`.
    """
    reasons = [_reason(flag) for flag in row.flags if flag.severity == "warning"]
    if row.source.text and row.target.text and not row.score >= least_score:
        reasons.append(f"the two sentences may not belong together (score {row.score:.2f})")
    return f"Uncertain: {'; '.join(dict.fromkeys(reasons))}." if reasons else ""


def _reason(flag: Flag) -> str:
    words = _EXPLAINED.get(flag.name, flag.name.replace("-", " "))
    return f"{words} ({flag.detail})" if flag.detail else words
