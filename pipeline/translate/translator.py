"""The translator: sentences in, translations out, in order; what is remembered is not translated again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import islice
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pipeline.errors import ModelError
from pipeline.models import Model, find_model
from pipeline.text import Flag, Translation
from pipeline.translate.attempts import Work
from pipeline.translate.decoder import Decoder
from pipeline.translate.faults import faults_of
from pipeline.translate.keys import key_of, signature_of
from pipeline.translate.options import TranslateOptions, resolve
from pipeline.translate.passing import is_language

if TYPE_CHECKING:
    from pipeline.glossary import Glossary
    from pipeline.memory import Memory

Judge = Callable[[str, str], tuple[Flag, ...]]

_REMEMBERED_AT_ONCE = 256  # sentences in one transaction: what a killed run may lose
_EMPTY = Translation("", 0.0, 1.0, "machine", ())
_PASSED = Flag("passed-through", "info", "not language: numbers, signs, an address or code")


class Translator:
    """Translates with one model and one set of options; made by `open_translator`.

    `signature` names all that decides the output; `decoded` counts the sentences the model was called for.
    """

    def __init__(
        self, decoder: Decoder, signature: str, *, languages: tuple[str, str], memory: Memory | None, window: int
    ) -> None:
        self.signature = signature
        self._decoder = decoder
        self._languages = languages
        self._memory = memory
        self._window = window

    @property
    def decoded(self) -> int:
        """How many sentences the model was called for since the translator was opened."""
        return self._decoder.decoded

    def key(self, sentence: str) -> bytes:
        """The digest of everything that decides this sentence's translation."""
        return key_of(
            self._decoder.model.fingerprint, self.signature, self._decoder.glossary_digest(sentence), sentence
        )

    def remembered(self, sentences: Sequence[str]) -> list[Translation | None]:
        """What is known without the model: corrections, the memory's rows, and what passes through; else None."""
        known: list[Translation | None] = [_unchanged(sentence) for sentence in sentences]
        if self._memory is None:
            return known
        corrected = self._memory.human(*self._languages, sentences)
        keys = {
            index: self.key(sentence)
            for index, sentence in enumerate(sentences)
            if known[index] is None and sentence not in corrected
        }
        rows = self._memory.look_up(list(keys.values()))
        for index, sentence in enumerate(sentences):
            if sentence in corrected:
                known[index] = corrected[sentence]
            elif index in keys and keys[index] in rows:
                known[index] = replace(rows[keys[index]], origin="memory")
        return known

    def translate(self, sentences: Iterable[str]) -> Iterator[Translation]:
        """Translate a stream of sentences: as many come out as go in, in order.

        Up to two windows of `look_ahead` sentences are read ahead: while one is decoded, the next is made ready.
        """
        source = iter(sentences)
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="visavis-prepare") as beside:
            window = self._read(source)
            ready = beside.submit(self._decoder.prepare, window.unknown)
            while window.sentences:
                following = self._read(source)
                ready_next = beside.submit(self._decoder.prepare, following.unknown)
                made = self._make(window.unknown, ready.result())
                for sentence, known in zip(window.sentences, window.known, strict=True):
                    yield known if known is not None else made[sentence]
                window, ready = following, ready_next

    def close(self) -> None:
        """Let go of the engine. The memory belongs to whoever opened it."""
        self._decoder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, source: Iterator[str]) -> _Window:
        sentences = list(islice(source, self._window))
        known = self.remembered(sentences)
        unknown = list(dict.fromkeys(one for one, made in zip(sentences, known, strict=True) if made is None))
        return _Window(sentences, known, unknown)

    def _make(self, unknown: Sequence[str], works: Sequence[Work]) -> dict[str, Translation]:
        """Decode, and remember what is done in transactions of a few hundred, also when the caller stops midway."""
        made: dict[str, Translation] = {}
        waiting: list[tuple[str, Translation]] = []
        try:
            for index, translation in self._decoder.run(works):
                made[unknown[index]] = translation
                waiting.append((unknown[index], translation))
                if len(waiting) >= _REMEMBERED_AT_ONCE:
                    self._remember(waiting)
                    waiting = []
        finally:
            self._remember(waiting)
        return made

    def _remember(self, rows: Sequence[tuple[str, Translation]]) -> None:
        if self._memory is None or not rows:
            return
        from pipeline.memory import Remembered

        self._memory.store(
            Remembered(key=self.key(source), translation=made, source=source, parts=self.signature)
            for source, made in rows
        )


