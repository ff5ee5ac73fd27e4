"""The faults of a decoding that show without knowing the language: loops, and nothing at all."""

from __future__ import annotations

from pipeline.text import Flag

_LONGEST_UNIT = 6


def faults_of(source: str, target: str) -> tuple[Flag, ...]:
    """`loop` when a unit of up to six words comes four times running and not so in the source; `empty`."""
    if not target.strip():
        return (Flag("empty", "warning", "the model gave nothing"),)
    unit, times = _longest_run(target)
    if times >= 4 and times > _longest_run(source)[1] + 1:
        return (Flag("loop", "warning", f"{unit!r} {times} times running"),)
    return ()


def _longest_run(text: str) -> tuple[str, int]:
    """The unit of words that repeats most often without a break, and how often."""
    words = text.lower().split()
    best, times = "", 1
    for size in range(1, _LONGEST_UNIT + 1):
        run = 0
        for index in range(size, len(words)):
            run = run + 1 if words[index] == words[index - size] else 0
            if run // size + 1 > times:
                best, times = " ".join(words[index - size + 1 : index + 1]), run // size + 1
    return best, times
