"""What must be done for each document, and why; run and plan both go by this."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.documents.translating import in_language
from pipeline.errors import Failure
from pipeline.files import digest_of, file_digest
from pipeline.job.equipment import Equipment
from pipeline.job.failures import fail_whole
from pipeline.job.inputs import Input, not_readable
from pipeline.job.recipe import CODE
from pipeline.job.staging import Header, Staging

NEW = "not done yet"  # the reason of a document that was never done


@dataclass(frozen=True)
class Decision:
    """A document is up to date (`header` is there and right) or is to be done, for these reasons."""

    input: Input
    key: str
    parts: dict[str, str]
    stamps: tuple[tuple[int, ...], ...] = ()
    header: Header | None = None
    reasons: tuple[str, ...] = ()

    @property
    def bytes(self) -> int:
        """Size of the input."""
        return self.stamps[0][1] if self.stamps else 0

    @property
    def done(self) -> bool:
        """Whether nothing is to be done."""
        return not self.reasons

    def changed_since(self) -> bool:
        """Whether an input is no longer the file that the decision was made on."""
        try:
            if self.stamps == _stamps(self.input):
                return False
            return _digests(self.input) != {name: self.parts[name] for name in _digests(self.input)}
        except OSError:
            return True


def decide(input: Input, equipment: Equipment, stage: Staging) -> Decision | Failure:
    """Compare what would decide the document now with what decided it when it was staged."""
    for path in filter(None, (input.path, input.target)):
        if reason := not_readable(path):
            return Failure(_shown(input, path), reason, "Check the file and its permissions, then run again.")
    try:
        stamps, digests = _stamps(input), _digests(input)
    except OSError as error:
        fail_whole(error, input.path)
        return Failure(input.name, error.strerror or str(error), "Check the file and its permissions, then run again.")
    parts = {**digests, "document": input.id, "name": input.name, **equipment.recipe.shown()}
    key = digest_of({**parts, "recipe": equipment.recipe.digest()})
    header = stage.header(input.id)
    if header is None:
        return Decision(input, key, parts, stamps, None, (NEW,))
    if header.key != key:
        return Decision(input, key, parts, stamps, header, tuple(_changes(header.parts, parts)) or ("changed",))
    return Decision(input, key, parts, stamps, header, _corrections(input, equipment, stage, header))


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
        if name in ("input", "target"):
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


def _stamps(input: Input) -> tuple[tuple[int, ...], ...]:
    found = (os.stat(path) for path in (input.path, input.target) if path is not None)  # noqa: PTH116
    return tuple((one.st_mtime_ns, one.st_size, one.st_ino) for one in found)


def _digests(input: Input) -> dict[str, str]:
    digests = {"input": file_digest(input.path)}
    return digests | {"target": file_digest(input.target)} if input.target else digests


def _shown(input: Input, path: Path) -> str:
    return input.name if path == input.path else path.name
