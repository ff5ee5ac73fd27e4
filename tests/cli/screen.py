"""A terminal for tests: runs a command in one and gives what stands on it at the end."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_CONTROL = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[([?\d;]*)([A-Za-z])|[\r\n]|[^\x1b\r\n]+|\x1b")


def shown(command: Sequence[str], *, cwd: Path, env: Mapping[str, str], columns: int = 100) -> tuple[int, str]:
    """The exit code of a command, and what a terminal of so many columns shows when it has ended."""
    main, child = pty.openpty()
    size = {"COLUMNS": str(columns), "LINES": "50", "TERM": "xterm-256color"}
    process = subprocess.Popen(
        command, stdin=child, stdout=child, stderr=child, cwd=cwd, env={**env, **size}, close_fds=True
    )
    os.close(child)
    told = b""
    while True:
        ready, _, _ = select.select([main], [], [], 0.2)
        if ready:
            try:
                part = os.read(main, 65536)
            except OSError:  # Linux says so when the last process lets go of the terminal
                break
            told += part
        elif process.poll() is not None:
            break
    os.close(main)
    return process.wait(), screen(told.decode("utf-8", "replace"))


def screen(told: str) -> str:
    """The lines that stand at the end, after all that moves the cursor and erases was obeyed."""
    lines, row, column = [""], 0, 0
    for found in _CONTROL.finditer(told):
        text, number, what = found[0], found[1], found[2]
        if text == "\n":
            row += 1
            lines += [""] * (row + 1 - len(lines))
        elif text == "\r":
            column = 0
        elif what == "A":
            row = max(0, row - int(number or 1))
        elif what == "K":
            lines[row] = "" if number == "2" else lines[row][:column]
        elif not text.startswith("\x1b"):
            lines[row] = lines[row][:column].ljust(column) + text + lines[row][column + len(text) :]
            column += len(text)
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"
