"""A small Marian model with random weights, whole; each test may damage its own copy."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def sound(tmp_path_factory) -> Path:
    """A small model with random weights, in safetensors."""
    from sentencepiece import SentencePieceTrainer
    from transformers import MarianConfig, MarianMTModel

    folder = tmp_path_factory.mktemp("sound")
    text = ["le chat dort dans la maison", "the cat sleeps in the house"] * 20
    for side in ("source", "target"):
        SentencePieceTrainer.train(
            sentence_iterator=iter(text), model_prefix=str(folder / side), vocab_size=40, hard_vocab_limit=False,
            minloglevel=2,
        )  # fmt: skip
        (folder / f"{side}.model").rename(folder / f"{side}.spm")
    pieces = [line.split("\t")[0] for line in (folder / "source.vocab").read_text(encoding="utf-8").splitlines()]
    plain = [piece for piece in pieces if not piece.startswith("<")]
    vocabulary = {piece: index for index, piece in enumerate(["</s>", "<unk>", *plain, "<pad>"])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary))
    size = len(vocabulary)
    network = MarianMTModel(
        MarianConfig(
            vocab_size=size, decoder_vocab_size=size, d_model=16, encoder_layers=1, decoder_layers=1,
            encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=16, decoder_ffn_dim=16,
            max_position_embeddings=32, eos_token_id=0, pad_token_id=size - 1, decoder_start_token_id=size - 1,
        )
    )  # fmt: skip
    network.save_pretrained(folder)
    return folder


@pytest.fixture
def model(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "model"))
