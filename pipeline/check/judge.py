"""All checks as one function of a pair: the only maker of flags of sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy

from pipeline.check.pair import Linked, Pair, Terms
from pipeline.check.table import CHECKS, NOTED, PASSED, UNPAIRED
from pipeline.errors import ConfigError
from pipeline.text import Flag, Note


class Judge:
    """Finds what may be wrong with a translation between two languages; made by `judge_for`."""

    def __init__(
        self, languages: tuple[str, str], terms: Terms | None, linked: Linked | None, thresholds: Mapping[str, float]
    ) -> None:
        self._languages = languages
        self._terms = terms
        self._linked = linked
        self._checks = [(check, thresholds.get(check.name, check.threshold)) for check in CHECKS]

    def __call__(self, source: str, target: str, notes: tuple[Note, ...] = ()) -> tuple[Flag, ...]:
        """The flags of a pair, in the order of the table; what passed through untranslated is not judged.

        `notes` say how the target was made; MACHINE is among them where a machine made it.
        """
        if any(note.name == PASSED for note in notes):
            return self.noted(notes)
        pair = Pair(source, target, *self._languages, notes=notes, terms=self._terms, linked=self._linked)
        found = ((check, check.find(pair, threshold)) for check, threshold in self._checks)
        return tuple(Flag(check.name, check.severity, detail) for check, detail in found if detail is not None)

    def prepare(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Hear which pairs of texts come next: what is worked out for many at once costs less."""
        if self._linked is not None:
            self._linked.prepare(pairs)

    def of_tries(self) -> Judge:
        """The same without the checks that are made once a translation is chosen."""
        judge = copy(self)
        judge._checks = [(check, threshold) for check, threshold in self._checks if not check.late]
        return judge

    def noted(self, notes: tuple[Note, ...]) -> tuple[Flag, ...]:
        """The flags that notes alone make, where the text is not judged: a person's correction, what passed through."""
        return tuple(Flag(note.name, NOTED[note.name].severity, note.detail) for note in notes if note.name in NOTED)

    @staticmethod
    def unpaired() -> tuple[Flag, ...]:
        """The flag of a sentence that the other side has nothing for."""
        return (Flag(UNPAIRED.name, UNPAIRED.severity),)


def judge_for(
    source_language: str,
    target_language: str,
    *,
    terms: Terms | None = None,
    linked: Linked | None = None,
    thresholds: Mapping[str, float] | None = None,
) -> Judge:
    """All checks for two languages; `terms` are a glossary's, `linked` links words.

    `thresholds` replace those of checks by name. Raises ConfigError for a name that no check has.
    """
    chosen = dict(thresholds or {})
    names = [check.name for check in CHECKS]
    if unknown := sorted(set(chosen) - set(names)):
        raise ConfigError(f"no check is called {', '.join(unknown)}", f"The checks are: {', '.join(names)}")
    return Judge((source_language, target_language), terms, linked, chosen)
