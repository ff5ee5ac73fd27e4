"""Loading a Marian checkpoint into the network of transformers, with the positions that the checkpoint holds."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.errors import ModelError
from pipeline.models.card import Model

# Loading sets the default type, the initialisers and the device of the whole process, and puts them back afterwards:
# two threads at once would leave the wrong ones behind.
LOADING = threading.RLock()
_POSITIONS = tuple(f"model.{side}.embed_positions.weight" for side in ("encoder", "decoder"))


def load_network(model: Model) -> Any:
    """The model as a float32 `MarianMTModel` in evaluation mode; raises ModelError when it cannot be loaded.

    transformers computes sinusoidal positions and ignores those in the checkpoint; a model whose positions were
    learned would be ruined, so they are put back here. Pickled weights are read as weights only.
    """
    import torch
    from transformers import MarianMTModel

    try:
        with LOADING, quiet():
            network, told = MarianMTModel.from_pretrained(
                model.folder, local_files_only=True, dtype=torch.float32, output_loading_info=True
            )
        with torch.no_grad():
            for name, positions in _stored_positions(model):
                network.get_parameter(name).copy_(positions)
        _require_whole(network, told)
    except Exception as error:  # damaged files make torch and transformers raise whatever they stumble over
        reason = " ".join(str(error).split())[:300] or type(error).__name__
        raise ModelError(
            f"the model in {model.folder} cannot be loaded: {reason}",
            "Fetch it again (`visavis models fetch --again`), or copy it again.",
        ) from error
    return network.eval()


def _require_whole(network: Any, told: dict[str, Any]) -> None:
    """Raise ValueError unless the weights are the network's, all of them, and numbers; else it speaks at random."""
    missing = sorted(set(told["missing_keys"]) - set(_POSITIONS))  # sinusoids are computed; what is tied is not told
    unexpected = sorted(told["unexpected_keys"])
    others = sorted(str(one) for one in told["mismatched_keys"])
    for what, names in (
        ("lacks", missing),
        ("has, beside the network's,", unexpected),
        ("has in other shapes", others),
    ):
        if names:
            raise ValueError(f"its file of weights {what} {len(names)} tensors, such as {names[0]}")
    for name, tensor in network.state_dict().items():
        if not bool(tensor.isfinite().all()):
            raise ValueError(f"the weights {name} are not all finite numbers")


def _stored_positions(model: Model) -> Iterator[tuple[str, Any]]:
    """Name and tensor of the positions that the checkpoint holds."""
    if model.weights.suffix == ".safetensors":
        from safetensors import safe_open

        with safe_open(model.weights, framework="pt") as tensors:
            yield from ((name, tensors.get_tensor(name)) for name in _POSITIONS if name in tensors.keys())  # noqa: SIM118
        return
    import torch

    stored = torch.load(model.weights, map_location="cpu", weights_only=True)
    yield from ((name, stored[name]) for name in _POSITIONS if name in stored)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep transformers from drawing progress bars and talking while it loads or converts."""
    from transformers.utils import logging

    bars, level = logging.is_progress_bar_enabled(), logging.get_verbosity()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()
