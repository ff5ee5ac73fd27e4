"""People's corrections, read from the formats that reviewers use, into the sentence memory."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.job.places import MANIFEST, found
from pipeline.job.staging import Staging
from pipeline.memory import Leveraged, Memory
from pipeline.memory.rows import normal_source
from pipeline.review.tables import SUFFIXES, Given, pairs_of_table
from pipeline.text import Origin, Translation, document_of
from pipeline.translate.known import known_translation


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import took: corrections, rows as the machine made them, rows of which that cannot be told.

    `one_sided` rows lack a text, `twice` counts sentences corrected in several ways (the last counts), `remembered`
    the corrections of which a machine translation is remembered.
    """

    corrections: int
    unchanged: int
    unknown: int = 0
    one_sided: int = 0
    twice: int = 0
    remembered: int = 0


def import_corrections(
    memory: Memory, path: Path, languages: tuple[str, str], *, author: str = "", everything: bool = False
) -> Imported:
    """Store the pairs of a file that a person has corrected, or vouches for, all or none.

    TSV, CSV and XLSX tables (ours, or any with a source and a target), TMX, XLIFF, JSONL. A pair is a correction if its
    translation is not what the machine said, or if an XLIFF segment is `reviewed` or `final`; `everything` takes all.
    """
    given = list(_given(path, languages))
    pairs = [one for one in given if one.source.strip() and one.target.strip()]
    if not pairs:
        raise InputError(
            f"{path} holds no pair of sentences", "Give source and target, separated by a tab, one pair a line."
        )
    machine = _Machine(memory, path, languages, pairs)
    found = ["correction" if everything else machine.verdict(one) for one in pairs]
    taken = [one for one, verdict in zip(pairs, found, strict=True) if verdict == "correction"]
    latest: dict[str, Given] = {}
    twice: set[str] = set()
    for one in taken:
        name = normal_source(one.source)
        if name in latest and _plain(latest[name].target) != _plain(one.target):
            twice.add(name)
        latest[name] = one
    memory.correct(*languages, [(one.source, one.target) for one in latest.values()], author=author, file=path.name)
    return Imported(
        corrections=len(taken),
        unchanged=found.count("unchanged"),
        unknown=found.count("unknown"),
        one_sided=len(given) - len(pairs),
        twice=len(twice),
        remembered=len(latest.keys() & machine.said.keys()),
    )


def import_leverage(memory: Memory, path: Path, languages: tuple[str, str]) -> int:
    """Store a client's translation memory (TMX, or any format of corrections), all or none; gives how many entries.

    Rows without a text on one side are left out; of equal sources the last counts.
    """
    given = [one for one in _given(path, languages) if one.source.strip() and one.target.strip()]
    if not given:
        raise InputError(f"{path} holds no pair of {'-'.join(languages)}", "Give a TMX of these languages.")
    latest = {normal_source(one.source): one for one in given}
    return memory.lever(Leveraged(*languages, one.source, one.target, path.name) for one in latest.values())


def _given(path: Path, languages: tuple[str, str]) -> Iterator[Given]:
    if path.suffix.lower() in SUFFIXES:
        yield from pairs_of_table(path, languages)
        return
    from pipeline.corpus import read_bitexts

    states = path.suffix.lower() in (".xliff", ".xlf")
    for bitext in read_bitexts(path, source_language=languages[0], target_language=languages[1]):
        for row in bitext.rows():
            approved = states and row.origin == "human"
            yield Given(row.source.text, row.target.text, row.id, row.document, row.origin, approved)


class _Machine:
    """What the machine said of each pair: in the job's results, else anything that is remembered of the sentence."""

    def __init__(self, memory: Memory, path: Path, languages: tuple[str, str], pairs: Iterable[Given]) -> None:
        self._languages = languages
        sources = [one.source for one in pairs]
        self.said = memory.said(sources)
        self._human = memory.human(*languages, sources)
        self._folders = _results(path, memory.path)
        self._staged: dict[str, dict[str, tuple[str, str, Origin]]] = {}

    def verdict(self, one: Given) -> str:
        """Whether a pair is a correction, unchanged, or of unknown making."""
        target = _plain(one.target)
        corrected = self._human.get(one.source)
        if corrected is not None and _plain(corrected.text) == target:
            return "unchanged"
        if one.approved:
            return "correction"
        known = {_plain(text) for text in self.said.get(normal_source(one.source), ())}
        source, staged, origin = self._of_job(one)
        if source == normal_source(one.source) and (origin != "human" or staged == target):
            return "unchanged" if staged == target else "correction"
        passed = _passed(one.source, self._languages)
        if target in known or (passed is not None and _plain(passed.text) == target):
            return "unchanged"
        made = one.origin in ("machine", "memory")
        return "unknown" if made and not known and passed is None and not source else "correction"

    def _of_job(self, one: Given) -> tuple[str, str, Origin]:
        """Source, target and origin of the pair with this id in the job that made it."""
        document = one.document or document_of(one.id)
        if document not in self._staged:
            self._staged[document] = self._read(document)
        return self._staged[document].get(one.id, ("", "", "machine"))

    def _read(self, document: str) -> dict[str, tuple[str, str, Origin]]:
        for folder in self._folders if document and "/" not in document else ():
            bitext = Staging(folder).former(document)
            if bitext is not None and bitext.translations:
                return {
                    row.id: (normal_source(row.source.text), _plain(row.target.text), row.origin)
                    for row in bitext.each_row()
                }
        return {}


def _passed(source: str, languages: tuple[str, str]) -> Translation | None:
    return known_translation(source, *languages)


def _results(path: Path, memory: Path) -> list[Path]:
    """Folders of results that a file may come from: its own, else those that lie beside the memory."""
    if found(path.parent, MANIFEST).is_file():
        return [path.parent]
    return sorted(one for one in memory.parent.glob("*/") if found(one, MANIFEST).is_file())


def _plain(text: str) -> str:
    """A target without what no person means by a correction: line breaks, kinds of spaces, ways to write an accent."""
    return " ".join(unicodedata.normalize("NFC", text).split())
