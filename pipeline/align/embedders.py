"""Encoders by name: the built-in one, a letter-based one that knows no language, any model folder."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.align.encoder import Array, Embedded, Encoder, UseEncoder
from pipeline.errors import ModelError

_BUCKETS = 2048


@lru_cache(maxsize=1)
def open_encoder(name: str) -> Encoder:
    """`built-in`, `lexical`, or the folder of a transformers model with its tokenizer; the last one stays loaded.

    Raises:
        ModelError: no such name or folder, or the folder does not hold a model that can be loaded.

    """
    if name == "built-in":
        return UseEncoder()
    if name == "lexical":
        return LexicalEncoder()
    folder = Path(name)
    if not folder.is_dir():
        raise ModelError(
            f"there is no embedder {name!r}", "Name `built-in`, `lexical`, or a folder with a model and its tokenizer."
        )
    return FolderEncoder(folder)


class LexicalEncoder:
    """Counts of letter groups: for languages that share words, and where no model can be loaded."""

    def embed(self, texts: Sequence[str]) -> Embedded:
        """Hashed counts of 3 and 4 letters in a row."""
        out = np.zeros((len(texts), _BUCKETS), np.float32)
        sizes = np.ones(len(texts), np.float32)
        for i, text in enumerate(texts):
            padded = f" {text[:8000].casefold()} "
            for width in (3, 4):
                for k in range(len(padded) - width + 1):
                    code = zlib.crc32(padded[k : k + width].encode())
                    out[i, (code >> 1) % _BUCKETS] += 1.0 if code & 1 else -1.0
            sizes[i] = max(1, len(text))
        nothing = np.zeros((len(texts), 1), np.float16)
        return Embedded(out, sizes, nothing, nothing)

    def vectors(self, sums: Array, sizes: Array) -> Array:
        """Unit vectors."""
        return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6), np.float32)


class FolderEncoder:
    """A transformers encoder whose token vectors are averaged, from a local folder; it loads nothing from elsewhere."""

    def __init__(self, folder: Path) -> None:
        import transformers

        try:
            self._tokenizer: Any = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
            self._model: Any = transformers.AutoModel.from_pretrained(folder, local_files_only=True).eval()
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"{folder} cannot be loaded as an embedder: {error}", "Name a folder with a model and its tokenizer."
            ) from error

    def embed(self, texts: Sequence[str]) -> Embedded:
        """Sums of the last layer's token vectors."""
        import torch

        rows, sizes = [], []
        for first in range(0, len(texts), 32):
            batch = self._tokenizer(
                list(texts[first : first + 32]), padding=True, truncation=True, max_length=512, return_tensors="pt"
            )
            with torch.inference_mode():
                hidden = self._model(**batch).last_hidden_state
            mask = batch["attention_mask"].unsqueeze(-1).to(hidden.dtype)
            rows.append((hidden * mask).sum(dim=1).float().numpy())
            sizes.append(mask.sum(dim=(1, 2)).float().numpy())
        nothing = np.zeros((len(texts), 1), np.float16)
        return Embedded(np.concatenate(rows), np.concatenate(sizes), nothing, nothing)

    def vectors(self, sums: Array, sizes: Array) -> Array:
        """Unit vectors of the mean token vector."""
        return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6), np.float32)
