"""What must be done for each document, and why; run and plan both go by this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pipeline.documents.translating import in_language
from pipeline.errors import Failure
from pipeline.files import digest_of, file_digest
from pipeline.job.equipment import Equipment
from pipeline.job.failures import fail_whole
from pipeline.job.index import Index, Stamp, stamp_of
from pipeline.job.inputs import Input, not_readable
from pipeline.job.recipe import CODE
from pipeline.job.staging import Header, Staging
from pipeline.text.recipe import Recipe

NEW = "not done yet"  # the reason of a document that was never done
_FILES = ("input", "target")  # the parts that are digests of files


@dataclass(frozen=True)
class Decision:
    """A document is up to date (`header` is there and right) or is to be done, for these reasons.

    `told` are the digests of its files, as far as they were needed so far.
    """

    input: Input
    recipe: Recipe
    stamps: tuple[Stamp, ...] = ()
    told: dict[str, str] | None = None
    header: Header | None = None
    reasons: tuple[str, ...] = ()

    @cached_property
    def digests(self) -> dict[str, str]:
        """The digests of its files; a file that was never done is read for this when it has been done."""
        return self.told or _digests(self.input)

    @property
    def parts(self) -> dict[str, str]:
        """What decides the document, readably."""
        return {**self.digests, "document": self.input.id, "name": self.input.name, **self.recipe.shown()}

    @property
    def key(self) -> str:
        """The digest of what decides the document."""
        return digest_of({**self.parts, "recipe": self.recipe.digest()})

    @property
    def bytes(self) -> int:
        """Size of the input."""
        if self.input.part is not None:
            return self.input.part.shard.bytes
        return self.stamps[0][1] if self.stamps else 0

    @property
    def done(self) -> bool:
        """Whether nothing is to be done."""
        return not self.reasons

    def changed_since(self) -> bool:
        """Whether an input is no longer the file that the decision was made on."""
        try:
            before = self.digests  # taken, where it was not yet, before the stamps are compared
            if self.stamps == _stamps(self.input):
                return False
            return self.told is None or before != _digests(self.input)
        except OSError:
            return True


def decide(input: Input, equipment: Equipment, stage: Staging, index: Index) -> Decision | Failure:
    """Compare what would decide the document now with what decided it when it was staged.

    What the index knows of files that are still the same is not looked at again.
    """
    for path in filter(None, (input.path, input.target)):
        if reason := not_readable(path):
            return Failure(_shown(input, path), reason, "Check the file and its permissions, then run again.")
    try:
        stamps = _stamps(input)
        if input.part is not None and input.part.stamp != stamps[0]:
            return Failure(input.name, "changed while it was looked through", "Run the job again.")
        header, told = _former(input, stamps, stage, index)
        decision = Decision(input, equipment.recipe, stamps, told, header, (NEW,))
        if header is None:
            return decision
        key = decision.key
    except OSError as error:
        fail_whole(error, input.path)
        return Failure(input.name, error.strerror or str(error), "Check the file and its permissions, then run again.")
    if header.key != key:
        return replace(decision, reasons=tuple(_changes(header.parts, decision.parts)) or ("changed",))
    compared = told is not None and index.people == equipment.people != ""
    return replace(decision, reasons=() if compared else _corrections(input, equipment, stage, header))


def _former(
    input: Input, stamps: tuple[Stamp, ...], stage: Staging, index: Index
) -> tuple[Header | None, dict[str, str] | None]:
    """The header of a document that was done, and the digests of its files where these are the same as then."""
    try:
        staged = stamp_of(stage.path(input.id))
    except FileNotFoundError:
        return None, None
    known = index.known(input.id, staged)
    if known is None:
        return stage.header(input.id), None
    same = known.inputs == stamps
    return known.header, {
        name: known.header.parts[name] for name in _FILES if name in known.header.parts
    } if same else None


def input_change(before: Sequence[str], after: Sequence[str]) -> str:
    """Which sentences of an input are others now, such as `input changed: sentences 14-16`, counted from 1."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    first, last = start + 1, len(after) - end
    if len(before) == len(after) == start:
        return "input changed: no sentence"
    if last < first:
        gone = len(before) - end - start
        return f"input changed: {gone} sentence{'s' * (gone > 1)} gone after sentence {start}"
    return f"input changed: sentence{f's {first}-{last}' if last > first else f' {first}'}"


def _changes(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The parts that differ, readably."""
    changes = []
    for name, value in after.items():
        was = before.get(name)
        if was == value:
            continue
        if name in _FILES:
            changes.append(f"{name} changed")
        elif name in (*CODE, "translate"):
            changes.append(f"the code of {name.removesuffix(' code')} changed")
        elif name == "glossary":
            changes.append("glossary changed")
        else:
            changes.append(f"{name} changed: {was or 'none'} → {value}")
    return [*changes, *(f"{name} no longer counts" for name in before if name not in after)]


def _corrections(input: Input, equipment: Equipment, stage: Staging, header: Header) -> tuple[str, ...]:
    """People's corrections that came or went since the document was done."""
    if equipment.memory is None or not (header.counts.get("human", 0) or equipment.corrections):
        return ()
    bitext = stage.former(input.id)
    if bitext is None:
        return ("what was done is damaged",)
    language = {sentence.id for sentence in in_language(bitext.source, bitext.source_sentences)}
    now = equipment.memory.human(*equipment.languages, [sentence.text for sentence in bitext.source_sentences])
    changed = 0
    for sentence, made in zip(bitext.source_sentences, bitext.translations, strict=True):
        if sentence.id not in language:
            continue
        corrected = now.get(sentence.text)
        if corrected is None:
            changed += made.origin == "human"
        else:
            changed += made.origin != "human" or made.text != corrected.text
    return (f"corrections changed: {changed} sentence{'s' * (changed > 1)}",) if changed else ()


def _stamps(input: Input) -> tuple[Stamp, ...]:
    return tuple(stamp_of(path) for path in (input.path, input.target) if path is not None)


def _digests(input: Input) -> dict[str, str]:
    if input.part is not None:
        return {"input": input.part.shard.digest}
    return {name: file_digest(path) for name, path in zip(_FILES, (input.path, input.target), strict=True) if path}


def _shown(input: Input, path: Path) -> str:
    return input.name if path == input.path else path.name
