"""A Marian checkpoint laid out for CTranslate2 with numpy alone: neither torch nor transformers is loaded for it.

Only the usual form is known: safetensors that hold all of the network's weights, positions included, in one shared
vocabulary. Everything else, damage too, goes the long road through the network, which says what is wrong with it.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from pipeline.models.card import Model

Weights = dict[str, Any]  # numpy arrays by the names of transformers

_PROJECTIONS = ("q_proj", "k_proj", "v_proj", "out_proj")
_SIZES = (
    *("d_model", "vocab_size", "max_position_embeddings"),
    *(f"{side}_{size}" for side in ("encoder", "decoder") for size in ("layers", "attention_heads", "ffn_dim")),
)
_SHARED = "model.shared.weight"


def lay_out(model: Model, stored: str, folder: Path) -> bool:
    """Write a model's form for CTranslate2 to a new folder; False, and nothing written, where it is not the usual one.

    Raises ValueError where the vocabulary does not fit the weights.
    """
    config = json.loads((model.folder / "config.json").read_text(encoding="utf-8"))
    if model.weights.suffix != ".safetensors" or not _is_usual(config, model.folder):
        return False
    weights = _weights(model.weights, _shapes(config))
    if weights is None:
        return False
    vocabulary = json.loads((model.folder / "vocab.json").read_text(encoding="utf-8"))
    pieces = sorted(vocabulary, key=vocabulary.__getitem__)[: config["vocab_size"]]
    spec = _spec(config, weights, pieces[:-1] if pieces[-1] == "<pad>" else pieces)
    spec.validate()
    spec.optimize(quantization=stored)
    folder.mkdir()
    spec.save(str(folder))
    return True


def _is_usual(config: dict[str, Any], folder: Path) -> bool:
    """Whether one vocabulary serves the source, the target and the output, with an activation that is known here."""
    if any(size not in config for size in _SIZES):
        return False
    tied = all(config.get(name, True) for name in ("tie_word_embeddings", "share_encoder_decoder_embeddings"))
    one = (
        config.get("decoder_vocab_size") in (None, config["vocab_size"]) and not (folder / "target_vocab.json").exists()
    )
    return bool(tied and one and config.get("activation_function") in _activations())


def _activations() -> dict[str, Any]:
    """The engine's activations, as its own converter takes those of transformers."""
    from ctranslate2.specs import Activation

    return {"gelu": Activation.GELU, "relu": Activation.RELU, "silu": Activation.SWISH, "swish": Activation.SWISH}


def _shapes(config: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    """The shape of each of the network's weights."""
    wide, pieces, positions = config["d_model"], config["vocab_size"], config["max_position_embeddings"]
    shapes: dict[str, tuple[int, ...]] = {_SHARED: (pieces, wide), "final_logits_bias": (1, pieces)}
    for side, attentions in (("encoder", ("self_attn",)), ("decoder", ("self_attn", "encoder_attn"))):
        shapes[f"model.{side}.embed_positions.weight"] = (positions, wide)
        inner = config[f"{side}_ffn_dim"]
        for number in range(config[f"{side}_layers"]):
            layer = f"model.{side}.layers.{number}"
            linear = {f"{one}.{part}": (wide, wide) for one in attentions for part in _PROJECTIONS}
            linear |= {"fc1": (inner, wide), "fc2": (wide, inner)}
            norms = (*(f"{one}_layer_norm" for one in attentions), "final_layer_norm")
            for name, (rows, columns) in linear.items():
                shapes |= {f"{layer}.{name}.weight": (rows, columns), f"{layer}.{name}.bias": (rows,)}
            for name in norms:
                shapes |= {f"{layer}.{name}.weight": (wide,), f"{layer}.{name}.bias": (wide,)}
    return shapes


def _weights(path: Path, shapes: dict[str, tuple[int, ...]]) -> Weights | None:
    """All weights in float32; None where they are not exactly those of the network, or no finite numbers."""
    import numpy as np
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="np") as held:
            names = set(held.keys())
            if names != set(shapes):
                return None
            weights = {name: held.get_tensor(name) for name in names}
    except (SafetensorError, OSError, TypeError, ValueError):  # a type that numpy lacks, a damaged file
        return None
    if any(one.shape != shapes[name] or one.dtype.kind != "f" for name, one in weights.items()):
        return None
    weights = {name: one.astype(np.float32) for name, one in weights.items()}
    return weights if all(bool(np.isfinite(one).all()) for one in weights.values()) else None


def _spec(config: dict[str, Any], weights: Weights, pieces: list[str]) -> Any:
    """The engine's specification of the network, filled: what its converter makes of a `MarianMTModel`."""
    from ctranslate2.specs import TransformerSpec

    spec = TransformerSpec.from_config(
        (config["encoder_layers"], config["decoder_layers"]),
        config["encoder_attention_heads"],
        pre_norm=False,
        activation=_activations()[config["activation_function"]],
        layernorm_embedding=False,
    )
    spec.decoder.start_from_zero_embedding = True
    table = weights[_SHARED][:-1]  # <pad> is no piece of Marian's: decoding starts from a zero vector
    for side, half, held in (
        ("encoder", spec.encoder, spec.encoder.embeddings[0]),
        ("decoder", spec.decoder, spec.decoder.embeddings),
    ):
        held.weight = table
        half.scale_embeddings = math.sqrt(config["d_model"]) if config.get("scale_embedding") else 1.0
        half.position_encodings.encodings = weights[f"model.{side}.embed_positions.weight"]
        for number, layer in enumerate(half.layer):
            _fill_layer(layer, weights, f"model.{side}.layers.{number}")
    spec.decoder.projection.weight = table
    if weights["final_logits_bias"].any():
        spec.decoder.projection.bias = weights["final_logits_bias"][0, :-1]
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.eos_token, spec.config.unk_token, spec.config.bos_token = "</s>", "<unk>", "<s>"
    spec.config.decoder_start_token = "</s>"
    return spec


def _fill_layer(layer: Any, weights: Weights, name: str) -> None:
    def fill(spec: Any, place: str) -> None:
        spec.weight, spec.bias = weights[f"{name}.{place}.weight"], weights[f"{name}.{place}.bias"]

    def norm(spec: Any, place: str) -> None:
        spec.gamma, spec.beta = weights[f"{name}.{place}.weight"], weights[f"{name}.{place}.bias"]

    def fused(spec: Any, place: str, parts: str) -> None:
        import numpy as np

        of = [f"{name}.{place}.{part}_proj" for part in parts]
        spec.weight = np.concatenate([weights[f"{one}.weight"] for one in of])
        spec.bias = np.concatenate([weights[f"{one}.bias"] for one in of])

    fused(layer.self_attention.linear[0], "self_attn", "qkv")
    fill(layer.self_attention.linear[1], "self_attn.out_proj")
    norm(layer.self_attention.layer_norm, "self_attn_layer_norm")
    if f"{name}.encoder_attn_layer_norm.weight" in weights:
        fused(layer.attention.linear[0], "encoder_attn", "q")
        fused(layer.attention.linear[1], "encoder_attn", "kv")
        fill(layer.attention.linear[2], "encoder_attn.out_proj")
        norm(layer.attention.layer_norm, "encoder_attn_layer_norm")
    fill(layer.ffn.linear_0, "fc1")
    fill(layer.ffn.linear_1, "fc2")
    norm(layer.ffn.layer_norm, "final_layer_norm")
