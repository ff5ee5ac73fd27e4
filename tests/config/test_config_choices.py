"""What a job file may choose is what the tables hold: a list lives once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.book import BOOKS, LAYOUTS
from pipeline.config import load_config
from pipeline.corpus import FORMATS
from pipeline.errors import ConfigError
from pipeline.translate.options import COMPUTE_TYPES, DEVICES, ENGINES, QUALITIES, TranslateOptions, beam_of
from pipeline.words import SHOWN

CHOICES = {
    "engine": ENGINES,
    "quality": tuple(QUALITIES),
    "compute_type": COMPUTE_TYPES,
    "device": (*DEVICES, "cuda:0", "cuda:3"),
    "write": tuple(FORMATS),
    "book": tuple(BOOKS),
    "layout": LAYOUTS,
    "words": SHOWN,
}


def job(folder: Path, key: str, value: str) -> Path:
    path = folder / "job.yaml"
    path.write_text(f"name: a\ninputs: [a.txt]\n{key}: {value}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in CHOICES.items() for value in values])
def test_a_job_may_choose_whatever_a_table_holds(tmp_path: Path, key: str, value: str) -> None:
    config = load_config(job(tmp_path, key, value))
    chosen = getattr(config, key)
    assert value in chosen if isinstance(chosen, tuple) else chosen == value
    if key in ("engine", "compute_type", "device"):
        assert getattr(TranslateOptions(**{key: value}), key) == value


@pytest.mark.parametrize("key", CHOICES)
def test_nothing_else_may_be_chosen(tmp_path: Path, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(job(tmp_path, key, "cuda:x"))
    assert caught.value.faults
    assert "job.yaml:3" in caught.value.faults[0]


def test_a_beam_takes_the_place_of_the_qualitys() -> None:
    assert [beam_of(quality) for quality in QUALITIES] == [4, 2, 1]
    assert beam_of("fast", 7) == 7
    with pytest.raises(ConfigError, match="quality is 'good'"):
        beam_of("good")
