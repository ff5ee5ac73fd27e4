"""Job files: every fault at once and in its place, overrides, and settings that survive being shown."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from pipeline.config import JobConfig, load_config, load_settings, resolved, schema
from pipeline.corpus import FORMATS
from pipeline.errors import ConfigError

CONFIGS = Path(__file__).parents[2] / "configs"


def load(folder: Path, text: str, *overrides: str) -> JobConfig:
    (folder / "job.yaml").write_text(text, encoding="utf-8")
    return load_config(folder / "job.yaml", overrides)


def faults(folder: Path, text: str, *overrides: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(folder, text, *overrides)
    return [fault.replace(str(folder) + "/", "") for fault in caught.value.faults]


def test_all_faults_come_at_once_each_with_its_place(tmp_path: Path) -> None:
    text = """\
name: job
inputs: [a.txt]
beem_size: 5
max_flagged: 7
engine: fast
name: again
keep: {min_scor: 1, length_ratio: 0.5}
write: [tsv, foo]
"""
    *first, last = (*FORMATS, "document")
    assert faults(tmp_path, text, "threads", "keep.foo=1") == [
        "-c threads: should be key=value or key.sub=value",
        "-c keep.foo=1: `keep.foo`: is not a key; there are drop_duplicates, length_ratio, min_confidence, min_score",
        "job.yaml:3:1: `beem_size`: did you mean `beam_size`?",
        "job.yaml:4:1: `max_flagged`: 7 should be less than or equal to 1",
        "job.yaml:5:1: `engine`: 'fast' should be 'auto', 'ctranslate2' or 'transformers'",
        "job.yaml:6:1: `name` is given twice; first at 1:1",
        "job.yaml:7:8: `keep.min_scor`: did you mean `min_score`?",
        "job.yaml:7:21: `keep.length_ratio`: 0.5 should be greater than 1",
        f"job.yaml:8:14: `write.1`: 'foo' should be {', '.join(map(repr, first))} or {last!r}",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "job.yaml:1:1: `name` is missing"),
        ("- a\n", "job.yaml:1:1: should be keys and values (`name: …`)"),
        ("name: x\ninputs: [a\n", "job.yaml:3:1: expected ',' or ']', but got '<stream end>'"),
        ("name: x\ninputs: [a]\nbeam_size: true\n", "job.yaml:3:1: `beam_size`: True should be a valid integer"),
        ("name: x\ninputs: [a]\nbeam_size: '5'\n", "job.yaml:3:1: `beam_size`: '5' should be a valid integer"),
        ("name: x\ninputs: [a]\nmodel:\n", "job.yaml:3:1: `model` has no value"),
        (
            "name: x\ninputs: []\n",
            "job.yaml:2:1: `inputs`: [] Tuple should have at least 1 item after validation, not 0",
        ),
        ("name: x\ninputs: [a]\nencoding: klingon\n", "job.yaml:3:1: `encoding`: 'klingon' is no encoding that Python"),
        ("name: ../x\ninputs: [a]\n", "job.yaml:1:1: `name`: '../x' must do as a folder's name: no slash"),
        ("name: x\ninputs: [a]\n? [1, 2]\n: 3\n", "job.yaml:3:3: a key must be a word"),
        ("name: !!python/object/apply:os.system [x]\ninputs: [a]\n", "job.yaml:1:1: `name`: ['x'] should be a valid"),
        (
            "name: x\ninputs: [a]\nsource_language: FR!\n",
            "job.yaml:3:1: `source_language`: 'FR!' is no language that has a code",
        ),
    ],
)
def test_a_fault_says_where_and_what(tmp_path: Path, text: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults(tmp_path, text)), faults(tmp_path, text)


def test_a_bomb_of_aliases_is_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    assert any("describes too much" in fault for fault in faults(tmp_path, "\n".join(lines)))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "job.yaml").write_bytes(b"name: \xff")
    with pytest.raises(ConfigError, match="0xff at offset 6"):
        load_config(tmp_path / "job.yaml")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path / "absent.yaml")


def test_texts_that_yaml_takes_for_something_else_are_what_is_written(tmp_path: Path) -> None:
    config = load(
        tmp_path, "name: 010\ninputs: a.txt\ntitle: 1984\nauthor: no\ndate: 2018-01-02\nsource_language: no\n"
    )
    assert (config.name, config.inputs, config.title, config.author) == ("010", ("a.txt",), "1984", "no")
    assert (config.date, config.source_language) == ("2018-01-02", "no")


def test_overrides_go_over_the_file(tmp_path: Path) -> None:
    text = "name: x\ninputs: [a.txt]\nkeep: {min_score: 0.5}\n"
    config = load(tmp_path, text, "keep.min_score=0.25", "keep.drop_duplicates=true", "memory=false", "write=[tmx]")
    assert config.keep.min_score == 0.25
    assert config.keep.drop_duplicates
    assert config.memory is None
    assert config.write == ("tmx",)


def test_the_environment_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = load(tmp_path, "name: x\ninputs: [$HOME/a.txt]\n")
    for name in ("NAME", "BEAM_SIZE", "VISAVIS_BEAM_SIZE", "MODEL", "HOME"):
        monkeypatch.setitem(os.environ, name, "7")
    assert load(tmp_path, "name: x\ninputs: [$HOME/a.txt]\n") == before


def test_settings_are_frozen(tmp_path: Path) -> None:
    config = load(tmp_path, "name: x\ninputs: [a.txt]\n")
    with pytest.raises(ValueError, match="frozen"):
        config.beam_size = 5  # type: ignore[misc]


@pytest.mark.parametrize("name", ["calais", "batch", "book", "align", "hub-model"])
def test_what_is_shown_loads_to_the_same(name: str, tmp_path: Path) -> None:
    config = load_config(CONFIGS / f"{name}.yaml")
    (tmp_path / "shown.yaml").write_text(resolved(config), encoding="utf-8")
    assert load_config(tmp_path / "shown.yaml") == config


def test_every_key_is_described() -> None:
    tree = schema()
    for part in (tree, *tree["$defs"].values()):
        assert part["additionalProperties"] is False
        assert all("description" in one for one in part["properties"].values())


@given(st.text(max_size=200))
def test_any_text_is_a_config_or_a_clear_fault(tmp_path: Path, text: str) -> None:
    (tmp_path / "any.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(ConfigError):  # anything else would be a crash
        load_config(tmp_path / "any.yaml")


def test_suggestions_reach_into_lists_of_settings(tmp_path: Path) -> None:
    class Corpus(BaseModel):
        model_config = ConfigDict(extra="forbid")
        path: str
        weight: float = 1.0

    class Training(BaseModel):
        corpora: tuple[Corpus, ...]

    (tmp_path / "train.yaml").write_text("corpora:\n- {path: a, wieght: 2}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings(Training, tmp_path / "train.yaml")
    assert caught.value.faults == (f"{tmp_path}/train.yaml:2:13: `corpora.0.wieght`: did you mean `weight`?",)


@pytest.mark.parametrize("key", ["output", "memory", "glossary"])
@pytest.mark.parametrize(("value", "said"), [('"a\\0b"', "NUL"), ("x/" + "é" * 128, "more than 255 bytes")])
def test_what_no_file_can_be_called_is_a_fault(tmp_path: Path, key: str, value: str, said: str) -> None:
    (fault,) = faults(tmp_path, f"name: j\ninputs: [a.txt]\n{key}: {value}\n")
    assert f"`{key}`" in fault
    assert said in fault
