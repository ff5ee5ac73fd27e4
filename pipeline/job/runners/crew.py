"""A crew of workers: each is served by a thread, which hires it, gives it tasks and replaces it when it is lost."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import ModelError, VisavisError
from pipeline.job.runners.work import Brief, Done, Hand, Task, own_identity

MOST_LOSSES = 5  # workers that one task may cost before it is to blame
MOST_STARTS = 3  # times in a row that a worker may be lost before it has done anything
_PAUSE = 0.5  # seconds more after each of them


class Gone(Exception):
    """A worker is no more: killed, or its machine was taken away."""


class Refused(Exception):
    """A worker would not give the same results, and gets no work."""


class Lost(VisavisError):
    """A task cost several workers, or none can be had."""


@dataclass
class _Job:
    task: Task
    future: Future[Done] = field(default_factory=Future)
    losses: int = 0


class Crew:
    """Workers that do tasks in any order. `on_loss` hears what happens to workers; it is called from their threads."""

    def __init__(
        self,
        hire: Callable[[], Hand],
        size: int,
        brief: Brief,
        recipe: Mapping[str, str],
        on_loss: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.size = size
        self._hire = hire
        self._brief = brief
        self._recipe = dict(recipe)
        self._on_loss = on_loss
        self._jobs: deque[_Job] = deque()
        self._change = threading.Condition()
        self._closed = False
        self._serving = size
        self._reason: VisavisError | None = None
        self._hands: set[Hand] = set()  # all
        self._ready: set[Hand] = set()  # those of them that know the job
        self._threads = [threading.Thread(target=self._serve, daemon=True, name=f"worker-{n}") for n in range(size)]
        for thread in self._threads:
            thread.start()

    def submit(self, task: Task) -> Future[Done]:
        """Have a task done; the future raises Lost where that cannot be, ModelError where every worker was refused."""
        job = _Job(task)
        with self._change:
            if self._reason is not None:
                job.future.set_exception(self._reason)
            else:
                self._jobs.append(job)
                self._change.notify()
        return job.future

    def close(self) -> None:
        """Send all workers away, whatever they are doing."""
        with self._change:
            self._closed = True
            self._jobs.clear()
            hands = list(self._hands)
            self._change.notify_all()
        for hand in hands:
            hand.dismiss()
        for thread in self._threads:
            thread.join(timeout=10)

    def _serve(self) -> None:
        """Hire a worker before a task is taken: one that waits for a place in the cluster keeps no task from others."""
        hand: Hand | None = None
        starts = 0
        while self._is_wanted(starts):
            try:
                hand = hand or self._hired()
            except Gone as gone:
                starts += 1
                self._hear(gone)
                if starts >= MOST_STARTS:
                    return self._leave(f"a worker cannot start: {gone}")
                continue
            except Refused as refusal:
                self._hear(refusal)
                return self._leave(str(refusal))
            except Exception as error:  # ours or Ray's
                self._hear(error)
                if not self._others_work():
                    return self._leave(str(error), error if isinstance(error, VisavisError) else None)
                continue
            starts = 0
            if (job := self._taken()) is not None and not self._did(hand, job):
                hand = None
        return None

    def _is_wanted(self, starts: int) -> bool:
        """Wait for a task; a while longer after starts that failed. False when all is over."""
        with self._change:
            if starts:
                self._change.wait_for(lambda: self._closed, timeout=starts * _PAUSE)
            self._change.wait_for(lambda: self._jobs or self._closed)
            return not self._closed

    def _taken(self) -> _Job | None:
        """The next task; None where others have done it meanwhile."""
        with self._change:
            return self._jobs.popleft() if self._jobs and not self._closed else None

    def _did(self, hand: Hand, job: _Job) -> bool:
        """Have a task done; tells whether the worker is still there."""
        try:
            done = hand.do(job.task)
        except Gone as gone:
            self._without(hand)
            self._again(job, gone)
            return False
        except Exception as error:  # ours or Ray's: whoever waits for the task hears of it
            job.future.set_exception(error)
        else:
            job.future.set_result(done)
        return True

    def _others_work(self) -> bool:
        with self._change:
            return bool(self._ready)

    def _hear(self, reason: Exception) -> None:
        if not self._closed:
            self._on_loss(str(reason))

    def _hired(self) -> Hand:
        hand = self._hire()
        with self._change:
            self._hands.add(hand)
            closed = self._closed
        try:
            if closed:
                raise Gone("the crew is dismissed")
            self._admit(hand)
        except BaseException:
            self._without(hand)
            raise
        with self._change:
            self._ready.add(hand)
        return hand

    def _without(self, hand: Hand) -> None:
        """Let a worker go that is lost, or gets no work."""
        with self._change:
            self._hands.discard(hand)
            self._ready.discard(hand)
        hand.dismiss()

    def _admit(self, hand: Hand) -> None:
        """Tell a worker the job; raises Refused where it would not do it as this process would."""
        _check("is of another version", own_identity(), hand.hello())
        try:
            there = hand.equip(self._brief)
        except VisavisError as error:
            raise Refused(f"a worker cannot do this job: {error.problem}") from error
        _check("would translate otherwise", self._recipe, there)

    def _again(self, job: _Job, reason: Exception) -> None:
        """Put a task that cost a worker back to the front of the queue, unless it has cost too many."""
        job.losses += 1
        self._hear(reason)
        if job.losses >= MOST_LOSSES:
            problem = f"a task cost {job.losses} workers: {reason}"
            job.future.set_exception(Lost(problem, "See the workers' logs; give them more memory."))
            return
        with self._change:
            self._jobs.appendleft(job)
            self._change.notify()

    def _leave(self, reason: str, error: VisavisError | None = None) -> None:
        """A thread ends for good; where it is the last, nothing can be done any more."""
        with self._change:
            self._serving -= 1
            if self._serving:
                self._change.notify_all()  # the task that this one was woken for is another's now
                return
            remedy = "Install the same version and model on all machines, and run again."
            self._reason = error or ModelError(f"no worker can be used: {reason}", remedy)
            for job in self._jobs:
                job.future.set_exception(self._reason)
            self._jobs.clear()


def _check(what: str, ours: Mapping[str, str], theirs: Mapping[str, str]) -> None:
    others = [
        f"{name} {theirs.get(name, 'none')}, here {ours.get(name, 'none')}"
        for name in dict.fromkeys((*ours, *theirs))
        if ours.get(name) != theirs.get(name)
    ]
    if others:
        raise Refused(f"a worker {what}: {'; '.join(others)}")


def value_of(future: Future[Done]) -> Any:
    """A task's result; raises what it ended with."""
    done = future.result()
    if done.error is not None:
        done.error.add_note(f"in a worker:\n{done.trace}")
        raise done.error
    return done.value
