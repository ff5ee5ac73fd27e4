"""A training from its settings to a model folder: prepare, train leg by leg, score, choose, export."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import torch

from pipeline.errors import ConfigError, ModelError
from pipeline.files import replace_file
from pipeline.measure.model_scores import Score, score_model
from pipeline.models import Model, find_model
from pipeline.train.card import write_card
from pipeline.train.checkpoint import Position, atomically, load_checkpoint
from pipeline.train.config import TrainConfig
from pipeline.train.data import PreparedData, check_corpora, prepare
from pipeline.train.export import export_model
from pipeline.train.held import memory_limit
from pipeline.train.history import History
from pipeline.train.loop import share_done
from pipeline.train.marian import read_shape
from pipeline.train.mixing import average, base_weights, mixture, weights_to_keep
from pipeline.train.page import page_of
from pipeline.train.report import TrainEvent, TrainReport
from pipeline.train.scores import Scores
from pipeline.train.settled import Settled, settle
from pipeline.train.vocabulary import Vocabulary
from pipeline.train.workers import train_leg

OnEvent = Callable[[TrainEvent], None]
Pairs = tuple[Sequence[str], Sequence[str]]

_LEAST_STEPS = 20  # between two beginnings for want of memory
_ENDLESS = 2**62  # tokens of a leg that nothing interrupts


def train(config: TrainConfig, on_event: OnEvent | None = None) -> TrainReport:
    """Train on or fine-tune a model; run again, it goes on where it was stopped or killed.

    The report's `model` is the new model's folder. Raises ConfigError, InputError, ModelError, OutputError;
    KeyboardInterrupt leaves a checkpoint to go on from.
    """
    tell = on_event or (lambda event: None)
    model = find_model(config.model)
    shape = read_shape(model)
    check_corpora(config)
    if config.max_pieces >= shape.positions:
        raise ConfigError(
            f"max_pieces is {config.max_pieces}, the model has {shape.positions} positions",
            f"Say at most {shape.positions - 1}.",
        )
    vocabulary = Vocabulary(model, source_language=config.source_language, target_language=config.target_language)
    with _alone(config.work) as lock:
        settled = settle(config, model)
        tell(TrainEvent("prepare", detail="reading the corpora"))
        data = prepare(
            config,
            vocabulary,
            config.work / "data",
            on_pairs=lambda count: tell(TrainEvent("prepare", detail=f"{count:,} pairs")),
        )
        return _Run(settled, model, data, tell, lock).finish()


@contextmanager
def _alone(folder: Path) -> Iterator[int]:
    """Hold the lock of a work folder, which workers inherit; raises ConfigError when another process does."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ConfigError(
                f"another process is training in {folder}", "Wait for it, or give this run another name or output."
            ) from error
        for left in folder.glob(".*"):  # what a killed run was writing
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        yield stream.fileno()


