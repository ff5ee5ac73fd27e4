"""Weights out of weights: which of a checkpoint's are kept, means of several, shares of those a run started from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from pipeline.models import Model
from pipeline.train.marian import read_shape, read_weights
from pipeline.train.network import Network


def weights_to_keep(state: dict[str, Any]) -> list[torch.Tensor]:
    """The weights of a checkpoint that are worth scoring: the moving average where one is kept, else the last."""
    weights: list[torch.Tensor] = state.get("average") or state["weights"]
    return weights


def average(checkpoints: Sequence[Sequence[torch.Tensor]]) -> list[torch.Tensor]:
    """The mean of several checkpoints' weights."""
    return [torch.stack(list(same)).mean(0) for same in zip(*checkpoints, strict=True)]


def base_weights(model: Model) -> list[torch.Tensor]:
    """The weights of a model in the order of checkpoints."""
    shape = read_shape(model)
    network = Network(shape)
    network.load(read_weights(model, shape))
    return [weight.detach() for weight in network.parameters()]


def mixture(weights: Sequence[torch.Tensor], base: Sequence[torch.Tensor], share: float) -> list[torch.Tensor]:
    """`share` of the base weights, the rest of the others."""
    return [(1 - share) * ours + share * theirs for ours, theirs in zip(weights, base, strict=True)]
