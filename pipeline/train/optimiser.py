"""AdamW on float32 master copies of the weights, with gradients averaged over the workers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import distributed, nn

CLIP = 1.0  # largest norm of a step's gradient


class Optimiser:
    """Keeps the masters, and copies them into the network's weights after each step."""

    def __init__(self, network: nn.Module) -> None:
        self.weights = list(network.parameters())
        self.masters = [weight.detach().float().clone().requires_grad_(True) for weight in self.weights]
        # betas of Vaswani et al. 2017, which Marian keeps; no weight decay
        self._adam = torch.optim.AdamW(self.masters, lr=0.0, betas=(0.9, 0.98), eps=1e-9, weight_decay=0.0, fused=True)

    def step(self, learning_rate: float, tallies: Sequence[float]) -> list[float]:
        """One step from the gradients at hand; gives the tallies summed over the workers, in the same exchange."""
        sums = self._exchange(tallies)
        torch.nn.utils.clip_grad_norm_(self.masters, CLIP)
        for group in self._adam.param_groups:
            group["lr"] = learning_rate
        self._adam.step()
        self._publish()
        return sums

    def state(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        return {"weights": [master.detach() for master in self.masters], "adam": self._adam.state_dict()}

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from a checkpoint."""
        for master, stored in zip(self.masters, state["weights"], strict=True):
            master.data.copy_(stored)
        self._adam.load_state_dict(state["adam"])
        self._publish()

    def _publish(self) -> None:
        with torch.no_grad():
            torch._foreach_copy_(self.weights, self.masters)

    def _exchange(self, tallies: Sequence[float]) -> list[float]:
        """Gradients into the masters: the workers' mean; tallies: the workers' sum."""
        gradients = [weight.grad for weight in self.weights if weight.grad is not None]
        if not distributed.is_initialized():
            for master, gradient in zip(self.masters, gradients, strict=True):
                master.grad = gradient.float()
            summed = list(tallies)
        else:
            flat = torch.cat([*(gradient.reshape(-1) for gradient in gradients)]).float()
            flat = torch.cat([flat, torch.tensor(list(tallies))])
            distributed.all_reduce(flat)
            summed = flat[-len(tallies) :].tolist()
            flat /= distributed.get_world_size()
            start = 0
            for master in self.masters:
                master.grad = flat[start : start + master.numel()].view_as(master)
                start += master.numel()
        for weight in self.weights:
            weight.grad = None
        return summed
