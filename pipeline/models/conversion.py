"""A model's form for CTranslate2: made once, kept in the cache under the hash of the model's content."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError
from pipeline.models.bare import lay_out
from pipeline.models.card import Model
from pipeline.models.catalogue import cache_folder

# how the weights lie on the disk for each type the engine computes in
_STORED = {
    "int8": "int8",
    "int8_float32": "int8",
    "int8_float16": "int8_float16",
    "int8_bfloat16": "int8_bfloat16",
    "int16": "int16",
    "float16": "float16",
    "bfloat16": "bfloat16",
    "float32": "float32",
}


def converted(model: Model, compute_type: str, *, cache: Path | None = None) -> Path:
    """The folder of the model converted for CTranslate2, made if absent; raises ModelError.

    Two processes may ask at once: each converts into a folder of its own, and the first to finish renames its folder
    into place, which is atomic.
    """
    if compute_type not in _STORED:
        raise ModelError(f"compute_type {compute_type!r} is not known", f"Say one of {', '.join(sorted(_STORED))}.")
    home = cache_folder(cache) / "converted"
    folder = home / f"{model.fingerprint[:32]}-{_STORED[compute_type]}"
    if (folder / "model.bin").is_file():
        return folder
    try:
        home.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".making-", dir=home))
    except OSError as error:
        raise ModelError(
            f"the cache {home} cannot be written: {error.strerror}",
            "Set XDG_CACHE_HOME to a folder that can be written, or use `engine: transformers`, which needs none.",
        ) from error
    try:
        _convert(model, _STORED[compute_type], made / "model")
        _put(made / "model", folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return folder


def _put(made: Path, folder: Path) -> None:
    try:
        made.rename(folder)
    except OSError as error:
        if not (folder / "model.bin").is_file():  # otherwise another process was first, with the same content
            raise ModelError(f"{folder} cannot be written: {error.strerror}", "Remove it, and try again.") from error


def _convert(model: Model, stored: str, folder: Path) -> None:
    try:
        if not lay_out(model, stored, folder):
            _convert_network(model, stored, folder)
    except ModelError:
        raise
    except Exception as error:  # a configuration that fits no weights makes the converter raise anything
        raise ModelError(
            f"the model in {model.folder} cannot be converted for CTranslate2: {error}",
            "Use `engine: transformers`, or free space if the disk is full.",
        ) from error


def _convert_network(model: Model, stored: str, folder: Path) -> None:
    """Convert by the engine's own converter, which takes the network that transformers and torch make of a model."""
    from ctranslate2.converters import TransformersConverter

    from pipeline.models.checkpoint import LOADING, load_network, quiet

    class Converter(TransformersConverter):  # type: ignore[misc]
        """The engine's own converter, given the network with its stored positions and the bare vocabulary."""

        def load_model(self, *_: Any, **__: Any) -> Any:
            return load_network(model)

        def load_tokenizer(self, *_: Any, **__: Any) -> Any:
            return _Vocabulary(model.folder)

    with LOADING, quiet():
        Converter(str(model.folder)).convert(str(folder), quantization=stored)


class _Vocabulary:
    """What the converter wants of a tokenizer."""

    eos_token = "</s>"
    unk_token = "<unk>"
    bos_token = None

    def __init__(self, folder: Path) -> None:
        if (folder / "target_vocab.json").is_file():
            raise ValueError("source and target have vocabularies of their own")
        self._ids: dict[str, int] = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))

    def get_vocab(self) -> dict[str, int]:
        return self._ids
