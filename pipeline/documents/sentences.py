"""Sentences to translations, judged and checked as a job's are: the public function, and the translator it opens."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from os import PathLike
from pathlib import Path

from pipeline.documents.checking import all_with_flags
from pipeline.documents.judging import judge_between
from pipeline.glossary import Glossary, read_glossary
from pipeline.memory import Memory
from pipeline.models import find_model
from pipeline.text import Translation
from pipeline.translate import TranslateOptions, open_translator
from pipeline.translate.options import beam_of


def translate_sentences(
    sentences: Iterable[str],
    *,
    model: str = "built-in",
    engine: str = "auto",
    quality: str = "best",
    beam_size: int | None = None,
    memory: Memory | str | PathLike[str] | None = None,
    glossary: Glossary | str | PathLike[str] | None = None,
) -> list[Translation]:
    """Translate French sentences into English, one translation a sentence, in order.

    `model` is `built-in`, a folder or `ORG/NAME@REVISION`; `quality` is best, balanced or fast, and a `beam_size` takes
    its place; `memory` is a sentence memory or the path of one, made if absent; `glossary` terms to keep to, or the
    path of their table. Raises ConfigError, ModelError, InputError.
    """
    found = find_model(model)
    source_language, target_language = found.source_language or "fr", found.target_language or "en"
    if isinstance(glossary, str | PathLike):
        glossary = read_glossary(Path(glossary))
    judge = judge_between(source_language, target_language, glossary=glossary)
    texts = list(sentences)
    with ExitStack() as stack:
        if isinstance(memory, str | PathLike):
            memory = stack.enter_context(Memory.open(Path(memory)))
        translator = stack.enter_context(
            open_translator(
                found,
                TranslateOptions(engine=engine, beam_size=beam_of(quality, beam_size)),
                source_language=source_language,
                target_language=target_language,
                memory=memory,
                judge=judge.of_tries(),
                glossary=glossary,
            )
        )
        return all_with_flags(texts, list(translator.translate(texts)), judge)
