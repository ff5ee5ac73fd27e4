"""Models that are damaged: each is refused with what is wrong and what to do, and none translates at random."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from pipeline.errors import ModelError
from pipeline.models import find_model
from pipeline.models.checkpoint import load_network


def refused(folder: Path) -> str:
    with pytest.raises(ModelError) as caught:
        load_network(find_model(str(folder)))
    problem, remedy = str(caught.value).split("\n")
    assert str(folder) in problem
    assert remedy
    return problem


def weights(folder: Path) -> dict[str, torch.Tensor]:
    return {name: one.clone() for name, one in load_network(find_model(str(folder))).state_dict().items()
            if "embed_tokens" not in name and name != "lm_head.weight"}  # fmt: skip


def test_a_sound_model_is_loaded(model: Path) -> None:
    held = weights(model)
    save_file(held, model / "model.safetensors")
    load_network(find_model(str(model)))


def test_weights_of_another_network_are_refused(model: Path) -> None:
    held = weights(model)
    name = "model.encoder.layers.0.fc1.weight"
    save_file({key: one for key, one in held.items() if key != name}, model / "model.safetensors")
    assert f"lacks 1 tensors, such as {name}" in refused(model)
    save_file({"other": torch.zeros(3)}, model / "model.safetensors")
    assert "lacks" in refused(model)
    save_file({**held, "model.encoder.layers.7.fc1.weight": torch.zeros(3)}, model / "model.safetensors")
    assert "model.encoder.layers.7.fc1.weight" in refused(model)
    save_file({**held, name: torch.zeros(3, 3)}, model / "model.safetensors")
    refused(model)
    for value in (float("nan"), float("inf")):
        held[name][0, 0] = value
        save_file(held, model / "model.safetensors")
        assert "finite" in refused(model)


@pytest.mark.parametrize("cut", [0, 1, 7, 8, 9, 100, 2000, -1])
def test_cut_weights_are_refused(model: Path, cut: int) -> None:
    whole = (model / "model.safetensors").read_bytes()
    (model / "model.safetensors").write_bytes(whole[:cut])
    refused(model)


@pytest.mark.parametrize("head", [b"\xff" * 8, b"\0" * 8, (2**40).to_bytes(8, "little"), b"\x02\0\0\0\0\0\0\0[]"])
def test_weights_with_a_head_that_lies_are_refused(model: Path, head: bytes) -> None:
    whole = (model / "model.safetensors").read_bytes()
    (model / "model.safetensors").write_bytes(head + whole[8:])
    refused(model)


@pytest.mark.parametrize("key", ["d_model", "encoder_layers", "vocab_size", "encoder_attention_heads",
                                 "encoder_ffn_dim", "decoder_layers"])  # fmt: skip
@pytest.mark.parametrize("value", [0, -1, 10**12, 10**300, 1.5, "x", None, [], True, 17])
def test_a_configuration_that_fits_no_weights_is_refused(model: Path, key: str, value: object) -> None:
    config = json.loads((model / "config.json").read_text())
    (model / "config.json").write_text(json.dumps({**config, key: value}))
    refused(model)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '"x"', "{}", "[" * 100_000, '{"</s>": 0}', '{"</s>": 0, "<unk>": "1"}',
     '{"</s>": 0, "<unk>": 0}', '{"</s>": 0, "<unk>": -1}', '{"</s>": 0, "<unk>": 1e3}', '{"</s>": 0, "<unk>": 99999}',
     '{"</s>": true, "<unk>": 1}', '{"</s>": 0, "<unk>": ' + "9" * 5000 + "}", "\xff"],
)  # fmt: skip
def test_a_vocabulary_that_is_none_is_refused(model: Path, text: str) -> None:
    (model / "vocab.json").write_bytes(text.encode("latin-1"))
    refused(model)


def test_files_with_noise_in_them_are_loaded_or_refused(model: Path) -> None:
    chosen = random.Random(23)
    for name in ("config.json", "vocab.json", "model.safetensors"):
        whole = (model / name).read_bytes()
        for _ in range(12):
            noisy = bytearray(whole)
            start = chosen.randrange(min(len(noisy), 4000))
            noisy[start : start + 4] = chosen.randbytes(4)
            (model / name).write_bytes(noisy)
            try:
                load_network(find_model(str(model)))
            except ModelError:
                continue
        (model / name).write_bytes(whole)
