"""What a terminal shows at the end of the first three commands of the README, as recorded in tests/cli/terminal/."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECORDED = Path(__file__).with_name("terminal")
COMMANDS = {
    "run": ("run", "configs/calais.yaml"),
    "translate": ("translate", "lettre.txt", "-o", "reader.html", "-o", "lettre.tsv"),
    "align": ("align", "phare.fr.md", "phare.en.md", "-o", "phare.html"),
}


def _screen() -> object:
    spec = importlib.util.spec_from_file_location("screen", Path(__file__).with_name("screen.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_terminal_shows_what_is_recorded(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "configs", tmp_path / "configs")
    texts = tmp_path / "configs" / "texts"
    for file, place in (
        ("batch/lettre.txt", "lettre.txt"),
        ("le-phare.fr.md", "phare.fr.md"),
        ("le-phare.en.md", "phare.en.md"),
    ):
        shutil.copy(texts / file, tmp_path / place)
    environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "CI", "FORCE_COLOR")}
    code, text = _screen().shown(  # type: ignore[attr-defined]
        [sys.executable, "-m", "pipeline", *COMMANDS[name]], cwd=tmp_path, env={**environment, "PYTHONPATH": str(ROOT)}
    )
    told = re.sub(r"\b(\d+ min \d\d|\d+(\.\d)?) s$", "N s", f"$ visavis {' '.join(COMMANDS[name])}\n{text}", flags=re.M)
    told = re.sub(r"\d\.\d\d(?=\)|:)", "0.NN", told)
    file = RECORDED / f"{name}.txt"
    if os.environ.get("RECORD"):
        RECORDED.mkdir(exist_ok=True)
        file.write_text(told, encoding="utf-8")
    assert code == 0, told
    assert told == file.read_text(encoding="utf-8")


def test_the_screen_obeys_what_moves_and_erases() -> None:
    told = "a\r\nbar 1\r\x1b[2Kbar 2\r\nx\r\x1b[1A\x1b[2K\x1b]8;;file:///x\x1b\\link\x1b]8;;\x1b\\\x1b[0m\r\n"
    assert _screen().screen(told) == "a\nlink\nx\n"  # type: ignore[attr-defined]
