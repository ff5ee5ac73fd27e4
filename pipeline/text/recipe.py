"""What decides a result, by name: one object that plans, manifests and memory keys ask."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that decides a result: `value` tells it apart, `digest` does where the value is a name for people."""

    name: str
    value: str
    digest: str = ""


@dataclass(frozen=True)
class Recipe:
    """The parts that decide a result, in the order in which people read them."""

    parts: tuple[Part, ...] = ()

    @classmethod
    def of(cls, **values: object) -> Recipe:
        """A recipe of names and values; an underscore in a name stands for a space."""
        return cls(tuple(Part(name.replace("_", " "), str(value)) for name, value in values.items()))

    def __add__(self, other: Recipe) -> Recipe:
        """Both; a part of `other` takes the place of one with its name."""
        named = {part.name: part for part in (*self.parts, *other.parts)}
        return Recipe(tuple(named.values()))

    def __str__(self) -> str:
        """All parts on one line, as sacrebleu writes its signatures: `model:…|beam:4|…`."""
        return "|".join(f"{part.name}:{part.value}" for part in self.parts)

    def digest(self) -> str:
        """SHA-256, in hex, over what tells the parts apart, whatever their order."""
        return self._digest

    def shown(self) -> dict[str, str]:
        """The parts as people read them, by name."""
        return {part.name: part.value for part in self.parts}

    @cached_property
    def _digest(self) -> str:
        digest = hashlib.sha256()
        for part in sorted(self.parts, key=lambda one: one.name):
            for text in (part.name, part.digest or part.value):
                raw = text.encode("utf-8", "surrogatepass")
                digest.update(f"{len(raw)}:".encode() + raw)
        return digest.hexdigest()
