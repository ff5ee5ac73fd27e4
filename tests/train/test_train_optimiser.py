"""The moving average follows the weights as it says, and it is what is exported."""

from __future__ import annotations

from copy import deepcopy

import torch
from torch import nn

from pipeline.train.mixing import weights_to_keep
from pipeline.train.optimiser import Optimiser


def stepped(optimiser: Optimiser, network: nn.Module) -> torch.Tensor:
    """One step towards smaller outputs; the weights after it."""
    network(torch.ones(1, 3)).square().sum().backward()
    optimiser.step(0.1, ())
    return optimiser.masters[0].detach().clone()


def test_the_average_is_exponential_once_it_has_forgotten_the_start() -> None:
    torch.manual_seed(3)
    network = nn.Linear(3, 2)
    optimiser = Optimiser(network, moving_average=0.8)
    expected = optimiser.masters[0].detach().clone()
    for step in range(1, 61):
        decay = min(0.8, step / (step + 10))
        expected = decay * expected + (1 - decay) * stepped(optimiser, network)
    average = optimiser.state()["average"][0]
    torch.testing.assert_close(average, expected)
    assert (average - optimiser.masters[0]).abs().max() > 1e-3


def test_what_is_scored_and_exported_is_the_average_if_there_is_one() -> None:
    network = nn.Linear(3, 2)
    for decay, kept in ((0.5, "average"), (0.0, "weights")):
        optimiser = Optimiser(network, moving_average=decay)
        stepped(optimiser, network)
        state = optimiser.state()
        assert weights_to_keep(state) is state[kept]
        copy = deepcopy(network)
        again = Optimiser(copy, moving_average=decay)
        again.restore(deepcopy(state))
        assert torch.equal(stepped(again, copy), stepped(optimiser, network))
        assert all(map(torch.equal, weights_to_keep(again.state()), weights_to_keep(optimiser.state())))
