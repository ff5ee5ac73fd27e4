"""What helps with a pair: links of its words, other translations, the glossary's terms, sentences like it."""

from __future__ import annotations

import difflib
import re
import threading
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.errors import VisavisError
from pipeline.memory import Memory
from pipeline.memory.rows import normal_source
from pipeline.review.projects import JobProject, Project
from pipeline.words import linkages, told, usual_way

if TYPE_CHECKING:
    from pipeline.translate import Translator

_MOST_COMPARED = 50_000  # remembered sentences that are looked through
_MOST_ALIKE = 3
_LEAST_ALIKE = 0.7  # of the characters (difflib's ratio)
_NEAR = 40  # sentences that share most words and are compared by character
_WORD = re.compile(r"\w+")


class Helper:
    """Knows what is worth knowing of a pair; loads a model only when alternatives are asked for."""

    def __init__(self, project: Project, languages: tuple[str, str]) -> None:
        self._project = project
        self._languages = languages
        self._lock = threading.Lock()
        self._translator: Translator | None = None
        self._known: list[tuple[str, str, bool, frozenset[str]]] | None = None

    @property
    def links_words(self) -> str:
        """What makes the links of words."""
        return told(usual_way(*self._languages), *self._languages)

    def links(self, source: str, target: str) -> list[list[float]]:
        """Links between the words of a pair: half-open ranges of characters on both sides, and how sure they are."""
        if not source.strip() or not target.strip():
            return []
        languages = self._languages
        (found,) = linkages([(source, target)], source_language=languages[0], target_language=languages[1])
        return [[one.source.start, one.source.end, one.target.start, one.target.end, one.score] for one in found.links]

    def about(self, source: str, target: str) -> dict[str, Any]:
        """The glossary's terms in a sentence, and what the memory has of sentences like it."""
        return {"terms": self._terms(source, target), "alike": self._alike(source)}

    def alternatives(self, source: str) -> list[list[Any]]:
        """Other translations of a sentence with their log-probabilities; raises VisavisError where no model fits."""
        with self._lock:
            if self._translator is None:
                self._translator = self._open()
            return [[one.text, round(one.score, 3)] for one in self._translator.alternatives(source)]

    def forget(self) -> None:
        """Look into the memory anew when it is asked for next."""
        with self._lock:
            self._known = None

    def _open(self) -> Translator:
        from pipeline.models import find_model
        from pipeline.translate import TranslateOptions, open_translator

        config = self._project.config if isinstance(self._project, JobProject) else None
        model = config.model if config is not None and not config.target else "built-in"
        beside = config.folder / model if config is not None else None
        found = find_model(str(beside) if model != "built-in" and beside and beside.is_dir() else model)
        options = TranslateOptions(beam_size=(config.beam_size if config is not None else None) or 4)
        return open_translator(
            found, options, source_language=self._languages[0], target_language=self._languages[1],
            glossary=self._project.glossary,
        )  # fmt: skip

    def _terms(self, source: str, target: str) -> list[list[Any]]:
        glossary = self._project.glossary
        if glossary is None:
            return []
        missing = set(glossary.missing(source, target))
        return [[term.source, term.target, term.source not in missing] for term in glossary.held(source)]

    def _alike(self, source: str) -> list[list[Any]]:
        """Remembered sentences that are like this one: source, target, whether a person's, how alike."""
        name = normal_source(source)
        words = frozenset(_WORD.findall(name.casefold()))
        shared = Counter({i: len(words & one[3]) / max(len(words | one[3]), 1) for i, one in enumerate(self._memory())})
        found: list[list[Any]] = []
        for i, share in shared.most_common(_NEAR):
            if share < _LEAST_ALIKE / 2:
                break
            other, target, human, _ = self._memory()[i]
            ratio = difflib.SequenceMatcher(None, name, normal_source(other), autojunk=False).ratio()
            if ratio >= _LEAST_ALIKE and (ratio < 1 or human):
                found.append([other, target, human, round(ratio, 2)])
        found.sort(key=lambda one: (-float(one[3]), not one[2]))
        return found[:_MOST_ALIKE]

    def _memory(self) -> Sequence[tuple[str, str, bool, frozenset[str]]]:
        path = self._project.memory
        with self._lock:
            if self._known is None:
                self._known = []
                if path is not None and path.is_file():
                    try:
                        with Memory.open(path) as memory:
                            pairs = memory.pairs(_MOST_COMPARED)
                    except VisavisError:  # the run tells what is wrong with it; a review goes on without
                        pairs = []
                    self._known = [(*one, frozenset(_WORD.findall(normal_source(one[0]).casefold()))) for one in pairs]
            return self._known
