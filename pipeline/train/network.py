"""A lean Marian network for training: the computation of transformers' MarianMTModel, without its generality."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn
from torch.nn import functional

from pipeline.errors import ModelError
from pipeline.train.loss import SmoothedCrossEntropy
from pipeline.train.marian import (
    DECODER_POSITIONS,
    EMBEDDINGS,
    ENCODER_POSITIONS,
    LOGITS_BIAS,
    Shape,
    Tensors,
)

_MASKED = -1e4  # added to what must not be attended to; bfloat16 and float16 hold it
_ACTIVATIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "gelu": functional.gelu,
    "relu": functional.relu,
    "swish": functional.silu,
    "silu": functional.silu,
}


class Attention(nn.Module):  # type: ignore[misc]
    """Multi-head attention; keys and values come out of one product."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads, self.scale = heads, (width // heads) ** -0.5
        self.q_proj = nn.Linear(width, width)
        self.kv_proj = nn.Linear(width, 2 * width)
        self.out_proj = nn.Linear(width, width)

    def forward(self, states: torch.Tensor, memory: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Attend from (batch × length × width) states to memory; the mask is added to the weights."""
        batch, length, width = states.shape
        queries = (self.q_proj(states) * self.scale).view(batch, length, self.heads, -1).transpose(1, 2)
        keys, values = self.kv_proj(memory).view(batch, memory.shape[1], 2, self.heads, -1).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(queries @ keys.transpose(-1, -2) + mask, -1)
        attended: torch.Tensor = self.out_proj((weights @ values).transpose(1, 2).reshape(batch, length, width))
        return attended


class EncoderLayer(nn.Module):  # type: ignore[misc]
    """Self-attention and a feed-forward layer, each added and then normalised."""

    def __init__(self, shape: Shape, dropout: float = 0.0) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.self_attn = Attention(shape.width, shape.encoder_heads)
        self.self_attn_layer_norm = nn.LayerNorm(shape.width)
        self.fc1 = nn.Linear(shape.width, shape.encoder_inner)
        self.fc2 = nn.Linear(shape.encoder_inner, shape.width)
        self.final_layer_norm = nn.LayerNorm(shape.width)
        self.activation = _ACTIVATIONS[shape.activation]

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Encode once more."""
        states = self.self_attn_layer_norm(states + self.drop(self.self_attn(states, states, mask)))
        encoded: torch.Tensor = self.final_layer_norm(states + self.drop(self.fc2(self.activation(self.fc1(states)))))
        return encoded


class DecoderLayer(nn.Module):  # type: ignore[misc]
    """Self-attention, attention to the source, and a feed-forward layer, each added and then normalised."""

    def __init__(self, shape: Shape, dropout: float = 0.0) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.self_attn = Attention(shape.width, shape.decoder_heads)
        self.self_attn_layer_norm = nn.LayerNorm(shape.width)
        self.encoder_attn = Attention(shape.width, shape.decoder_heads)
        self.encoder_attn_layer_norm = nn.LayerNorm(shape.width)
        self.fc1 = nn.Linear(shape.width, shape.decoder_inner)
        self.fc2 = nn.Linear(shape.decoder_inner, shape.width)
        self.final_layer_norm = nn.LayerNorm(shape.width)
        self.activation = _ACTIVATIONS[shape.activation]

    def forward(
        self, states: torch.Tensor, source: torch.Tensor, causal: torch.Tensor, mask: torch.Tensor
    ) -> torch.Tensor:
        """Decode once more."""
        states = self.self_attn_layer_norm(states + self.drop(self.self_attn(states, states, causal)))
        states = self.encoder_attn_layer_norm(states + self.drop(self.encoder_attn(states, source, mask)))
        decoded: torch.Tensor = self.final_layer_norm(states + self.drop(self.fc2(self.activation(self.fc1(states)))))
        return decoded


class _Side(nn.Module):  # type: ignore[misc]
    """The layers of encoder or decoder, under the name that Marian checkpoints give them."""

    def __init__(self, layers: list[nn.Module]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(layers)


class Network(nn.Module):  # type: ignore[misc]
    """Encoder, decoder and tied embeddings. Positions stay as they came, learned or sinusoidal; `<pad>` stays zero.

    In training mode `dropout` leaves out that share of embeddings and of what layers add (Vaswani et al. 2017, 5.4).
    """

    def __init__(self, shape: Shape, *, dropout: float = 0.0) -> None:
        super().__init__()
        if shape.activation not in _ACTIVATIONS:
            raise ModelError(
                f"the model's activation function is {shape.activation!r}", f"Known are {', '.join(_ACTIVATIONS)}."
            )
        self.shape = shape
        self.shared = nn.Embedding(shape.vocabulary, shape.width, padding_idx=shape.pad)
        self.drop = nn.Dropout(dropout)
        self.encoder = _Side([EncoderLayer(shape, dropout) for _ in range(shape.encoder_layers)])
        self.decoder = _Side([DecoderLayer(shape, dropout) for _ in range(shape.decoder_layers)])
        self.register_buffer("encoder_positions", torch.zeros(shape.positions, shape.width))
        self.register_buffer("decoder_positions", torch.zeros(shape.positions, shape.width))
        self.register_buffer("bias", torch.zeros(shape.vocabulary))

    def load(self, weights: Tensors) -> None:
        """Take the weights of a Marian checkpoint; raises ModelError when they do not fit."""
        ours = {
            "shared.weight": weights[EMBEDDINGS],
            "encoder_positions": weights[ENCODER_POSITIONS],
            "decoder_positions": weights[DECODER_POSITIONS],
            "bias": weights[LOGITS_BIAS][0],
        }
        for name, tensor in weights.items():
            if ".layers." not in name or ".v_proj." in name:
                continue
            ours_name = name.removeprefix("model.").replace(".k_proj.", ".kv_proj.")
            if ".k_proj." in name:
                tensor = torch.cat([tensor, weights[name.replace(".k_proj.", ".v_proj.")]])
            ours[ours_name] = tensor
        try:
            self.load_state_dict(ours)
        except (RuntimeError, KeyError) as error:
            raise ModelError(f"the weights do not fit config.json: {error}", "Fetch the model again.") from error

    def marian_weights(self, base: Tensors, weights: list[torch.Tensor]) -> Tensors:
        """`weights`, parallel to `parameters()`, under Marian's names, on top of those of the base checkpoint."""
        made = dict(base)
        for (name, _), tensor in zip(self.named_parameters(), weights, strict=True):
            if ".kv_proj." in name:
                for part, half in zip(("k", "v"), tensor.chunk(2), strict=True):
                    made["model." + name.replace(".kv_proj.", f".{part}_proj.")] = half
            else:
                made["model." + name] = tensor
        return made

    def hidden(self, source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Last states of the decoder (batch × length × width) for source ids and target ids shifted by the start."""
        kind, device = self.shared.weight.dtype, source.device
        mask = torch.zeros(source.shape, dtype=kind, device=device).masked_fill_(source == self.shape.pad, _MASKED)
        mask = mask[:, None, None, :]
        length = target.shape[1]
        causal = torch.full((length, length), _MASKED, dtype=kind, device=device).triu(1)
        states = self._embed(source, self.encoder_positions)
        for layer in self.encoder.layers:
            states = layer(states, mask)
        decoded = self._embed(target, self.decoder_positions)
        for layer in self.decoder.layers:
            decoded = layer(decoded, states, causal, mask)
        return decoded

    def forward(
        self, source: torch.Tensor, target: torch.Tensor, labels: torch.Tensor, smoothing: float
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The smoothed loss a token, and the sum of -log p over all label tokens."""
        states = self.hidden(source, target).reshape(-1, self.shape.width)
        made: tuple[torch.Tensor, torch.Tensor] = SmoothedCrossEntropy.apply(
            states, self.shared.weight, self.bias, labels.reshape(-1), self.shape.pad, smoothing
        )
        return made

    def _embed(self, ids: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
        embedded: torch.Tensor = self.shared(ids) * self.shape.embedding_scale + positions[: ids.shape[1]]
        dropped: torch.Tensor = self.drop(embedded)
        return dropped
