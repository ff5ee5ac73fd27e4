"""A Marian folder's shape and weights, in and out: what the checkpoint holds, positions and all."""

from __future__ import annotations

import json
import math
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from pipeline.errors import ModelError
from pipeline.models import Model

Tensors = dict[str, torch.Tensor]

EMBEDDINGS = "model.shared.weight"
ENCODER_POSITIONS = "model.encoder.embed_positions.weight"
DECODER_POSITIONS = "model.decoder.embed_positions.weight"
LOGITS_BIAS = "final_logits_bias"
NEVER = -10_000.0  # the bias of a piece that is never to be generated; fits into float16

# what every Marian of the OPUS-MT family says, and the lean network takes for granted
_EXPECTED = {
    "normalize_before": False,
    "normalize_embedding": False,
    "add_final_layer_norm": False,
    "share_encoder_decoder_embeddings": True,
    "tie_word_embeddings": True,
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a Marian network, and its special ids."""

    vocabulary: int
    width: int
    encoder_layers: int
    decoder_layers: int
    encoder_heads: int
    decoder_heads: int
    encoder_inner: int
    decoder_inner: int
    positions: int
    activation: str
    embedding_scale: float
    pad: int
    end: int
    start: int


def read_shape(model: Model) -> Shape:
    """The shape that a folder's `config.json` states; raises ModelError for a kind that cannot be trained here."""
    config: dict[str, Any] = json.loads((model.folder / "config.json").read_text(encoding="utf-8"))
    for key, expected in _EXPECTED.items():
        if config.get(key, expected) != expected:
            raise ModelError(
                f"the model in {model.folder} has {key}: {config[key]}, which training does not know",
                "Start from a model of the OPUS-MT family with one shared vocabulary, or from the built-in one.",
            )
    try:
        width = int(config["d_model"])
        return Shape(
            vocabulary=int(config["vocab_size"]),
            width=width,
            encoder_layers=int(config["encoder_layers"]),
            decoder_layers=int(config["decoder_layers"]),
            encoder_heads=int(config["encoder_attention_heads"]),
            decoder_heads=int(config["decoder_attention_heads"]),
            encoder_inner=int(config["encoder_ffn_dim"]),
            decoder_inner=int(config["decoder_ffn_dim"]),
            positions=int(config["max_position_embeddings"]),
            activation=str(config.get("activation_function", "gelu")),
            embedding_scale=math.sqrt(width) if config.get("scale_embedding") else 1.0,
            pad=int(config["pad_token_id"]),
            end=int(config["eos_token_id"]),
            start=int(config["decoder_start_token_id"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"{model.folder / 'config.json'} lacks or garbles {error}", "Fetch the model again."
        ) from error


def read_weights(model: Model, shape: Shape) -> Tensors:
    """All weights of a folder in float32, with positions, and with `<pad>` as the start of decoding folded away.

    CTranslate2, as Marian, starts decoding from a zero embedding; transformers starts from that of `<pad>`. Where it
    is not zero it goes into the decoder's first position, and then both do the same.
    """
    try:
        stored = _stored(model)
    except (OSError, RuntimeError, ValueError, pickle.UnpicklingError) as error:
        raise ModelError(f"the weights in {model.folder} cannot be read: {error}", "Fetch the model again.") from error
    weights = {name: tensor.float() for name, tensor in stored.items()}
    if EMBEDDINGS not in weights:
        raise ModelError(f"the weights in {model.folder} have no {EMBEDDINGS}", "Fetch the model again.")
    for name in (ENCODER_POSITIONS, DECODER_POSITIONS):
        weights[name] = weights.get(name, sinusoids(shape.positions, shape.width)).clone()
    bias = weights.get(LOGITS_BIAS, torch.zeros(1, shape.vocabulary)).clone()
    embeddings = weights[EMBEDDINGS].clone()
    if shape.start == shape.pad:
        weights[DECODER_POSITIONS][0] += embeddings[shape.pad] * shape.embedding_scale
    embeddings[shape.pad] = 0
    bias[0, shape.pad] = NEVER
    return weights | {EMBEDDINGS: embeddings, LOGITS_BIAS: bias}


def _stored(model: Model) -> Tensors:
    if model.weights.suffix == ".safetensors":
        from safetensors.torch import load_file

        return dict(load_file(model.weights))
    return dict(torch.load(model.weights, map_location="cpu", weights_only=True))


def sinusoids(positions: int, width: int) -> torch.Tensor:
    """Positions × width: sines in the first half, cosines in the second, as Marian lays them out."""
    half = width // 2 + width % 2
    frequencies = 10_000.0 ** (-2 * torch.arange(half, dtype=torch.float64) / width)
    angles = torch.arange(positions, dtype=torch.float64)[:, None] * frequencies
    return torch.cat([angles.sin(), angles[:, : width - half].cos()], dim=1).float()


def write_weights(weights: Tensors, path: Path) -> None:
    """Write weights as float16 safetensors, under the names that transformers reads."""
    from safetensors.torch import save_file

    names = {name for name in weights if not name.endswith(("embed_tokens.weight", "lm_head.weight"))}  # tied
    halves = {name: weights[name].detach().to("cpu", torch.float16).contiguous() for name in sorted(names)}
    save_file(halves, path, metadata={"format": "pt"})
    path.chmod(0o644)  # safetensors makes a file that only its owner reads
