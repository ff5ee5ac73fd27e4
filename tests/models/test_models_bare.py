"""The conversion without torch gives what the engine's own converter gives, and leaves it what it does not know."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from pipeline.errors import ModelError
from pipeline.models import converted, find_model
from pipeline.models.bare import lay_out
from pipeline.models.checkpoint import load_network
from pipeline.models.conversion import _convert_network

FILES = ("config.json", "model.bin", "shared_vocabulary.json")


def whole(folder: Path) -> dict[str, torch.Tensor]:
    """All weights of a model, positions included, as our own are shipped."""
    held = load_network(find_model(str(folder))).state_dict()
    return {name: one.clone() for name, one in held.items() if "embed_tokens" not in name and name != "lm_head.weight"}


@pytest.fixture
def usual(model: Path) -> Path:
    held = whole(model)
    chosen = torch.Generator().manual_seed(3)
    held["final_logits_bias"] = torch.randn(held["final_logits_bias"].shape, generator=chosen)
    held["model.encoder.embed_positions.weight"] += 0.25  # learned ones are no sinusoids
    save_file({name: one.half() for name, one in held.items()}, model / "model.safetensors")
    return model


@pytest.mark.parametrize("stored", ["int8", "float32", "float16", "int8_float16", "int16", "bfloat16"])
@pytest.mark.parametrize("activation", ["swish", "gelu", "relu"])
def test_it_is_what_the_engines_own_converter_makes(usual: Path, tmp_path: Path, stored: str, activation: str) -> None:
    config = json.loads((usual / "config.json").read_text())
    (usual / "config.json").write_text(json.dumps({**config, "activation_function": activation}))
    model = find_model(str(usual))
    assert lay_out(model, stored, tmp_path / "ours")
    _convert_network(model, stored, tmp_path / "theirs")
    assert sorted(path.name for path in (tmp_path / "ours").iterdir()) == sorted(FILES)
    for name in FILES:
        assert (tmp_path / "ours" / name).read_bytes() == (tmp_path / "theirs" / name).read_bytes(), name


def test_what_is_not_usual_is_left_to_the_engines_converter(usual: Path, tmp_path: Path) -> None:
    held = load_file(usual / "model.safetensors")
    config = json.loads((usual / "config.json").read_text())
    short = {name: one for name, one in held.items() if "embed_positions" not in name}
    for weights, changed in (
        (short, config),
        ({**held, "model.shared.weight": held["model.shared.weight"].bfloat16()}, config),
        (held, {**config, "activation_function": "gelu_new"}),
        (held, {**config, "tie_word_embeddings": False}),
    ):
        save_file(weights, usual / "model.safetensors")
        (usual / "config.json").write_text(json.dumps(changed))
        assert not lay_out(find_model(str(usual)), "int8", tmp_path / "made")
        assert not (tmp_path / "made").exists()
    save_file(short, usual / "model.safetensors")
    (usual / "config.json").write_text(json.dumps(config))
    assert (converted(find_model(str(usual)), "int8", cache=tmp_path) / "model.bin").is_file()


def test_damaged_weights_are_refused_as_ever(usual: Path, tmp_path: Path) -> None:
    held = load_file(usual / "model.safetensors")
    held["model.shared.weight"][2, 2] = float("nan")
    save_file(held, usual / "model.safetensors")
    with pytest.raises(ModelError, match="finite"):
        converted(find_model(str(usual)), "int8", cache=tmp_path)
    assert not list((tmp_path / "converted").iterdir())


def test_one_sentence_is_translated_without_anything_heavy() -> None:
    code = (
        "import sys; from pipeline.cli import main; code = main(['translate']);"
        "heavy = {'torch', 'transformers', 'nltk', 'lxml', 'numpy', 'yaml', 'jinja2', 'rich', 'langcodes'};"
        "heavy &= set(sys.modules); assert not heavy, heavy; sys.exit(code)"
    )
    converted(find_model(), "int8_float32")
    given = "Le chat dort sur le canapé.\n".encode()
    done = subprocess.run([sys.executable, "-c", code], input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert "cat" in done.stdout.decode()
