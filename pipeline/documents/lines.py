"""Lines in, lines out: the translation of each line of text, whatever number of sentences it holds."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from pipeline.split import split_sentences
from pipeline.translate import Translator


def translate_lines(lines: Iterable[str], translator: Translator, *, language: str = "fr") -> Iterator[str]:
    """Translate each line: as many lines come out as went in, in order; an empty line stays empty.

    The translator batches sentences of several lines together, so lines are read ahead of what is given.
    """
    waiting: deque[int] = deque()  # sentences of each line that has been read and not yet given

    def sentences() -> Iterator[str]:
        for line in lines:
            found = split_sentences(line, language)
            waiting.append(len(found))
            yield from (sentence.text for sentence in found)

    made: list[str] = []
    for translation in translator.translate(sentences()):
        while waiting[0] == 0:
            waiting.popleft()
            yield ""
        made.append(" ".join(translation.text.split()))
        if len(made) == waiting[0]:
            waiting.popleft()
            yield " ".join(made)
            made = []
    yield from ("" for _ in waiting)
