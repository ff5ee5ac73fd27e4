"""How a translated document is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.corpus.cues import SubtitleOptions

DOCUMENT_LAYOUTS = ("translation",)  # the usual one first


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """`encoding` is that which the file was said to have (found out without it), `subtitles` how cues are set."""

    encoding: str | None = None
    subtitles: SubtitleOptions | None = None
