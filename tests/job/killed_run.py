"""Run a job and kill this very process at a chosen moment: `killed_run.py CONFIG MOMENT`.

A moment is the n-th call of a function of ours in the main thread, so moments lie in every phase: reading, decoding,
remembering, staging, in the middle of each output, between two files put in place. Without a MOMENT (0) nothing is
killed, and the number of moments is printed.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[2]
PACKAGE = str(ROOT / "pipeline") + os.sep


class Killer:
    """Counts calls of our functions, and ends the process without a word at one of them."""

    def __init__(self, moment: int) -> None:
        self.moment = moment
        self.count = 0

    def __call__(self, frame: FrameType, event: str, argument: object) -> None:
        if event != "call" or not frame.f_code.co_filename.startswith(PACKAGE) or frame.f_code.co_name == "<module>":
            return
        self.count += 1
        if self.count == self.moment:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from pipeline.config import load_config
    from pipeline.job import run

    config = load_config(Path(sys.argv[1]))
    killer = Killer(int(sys.argv[2]))
    sys.setprofile(killer)
    run(config)
    sys.setprofile(None)
    print(killer.count)


if __name__ == "__main__":
    main()
