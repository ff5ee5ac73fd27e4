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

# the sizes of a network, from the smallest to ten times those of the largest Marian models (Tatoeba Challenge, big)
_SIZES = {
    "d_model": (1, 16_384),
    "encoder_layers": (1, 256),
    "decoder_layers": (1, 256),
    "encoder_attention_heads": (1, 256),
    "decoder_attention_heads": (1, 256),
    "encoder_ffn_dim": (1, 65_536),
    "decoder_ffn_dim": (1, 65_536),
    "vocab_size": (2, 2_000_000),
    "max_position_embeddings": (8, 65_536),
}

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
    _require_sizes(config, folder / "config.json")
    positions = config.get("max_position_embeddings", 512)
    for file in ("vocab.json", "target_vocab.json"):
        if (folder / file).is_file():
            _require_vocabulary(folder / file, config)
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
        license=licence.group(1) if licence else _title_of(folder / "LICENSE"),
        spaced_words=spaced,
    )


def _title_of(licence: Path) -> str:
    """What the file of a licence calls it: its first line; nothing where there is none."""
    lines = _text(licence).strip().splitlines()
    return lines[0].strip()[:100] if lines else ""


def _require_sizes(config: dict[str, Any], path: Path) -> None:
    """Refuse sizes of a network that no file of weights fits, before anything of that size is made."""
    for name, (least, most) in _SIZES.items():
        size = config.get(name, least)
        if type(size) is not int or not least <= size <= most:
            raise ModelError(
                f"{path} states {name}: {str(size)[:40]}, expected a whole number of {least} to {most}",
                "Fetch or copy the model again.",
            )


def _require_vocabulary(path: Path, config: dict[str, Any]) -> None:
    """Refuse a vocabulary that is not one number a piece, or that lacks what every sentence needs."""
    vocabulary = _json(path)
    most = max(config.get("vocab_size", 0), config.get("decoder_vocab_size") or 0) or _SIZES["vocab_size"][1]
    for piece, number in vocabulary.items():
        if type(number) is not int or not 0 <= number < most:
            raise ModelError(
                f"{path} gives the piece {piece[:40]!r} the number {str(number)[:40]}, expected 0 to {most - 1}",
                "Fetch or copy the model again.",
            )
    absent = [piece for piece in ("</s>", "<unk>") if piece not in vocabulary]
    if absent or len(set(vocabulary.values())) < len(vocabulary):
        fault = f"lacks {' and '.join(absent)}" if absent else "gives two pieces the same number"
        raise ModelError(f"{path} {fault}", "Fetch or copy the model again.")


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
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path} cannot be read as JSON: {error}", "Fetch or copy the model again.") from error
    if not isinstance(value, dict):
        raise ModelError(f"{path} holds a {type(value).__name__}, not an object", "Fetch or copy the model again.")
    return value


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
