"""The training data, read once and kept as piece ids on the disk, where all workers and later runs find them."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from pipeline.errors import ConfigError, InputError
from pipeline.train.batches import Batch, Ints
from pipeline.train.checkpoint import atomically
from pipeline.train.config import CorpusConfig, TrainConfig
from pipeline.train.corpora import Pair, exists, read_pairs, read_parallel
from pipeline.train.marian import Shape
from pipeline.train.report import SourceCount
from pipeline.train.vocabulary import Vocabulary

_AT_ONCE = 20_000  # pairs encoded together


@dataclass(frozen=True, slots=True)
class EncodedCorpus:
    """Pairs as ids without `</s>`: all sources in one row, all targets in another, cut by offsets."""

    source: NDArray[np.int32]
    source_offsets: Ints
    target: NDArray[np.int32]
    target_offsets: Ints
    repeats: NDArray[np.float64]

    def save(self, folder: Path) -> None:
        """Write one file an array."""
        for name in self.__slots__:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def open(cls, folder: Path) -> EncodedCorpus:
        """Map the arrays of a folder into memory."""
        return cls(*(np.load(folder / f"{name}.npy", mmap_mode="r") for name in cls.__slots__))

    @property
    def lengths(self) -> tuple[Ints, Ints]:
        """Lengths of sources and targets, with `</s>`."""
        return np.diff(self.source_offsets) + 1, np.diff(self.target_offsets) + 1

    def target_tokens(self, batch: Batch) -> int:
        """Target tokens of a batch, `</s>` included."""
        return int((self.target_offsets[batch.pairs + 1] - self.target_offsets[batch.pairs]).sum()) + len(batch.pairs)

    def tensors(self, batch: Batch, shape: Shape) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Source ids, target ids shifted by the start of decoding, and labels, padded to the batch's lengths."""
        source = self._padded(self.source, self.source_offsets, batch.pairs, batch.source_length, shape)
        labels = self._padded(self.target, self.target_offsets, batch.pairs, batch.target_length, shape)
        shifted = np.full_like(labels, shape.start)
        shifted[:, 1:] = labels[:, :-1]
        return torch.from_numpy(source), torch.from_numpy(shifted), torch.from_numpy(labels)

    @staticmethod
    def _padded(ids: NDArray[np.int32], offsets: Ints, pairs: Ints, length: int, shape: Shape) -> Ints:
        rows = np.full((len(pairs), length), shape.pad, np.int64)
        for row, pair in zip(rows, pairs, strict=True):
            start, end = int(offsets[pair]), int(offsets[pair + 1])
            row[: end - start] = ids[start:end]
            row[end - start] = shape.end
        return rows


@dataclass(frozen=True, slots=True)
class PreparedData:
    """What was read: the encoded corpus, what became of each source, and the texts that are scored."""

    corpus: EncodedCorpus
    sources: tuple[SourceCount, ...]
    held_out: tuple[list[str], list[str]] | None
    dev: tuple[list[str], list[str]] | None


@dataclass
class _Reading:
    """What has been read so far."""

    config: TrainConfig
    vocabulary: Vocabulary
    kept_away: frozenset[str]
    ids: tuple[list[NDArray[np.int32]], list[NDArray[np.int32]]] = field(default_factory=lambda: ([], []))
    repeats: list[float] = field(default_factory=list)
    held_out: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    counts: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    sources: dict[tuple[str, str], SourceCount] = field(default_factory=dict)


def prepare(
    config: TrainConfig, vocabulary: Vocabulary, folder: Path, *, on_pairs: Callable[[int], None]
) -> PreparedData:
    """Read and encode all corpora into `folder`, or take what an earlier run left there."""
    dev = read_parallel(config.dev.source, config.dev.reference) if config.dev else None
    if not (folder / "sources.json").is_file():
        _encode(config, vocabulary, folder, dev, on_pairs)
    sources = tuple(SourceCount(**one) for one in json.loads((folder / "sources.json").read_text(encoding="utf-8")))
    held_out: Any = json.loads((folder / "held_out.json").read_text(encoding="utf-8"))
    return PreparedData(EncodedCorpus.open(folder), sources, tuple(held_out) if held_out[0] else None, dev)


def check_corpora(config: TrainConfig) -> None:
    """Raise InputError, naming all files that are missing."""
    languages = {"source_language": config.source_language, "target_language": config.target_language}
    missing = [str(corpus.path) for corpus in (*config.corpora, *config.replay) if not exists(corpus, **languages)]
    if config.dev:
        missing += [str(path) for path in (config.dev.source, config.dev.reference) if not path.is_file()]
    if missing:
        raise InputError(f"missing: {', '.join(missing)}", "Paths of data are relative to the training file.")


