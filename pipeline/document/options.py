"""How a translated document is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.corpus.cues import SubtitleOptions

DOCUMENT_LAYOUTS = ("under", "beside", "table")  # of both languages; without one, the translation alone


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """`encoding` is that which the file was said to have (found out without it), `subtitles` how cues are set.

    `layout` is how both languages stand in the document; without one, the translation takes the original's place.
    """

    encoding: str | None = None
    subtitles: SubtitleOptions | None = None
    layout: str = ""
