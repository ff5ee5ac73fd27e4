"""A run of a job: decide, do each document and store it, write the results beside the old ones, put them in place."""

from __future__ import annotations

import time
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from pipeline.config import JobConfig, load_config
from pipeline.errors import Failure, OutputError, ReaderFault, VisavisError
from pipeline.files import own_folder
from pipeline.job.decisions import Decision, decide
from pipeline.job.equipment import Equipment, equipped
from pipeline.job.events import Event, OnEvent
from pipeline.job.failures import failure_of, output_errors
from pipeline.job.filtering import Rejected
from pipeline.job.index import Index, write_index
from pipeline.job.inputs import Input, corpora, find_inputs, left_aside
from pipeline.job.lock import locked
from pipeline.job.log import Log, now
from pipeline.job.manifest import Manifest, write_manifest
from pipeline.job.names import book_names
from pipeline.job.outputs import Bitexts, Entry, check_formats, outputs_of
from pipeline.job.places import LOG, PAGE, details
from pipeline.job.progress import Progress
from pipeline.job.publishing import Former, Written, publish, write_outputs
from pipeline.job.reasons import refined
from pipeline.job.report import FAILED, RunReport, former_failures, report_of, write_report
from pipeline.job.revising import STORE, Revising
from pipeline.job.runners.crewed import run_crewed
from pipeline.job.staging import WORK, Damaged, Header, Staging
from pipeline.job.stopping import Stopped, Stopper
from pipeline.job.subtitles import unreadable
from pipeline.job.summary import header_of
from pipeline.revision import stored
from pipeline.text import Bitext

LEAST_FOR_RATE = 20  # sentences; fewer say more about the start than about the rate


class _FirstFailure(Exception):
    """Ends a run that shall stop at the first file that fails."""


def run(
    config: JobConfig | str | Path, *, on_event: OnEvent | None = None, only: str | None = None, fail_fast: bool = False
) -> RunReport:
    """Run a job; what was done before and has not changed is not done again.

    `only` is a glob: other inputs are not done now, and stay in the results where they are up to date. A file that
    fails is listed in the report and the others go on, unless `fail_fast`. If nothing could be done, or at the first
    failure with `fail_fast`, former results stay and the exit code is 1. Raises ConfigError, ModelError, OutputError,
    InputError (glossary), Stopped.
    """
    config = config if isinstance(config, JobConfig) else load_config(Path(config))
    check_formats(config)
    stopper = Stopper(config.name)
    with output_errors(config.results):
        config.results.mkdir(parents=True, exist_ok=True)
        work = own_folder(config.results / WORK)
        with stopper.listening(), locked(work):
            details(config.results)
            log = Log(config.results / LOG, on_event)
            log.write("started", name=config.name, only=only)
            try:
                report = _Run(config, log, stopper, only=only, fail_fast=fail_fast).report()
            except (Stopped, VisavisError, OSError) as error:
                log.write("stopped" if isinstance(error, Stopped) else "failed", error=str(error))
                raise
            log.write("ended", exit_code=report.exit_code, counts=report.counts)
            return report