def _encode(
    config: TrainConfig,
    vocabulary: Vocabulary,
    folder: Path,
    dev: tuple[list[str], list[str]] | None,
    on_pairs: Callable[[int], None],
) -> None:
    kept_away = frozenset(vocabulary.normalise_source(text) for text in dev[0]) if dev else frozenset()
    if dev:
        kept_away |= {vocabulary.normalise_target(text) for text in dev[1]}
    reading = _Reading(config, vocabulary, kept_away - {""})
    for corpus in config.corpora:
        _read(reading, corpus, on_pairs)
    own = len(reading.repeats)
    _check_enough(config, own, reading)
    for corpus in config.replay:
        _read(reading, corpus, on_pairs, is_replay=True)
    repeats = np.array(reading.repeats)
    if len(repeats) > own and repeats[own:].sum() > 0:
        repeats[own:] *= repeats[:own].sum() * config.replay_share / (1 - config.replay_share) / repeats[own:].sum()
    folder.mkdir(parents=True, exist_ok=True)
    source, target = (np.concatenate(side) for side in reading.ids)
    offsets = [np.cumsum([0, *map(len, side)], dtype=np.int64) for side in reading.ids]
    EncodedCorpus(source, offsets[0], target, offsets[1], repeats).save(folder)
    (folder / "held_out.json").write_text(json.dumps(reading.held_out), encoding="utf-8")
    counted = [
        dataclasses.asdict(dataclasses.replace(one, pairs=tally["pairs"], dropped=_dropped(tally)))
        for one, tally in ((one, reading.counts[key]) for key, one in reading.sources.items())
    ]
    # last, for it says that all is there
    atomically(folder / "sources.json", lambda made: made.write_text(json.dumps(counted), encoding="utf-8"))


def _dropped(tally: Counter[str]) -> dict[str, int]:
    return {reason: number for reason, number in sorted(tally.items()) if reason != "pairs"}


def _check_enough(config: TrainConfig, own: int, reading: _Reading) -> None:
    least = config.min_pairs if config.kind == "fine-tune" else 1
    if own + len(reading.held_out[0]) >= least and own:
        return
    dropped: Counter[str] = sum(reading.counts.values(), Counter())
    del dropped["pairs"]
    why = ", ".join(f"{number:,} {reason}" for reason, number in dropped.items())
    raise ConfigError(
        f"the corpora hold {own + len(reading.held_out[0]):,} pairs to train on, at least {least:,} are needed"
        + (f" ({why})" if why else ""),
        "Give more pairs"
        + ("; say `machine_made: true` for a corpus whose rows people have read" if dropped["machine-made"] else "")
        + (", or lower `min_pairs` if you know why." if config.kind == "fine-tune" else "."),
    )


def _read(reading: _Reading, corpus: CorpusConfig, on_pairs: Callable[[int], None], *, is_replay: bool = False) -> None:
    config, name = reading.config, corpus.path.name
    languages = {"source_language": config.source_language, "target_language": config.target_language}
    pairs = read_pairs(corpus, **languages)
    while group := list(islice(pairs, _AT_ONCE)):
        wanted = list(_wanted(reading, corpus, group))
        sources = reading.vocabulary.encode_source([pair.source for pair in wanted])
        targets = reading.vocabulary.encode_target([pair.target for pair in wanted])
        for pair, source, target in zip(wanted, sources, targets, strict=True):
            tally = reading.counts[name, pair.origin]
            if not (0 < len(source) <= config.max_pieces and 0 < len(target) <= config.max_pieces):
                tally["empty or too long"] += 1
            elif not is_replay and config.kind == "fine-tune" and _is_held_out(pair, config.held_out):
                tally["held out"] += 1
                reading.held_out[0].append(pair.source)
                reading.held_out[1].append(pair.target)
            else:
                tally["pairs"] += 1
                reading.ids[0].append(source)
                reading.ids[1].append(target)
                reading.repeats.append(corpus.weight_of(pair.origin))
        on_pairs(len(reading.repeats))


def _wanted(reading: _Reading, corpus: CorpusConfig, pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Normalised pairs of sources that are wanted; what is not is counted."""
    config, vocabulary = reading.config, reading.vocabulary
    for pair in pairs:
        key = corpus.path.name, pair.origin
        if key not in reading.sources:
            reading.counts[key] = Counter()
            reading.sources[key] = _source_count(config, corpus, pair.origin)
        if reading.sources[key].left_out:
            reading.counts[key]["left out"] += 1
            continue
        if pair.machine_made and not corpus.machine_made:
            reading.counts[key]["machine-made"] += 1
            continue
        source, target = vocabulary.normalise_source(pair.source), vocabulary.normalise_target(pair.target)
        if source in reading.kept_away or target in reading.kept_away:
            reading.counts[key]["in the dev set"] += 1
            continue
        yield Pair(pair.origin, source, target)


def _source_count(config: TrainConfig, corpus: CorpusConfig, origin: str) -> SourceCount:
    licence, weight = corpus.licence_of(origin), corpus.weight_of(origin)
    left_out = f"licence: {licence}" if config.is_excluded(licence) else "weight 0" if weight == 0 else ""
    return SourceCount(corpus.path.name, origin, licence, weight, left_out=left_out)


def _is_held_out(pair: Pair, share: float) -> bool:
    """By the hash of the source text, so that equal sentences are all held out or all trained on."""
    digest = hashlib.sha256(pair.source.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") < share * 2**64
