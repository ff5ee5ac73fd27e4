"""What a job works with: translator, memory, glossary, checks; and the recipe of its documents."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from pipeline.config import JobConfig
from pipeline.documents.translating import Spans, sentence_spans
from pipeline.errors import Failure, InputError, VisavisError
from pipeline.files import at_home, digest_of
from pipeline.job.recipe import recipe_of
from pipeline.text.recipe import Recipe

if TYPE_CHECKING:
    from pipeline.check import Judge
    from pipeline.glossary import Glossary
    from pipeline.memory import Leverage, Leveraged, Memory
    from pipeline.models import Model
    from pipeline.translate import TranslateOptions, Translator


@dataclass(frozen=True)
class Equipment:
    """All that a job's documents are made with; `recipe` names everything that decides a document besides its files.

    `spans` tells where the sentences of a translation are.
    """

    judge: Judge
    recipe: Recipe
    languages: tuple[str, str]
    translator: Translator | None = None
    model: Model | None = None
    memory: Memory | None = None
    leverage: Leverage | None = None
    glossary: Glossary | None = None
    failures: tuple[Failure, ...] = ()
    spans: Spans = sentence_spans

    @cached_property
    def corrections(self) -> int:
        """How many translations by people the memory holds: corrections, and a client's."""
        try:
            stats = self.memory.stats() if self.memory is not None else None
            return stats.corrections + stats.leverage if stats is not None else 0
        except VisavisError:
            return 0  # the memory goes on without itself while a job runs, and says so in `fault`

    @cached_property
    def people(self) -> str:
        """The digest of people's corrections of these languages; nothing where the memory fails.

        A client's translations are in the recipe.
        """
        try:
            every = self.memory.corrections() if self.memory is not None else []
        except VisavisError:
            return ""
        ours = [one for one in every if (one.source_language, one.target_language) == self.languages]
        return digest_of([(one.source, one.target) for one in ours])


@contextmanager
def equipped(
    config: JobConfig, *, read_only: bool = False, on_decoded: Callable[[int], None] | None = None
) -> Iterator[Equipment]:
    """Open what the job needs; no engine is loaded before a sentence must be translated.

    `on_decoded` hears the running count of sentences that the model has done.
    A memory that cannot be used is a failure that the report lists; the job goes on without it.
    """
    from pipeline.documents.judging import judge_between
    from pipeline.memory import Leverage

    languages = (config.source_language, config.target_language)
    glossary = _glossary(config)
    judge = judge_between(*languages, glossary=glossary)
    with ExitStack() as stack:
        if config.target:
            yield Equipment(judge, recipe_of(config, None, glossary), languages, glossary=glossary)
            return
        memory, failures = _open_memory(config, read_only=read_only)
        if memory is not None:
            stack.callback(memory.close)
        model, translator = _open_translator(config, judge, memory, glossary, on_decoded)
        stack.callback(translator.close)
        entries = _leverage(memory, languages)
        recipe = recipe_of(config, translator.recipe, glossary, entries)
        leverage = Leverage(entries) if entries else None
        yield Equipment(judge, recipe, languages, translator, model, memory, leverage, glossary, failures)


def _leverage(memory: Memory | None, languages: tuple[str, str]) -> list[Leveraged]:
    """What clients' translation memories hold of these languages; nothing where the memory fails, which it tells."""
    try:
        return memory.leverage(*languages) if memory is not None else []
    except VisavisError:
        return []


def _open_memory(config: JobConfig, *, read_only: bool) -> tuple[Memory | None, tuple[Failure, ...]]:
    from pipeline.memory import Memory

    if config.memory is None or (read_only and not config.memory.exists()):
        return None, ()
    try:
        if not read_only:
            config.memory.parent.mkdir(parents=True, exist_ok=True)
        return Memory.open(config.memory, read_only=read_only), ()
    except VisavisError as error:
        return None, (Failure(str(config.memory), f"is not used as memory: {error.problem}", error.remedy),)
    except OSError as error:
        reason = f"is not used as memory: {error.strerror}"
        return None, (Failure(str(config.memory), reason, "Give `memory` a file that can be written, or false."),)


def _glossary(config: JobConfig) -> Glossary | None:
    from pipeline.glossary import read_glossary

    if config.glossary is None:
        return None
    path = config.folder / config.glossary
    try:
        return read_glossary(path)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", "Correct `glossary` in the job file.") from error


def _open_translator(
    config: JobConfig,
    judge: Judge,
    memory: Memory | None,
    glossary: Glossary | None,
    on_decoded: Callable[[int], None] | None,
) -> tuple[Model | None, Translator]:
    from pipeline.models import find_model
    from pipeline.translate import NO_MODEL, Identity

    if config.model == NO_MODEL:
        return None, Identity()
    model = find_model(model_name(config), allow_download=config.allow_download)
    languages = (config.source_language, config.target_language)
    opened = translator_between(*languages, model, options_of(config), judge=judge, glossary=glossary)
    return model, opened(memory=memory, on_decoded=on_decoded)


def translator_between(
    source_language: str,
    target_language: str,
    model: Model,
    options: TranslateOptions,
    *,
    judge: Judge,
    glossary: Glossary | None,
) -> Callable[..., Translator]:
    """What opens the translator of a job, in this process and in workers alike; takes `memory` and `on_decoded`."""
    from pipeline.translate import open_translator

    return partial(
        open_translator,
        model,
        options,
        source_language=source_language,
        target_language=target_language,
        judge=judge.of_tries(),
        glossary=glossary,
    )


def options_of(config: JobConfig) -> TranslateOptions:
    """How a job translates."""
    from pipeline.translate import TranslateOptions
    from pipeline.translate.options import beam_of

    return TranslateOptions(
        engine=config.engine,
        compute_type=config.compute_type,
        device=config.device,
        beam_size=beam_of(config.quality, config.beam_size),
        threads=config.threads,
    )


def model_name(config: JobConfig) -> str:
    """A folder is looked for beside the job file; other names are the model room's."""
    beside = config.folder / at_home(config.model)
    found = config.model != "built-in" and os.path.isdir(beside)  # noqa: PTH112 (no name is too long for it)
    return str(beside) if found else config.model
