"""The translator: sentences in, translations out, in order; what is remembered is not translated again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from pipeline.errors import ModelError
from pipeline.memory.rows import Recalled, Remembered
from pipeline.models import Model
from pipeline.text import Candidate, Translation, Try
from pipeline.text.recipe import Recipe
from pipeline.translate.attempts import Work
from pipeline.translate.decoder import Decoder
from pipeline.translate.keys import key_of, recipe_of
from pipeline.translate.known import known_translation
from pipeline.translate.options import TranslateOptions, resolve
from pipeline.translate.retrying import Judge, Trials

if TYPE_CHECKING:
    from pipeline.glossary import Glossary
    from pipeline.memory import Memory

_REACH = 4  # windows whose sentences are not made again by the next ones
_REMEMBERED_AT_ONCE = 256  # sentences in one transaction: what a killed run may lose


class Decodes(Protocol):
    """What a translator has sentences decoded by, here or elsewhere; `ahead` is how many windows it is given early."""

    @property
    def ahead(self) -> int:
        """Windows that are made ready while another is decoded."""

    @property
    def decoded(self) -> int:
        """How many sentences the model was called for."""

    def glossary_digest(self, sentence: str) -> str:
        """The digest of the glossary's terms that this sentence holds."""

    def trials(self, sentence: str, tries: Iterable[Try] = ()) -> Trials:
        """The tries of a sentence, as far as they are known."""

    def prepare(self, sentences: Mapping[str, tuple[Try, ...]]) -> list[Work]:
        """Make sentences, with the tries that are known of them, ready."""

    def run(self, works: Sequence[Work], trials: Sequence[Trials]) -> Iterator[int]:
        """Make the tries that are asked for; gives each index when its trials are done."""


