"""Text that was decoded wrongly once and saved again (`l'Ã©poque`): told, and mended where a person asks for it."""

from __future__ import annotations

import re

from pipeline.errors import InputError
from pipeline.text import Flag

# UTF-8 read as cp1252 or Latin-1: the first byte of a letter or a mark, and what its second one became
_WRONG = re.compile(r"[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]|â€[\x80-\xbf™œ\x9d¦“”˜¢]|Å[“’\x93]|ï»¿")
_RIGHT = re.compile(r"[àâäçéèêëîïôöùûüœÀÉÈÊÇ]")
_FEW = 2  # places that a text may have which is about such things


def mojibake(text: str) -> tuple[Flag, ...]:
    """A warning if more of a text's accents are double encoded than are right."""
    found = _WRONG.findall(text)
    first = _WRONG.search(text)
    if first is None or len(found) < _FEW or len(found) < len(_RIGHT.findall(text)):
        return ()
    around = text[max(0, first.start() - 12) : first.end() + 12].split("\n")[0]
    said = f"{len(found)} places such as {around!r} at offset {first.start()}: UTF-8 that was taken for cp1252"
    return (Flag("double-encoded", "warning", said),)


def mend_encoding(text: str, name: str) -> tuple[str, tuple[Flag, ...]]:
    """The text without such places, a line at a time, and how many lines changed; raises InputError without ftfy."""
    try:
        from ftfy import fix_encoding
    except ImportError as error:
        raise InputError(
            f"{name} is to be mended, and the package ftfy is not installed", "pip install 'visavis[mend]'"
        ) from error
    lines = text.splitlines(keepends=True)
    made = [fix_encoding(line) for line in lines]
    changed = sum(old != new for old, new in zip(lines, made, strict=True))
    return "".join(made), (Flag("encoding", "info", f"double encoding mended in {changed} lines"),) if changed else ()
