"""A job's subtitles: how they are set, and which of them nobody can read in time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.config import JobConfig
from pipeline.text import Bitext

if TYPE_CHECKING:
    from pipeline.corpus.cues import SubtitleOptions

TIMED = ("srt", "vtt")


def subtitle_options(config: JobConfig) -> SubtitleOptions:
    """How a job sets its subtitles."""
    from pipeline.corpus.cues import SubtitleOptions

    return SubtitleOptions(**config.subtitles.model_dump())


def unreadable(config: JobConfig, bitexts: Iterable[Bitext], formats: Iterable[str]) -> tuple[str, ...]:
    """What is to be said of each document whose cues no setting gives time enough, where subtitles are written."""
    if not set(TIMED) & set(formats):
        return ()
    from pipeline.corpus.subtitles import too_fast

    options = subtitle_options(config)
    told = ((bitext.source.path or bitext.source.id, too_fast(bitext, options)) for bitext in bitexts)
    return tuple(f"{name}: reading speed: {doubt}" for name, doubt in told if doubt)