class Translator:
    """Translates with one model and one set of options; made by `open_translator`.

    `decoded` counts the sentences the model was called for.
    """

    def __init__(
        self,
        decoder: Decoder,
        recipe: Callable[[], Recipe],
        *,
        languages: tuple[str, str],
        memory: Memory | None,
        window: int,
    ) -> None:
        self._recipe = recipe
        self._here = decoder
        self._decoder: Decodes = decoder
        self._languages = languages
        self._memory = memory
        self._window = window

    @cached_property
    def recipe(self) -> Recipe:
        """All that decides what is tried; it counts code and weights, which only a memory or a report asks for."""
        return self._recipe()

    @cached_property
    def _recipe_digest(self) -> str:
        return self.recipe.digest()

    @property
    def decoded(self) -> int:
        """How many sentences the model was called for since the translator was opened."""
        return self._decoder.decoded

    def key(self, sentence: str) -> bytes:
        """The digest of everything that decides what is tried of this sentence."""
        return key_of(self._recipe_digest, self._decoder.glossary_digest(sentence), sentence)

    def remembered(self, sentences: Sequence[str]) -> list[Translation | None]:
        """What is known without the model: corrections, the memory's tries, and what passes through; else None."""
        return [one.translation for one in self._known(sentences)]

    def alternatives(self, sentence: str) -> tuple[Candidate, ...]:
        """Other translations of a sentence, the likeliest first; nothing of it is remembered."""
        return self._here.alternatives(sentence)

    def translate(self, sentences: Iterable[str]) -> Iterator[Translation]:
        """Translate a stream of sentences: as many come out as go in, in order.

        Windows of `look_ahead` sentences are read ahead: while one is decoded, the next are made ready. A sentence that
        one of the last windows made is not made again.
        """
        source = iter(sentences)
        coming: deque[tuple[_Window, Future[list[Work]]]] = deque()
        recent: deque[_Window] = deque(maxlen=_REACH)
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="visavis-prepare") as beside:
            while True:
                while len(coming) <= self._decoder.ahead and (window := self._read(source, recent)).sentences:
                    coming.append((window, beside.submit(self._decoder.prepare, window.unknown)))
                    recent.append(window)
                if not coming:
                    return
                window, ready = coming.popleft()
                self._make(window, ready.result())
                yield from (
                    self._given(window, text, known) for text, known in zip(window.sentences, window.known, strict=True)
                )

    def decode_with(self, decoder: Decodes) -> None:
        """Have sentences decoded elsewhere, by what decodes as the former decoder would."""
        self._decoder = decoder

    @property
    def decoder(self) -> Decoder:
        """What decodes here."""
        return self._here

    def close(self) -> None:
        """Let go of the engine. The memory belongs to whoever opened it."""
        self._here.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, source: Iterator[str], recent: Iterable[_Window] = ()) -> _Window:
        sentences = list(islice(source, self._window))
        known = self._known(sentences)
        unknown: dict[str, tuple[Try, ...]] = {}
        borrowed: dict[str, dict[str, Translation]] = {}
        for text, one in zip(sentences, known, strict=True):
            if one.translation is None:
                maker = next((before.made for before in recent if text in before.unknown), None)
                if maker is None:
                    unknown[text] = one.tries
                else:
                    borrowed[text] = maker
        return _Window(sentences, [one.translation for one in known], unknown, borrowed)

    def _given(self, window: _Window, text: str, known: Translation | None) -> Translation:
        """A sentence's translation; one that an earlier window made is as good as remembered."""
        if known is not None:
            return known
        if text not in window.borrowed:
            return window.made[text]
        made = window.borrowed[text][text]
        return replace(made, origin="memory") if self._memory is not None and made.origin == "machine" else made

    def _known(self, sentences: Sequence[str]) -> list[_Known]:
        known = [_Known(known_translation(sentence, *self._languages)) for sentence in sentences]
        if self._memory is None:
            return known
        corrected = self._memory.human(*self._languages, sentences)
        keys = {
            index: self.key(sentence)
            for index, sentence in enumerate(sentences)
            if known[index].translation is None and sentence not in corrected
        }
        rows = self._memory.look_up(list(keys.values()))
        for index, sentence in enumerate(sentences):
            if sentence in corrected:
                known[index] = _Known(corrected[sentence])
            elif index in keys and keys[index] in rows:
                known[index] = self._judged(sentence, rows[keys[index]])
        return known

    def _judged(self, sentence: str, row: Recalled) -> _Known:
        """A remembered sentence, if all tries are there that today's judge asks for."""
        trials = self._decoder.trials(sentence, row.tries)
        if trials.next is not None:
            return _Known(None, row.tries)
        return _Known(replace(trials.translation(row.notes), origin="memory"))

    def _make(self, window: _Window, works: Sequence[Work]) -> None:
        """Decode, and remember what is done in transactions of a few hundred, also when the caller stops midway."""
        waiting: list[Remembered] = []
        texts = list(window.unknown)
        trials = [self._decoder.trials(text, tries) for text, tries in window.unknown.items()]
        try:
            for index in self._decoder.run(works, trials):
                text, notes = texts[index], works[index].notes
                window.made[text] = trials[index].translation(notes)
                if self._memory is None:
                    continue
                waiting.append(Remembered(self.key(text), text, trials[index].tries, notes, str(self.recipe)))
                if len(waiting) >= _REMEMBERED_AT_ONCE:
                    self._remember(waiting)
                    waiting = []
        finally:
            self._remember(waiting)

    def _remember(self, rows: Sequence[Remembered]) -> None:
        if self._memory is not None and rows:
            self._memory.store(rows)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a sentence: its translation, or the tries that do not suffice for one."""

    translation: Translation | None
    tries: tuple[Try, ...] = ()


@dataclass(frozen=True, slots=True)
class _Window:
    """Some sentences, what is known of each (None: to be made), and those to be made, each once, with their tries.

    `borrowed` are those that a window before makes, with what it has made; `made` is filled when this one's turn comes.
    """

    sentences: list[str]
    known: list[Translation | None]
    unknown: dict[str, tuple[Try, ...]]
    borrowed: dict[str, dict[str, Translation]]
    made: dict[str, Translation] = field(default_factory=dict)


def open_translator(
    model: Model,
    options: TranslateOptions | None = None,
    *,
    source_language: str = "fr",
    target_language: str = "en",
    memory: Memory | None = None,
    judge: Judge | None = None,
    glossary: Glossary | None = None,
    cache: Path | None = None,
    on_decoded: Callable[[int], None] | None = None,
) -> Translator:
    """A translator; nothing heavy is loaded until a sentence must be decoded.

    `judge` finds what is wrong with a translation; those with a warning are tried again. Without one the first try
    counts. `on_decoded` hears how many sentences the model has done. Raises ConfigError for wrong options, ModelError
    for what the model or the machine cannot do.
    """
    chosen = options or TranslateOptions()
    _check_languages(model, source_language, target_language)
    setup = resolve(chosen, model)
    languages = (source_language, target_language)
    decoder = Decoder(
        model,
        chosen,
        setup,
        languages=languages,
        judge=judge,
        glossary=glossary,
        cache=cache,
        on_decoded=on_decoded,
    )
    recipe = partial(recipe_of, model, chosen, setup, languages=languages)
    return Translator(decoder, recipe, languages=languages, memory=memory, window=chosen.look_ahead)


def _check_languages(model: Model, source: str, target: str) -> None:
    """Refuse a model that says it is for other languages; one that says nothing is taken at the user's word."""
    for side, wanted, stated in (("source", source, model.source_language), ("target", target, model.target_language)):
        if stated and stated.lower()[:2] != wanted.lower()[:2]:
            raise ModelError(
                f"the model {model.name} has {side} language {stated!r}, the job {wanted!r}",
                f"Use a model from {source} to {target}, or change `{side}_language`.",
            )
