"""The runner that works in this process: one stream of sentences through one translator, or document after document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.config import JobConfig
from pipeline.documents.checking import checked
from pipeline.documents.leveraging import leveraged
from pipeline.documents.translating import Loaded, translated
from pipeline.errors import Failure
from pipeline.job.decisions import Decision
from pipeline.job.equipment import Equipment
from pipeline.job.failures import Blame
from pipeline.job.loading import load, load_pair, pair
from pipeline.job.progress import Progress
from pipeline.text import Bitext

Made = tuple[Decision, Bitext | Failure]


def run_here(
    decisions: Sequence[Decision], config: JobConfig, equipment: Equipment, *, progress: Progress, blame: Blame
) -> Iterator[Made]:
    """Do documents one after another; each comes with its checked bitext, or with why it could not be done.

    `blame` makes a failure of an error, or raises it where it is not one document's.
    """
    made = _align if equipment.translator is None else _translate
    yield from made(decisions, config, equipment, progress, blame)


def _align(
    decisions: Sequence[Decision], config: JobConfig, equipment: Equipment, progress: Progress, blame: Blame
) -> Iterator[Made]:
    for decision in decisions:
        try:
            with progress.timed("read"):
                source, target = load_pair(decision.input, config)
            with progress.timed("align"):
                bitext = pair(source, target, config)
            with progress.timed("check"):
                bitext = checked(bitext, equipment.judge)
        except Exception as error:
            yield decision, blame(decision, error)
            continue
        progress.read(len(bitext.source_sentences), decision.bytes)
        progress.aligned(len(bitext.source_sentences))
        yield decision, bitext


def _translate(
    decisions: Sequence[Decision], config: JobConfig, equipment: Equipment, progress: Progress, blame: Blame
) -> Iterator[Made]:
    assert equipment.translator is not None
    by_id = {decision.input.id: decision for decision in decisions}
    failed: list[Made] = []  # told as soon as the stream lets us

    def documents() -> Iterator[Loaded]:
        for decision in decisions:
            try:
                with progress.timed("read"):
                    loaded = load(decision.input, config)
            except Exception as error:
                failed.append((decision, blame(decision, error)))
                continue
            progress.read(len(loaded.sentences), decision.bytes)
            yield loaded

    made = translated(documents(), equipment.translator, config.target_language, progress.sentence, equipment.spans)
    for loaded, bitext in progress.timed_stream("translate", made):
        yield from failed
        failed.clear()
        with progress.timed("check"):
            bitext = checked(leveraged(bitext, equipment.leverage), equipment.judge)
        yield by_id[loaded.document.id], bitext
    yield from failed
