"""A trained network as a model folder like any other."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import torch

from pipeline.errors import OutputError
from pipeline.models import Model, find_model
from pipeline.train.marian import read_shape, read_weights, write_weights
from pipeline.train.network import Network

_COPIED = ("source.spm", "target.spm", "vocab.json", "generation_config.json")


def export_model(base: Model, weights: Sequence[torch.Tensor], folder: Path, *, languages: tuple[str, str]) -> Model:
    """Write a model folder: the base's vocabulary and shape, the network's weights, in `parameters()` order.

    The folder appears whole or not at all, in place of an older one. Positions are written although transformers
    would leave them out, and `<pad>` is zero, so that both engines translate as the network does. Raises OutputError.
    """
    shape = read_shape(base)
    made = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        write_weights(
            Network(shape).marian_weights(read_weights(base, shape), list(weights)), made / "model.safetensors"
        )
        for name in _COPIED:
            if (base.folder / name).is_file():
                shutil.copyfile(base.folder / name, made / name)
        _write_configs(base, made, languages)
        _write_card(base, made)
        _replace(made, folder)
    except OSError as error:
        raise OutputError(
            f"the model folder {folder} cannot be written: {error}", "Free space, or choose another `output`."
        ) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return find_model(str(folder))


def _write_configs(base: Model, made: Path, languages: tuple[str, str]) -> None:
    config = json.loads((base.folder / "config.json").read_text(encoding="utf-8"))
    config.pop("torch_dtype", None)
    _write_json(made / "config.json", config | {"dtype": "float16"})
    path = base.folder / "tokenizer_config.json"
    tokens = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"tokenizer_class": "MarianTokenizer"}
    _write_json(made / "tokenizer_config.json", tokens | {"source_lang": languages[0], "target_lang": languages[1]})


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_card(base: Model, made: Path) -> None:
    """A first card, which says the one thing that decides translations; the full one comes with the figures."""
    text = f"`max_source_pieces`: {base.max_source_pieces}\n"
    (made / "README.md").write_text(text, encoding="utf-8")


def _replace(made: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.is_dir():
        folder.rename(old)
    made.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
