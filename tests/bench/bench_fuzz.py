"""Ten minutes of whatever, to every room: each input must end in a result or in an error of ours.

    python tests/bench/bench_fuzz.py [MINUTES]

The probes are those of tests/test_fuzz.py, which gives each some dozens of inputs. Prints what broke, with the smallest
input; the exit code is 1 if anything did.
"""

from __future__ import annotations

import importlib.util
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st


def probes() -> Any:
    """The module beside this one."""
    spec = importlib.util.spec_from_file_location("fuzz", Path(__file__).with_name("fuzz.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def probed(fuzz: Any, name: str, number: int) -> None:
    """A hundred inputs to a room."""

    @seed(number)
    @settings(
        max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    @given(st.data())
    def probe(data: st.DataObject) -> None:
        fuzz.once(name, data)

    probe()


def main(minutes: float) -> int:
    """Go round the rooms, with other seeds each time, until the time is over."""
    fuzz, end, broken, rounds = probes(), time.monotonic() + 60 * minutes, set[str](), 0
    while time.monotonic() < end and len(broken) < len(fuzz.PROBES):
        rounds += 1
        for name in fuzz.PROBES:
            if name in broken or time.monotonic() > end:
                continue

            try:
                probed(fuzz, name, rounds)
            except Exception:
                broken.add(name)
                print(f"{name}:\n{traceback.format_exc()}")
    print(
        f"{rounds} rounds of {len(fuzz.PROBES)} rooms, {len(broken)} broken (0 is right): {', '.join(sorted(broken))}"
    )
    return int(bool(broken))


if __name__ == "__main__":
    raise SystemExit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10))
