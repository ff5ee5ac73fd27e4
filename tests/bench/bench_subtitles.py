"""How subtitles are set, before (text wrapped into the source's cues as they are) beside after.

    python tests/bench/bench_subtitles.py FILM.srt

Translates the file with the built-in model; prints cues with over two lines, lines over 42 characters, cues that must
be read faster than 17 and 21 characters a second, cues cut in time.
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pipeline.check import judge_for
from pipeline.corpus.cues import Cue, SubtitleOptions, milliseconds
from pipeline.corpus.subtitles import _timed, cut_back, set_bitext, too_fast
from pipeline.documents.loading import load_document
from pipeline.documents.translating import Loaded, translated
from pipeline.models import find_model
from pipeline.split import split_document
from pipeline.translate import open_translator


def former(bitext) -> list[Cue]:
    cues = _timed(bitext)
    made = []
    for cue, text in zip(cues, cut_back(bitext, cues), strict=True):
        data = dict(cue.data)
        lines = tuple(textwrap.wrap(text, 42, break_long_words=False)) or ("",)
        made.append(Cue(milliseconds(data["start"]), milliseconds(data["end"]), lines))
    return made


def told(name: str, cues: list[Cue]) -> None:
    over = sum(len(cue.lines) > 2 for cue in cues)
    wide = sum(len(line) > 42 for cue in cues for line in cue.lines)
    speeds = [sum(cue.speed > limit for cue in cues) for limit in (17, 21)]
    say(f"{name:7} {len(cues):5} cues; over 2 lines {over}; lines over 42 {wide}; over 17 and 21 c/s {speeds}")


def main(path: Path) -> None:
    document = load_document(path)
    with open_translator(find_model(), judge=judge_for("fr", "en")) as translator:
        loaded = Loaded(document, split_document(document))
        ((_, bitext),) = translated([loaded], translator, "en", lambda _: None)
    after = set_bitext(bitext, SubtitleOptions())
    told("before", former(bitext))
    told("after", after)
    say(f"cut in time: {sum(cue.part > 0 for cue in after)} screens more")
    say(too_fast(bitext, SubtitleOptions()))


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
