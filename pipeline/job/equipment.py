"""What a job works with: translator, memory, glossary, checks; and the names of all that decides its results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import JobConfig
from pipeline.errors import Failure, InputError, VisavisError
from pipeline.files import code_digest, digest_of
from pipeline.text import Flag

if TYPE_CHECKING:
    from pipeline.glossary import Glossary
    from pipeline.memory import Memory
    from pipeline.models import Model
    from pipeline.translate import Translator

Judge = Callable[[str, str], tuple[Flag, ...]]


@dataclass(frozen=True)
class Equipment:
    """All that a job's documents are made with. `parts` names everything that decides a document besides its files."""

    judge: Judge
    parts: dict[str, str]
    languages: tuple[str, str]
    translator: Translator | None = None
    model: Model | None = None
    memory: Memory | None = None
    glossary: Glossary | None = None
    failures: tuple[Failure, ...] = ()

    @cached_property
    def corrections(self) -> int:
        """How many corrections by people the memory holds."""
        try:
            return self.memory.stats().corrections if self.memory is not None else 0
        except VisavisError:
            return 0  # the memory goes on without itself while a job runs, and says so in `fault`

    @property
    def signature(self) -> str:
        """The parts on one line."""
        return "|".join(f"{name}:{value}" for name, value in self.parts.items())


@contextmanager
def equipped(
    config: JobConfig, *, read_only: bool = False, on_decoded: Callable[[int], None] | None = None
) -> Iterator[Equipment]:
    """Open what the job needs; no engine is loaded before a sentence must be translated.

    `on_decoded` hears the running count of sentences that the model has done.
    A memory that cannot be used is a failure that the report lists; the job goes on without it.
    """
    from pipeline.check import CHECKS_VERSION, judge_for

    judge = judge_for(config.source_language, config.target_language)
    languages = (config.source_language, config.target_language)
    parts = {"checks": CHECKS_VERSION, "languages": "-".join(languages)}
    parts |= _code_parts(config)
    with ExitStack() as stack:
        if config.target:
            yield Equipment(judge, parts | {"align": _align_part(config)}, languages)
            return
        memory, failures = _open_memory(config, read_only=read_only)
        if memory is not None:
            stack.callback(memory.close)
        glossary = _glossary(config)
        model, translator = _open_translator(config, judge, CHECKS_VERSION, memory, glossary, on_decoded)
        stack.callback(translator.close)
        parts |= dict(part.split(":", 1) for part in translator.signature.split("|") if ":" in part)
        parts["glossary"] = glossary.version if glossary else "none"
        yield Equipment(judge, parts, languages, translator, model, memory, glossary, failures)


def _code_parts(config: JobConfig) -> dict[str, str]:
    road = "pipeline.documents"
    rooms = {
        "read": ("pipeline.read", "pipeline.corpus", f"{road}.loading"),
        "split": ("pipeline.split", "pipeline.languages", "pipeline.text"),
        "check": ("pipeline.check", "pipeline.glossary"),
        "align code": ("pipeline.align", f"{road}.pairing" if config.target else f"{road}.translating"),
    }
    reading = {"encoding": config.encoding or "found out", "web pages": config.web_pages}
    return {name: code_digest(*of)[:12] for name, of in rooms.items()} | reading


def _align_part(config: JobConfig) -> str:
    return digest_of([config.align.embedder, config.align.anchors, config.align.chapters])[:12]


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
    judge_version: str,
    memory: Memory | None,
    glossary: Glossary | None,
    on_decoded: Callable[[int], None] | None,
) -> tuple[Model, Translator]:
    from pipeline.models import find_model
    from pipeline.translate import TranslateOptions, open_translator

    model = find_model(_model_name(config), allow_download=config.allow_download)
    options = TranslateOptions(
        engine=config.engine,
        compute_type=config.compute_type,
        device=config.device,
        beam_size=config.beam_size,
        threads=config.threads,
    )
    translator = open_translator(
        model,
        options,
        source_language=config.source_language,
        target_language=config.target_language,
        memory=memory,
        judge=judge,
        judge_version=judge_version,
        glossary=glossary,
        on_decoded=on_decoded,
    )
    return model, translator


def _model_name(config: JobConfig) -> str:
    """A folder is looked for beside the job file; other names are the model room's."""
    beside = config.folder / Path(config.model).expanduser()
    return str(beside) if config.model != "built-in" and beside.is_dir() else config.model
