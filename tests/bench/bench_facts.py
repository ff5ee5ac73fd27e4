"""What must not change: the share of sentences whose fact comes through, class by class, before and after.

    python tests/bench/bench_facts.py [--held] [--before CHECKOUT] [--show CLASS]

Without `--held` the half that rules may be written against is used. CHECKOUT is the root of another checkout of the
project (such as a git worktree of an older commit), translated in the same run. `same` is the share of sentences whose
other words are those of the sentence without the sign, where a class has such pairs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from facts_sentences import Fact, facts

TRANSLATE = (
    "import json, sys; import pipeline; lines = json.load(sys.stdin);"
    "print(json.dumps([one.text for one in pipeline.translate_sentences(lines)]))"
)
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def translated(checkout: Path, lines: Sequence[str]) -> list[str]:
    """The lines in English, by the package of a checkout."""
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    done = subprocess.run(
        [sys.executable, "-c", TRANSLATE], input=json.dumps(list(lines)), capture_output=True, text=True, check=False,
        env=environment, cwd=checkout,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    return list(json.loads(done.stdout))


def is_intact(fact: Fact, target: str) -> bool:
    """Whether all that is wanted stands in the target, as often as asked for, and nothing broken does."""
    return all(re.search(pattern, target) for pattern in fact.wanted) and "\ufffd" not in target


def same_words(fact: Fact, target: str, bare: str) -> bool:
    """Whether the target has the words of the bare sentence's translation, besides the sign itself."""
    if target == bare:
        return True
    rest = target
    for pattern in fact.wanted:
        rest = re.sub(pattern, " ", rest, count=1)
    drop = set(WORD.findall(re.sub(r"<[^>]*>", " ", fact.source))) & set(WORD.findall(target))
    ours = [word.lower() for word in WORD.findall(re.sub(r"<[^>]*>", " ", rest if "<" not in fact.source else target))]
    theirs = [word.lower() for word in WORD.findall(bare)]
    kept = [word for word in ours if word in theirs or word not in {one.lower() for one in drop}]
    return kept == theirs or ours == theirs


def main() -> None:
    """Print a row a class."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held", action="store_true", help="the half that was kept apart")
    parser.add_argument("--before", type=Path, help="another checkout, for comparison")
    parser.add_argument("--show", default="", help="print the failures of a class, or of `all`")
    options = parser.parse_args()
    chosen = [fact for fact in facts() if fact.held == options.held]
    lines = [fact.source for fact in chosen] + [fact.bare for fact in chosen]
    checkouts = {"now": Path(__file__).parents[2]} | ({"before": options.before.resolve()} if options.before else {})
    made = {name: translated(checkout, lines) for name, checkout in checkouts.items()}
    intact: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    same: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for name, targets in made.items():
        for fact, target, bare in zip(chosen, targets, targets[len(chosen) :], strict=False):
            intact[fact.kind][name].append(is_intact(fact, target))
            if fact.bare:
                same[fact.kind][name].append(same_words(fact, target, bare))
            shown = name == "now" and options.show in (fact.kind, "all")
            if shown and not (is_intact(fact, target) and (not fact.bare or same_words(fact, target, bare))):
                print(f"{fact.kind}: {fact.source}\n    {target}\n    wanted {fact.wanted}; bare: {bare}")
    print(f"{'class':<14}{'sentences':>10}" + "".join(f"{name + ' intact':>16}{name + ' same':>14}" for name in made))
    for kind, by_name in intact.items():
        row = f"{kind:<14}{len(by_name['now']):>10}"
        for name in made:
            again = same[kind][name]
            row += f"{_share(by_name[name]):>16}{_share(again) if again else '-':>14}"
        print(row)


def _share(found: Sequence[bool]) -> str:
    return f"{sum(found) / len(found):.0%}"


if __name__ == "__main__":
    main()
