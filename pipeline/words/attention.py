"""Where the built-in model looks: its attention to the source's words while it is made to say a given translation.

A decoder that reads word t to say word t + 1 looks mostly at what it has just said, one that is about to say word t at
what it will say (Chen et al. 2020); heads of both kinds are read. The heads are those that agree best with the links of
the lexicon (`tests/bench/fit_words.py`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.models import Model, find_model
from pipeline.words.evidence import Evidence, Pairs, gathered
from pipeline.words.lexicon import Lexicon
from pipeline.words.weights import Head, weights_of

Array = NDArray[np.float32]

_PLAIN = str.maketrans(dict.fromkeys("«»“”„‟", '"') | dict.fromkeys("—–‐‑", "-") | {"’": "'", "‘": "'"})
_APART = frozenset('"([{-')  # marks that the model reads with a space before them, as words
_TAILS = ("'s", "'t", "n't", "'ll", "'re", "'ve", "'d", "'m")
_SPACE = "\u2581"
_MOST_KEPT = 100_000  # words whose pieces are held
_BATCH = 4
_STEPS = (8, 16)  # of a side's width in pieces; the encoder is deeper, so that its width is the nearer one


class ModelWay:
    """Links by a lexicon, by letters and positions, and by where the built-in model looks."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.weights = weights_of("model")
        self._lexicon = lexicon

    def gathered(self, pairs: Pairs) -> Evidence:
        """All signals of a batch of pairs; each pair's own are made as if alone."""
        evidence = gathered(pairs, self._lexicon, self.weights.jumps)
        return replace(evidence, looks=beside(built_in_sight().looks(pairs, self.weights.heads), evidence))


def beside(looks: Sequence[Array], evidence: Evidence) -> Array:
    """What was seen of each pair, as a batch, 0 beyond the sentences."""
    out = np.zeros((*evidence.inside.shape, looks[0].shape[-1]), np.float32)
    for place, one in enumerate(looks):
        out[place, : one.shape[0], : one.shape[1]] = one
    return out


class Sight:
    """A translation model, read for its attention only."""

    def __init__(self, model: Model) -> None:
        from sentencepiece import SentencePieceProcessor

        from pipeline.models.checkpoint import load_network

        self._type = _fast_type()
        self._network: Any = load_network(model).to(self._type)
        self._network.set_attn_implementation("eager")  # the others do not tell where they look
        self._most = model.positions - 1
        self._ids: dict[str, int] = json.loads((model.folder / "vocab.json").read_text(encoding="utf-8"))
        self._cutters = [
            SentencePieceProcessor(model_file=str(model.folder / f"{n}.spm")) for n in ("source", "target")
        ]
        self._kept: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})

    def looks(self, pairs: Pairs, heads: Sequence[Head]) -> list[Array]:
        """For each pair (source, target, heads): the share of a head's attention that each source word has.

        Batches have one size, and a width that only the pair itself decides: so its figures, to the last bit, do not
        depend on what else is asked.
        """
        cut = [[[self._pieces(word, side) for word in pair[side]] for side in (0, 1)] for pair in pairs]
        widths = [tuple(self._width(one[side], step) for side, step in enumerate(_STEPS)) for one in cut]
        groups: dict[tuple[int, ...], list[int]] = {}
        for place, width in enumerate(widths):
            groups.setdefault(width, []).append(place)
        out: list[Array] = [np.zeros(0, np.float32)] * len(pairs)
        for width, places in groups.items():
            for first in range(0, len(places), _BATCH):
                batch = places[first : first + _BATCH]
                laid = [[self._laid(cut[place][side], width[side]) for place in batch] for side in (0, 1)]
                seen = self._read([[ids for ids, _ in side] for side in laid], heads)
                for row, place in enumerate(batch):
                    out[place] = _by_word(seen[row], laid[0][row][1], laid[1][row][1])
        return out

    def _width(self, words: Sequence[Sequence[int]], step: int) -> int:
        """How many pieces a side is padded to, its end among them."""
        return min(-(-(sum(map(len, words)) + 1) // step) * step, self._most)

    def _laid(self, words: Sequence[Sequence[int]], width: int) -> tuple[NDArray[np.int64], Array]:
        """Ids with the end's, (width,), and which word each piece is of, (words, width)."""
        config = self._network.config
        ids, of = np.full(width, config.pad_token_id, np.int64), np.zeros((len(words), width), np.float32)
        flat = [piece for word in words for piece in word][: width - 1]
        ids[: len(flat)], ids[len(flat)] = flat, config.eos_token_id
        ends = list(accumulate(map(len, words)))
        for word, (start, stop) in enumerate(zip([0, *ends], ends, strict=False)):
            of[word, start : min(stop, len(flat))] = 1
        return ids, of

    def _read(self, sides: Sequence[Sequence[NDArray[np.int64]]], heads: Sequence[Head]) -> Array:
        """(rows, target, source, heads): where each target piece looks."""
        import torch

        config, body = self._network.config, self._network.model
        source, target = (np.stack([*side, *[side[0]] * (_BATCH - len(side))]) for side in sides)
        target = np.pad(target, ((0, 0), (1, 0)), constant_values=config.decoder_start_token_id)
        mask = torch.from_numpy(np.where(source == config.pad_token_id, 0, 1))
        with torch.inference_mode():
            said = body.decoder(
                input_ids=torch.from_numpy(target),
                encoder_hidden_states=body.encoder(torch.from_numpy(source), attention_mask=mask).last_hidden_state,
                encoder_attention_mask=mask,
                output_attentions=True,
                use_cache=False,
            ).cross_attentions
            size = target.shape[1] - 1
            chosen = [said[layer][:, head, int(after) : size + int(after)] for layer, head, after in heads]
            return np.asarray(torch.stack(chosen, -1).float().numpy())

    def _pieces(self, word: str, side: int) -> list[int]:
        kept = self._kept[side]
        known = kept.get(word)
        if known is None:
            if len(kept) >= _MOST_KEPT:
                kept.clear()
            known = kept[word] = self._cut(word.translate(_PLAIN), side)
        return known

    def _cut(self, word: str, side: int) -> list[int]:
        """The ids of a word alone; a mark or an English tail stands against the word before it."""
        pieces: list[str] = self._cutters[side].encode(word, out_type=str)
        mark = word not in _APART and not any(c.isalnum() for c in word)
        if pieces and (mark or (side == 1 and word.lower() in _TAILS)):
            pieces = [one for one in (pieces[0].removeprefix(_SPACE), *pieces[1:]) if one]
        unknown = self._ids["<unk>"]
        return [self._ids.get(piece, unknown) for piece in pieces or [_SPACE]]


def _by_word(seen: Array, ours: Array, theirs: Array) -> Array:
    """(source, target, heads): the sum over a source word's pieces, the mean over a target word's."""
    shares = theirs / np.maximum(theirs.sum(1, keepdims=True), 1)
    return np.asarray(np.einsum("tsh,is,jt->ijh", seen, ours, shares, optimize=True), np.float32)


def _fast_type() -> Any:
    """Half the bits where the processor multiplies them in hardware: 2.5 times as fast there, slower elsewhere."""
    import torch

    probes = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return torch.bfloat16 if any(getattr(torch.cpu, probe, lambda: False)() for probe in probes) else torch.float32


@cache
def built_in_sight() -> Sight:
    """The built-in model's."""
    return Sight(find_model())
