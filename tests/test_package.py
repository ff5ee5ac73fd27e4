"""What the wheel says and holds: two licences, both texts, the model's weights."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import pipeline

ROOT = Path(__file__).parents[1]


def test_the_version_is_one() -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert stated == pipeline.__version__
    assert f"## {stated}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_wheel_carries_both_licences(tmp_path: Path) -> None:
    build = "from hatchling.build import build_wheel; import sys; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = archive.read(next(name for name in names if name.endswith("/METADATA"))).decode()
        texts = [archive.read(name).decode() for name in names if "/licenses/" in name]
    assert "License-Expression: Apache-2.0 AND CC-BY-NC-SA-4.0" in metadata
    assert any("Apache License" in text for text in texts)
    assert any("NonCommercial-ShareAlike 4.0" in text for text in texts)
    assert "pipeline/models/fr-en-small/model.safetensors" in names
    assert "pipeline/languages/fr/words.toml" in names
