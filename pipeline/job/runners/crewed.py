"""Runners with a crew, here or on Ray: this process alone reads, remembers, stores and writes; workers only compute."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.config import JobConfig
from pipeline.job.decisions import Decision
from pipeline.job.equipment import Equipment, model_name, options_of
from pipeline.job.failures import Blame
from pipeline.job.loading import load_pair, pairing_options
from pipeline.job.progress import Progress
from pipeline.job.runners.afar import Afar, Findings, Knowing
from pipeline.job.runners.crew import Crew, value_of
from pipeline.job.runners.here import Made, run_here
from pipeline.job.runners.processes import Process
from pipeline.job.runners.work import Brief, Done, Hand, Pair
from pipeline.translate import TranslateOptions

if TYPE_CHECKING:
    from pipeline.job.runners.work import Worker

LEAST = 100_000  # bytes of several pairs of documents that are worth processes of their own
MOST = 8  # processes for alignment, where nobody says how many


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Calling:
    """Calls a crew together when it is first needed, and sends it away at the end."""

    def __init__(
        self,
        config: JobConfig,
        equipment: Equipment,
        progress: Progress,
        *,
        workers: int,
        worker: type[Worker] | None = None,
    ) -> None:
        self._config = config
        self._equipment = equipment
        self._progress = progress
        self._workers = workers
        self._worker = worker
        self._stack = ExitStack()

    @cached_property
    def crew(self) -> Crew:
        """The crew."""
        config = self._config
        threads = config.threads or (1 if config.runner.on == "ray" else max(1, cores() // self._workers))
        hire, size = self._hiring(threads)
        brief = self._brief(threads)
        translator = self._equipment.translator
        parts = translator.recipe.parts if brief.model and translator is not None else ()
        recipe = {part.name: part.digest or part.value for part in parts}
        crew = Crew(hire, size, brief, recipe, self._progress.note)
        self._stack.callback(crew.close)
        return crew

    def close(self) -> None:
        """Send the crew away."""
        self._stack.close()

    def _hiring(self, threads: int) -> tuple[Callable[[], Hand], int]:
        """What hires a worker, and how many there may be."""
        if self._config.runner.on == "here":
            return lambda: Process(threads), self._workers
        from pipeline.job.runners.ray import Actor, cluster
        from pipeline.job.runners.work import Worker

        size = self._stack.enter_context(cluster(self._config.runner.address, self._workers, threads))
        gpu = self._config.device.startswith("cuda")
        return lambda: Actor(threads, gpu=gpu, worker=self._worker or Worker), size

    def _brief(self, threads: int) -> Brief:
        glossary = self._equipment.glossary
        terms = glossary.terms if glossary is not None else ()
        if self._equipment.model is None:
            return Brief(self._equipment.languages, "", TranslateOptions(), terms)
        options = replace(options_of(self._config), threads=threads)
        return Brief(self._equipment.languages, model_name(self._config), options, terms)


def run_crewed(
    decisions: Sequence[Decision],
    config: JobConfig,
    equipment: Equipment,
    *,
    progress: Progress,
    blame: Blame,
    worker: type[Worker] | None = None,
) -> Iterator[Made]:
    """Do documents as `run_here` does, with workers where these are asked for or pay; the results are the same."""
    workers = workers_for(decisions, config)
    if not decisions or (config.runner.on == "here" and workers <= 1) or _needs_none(config, equipment):
        yield from run_here(decisions, config, equipment, progress=progress, blame=blame)
        return
    with _calling(config, equipment, progress, workers, worker) as calling:
        if equipment.translator is None:
            yield from _align(decisions, config, calling, progress, blame)
            return
        found = Findings()
        equipment.translator.decode_with(Afar(equipment.translator.decoder, lambda: calling.crew, found))
        knowing = replace(equipment, judge=Knowing(equipment.judge, found), spans=found.spans_of)
        yield from run_here(decisions, config, knowing, progress=progress, blame=blame)


@contextmanager
def _calling(
    config: JobConfig, equipment: Equipment, progress: Progress, workers: int, worker: type[Worker] | None
) -> Iterator[Calling]:
    calling = Calling(config, equipment, progress, workers=workers, worker=worker)
    try:
        yield calling
    finally:
        calling.close()


def _needs_none(config: JobConfig, equipment: Equipment) -> bool:
    """Whether nothing is computed: a job that translates without a model."""
    return equipment.translator is not None and equipment.model is None


def workers_for(decisions: Sequence[Decision], config: JobConfig) -> int:
    """How many workers: as many as are asked for; here, where nobody says, several for alignments that take long."""
    if config.runner.workers or config.runner.on == "ray":
        return config.runner.workers
    pays = bool(config.target) and len(decisions) > 1 and sum(one.bytes for one in decisions) >= LEAST
    return min(cores(), len(decisions), MOST) if pays else 1


def _align(
    decisions: Sequence[Decision], config: JobConfig, calling: Calling, progress: Progress, blame: Blame
) -> Iterator[Made]:
    """Align several documents at once; each is given as soon as it is done."""
    waiting: dict[Future[Done], Decision] = {}
    options = pairing_options(config)
    coming = iter(decisions)
    while True:
        while len(waiting) < 2 * calling.crew.size and (decision := next(coming, None)) is not None:
            try:
                with progress.timed("read"):
                    source, target = load_pair(decision.input, config)
            except Exception as error:
                yield decision, blame(decision, error)
                continue
            waiting[calling.crew.submit(Pair(source, target, options))] = decision
        if not waiting:
            return
        with progress.timed("align"):
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            yield _made(waiting.pop(future), future, progress, blame)


def _made(decision: Decision, future: Future[Done], progress: Progress, blame: Blame) -> Made:
    try:
        bitext = value_of(future)
    except Exception as error:
        return decision, blame(decision, error)
    progress.read(len(bitext.source_sentences), decision.bytes)
    progress.aligned(len(bitext.source_sentences))
    return decision, bitext
