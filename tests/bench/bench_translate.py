"""Speed of the translate stage against the engines by hand, sameness of text, and memory on a large corpus.

    python tests/bench/bench_translate.py speed      (a) product, (b) bare CTranslate2, (c) and (d) transformers
    python tests/bench/bench_translate.py sameness   alone against batched, and engine against engine, 500 sentences
    python tests/bench/bench_translate.py quality DEV.fr DEV.en [COUNT [ROUNDS]]   presets and bare loop, CPU seconds
    python tests/bench/bench_translate.py corpus     peak memory: 300,000 sentences against 30,000, warm memory

Figures are ratios of runs in one process on the same sentences, start-up excluded.
"""

from __future__ import annotations

import importlib.util
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[2]))

from pipeline.models import converted, find_model  # noqa: E402
from pipeline.translate import TranslateOptions, open_translator  # noqa: E402
from pipeline.translate.attempts import prepare  # noqa: E402
from pipeline.translate.engine import Decoding, batches_of  # noqa: E402
from pipeline.translate.options import resolve  # noqa: E402
from pipeline.translate.subwords import Subwords  # noqa: E402
from pipeline.translate.text import normalise  # noqa: E402

MODEL = find_model()


def news(count: int) -> list[str]:
    spec = importlib.util.spec_from_file_location("news", HERE.parents[1] / "translate" / "news_sentences.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.news(count)


def timed(action) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def product():
    """The product as a job opens it, with the checks as judge."""
    from pipeline.check import CHECKS_VERSION, judge_for

    translator = open_translator(MODEL, judge=judge_for("fr", "en"), judge_version=CHECKS_VERSION)
    list(translator.translate(["Bonjour."]))
    return translator


class Bare:
    """The best bare loop: normalise, encode, one call that sorts and batches by itself, decode."""

    def __init__(self, threads: int) -> None:
        import ctranslate2

        folder = str(converted(MODEL, "int8"))
        self.subwords = Subwords(MODEL)
        self.translator = ctranslate2.Translator(
            folder, compute_type="int8", inter_threads=threads, intra_threads=1, max_queued_batches=-1
        )

    def __call__(self, lines: list[str], size: int = 64) -> list[str]:
        pieces = [list(self.subwords.encode(normalise(line, "fr"))) for line in lines]
        found = self.translator.translate_batch(
            pieces, beam_size=4, max_batch_size=size, max_input_length=0, max_decoding_length=256
        )
        return [self.subwords.decode(tuple(one.hypotheses[0])) for one in found]


class ByHand:
    """transformers' generate with beam 4 in float32, in sorted padded batches."""

    def __init__(self) -> None:
        from pipeline.models.checkpoint import load_network

        self.network = load_network(MODEL)
        self.subwords = Subwords(MODEL)
        from transformers import MarianTokenizer

        self.tokenizer = MarianTokenizer.from_pretrained(MODEL.folder)

    def __call__(self, lines: list[str], size: int) -> list[str]:
        import torch

        order = sorted(range(len(lines)), key=lambda index: len(lines[index]))
        found: list[str] = [""] * len(lines)
        for start in range(0, len(order), size):
            batch = order[start : start + size]
            inputs = self.tokenizer([normalise(lines[i], "fr") for i in batch], return_tensors="pt", padding=True)
            with torch.inference_mode():
                made = self.network.generate(**inputs, num_beams=4, max_new_tokens=256)
            for index, text in zip(batch, self.tokenizer.batch_decode(made, skip_special_tokens=True), strict=True):
                found[index] = text
        return found


def speed(many: int = 3000, few: int = 300) -> None:
    threads = resolve(TranslateOptions(), MODEL).threads
    lines, some = news(many), news(few)
    translator, bare = product(), Bare(threads)
    bare(some[:32])
    a, b = [], []
    for part in (lines[::2], lines[1::2]):  # in turns, so that a busy machine is busy for both
        b.append(timed(lambda part=part: bare(part)))
        a.append(timed(lambda part=part: list(translator.translate(part))))
    say(f"cores {threads}, beam 4, compute type int8 (a, b), float32 (c, d)")
    say(f"(a) product       {many / sum(a):8.1f} sentences/s, decoded {translator.decoded}")
    say(f"(b) bare loop     {many / sum(b):8.1f} sentences/s    a/b = {sum(b) / sum(a):.3f}  (wanted 0.92)")
    hand = ByHand()
    hand(some[:4], 4)
    ours = many / sum(a)
    c = few / timed(lambda: hand(some, 32))
    say(f"(c) generate, 32  {c:8.1f} sentences/s    a/c = {ours / c:.2f}  (wanted 4)")
    d = few / 3 / timed(lambda: hand(some[: few // 3], 1))
    say(f"(d) generate, 1   {d:8.1f} sentences/s    a/d = {ours / d:.2f}  (wanted 10)")


def quality(source: str, reference: str, count: int = 1500, rounds: int = 1) -> None:
    """The presets through the product beside the bare loop, as a table for the card; one thread, CPU seconds.

    Each round runs all of them, forth and back in turns; the least seconds of each count, for others use the machine.
    """
    from sacrebleu import corpus_bleu, corpus_chrf

    from pipeline.check import judge_for
    from pipeline.translate.options import QUALITIES

    ours, theirs = (Path(one).read_text(encoding="utf-8").split("\n")[:count] for one in (source, reference))
    words = sum(len(line.split()) for line in ours)

    def opened(beam: int):
        options = TranslateOptions(beam_size=beam, threads=1)
        translator = open_translator(MODEL, options, judge=judge_for("fr", "en").of_tries())
        list(translator.translate(["Bonjour."]))
        return lambda lines: [one.text for one in translator.translate(lines)]

    bare = Bare(1)
    bare(["Bonjour."])
    runs = {"bare loop, beam 4": bare} | {f"{name}, beam {beam}": opened(beam) for name, beam in QUALITIES.items()}
    seconds, made = dict.fromkeys(runs, float("inf")), {}
    for turn in range(rounds):
        for name in list(runs)[:: 1 if turn % 2 == 0 else -1]:
            begun = time.process_time()
            made[name] = runs[name](ours)
            seconds[name] = min(seconds[name], time.process_time() - begun)
            sys.stderr.write(f"round {turn + 1}, {name}: {time.process_time() - begun:.1f} CPU s\n")
    say(f"{Path(source).stem}, {count} lines, {words} words, {MODEL.fingerprint[:12]}, least of {rounds}\n")
    say("| | BLEU | chrF | words/s a core | times best |\n|---|---|---|---|---|")
    best = seconds[list(runs)[1]]
    for name in runs:
        bleu, chrf = corpus_bleu(made[name], [theirs]).score, corpus_chrf(made[name], [theirs]).score
        say(f"| {name} | {bleu:.1f} | {chrf:.1f} | {words / seconds[name]:.0f} | {best / seconds[name]:.2f} |")


def sameness(count: int = 500) -> None:
    from pipeline.translate.with_ctranslate2 import CTranslate2Engine
    from pipeline.translate.with_transformers import TransformersEngine

    subwords = Subwords(MODEL)
    sequences = [prepare(line, subwords, "fr", 100).pieces[0] for line in news(count)]

    def decoded(engine, beam: int, batch_pieces: int = 2048):
        found = {}
        batches = batches_of(sequences, batch_pieces, engine.width)
        results = engine.decode([[sequences[index] for index in batch] for batch in batches], Decoding(beam))
        for batch, hypotheses in zip(batches, results, strict=True):
            found |= {index: best for index, (best, *_) in zip(batch, hypotheses, strict=True)}
        return [found[index] for index in range(count)]

    int8 = CTranslate2Engine(MODEL, resolve(TranslateOptions(compute_type="int8"), MODEL))
    alone, together = decoded(int8, 4, 1), decoded(int8, 4)
    say(
        f"int8, alone against in batches: {sum(a != b for a, b in zip(alone, together, strict=True))} of {count} differ"
    )
    fast = CTranslate2Engine(MODEL, resolve(TranslateOptions(compute_type="float32"), MODEL))
    slow = TransformersEngine(MODEL, resolve(TranslateOptions(engine="transformers", device="cpu"), MODEL))
    for beam, wanted in ((1, 99.5), (4, 98)):
        one, other = decoded(fast, beam), decoded(slow, beam)
        equal = sum(a.pieces == b.pieces for a, b in zip(one, other, strict=True))
        say(f"float32, beam {beam}, ctranslate2 = transformers: {100 * equal / count:.1f} % (wanted {wanted})")


def corpus() -> None:
    with tempfile.TemporaryDirectory() as folder:
        memory = str(Path(folder) / "memory.sqlite")
        peaks = []
        for count in (30_000, 300_000):
            code = [sys.executable, str(HERE), "_one", memory, str(count)]
            peaks.append(int(subprocess.run(code, check=True, capture_output=True, text=True).stdout))
            say(f"{count:7} sentences: {peaks[-1] / 1024:.0f} MB at most")
        say(f"ratio {peaks[1] / peaks[0]:.3f} (wanted 1.10)")


def _one(memory: str, count: int) -> None:
    """Translate many sentences of which all but a few hundred are remembered; print the peak of resident memory."""
    from pipeline.memory import Memory, Remembered
    from pipeline.text import Translation

    lines = news(count)
    with Memory.open(memory) as store, open_translator(MODEL, memory=store) as translator:
        for start in range(0, count - 200, 5000):
            rows = lines[start : min(start + 5000, count - 200)]
            store.store(
                Remembered(translator.key(line), Translation(line, -0.5, 0.6), line, translator.signature)
                for line in rows
            )
        done = sum(1 for _ in translator.translate(iter(lines)))
        assert (done, translator.decoded) == (count, 200)
    say(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    commands = {"speed": speed, "sameness": sameness, "corpus": corpus}
    if sys.argv[1:2] == ["_one"]:
        _one(sys.argv[2], int(sys.argv[3]))
    elif sys.argv[1:2] == ["quality"]:
        quality(*sys.argv[2:4], *map(int, sys.argv[4:6]))
    else:
        for name in sys.argv[1:] or commands:
            commands[name]()
