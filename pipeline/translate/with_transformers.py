"""The reference engine: transformers and torch, on any device."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipeline.models import Model
from pipeline.translate.engine import END, Decoding, Hypothesis, Pieces, decoding_limit
from pipeline.translate.options import Setup


class TransformersEngine:
    """Decodes with `MarianMTModel.generate` in float32, nothing padded."""

    width = 1

    def __init__(self, model: Model, setup: Setup) -> None:
        from transformers import GenerationConfig

        from pipeline.models.checkpoint import load_network

        self._device = f"cuda:{setup.gpu}" if setup.device == "cuda" else setup.device
        self._network = load_network(model).to(self._device)
        self._network.generation_config = GenerationConfig()  # its own would fill in what we leave out: a forced end
        self._positions = model.positions
        self._ids: dict[str, int] = json.loads((model.folder / "vocab.json").read_text(encoding="utf-8"))
        own = model.folder / "target_vocab.json"
        target = json.loads(own.read_text(encoding="utf-8")) if own.is_file() else self._ids
        self._pieces = {index: piece for piece, index in target.items()}
        self._unknown = self._ids["<unk>"]

    def decode(self, batches: Iterable[Sequence[Pieces]], decoding: Decoding) -> Iterator[list[list[Hypothesis]]]:
        """For each batch, in order: for each sequence its hypotheses, best first."""
        for batch in batches:
            yield self._decode(batch, decoding)

    def _decode(self, batch: Sequence[Pieces], decoding: Decoding) -> list[list[Hypothesis]]:
        import torch

        rows = [[self._ids.get(piece, self._unknown) for piece in sequence] for sequence in batch]
        source = torch.tensor(rows, device=self._device)
        with torch.inference_mode():
            made = self._network.generate(
                input_ids=source,
                attention_mask=torch.ones_like(source),
                generation_config=self._settings(decoding, len(batch[0])),
            )
            chosen = self._network.compute_transition_scores(
                made.sequences, made.scores, made.get("beam_indices"), normalize_logits=decoding.beam_size == 1
            )
        found = [
            self._hypothesis(tokens, scores)
            for tokens, scores in zip(made.sequences[:, 1:].tolist(), chosen.tolist(), strict=True)
        ]
        each = decoding.hypotheses
        return [found[start : start + each] for start in range(0, len(found), each)]

    def _settings(self, decoding: Decoding, length: int) -> Any:
        """All that decides how `generate` decodes: nothing comes from the model's own generation_config."""
        from transformers import GenerationConfig

        config = self._network.config
        return GenerationConfig(
            num_beams=decoding.beam_size,
            num_return_sequences=decoding.hypotheses,
            early_stopping=decoding.beam_size > 1,  # as CTranslate2: a beam ends once it holds `num_beams` hypotheses
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            repetition_penalty=decoding.repetition_penalty,
            max_new_tokens=decoding_limit(length, self._positions),
            min_new_tokens=1,  # as CTranslate2: no translation is empty
            suppress_tokens=[config.pad_token_id],
            decoder_start_token_id=config.decoder_start_token_id,
            eos_token_id=config.eos_token_id,
            pad_token_id=config.pad_token_id,
            return_dict_in_generate=True,
            output_scores=True,
        )

    def _hypothesis(self, tokens: list[int], scores: list[float]) -> Hypothesis:
        pieces = [self._pieces.get(token, "<unk>") for token in tokens]
        ended = END in pieces
        length = pieces.index(END) if ended else len(pieces)
        counted = scores[: length + ended]
        return Hypothesis(tuple(pieces[:length]), sum(counted) / max(1, len(counted)), not ended)
