"""What hostile inputs cost against their size: twice the size must be about twice the cost.

    python tests/bench/bench_hostile.py

Prints, for each kind of input, seconds at three sizes, each twice as large, and the growth; 2 is linear, 4 is not.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

Prepared = Callable[[], object]
SENTENCE = "Le chef mot17 du crédit agricole monte l'escalier et la société mère allume la lampe."


def glossary_of_one_first_word(size: int) -> Prepared:
    from pipeline.glossary import Glossary, Term

    made = Glossary(Term(f"chef mot{number}", "x") for number in range(size * 25_000))
    return lambda: [made.relevant(SENTENCE) for _ in range(2000)]


def glossary_inside_words(size: int) -> Prepared:
    from pipeline.glossary import Glossary, Term

    made = Glossary(Term(f"mot{number}", "x", whole_word=False) for number in range(size * 25_000))
    return lambda: [made.relevant(SENTENCE) for _ in range(2000)]


def inputs_of_one_stem(size: int) -> Prepared:
    from pipeline.job.inputs import _id

    def act() -> None:
        taken: dict[str, int] = {}
        for _ in range(size * 10_000):
            _id("même", "en", taken)

    return act


def corrections_of_spaces(size: int) -> Prepared:
    from pipeline.memory.rows import normal_source, one_line

    text = "a" + " " * (size * 2_000_000) + "b" + " \t" * (size * 1_000_000) + "c"
    return lambda: (one_line(text), normal_source(text))


def links_that_lead_back(size: int) -> Prepared:
    from pipeline.job.patterns import files_of

    folder = Path(tempfile.mkdtemp(prefix="visavis-bench-"))
    for number in range(size * 200):
        (folder / f"f{number}").mkdir()
        (folder / f"f{number}" / "x.txt").touch()
        (folder / f"f{number}" / "back").symlink_to(folder)
    return lambda: list(files_of("**/**/*.txt", folder, lambda _: None))


def patterns_of_many_stars(size: int) -> Prepared:
    from pipeline.job.patterns import _fits

    names, pattern = ["a"] * (size * 200), ["**", "a"] * 50 + ["b"]
    return lambda: _fits(names, pattern)


def svg_of_many_shapes(size: int) -> Prepared:
    from pipeline.book.images import safe_svg

    shapes = b'<rect fill="url(#a)" style="fill:red;stroke:url(//x)" onclick="x"/>' * (size * 10_000)
    content = b'<svg xmlns="http://www.w3.org/2000/svg">' + shapes + b"</svg>"
    return lambda: safe_svg(content)


KINDS = (
    glossary_of_one_first_word, glossary_inside_words, inputs_of_one_stem, corrections_of_spaces, links_that_lead_back,
    patterns_of_many_stars, svg_of_many_shapes,
)  # fmt: skip


def seconds(act: Prepared) -> float:
    """The better of two times."""
    times = []
    for _ in range(2):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        for kind in KINDS:
            costs = [seconds(kind(size)) for size in (1, 2, 4)]
            growth = (costs[2] / max(costs[0], 1e-9)) ** 0.5
            print(f"{kind.__name__:<28} {'  '.join(f'{cost:8.4f} s' for cost in costs)}   x{growth:.2f} a doubling")


if __name__ == "__main__":
    main()