class _Run:
    """One run in its work folder: legs of training, each followed by a score."""

    def __init__(self, settled: Settled, model: Model, data: PreparedData, tell: OnEvent, lock: int) -> None:
        self._settled, self._config, self._model, self._data, self._lock = settled, settled.config, model, data, lock
        self._folder = settled.config.work
        self._checkpoint = self._folder / "checkpoint.pt"
        self._snapshots = self._folder / "snapshots"
        self._scores = Scores.read(self._folder / "scores.json")
        self._history = History(self._folder / "curves.jsonl", self._position().tokens)
        self._tell = self._history.hearing(tell)
        self._sets: dict[str, Pairs] = {}
        if data.dev:
            self._sets["dev"] = data.dev
        if data.held_out:
            self._sets["held-out"] = data.held_out

    def finish(self) -> TrainReport:
        """Score the model before, train to the end, choose and export the best weights."""
        for name, pairs in self._sets.items():
            if name not in self._scores.before:
                self._scores.before[name] = self._score(str(self._model.folder), name, pairs, 0)
                self._scores.write()
        stopped = self._train()
        position, state = load_checkpoint(self._checkpoint)
        report = TrainReport(
            model=str(self._config.results / "model"),
            stopped=stopped,
            steps=position.step,
            tokens=position.tokens,
            seconds=position.seconds,
            sources=self._data.sources,
            before=dict(self._scores.before),
        )
        self._tell(TrainEvent("export", detail="choosing the weights"))
        folder, report = self._choose(weights_to_keep(state), report)
        self._show(report)
        self._refuse_if_no_better(report)
        write_card(folder, self._settled, self._model, report)
        _put(folder, Path(report.model))
        return report

    def _train(self) -> str:
        """Leg after leg, until the run is over; says why it is."""
        while True:
            position = self._position()
            if (position.step and position.tokens >= position.leg) or share_done(self._config, position) >= 1:
                self._score_leg(position)
            reason = self._over(position)
            if reason:
                return reason
            train_leg(self._settled, self._next_leg(position), self._tell, lock=self._lock)
            self._require_progress(position, self._position())

    def _require_progress(self, before: Position, after: Position) -> None:
        """Workers that are full after a few steps would begin anew for ever."""
        if after.tokens < after.leg and share_done(self._config, after) < 1 and after.step - before.step < _LEAST_STEPS:
            held = memory_limit(self._config.worker_memory, self._settled.workers) / 1e9
            raise ModelError(
                f"a worker needs more than the {held:.3g} GB that it may hold, after {after.step - before.step} steps",
                "Raise `worker_memory`, or lower `batch_tokens` or `workers`. Run again to go on.",
            )

    def _show(self, report: TrainReport | None = None) -> None:
        """Draw the curves, which a person may want to see long before the end."""
        before, dev = self._scores.before, self._scores.dev
        name, sources = self._config.name, self._data.sources
        page = page_of(name, self._history.moments(), before=before, dev=dev, sources=sources, report=report)
        replace_file(self._config.results / "report.html", page)

    def _position(self) -> Position:
        return load_checkpoint(self._checkpoint)[0] if self._checkpoint.is_file() else Position()

    def _next_leg(self, position: Position) -> int:
        """Tokens at which the next score is due; fine-tuning is too short for scores on the way."""
        if "dev" not in self._sets or self._config.kind == "fine-tune":
            return _ENDLESS
        return (position.tokens // self._config.score_tokens + 1) * self._config.score_tokens

    def _over(self, position: Position) -> str:
        config = self._config
        if share_done(config, position) >= 1:
            limits = {"epochs": config.epochs, "max_tokens": config.max_tokens, "max_minutes": config.max_minutes}
            return " or ".join(f"{name} {value:g}" for name, value in limits.items() if value) + " reached"
        scores = [score.chrf for score in self._scores.dev]
        if config.patience and len(scores) > config.patience:
            best = max(range(len(scores)), key=scores.__getitem__)
            if len(scores) - 1 - best >= config.patience:
                return f"early, chrF on the dev set was best after {self._scores.dev[best].tokens:,} tokens"
        return ""

    def _score_leg(self, position: Position) -> None:
        """Score the checkpoint on the dev set, once, and keep its weights while they may be wanted."""
        if "dev" not in self._sets or self._config.kind == "fine-tune":
            return
        if any(score.tokens == position.tokens for score in self._scores.dev):
            return
        weights = weights_to_keep(load_checkpoint(self._checkpoint)[1])
        snapshot = self._snapshots / f"{position.tokens}.pt"
        atomically(snapshot, lambda made: torch.save(weights, made))
        folder = self._export(weights, "scored")
        self._scores.dev.append(self._score(folder, "dev", self._sets["dev"], position.tokens))
        self._scores.write()
        self._show()
        kept = {f"{score.tokens}.pt" for score in (*self._scores.dev[-self._config.average :], self._best())}
        for old in self._snapshots.iterdir():
            if old.name not in kept:
                old.unlink()

    def _best(self) -> Score:
        return max(self._scores.dev, key=lambda score: score.chrf)

    def _choose(self, last: list[torch.Tensor], report: TrainReport) -> tuple[Path, TrainReport]:
        """Export the last checkpoint, or where a dev set can tell, the best one or the average of the last."""
        chosen, weights, known = "the last checkpoint", last, None
        if self._scores.dev:
            known, chosen = self._best(), f"the checkpoint after {self._best().tokens:,} tokens"
            weights = torch.load(self._snapshots / f"{known.tokens}.pt", weights_only=True)
            recent = self._scores.dev[-self._config.average :]
            if len(recent) > 1:
                mean = average([torch.load(self._snapshots / f"{one.tokens}.pt", weights_only=True) for one in recent])
                score = self._score(self._export(mean, "scored"), "dev", self._sets["dev"], report.tokens)
                if score.chrf > known.chrf:
                    known, weights, chosen = score, mean, f"the average of the last {len(recent)} checkpoints"
        if known is not None:
            known, weights, chosen = self._shared_back(known, weights, chosen, report.tokens)
        folder = self._export(weights, "chosen")
        after = {"dev": known} if known else {}
        after |= {
            name: self._score(folder, name, pairs, report.tokens)
            for name, pairs in self._sets.items()
            if name not in after
        }
        return Path(folder), replace(report, after=after, chosen=chosen)

    def _shared_back(
        self, known: Score, weights: list[torch.Tensor], chosen: str, tokens: int
    ) -> tuple[Score, list[torch.Tensor], str]:
        """The best of the weights and their mixtures with those that the run started from."""
        found, kept, name = known, weights, chosen
        base = base_weights(self._model) if self._config.share_back else []
        for share in self._config.share_back:
            mixed = mixture(weights, base, share)
            self._tell(TrainEvent("score", tokens=tokens, detail=f"{share:g} of the weights it started from"))
            score = self._score(self._export(mixed, "scored"), "dev", self._sets["dev"], tokens)
            if score.chrf > found.chrf:
                found, kept = score, mixed
                name = f"{1 - share:g} of {chosen}, {share:g} of the weights it started from"
        return found, kept, name

    def _refuse_if_no_better(self, report: TrainReport) -> None:
        """A fine-tuned model must be better on the held-out part, and must not have forgotten the rest."""
        if self._config.kind != "fine-tune":
            return
        if "held-out" in report.after:
            before, after = report.before["held-out"], report.after["held-out"]
            if after.chrf <= before.chrf:
                raise ModelError(
                    f"the fine-tuned model is no better on {after.sentences} held-out pairs: {after}, before {before}",
                    "Nothing was exported. Give more or cleaner pairs, or a lower learning_rate or fewer epochs.",
                )
        if "dev" in report.after:
            before, after = report.before["dev"], report.after["dev"]
            if before.chrf - after.chrf > self._config.max_forgetting:
                raise ModelError(
                    f"the fine-tuned model has forgotten: {after} on the dev set, before {before}; "
                    f"max_forgetting is {self._config.max_forgetting:g} chrF",
                    "Nothing was exported. Give replay corpora, or a lower learning_rate or fewer epochs.",
                )

    def _export(self, weights: Sequence[torch.Tensor], name: str) -> str:
        languages = self._config.source_language, self._config.target_language
        return str(export_model(self._model, weights, self._folder / name, languages=languages).folder)

    def _score(self, folder: str, name: str, pairs: Pairs, tokens: int) -> Score:
        self._tell(TrainEvent("score", tokens=tokens, detail=f"{name}: {len(pairs[0]):,} sentences"))
        score = score_model(
            folder,
            pairs,
            beam_size=self._config.beam_size,
            languages=(self._config.source_language, self._config.target_language),
            tokens=tokens,
        )
        self._tell(TrainEvent("score", tokens=tokens, detail=f"{name}: {score}"))
        return score


def _put(made: Path, folder: Path) -> None:
    """Put the finished model folder in its place."""
    old = folder.with_name(".model.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.is_dir():
        folder.rename(old)
    made.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