class _Run:
    """One run: its decisions, what is staged so far, and what failed."""

    def __init__(self, config: JobConfig, log: Log, stopper: Stopper, *, only: str | None, fail_fast: bool) -> None:
        self.config = config
        self.log = log
        self.stopper = stopper
        self.only = only
        self.fail_fast = fail_fast
        self.stage = Staging(config.results)
        self.decided = stored(config.results / STORE)  # as it is now: a review that goes on meanwhile is the next run's
        self.former = Manifest(config.results)
        self.index = Index(config.results)
        self.progress = Progress(log)
        self.failures: list[Failure] = []
        self.headers: dict[str, Header] = {}
        self.decisions: dict[str, Decision] = {}
        self.left_out = 0
        self.people = ""
        self.aside: list[Failure] = []
        self.names: dict[str, str] = {}
        self.start = time.monotonic()

    def report(self) -> RunReport:
        """Do all of it."""
        own_folder(self.stage.folder)
        inputs, absent = find_inputs(self.config, self.index)
        self.names = book_names(inputs, self.config.source_language)
        self.aside = left_aside(self.config)
        for one in self.aside:
            self.log.write("left-aside", path=one.path, reason=one.reason, remedy=one.remedy)
        with equipped(self.config, on_decoded=self.progress.decoded) as equipment:
            try:
                for failure in (*absent, *equipment.failures):
                    self._fail(failure, fatal=failure not in equipment.failures)
                self._make(inputs, equipment)
            except _FirstFailure:
                return self._failed(equipment)
            self._memory_fault(equipment)
            if not self.headers:
                return self._failed(equipment)
            return self._finish(inputs, equipment)

    def _make(self, inputs: Sequence[Input], equipment: Equipment) -> None:
        to_do = []
        self.people = equipment.people  # those that come while it runs are the next run's
        for input in inputs:
            chosen = self.only is None or input.matches(self.only)
            decision = decide(input, equipment, self.stage, self.index)
            if isinstance(decision, Failure):
                self._fail(decision)
            elif decision.done and decision.header is not None:
                self.decisions[input.id], self.headers[input.id] = decision, decision.header
            elif chosen:
                to_do.append(decision)
            else:
                self.left_out += 1
        self.progress.expect(sum(decision.bytes for decision in to_do))
        for decision, made in run_crewed(to_do, self.config, equipment, progress=self.progress, blame=self._blame):
            if isinstance(made, Failure):
                self._fail(made)
            else:
                self._store(decision, made, equipment)
        self.progress.ended()

    def _store(self, decision: Decision, bitext: Bitext, equipment: Equipment) -> None:
        input = decision.input
        if decision.changed_since():
            self._fail(Failure(input.name, "changed or went away while it was read", "Run the job again."))
            return
        texts = [sentence.text for sentence in bitext.source_sentences]
        decision = refined(decision, texts, stage=self.stage, former=self.former, equipment=equipment)
        with self.progress.timed("store"):
            header = header_of(bitext, decision.key, decision.parts)
            self.headers[input.id] = self.stage.store(input.id, bitext, header)
        self.decisions[input.id] = decision
        self.log.write(
            "document", name=input.name, id=input.id, reasons=decision.reasons, counts=header.counts, said=header.said
        )
        self.progress.document(input.name, flagged=header.counts["flagged"])

    def _blame(self, decision: Decision, error: Exception) -> Failure:
        """The failure of a document; an unexpected error leaves its trace in the log."""
        failure = failure_of(decision.input.name, decision.input.path, error)
        if not isinstance(error, VisavisError | OSError) or isinstance(error, ReaderFault):
            self.log.write("trace", name=decision.input.name, trace="".join(traceback.format_exception(error)))
        return failure

    def _fail(self, failure: Failure, *, fatal: bool = True) -> None:
        self.failures.append(failure)
        self.log.write("failure", path=failure.path, reason=failure.reason, remedy=failure.remedy)
        self.log.tell(Event("failed", document=failure.path, note=failure.reason))
        if self.fail_fast and fatal:
            raise _FirstFailure

    def _memory_fault(self, equipment: Equipment) -> None:
        if equipment.memory is None:
            return
        missed = equipment.translator is not None and equipment.translator.decoded > 0
        fault = equipment.memory.check() if missed else equipment.memory.fault
        if fault:
            problem, _, remedy = fault.partition("\n")
            reason = f"the memory was no longer used from some point on: {problem}"
            self._fail(Failure(str(self.config.memory), reason, remedy), fatal=False)

    def _finish(self, inputs: Sequence[Input], equipment: Equipment) -> RunReport:
        there = [one for one in inputs if one.id in self.headers]
        final = Revising(self.stage, self.config.results, self.decided, equipment.judge)
        former = Former(self.former.outputs, self.index)
        folder = self.config.results / WORK / "new"
        with self.progress.timed("write"):
            try:
                headers = {one.id: final.header(one.id, self.headers[one.id]) for one in there}
                entries = [final.entry(one, headers[one.id], self.names[one.id]) for one in there]
                outputs, rejected = outputs_of(self.config, final, entries, equipment)
                written, kept, failed = write_outputs(outputs, folder, former, self._on_output)
            except Damaged as error:
                final.forget(error.id)
                raise OutputError(f"{error}", "Run the job again: that document is done anew.") from error
            current = {one.path for one in (*written, *kept)}
            obsolete = [one for one in former.written if one.path not in current]
            with self.stopper.held():
                publish(folder, self.config.results, written, obsolete)
        for failure in failed:
            self._fail(failure, fatal=False)
        decisions = [self.decisions[entry.id] for entry in entries]
        idle = not (written or obsolete or any(one.reasons for one in decisions))
        gone = self.former.rejected if idle else None
        report = report_of(
            self.config,
            [headers[entry.id] for entry in entries],
            counts=self._counts(equipment, rejected.count if gone is None else gone),
            timings=(idle and self.former.timings) or self.progress.timings,
            failures=self.failures,
            signature=str(equipment.recipe),
            outputs=sorted(current),
            aside=self.aside,
            unreadable=unreadable(self.config, Bitexts(final, entries), self.config.write),
            reasons={one.input.name: one.reasons for one in decisions if one.reasons},
            seconds=self._seconds(),
        )
        page = None if idle and self._is_told(report) else self._page(report, final, entries, rejected)
        with self.stopper.held():
            write_report(report, page, self.config.results)
            self._record(equipment, decisions, [*written, *kept], report)
            self._remember(inputs, decisions, [*written, *kept])
            if self.only is None:
                self.stage.keep_only(one.id for one in inputs)
                final.keep_only(one.id for one in inputs)
        return report

    def _page(self, report: RunReport, final: Revising, entries: Sequence[Entry], rejected: Rejected) -> bytes | None:
        """The page of the run; none where a document cannot be read back, for the results themselves are in place."""
        from pipeline.job.page import page_of

        try:
            return page_of(report, self.config, final, entries, rejected=rejected, aside=self.aside)
        except Damaged as error:
            self.log.write("failed", error=str(error))
            return None

    def _is_told(self, report: RunReport) -> bool:
        """Whether the page of a former run says all that this one, which did nothing, has to say."""
        told = [asdict(one) for one in report.failures]
        return (self.config.results / PAGE).is_file() and former_failures(self.config.results) == told

    def _seconds(self) -> float:
        return round(time.monotonic() - self.start, 3)

    def _record(
        self, equipment: Equipment, decisions: Sequence[Decision], outputs: Sequence[Written], report: RunReport
    ) -> None:
        seconds = self.progress.timings.get("translate", 0.0)
        decoded = report.counts["decoded"]
        write_manifest(
            self.config.results,
            self.config,
            equipment,
            decisions=decisions,
            outputs=sorted(outputs, key=lambda one: one.path),
            counts=report.counts,
            timings=report.timings,
            rate=round(decoded / seconds, 2) if decoded >= LEAST_FOR_RATE and seconds else self.former.rate,
        )

    def _remember(self, inputs: Sequence[Input], decisions: Sequence[Decision], outputs: Sequence[Written]) -> None:
        """Let the next run know what need not be opened again."""
        documents = {
            one.input.id: (one.stamps, self.stage.path(one.input.id), self.headers[one.input.id]) for one in decisions
        }
        results = {one.path: one.sha256 for one in outputs}
        write_index(self.config.results, self.people, documents, results, corpora(inputs))

    def _counts(self, equipment: Equipment, rejected: int) -> dict[str, int]:
        decoded = equipment.translator.decoded if equipment.translator is not None else 0
        counts = {"rejected": rejected, "decoded": decoded, "remembered": self.progress.remembered}
        damaged = equipment.memory.damaged if equipment.memory is not None else 0
        more = {"documents_left_out": self.left_out, "memory_damaged": damaged}
        return counts | {name: number for name, number in more.items() if number}

    def _on_output(self, name: str) -> None:
        self.log.tell(Event("write", document=name))

    def _failed(self, equipment: Equipment) -> RunReport:
        """Nothing came of it: former results stay, and the report says why."""
        from pipeline.job.page import page_of_nothing

        report = RunReport(
            counts={"documents": 0, **self._counts(equipment, 0)},
            timings=self.progress.timings,
            failures=tuple(self.failures),
            signature=str(equipment.recipe),
            output=str(self.config.results),
            exit_code=FAILED,
            seconds=self._seconds(),
            written=now(),
        )
        write_report(report, page_of_nothing(report, self.config), self.config.results)
        return report
