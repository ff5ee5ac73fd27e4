"""Vis-à-vis: French to English translation and bilingual alignment, from files to parallel corpora and books."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.version import __version__

if TYPE_CHECKING:
    from pipeline.align import align_sentences
    from pipeline.documents.sentences import translate_sentences
    from pipeline.job import run
    from pipeline.split import split_sentences

__all__ = ["__version__", "align_sentences", "run", "split_sentences", "translate_sentences"]

_HOMES = {
    "align_sentences": "pipeline.align",
    "run": "pipeline.job",
    "split_sentences": "pipeline.split",
    "translate_sentences": "pipeline.documents.sentences",
}


def __getattr__(name: str) -> Any:
    """Import a public function when it is first asked for: `import pipeline` stays quick (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
