"""Tokens a second of the product's training step, against the loops that others write.

    python tests/bench/bench_train.py CORPUS.tsv [--lean FOLDER] [--seconds 45]

CORPUS is a plain corpus (French, tab, English; a source's name may come first). All loops train the built-in model on
one thread, in turns in one process, so that a busy machine slows them alike; counted are target tokens without
padding, and every loop has met its batches before the clock starts, so that no kernel is built while it runs.

`hf` is what a Hugging Face Seq2SeqTrainer does: MarianMTModel, AdamW, batches of 32 as they come, in float32 and under
bfloat16 autocast; `sorted` groups them by length, which its users must ask for. `--lean` names a folder with a
`lean.py` whose `NMT` and `Master` are a bare loop on bfloat16 weights: the same batches, no data reading, no clock, no
events.

Asked: product / lean >= 0.95, product / hf >= 2.5.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16384")

import numpy as np
import torch

from pipeline.models import Model, find_model
from pipeline.models.checkpoint import load_network
from pipeline.train.batches import Batch, epoch_batches
from pipeline.train.config import CorpusConfig
from pipeline.train.corpora import read_pairs
from pipeline.train.data import EncodedCorpus
from pipeline.train.loop import Stepper
from pipeline.train.marian import Shape, read_shape, read_weights
from pipeline.train.network import Network
from pipeline.train.settled import _precision
from pipeline.train.vocabulary import Vocabulary

RATE = 1e-5
WARM, WARM_HF = 6, 12  # batches that a loop repeats
HF = (("hf float32", False, False), ("hf bfloat16", True, False), ("hf bfloat16 sorted", True, True))
Loop = Callable[[], int]  # one step; the target tokens it learned from


def encoded(path: Path, model: Model, most: int) -> EncodedCorpus:
    vocabulary = Vocabulary(model, source_language="fr", target_language="en")
    pairs = list(islice(read_pairs(CorpusConfig(path=path), source_language="fr", target_language="en"), most))
    sources = vocabulary.encode_source([pair.source for pair in pairs])
    targets = vocabulary.encode_target([pair.target for pair in pairs])
    kept = [(a, b) for a, b in zip(sources, targets, strict=True) if 0 < len(a) <= 100 and 0 < len(b) <= 100]
    sides = [[pair[side] for pair in kept] for side in (0, 1)]
    offsets = [np.cumsum([0, *map(len, side)], dtype=np.int64) for side in sides]
    return EncodedCorpus(np.concatenate(sides[0]), offsets[0], np.concatenate(sides[1]), offsets[1], np.ones(len(kept)))


def count(labels: torch.Tensor, shape: Shape) -> int:
    return int((labels != shape.pad).sum())


def product_loop(model: Model, shape: Shape, corpus: EncodedCorpus, batches: Iterator[Batch]) -> Loop:
    network = Network(shape)
    network.load(read_weights(model, shape))
    network.to(dtype=getattr(torch, _precision("auto", "cpu")))
    stepper = Stepper(network, corpus, smoothing=0.1)
    return lambda: round(stepper.step(next(batches), RATE, (0.0, 0.0))[1])


def lean_loop(folder: Path, shape: Shape, corpus: EncodedCorpus, batches: Iterator[Batch]) -> Loop:
    sys.path.insert(0, str(folder))
    from lean import NMT, Master  # type: ignore[import-not-found]

    heads, layers = shape.encoder_heads, (shape.encoder_layers, shape.decoder_layers)
    network = NMT(shape.vocabulary, shape.width, shape.encoder_inner, heads, *layers).bfloat16()
    optimiser = Master(network, RATE)

    def step() -> int:
        source, shifted, labels = corpus.tensors(next(batches), shape)
        loss, _ = network(source, shifted, labels)
        loss.backward()
        optimiser.step(RATE)
        return count(labels, shape)

    return step


def hf_loop(model: Model, shape: Shape, corpus: EncodedCorpus, batches: Iterator[Batch], *, autocast: bool) -> Loop:
    network = load_network(model).train()
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE)

    def step() -> int:
        source, _, labels = corpus.tensors(next(batches), shape)
        with torch.autocast("cpu", torch.bfloat16, enabled=autocast):
            loss = network(
                input_ids=source,
                attention_mask=(source != shape.pad).long(),
                labels=labels.masked_fill(labels == shape.pad, -100),
            ).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        return count(labels, shape)

    return step


def hf_batches(corpus: EncodedCorpus, *, are_sorted: bool) -> list[Batch]:
    """Batches of 32, padded to their own longest; sorted means by length, in random order."""
    random = np.random.default_rng(1)
    source, target = corpus.lengths
    order = np.lexsort((source, target)) if are_sorted else random.permutation(len(source))
    groups = np.array_split(order, -(-len(order) // 32))
    random.shuffle(groups)
    return [Batch(group, int(source[group].max()), int(target[group].max())) for group in groups[:WARM_HF]]


def warmed(loop: Loop, steps: int) -> Loop:
    for _ in range(steps):
        loop()
    return loop


def measure(loops: dict[str, Loop], seconds: float) -> dict[str, float]:
    """Target tokens a CPU second of each loop, in turns of the same length."""
    tokens, spent = dict.fromkeys(loops, 0), dict.fromkeys(loops, 0.0)
    turn = seconds / len(loops) / 4
    for _ in range(4):
        for name, loop in loops.items():
            start = time.process_time()
            while time.process_time() - start < turn:
                tokens[name] += loop()
            spent[name] += time.process_time() - start
    return {name: tokens[name] / spent[name] for name in loops}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--lean", type=Path)
    parser.add_argument("--seconds", type=float, default=45)
    parser.add_argument("--pairs", type=int, default=4000)
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = find_model("built-in")
    shape = read_shape(model)
    corpus = encoded(options.corpus, model, options.pairs)
    batches = epoch_batches(corpus.lengths, np.asarray(corpus.repeats), tokens=4000, seed=1, epoch=0)[:WARM]
    loops = {"product": warmed(product_loop(model, shape, corpus, cycle(batches)), WARM)}
    if options.lean:
        loops["lean"] = warmed(lean_loop(options.lean, shape, corpus, cycle(batches)), WARM)
    for name, autocast, are_sorted in HF:
        theirs = cycle(hf_batches(corpus, are_sorted=are_sorted))
        loops[name] = warmed(hf_loop(model, shape, corpus, theirs, autocast=autocast), WARM_HF)
    rates = measure(loops, options.seconds)
    for name, rate in rates.items():
        print(f"{name:20} {rate:8.0f} target tokens a CPU second")
    if "lean" in rates:
        print(f"product / lean      {rates['product'] / rates['lean']:.2f}  (asked: 0.95)")
    for name, _, _ in HF:
        print(f"product / {name:18} {rates['product'] / rates[name]:.2f}  (asked: 2.5)")


if __name__ == "__main__":
    main()
