"""How a translated document is laid out."""

from __future__ import annotations

from dataclasses import dataclass

DOCUMENT_LAYOUTS = ("translation",)  # the usual one first


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """`encoding` is that which the file was said to have; found out without it."""

    encoding: str | None = None
