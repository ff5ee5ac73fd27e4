"""Vis-à-vis: French to English translation and bilingual alignment, from files to parallel corpora and books."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.errors import ConfigError, Failure, InputError, ModelError, OutputError, VisavisError
from pipeline.version import __version__

if TYPE_CHECKING:
    from pipeline.align import align_sentences
    from pipeline.corpus import read_corpus
    from pipeline.documents.sentences import translate_sentences
    from pipeline.job import run
    from pipeline.job.report import RunReport
    from pipeline.split import split_sentences
    from pipeline.text import Bead, Bitext, Flag, Sentence, Translation
    from pipeline.words import WordLink, align_words

__all__ = [
    "Bead",
    "Bitext",
    "ConfigError",
    "Failure",
    "Flag",
    "InputError",
    "ModelError",
    "OutputError",
    "RunReport",
    "Sentence",
    "Translation",
    "VisavisError",
    "WordLink",
    "__version__",
    "align_sentences",
    "align_words",
    "read_corpus",
    "run",
    "split_sentences",
    "translate_sentences",
]

_HOMES = {
    "Bead": "pipeline.text",
    "Bitext": "pipeline.text",
    "Flag": "pipeline.text",
    "RunReport": "pipeline.job.report",
    "Sentence": "pipeline.text",
    "Translation": "pipeline.text",
    "WordLink": "pipeline.words",
    "align_sentences": "pipeline.align",
    "align_words": "pipeline.words",
    "read_corpus": "pipeline.corpus",
    "run": "pipeline.job",
    "split_sentences": "pipeline.split",
    "translate_sentences": "pipeline.documents.sentences",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: `import pipeline` stays quick (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return list(__all__)
