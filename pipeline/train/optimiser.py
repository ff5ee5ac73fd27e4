"""AdamW on float32 master copies of the weights, with gradients averaged over the workers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import distributed, nn

CLIP = 1.0  # largest norm of a step's gradient


class Optimiser:
    """Keeps the masters, and copies them into the network's weights after each step.

    With a `moving_average` above 0 it also keeps the masters' exponential moving average of that decay a step, which
    translates better than the last step does (Polyak and Juditsky 1992; Marian's `exponential-smoothing`).
    """

    def __init__(self, network: nn.Module, *, moving_average: float = 0.0) -> None:
        self.weights = list(network.parameters())
        self.masters = [weight.detach().float().clone().requires_grad_(True) for weight in self.weights]
        # betas of Vaswani et al. 2017, which Marian keeps; no weight decay
        self._adam = torch.optim.AdamW(self.masters, lr=0.0, betas=(0.9, 0.98), eps=1e-9, weight_decay=0.0, fused=True)
        self._decay, self._steps = moving_average, 0
        self._average = [master.detach().clone() for master in self.masters] if moving_average else []

    def step(self, learning_rate: float, tallies: Sequence[float]) -> list[float]:
        """One step from the gradients at hand; gives the tallies summed over the workers, in the same exchange."""
        sums = self._exchange(tallies)
        torch.nn.utils.clip_grad_norm_(self.masters, CLIP)
        for group in self._adam.param_groups:
            group["lr"] = learning_rate
        self._adam.step()
        self._publish()
        self._follow()
        return sums

    def state(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        state: dict[str, Any] = {
            "weights": [master.detach() for master in self.masters],
            "adam": self._adam.state_dict(),
        }
        return state | {"average": self._average, "averaged": self._steps} if self._average else state

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from a checkpoint."""
        for master, stored in zip(self.masters, state["weights"], strict=True):
            master.data.copy_(stored)
        self._adam.load_state_dict(state["adam"])
        for mean, stored in zip(self._average, state.get("average", ()), strict=True):
            mean.copy_(stored)
        self._steps = state.get("averaged", 0)
        self._publish()

    def _publish(self) -> None:
        with torch.no_grad():
            torch._foreach_copy_(self.weights, self.masters)

    def _follow(self) -> None:
        """Move the average towards the masters: faster at first, when it remembers only where the run began."""
        if not self._average:
            return
        self._steps += 1
        decay = min(self._decay, self._steps / (self._steps + 10))
        with torch.no_grad():
            torch._foreach_lerp_(self._average, self.masters, 1 - decay)

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