@dataclass(frozen=True, slots=True)
class _Window:
    """Some sentences, what is known of each (None: to be made), and those to be made, each once."""

    sentences: list[str]
    known: list[Translation | None]
    unknown: list[str]


def _unchanged(sentence: str) -> Translation | None:
    """What needs no model: nothing at all, or what is not language."""
    if not sentence.strip():
        return _EMPTY
    return None if is_language(sentence) else replace(_EMPTY, text=sentence, flags=(_PASSED,))


def open_translator(
    model: Model,
    options: TranslateOptions | None = None,
    *,
    source_language: str = "fr",
    target_language: str = "en",
    memory: Memory | None = None,
    judge: Judge | None = None,
    judge_version: str = "",
    glossary: Glossary | None = None,
    cache: Path | None = None,
    on_decoded: Callable[[int], None] | None = None,
) -> Translator:
    """A translator; nothing heavy is loaded until a sentence must be decoded.

    `judge` finds what is wrong with a translation; those with a warning are tried again. `judge_version` must change
    with the judge's rules, for it is part of what a translation is remembered by. Without a judge only loops and empty
    results are seen. `on_decoded` hears how many sentences the model has done. Raises ConfigError for wrong options,
    ModelError for what the model or the machine cannot do.
    """
    chosen = options or TranslateOptions()
    _check_languages(model, source_language, target_language)
    setup = resolve(chosen, model)
    languages = (source_language, target_language)
    signature = signature_of(
        model, chosen, setup, languages=languages, judge_version=judge_version or ("own" if judge else "")
    )
    decoder = Decoder(
        model,
        chosen,
        setup,
        language=source_language,
        judge=judge or faults_of,
        glossary=glossary,
        cache=cache,
        on_decoded=on_decoded,
    )
    return Translator(decoder, signature, languages=languages, memory=memory, window=chosen.look_ahead)


def translate_sentences(
    sentences: Iterable[str],
    *,
    model: str = "built-in",
    engine: str = "auto",
    beam_size: int = 4,
    memory: Memory | str | PathLike[str] | None = None,
) -> list[Translation]:
    """Translate French sentences into English, one translation a sentence, in order.

    `model` is `built-in`, a folder or `ORG/NAME@REVISION`; `memory` a sentence memory or the path of one, made if
    absent. Raises ConfigError, ModelError.
    """
    found = find_model(model)
    options = TranslateOptions(engine=engine, beam_size=beam_size)
    with ExitStack() as stack:
        if isinstance(memory, str | PathLike):
            from pipeline.memory import Memory

            memory = stack.enter_context(Memory.open(Path(memory)))
        translator = stack.enter_context(
            open_translator(
                found,
                options,
                source_language=found.source_language or "fr",
                target_language=found.target_language or "en",
                memory=memory,
            )
        )
        return list(translator.translate(sentences))


def _check_languages(model: Model, source: str, target: str) -> None:
    """Refuse a model that says it is for other languages; one that says nothing is taken at the user's word."""
    for side, wanted, stated in (("source", source, model.source_language), ("target", target, model.target_language)):
        if stated and stated.lower()[:2] != wanted.lower()[:2]:
            raise ModelError(
                f"the model {model.name} has {side} language {stated!r}, the job {wanted!r}",
                f"Use a model from {source} to {target}, or change `{side}_language`.",
            )
