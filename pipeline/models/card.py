"""What a model folder says of itself: its languages, its longest source sentence, and the hash of its content."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError

# What decides the output. The first weights file that is there is the one that is loaded.
REQUIRED = ("config.json", "source.spm", "target.spm", "vocab.json")
OPTIONAL = ("generation_config.json", "target_vocab.json", "tokenizer_config.json")
WEIGHTS = ("model.safetensors", "pytorch_model.bin")

_LIMIT = re.compile(r"max_source_pieces\W{1,8}(\d{1,6})")
_LICENCE = re.compile(r"^license:\s*(\S+)", re.MULTILINE)
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Model:
    """A Marian model in a folder.

    `fingerprint` is the hash of every file that decides the output: two folders with the same one translate alike.
    `max_source_pieces` is the longest source sentence, in SentencePiece pieces without `</s>`, that the model's card
    allows; `positions` is how many pieces fit into the network, on either side. `spaced_words` says that it was trained
    on words set apart from the marks before them (`"spaced_words": true` in tokenizer_config.json).
    """

    name: str
    folder: Path
    fingerprint: str
    source_language: str
    target_language: str
    max_source_pieces: int
    positions: int = 512
    license: str = ""
    spaced_words: bool = False

    @property
    def weights(self) -> Path:
        """The file of weights."""
        return weights_of(self.folder)


def weights_of(folder: Path) -> Path:
    """The file of weights in a folder: safetensors before a pickle; raises ModelError when there is none."""
    for name in WEIGHTS:
        if (folder / name).is_file():
            return folder / name
    raise ModelError(f"the model folder {folder} has no weights", f"It should hold {' or '.join(WEIGHTS)}.")


def read_model(name: str, folder: Path) -> Model:
    """Read a folder's card and configuration; raises ModelError with what is missing or is no Marian model."""
    missing = [file for file in REQUIRED if not (folder / file).is_file()]
    if missing:
        raise ModelError(
            f"{folder} is not a Marian model folder: {', '.join(missing)} missing",
            "Give a folder in Hugging Face format with config.json, source.spm, target.spm, vocab.json and weights.",
        )
    config = _json(folder / "config.json")
    if config.get("model_type") != "marian":
        raise ModelError(
            f"the model in {folder} is of type {config.get('model_type')!r}, not 'marian'",
            "Use a MarianMT model, such as Helsinki-NLP/opus-mt-fr-en.",
        )
    tokens = _json(folder / "tokenizer_config.json") if (folder / "tokenizer_config.json").is_file() else {}
    positions = config.get("max_position_embeddings", 512)
    if not isinstance(positions, int) or positions < 8:
        raise ModelError(f"{folder / 'config.json'} states max_position_embeddings: {positions!r}", "Repair the file.")
    spaced = tokens.get("spaced_words") is True
    card = _text(folder / "README.md")
    stated = _LIMIT.search(card)
    licence = _LICENCE.search(card)
    return Model(
        name=name,
        folder=folder,
        fingerprint=_fingerprint(folder, spaced),
        source_language=str(tokens.get("source_lang") or ""),
        target_language=str(tokens.get("target_lang") or ""),
        max_source_pieces=max(1, min(int(stated.group(1)) if stated else positions - 1, positions - 1)),
        positions=positions,
        license=licence.group(1) if licence else "",
        spaced_words=spaced,
    )


def _fingerprint(folder: Path, spaced: bool) -> str:
    """SHA-256 over name, size and content of what decides the output."""
    total = hashlib.sha256(b"spaced words\0" if spaced else b"")
    for path in sorted([*(folder / name for name in (*REQUIRED, *OPTIONAL)), weights_of(folder)]):
        if path.name == "tokenizer_config.json" or not path.is_file():
            continue  # beside the languages it says only what is counted already
        total.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                total.update(chunk)
    return total.hexdigest()


def _json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read as JSON: {error}", "Fetch or copy the model again.") from error
    if not isinstance(value, dict):
        raise ModelError(f"{path} holds a {type(value).__name__}, not an object", "Fetch or copy the model again.")
    return value


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
