"""What counts as other code: a change of what it does; and never nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import files


def test_a_module_that_is_not_there_has_no_digest() -> None:
    for name in ("pipeline.alien", "pipeline.align.nothing", "align", "pipeline.align/aligner"):
        with pytest.raises(ValueError, match="no module"):
            files.code_digest(name)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(files, "PACKAGE", tmp_path / "pipeline")
    folder = tmp_path / "pipeline" / "room"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text('"""A room."""\n')
    (folder / "rule.py").write_text('"""Rules."""\n\n\ndef least():\n    """The least."""\n    return 3  # three\n')
    (folder / "words.toml").write_text("a = 1\n")
    return folder


def digest() -> str:
    files.code_digest.cache_clear()
    return files.code_digest("pipeline.room")


def test_comments_and_docstrings_do_not_count_but_code_and_tables_do(room: Path) -> None:
    before = digest()
    (room / "rule.py").write_text('"""Other words."""\n\n\ndef least():\n    return 3\n')
    assert digest() == before
    (room / "rule.py").write_text("def least():\n    return 4\n")
    changed = digest()
    assert changed != before
    (room / "words.toml").write_text("a = 2\n")
    assert digest() != changed


def test_a_module_that_is_taken_away_is_missed(room: Path) -> None:
    files.code_digest.cache_clear()
    assert files.code_digest("pipeline.room.rule")
    (room / "rule.py").unlink()
    files.code_digest.cache_clear()
    with pytest.raises(ValueError, match="no module"):
        files.code_digest("pipeline.room.rule")


def teardown_module() -> None:
    files.code_digest.cache_clear()
