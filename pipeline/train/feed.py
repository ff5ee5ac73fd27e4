"""Batches for a device with memory of its own: the corpus lies there whole, and a batch is one gather."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from pipeline.train.batches import Batch, Ints
from pipeline.train.data import EncodedCorpus
from pipeline.train.marian import Shape


class Feed:
    """An encoded corpus on a device; its batches are those of `EncodedCorpus.tensors`."""

    def __init__(self, corpus: EncodedCorpus, shape: Shape, device: str) -> None:
        self._shape, self._device = shape, device
        self._source = self._lay(corpus.source, corpus.source_offsets)
        self._target = self._lay(corpus.target, corpus.target_offsets)

    def tensors(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Source ids, target ids shifted by the start of decoding, and labels, padded to the batch's lengths."""
        pairs = torch.from_numpy(batch.pairs).to(self._device)
        source = self._padded(*self._source, pairs, batch.source_length)
        labels = self._padded(*self._target, pairs, batch.target_length)
        shifted = labels.roll(1, 1)
        shifted[:, 0] = self._shape.start
        return source, shifted, labels

    def _lay(self, ids: NDArray[np.int32], offsets: Ints) -> tuple[torch.Tensor, torch.Tensor]:
        return torch.tensor(ids, device=self._device), torch.tensor(offsets, device=self._device)

    def _padded(self, ids: torch.Tensor, offsets: torch.Tensor, pairs: torch.Tensor, length: int) -> torch.Tensor:
        starts, ends = offsets[pairs][:, None], offsets[pairs + 1][:, None]
        places = starts + torch.arange(length, device=ids.device)
        rows = ids[places.clamp_max(len(ids) - 1)].long()
        rows = torch.where(places < ends, rows, self._shape.pad)
        return torch.where(places == ends, self._shape.end, rows)
