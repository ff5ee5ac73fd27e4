"""A tiny Marian model, random but real: 2+1 layers of 32, learned positions, a SentencePiece vocabulary of its own."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.models import Model, find_model

WORDS = {
    "le": "the", "chat": "cat", "chien": "dog", "dort": "sleeps", "mange": "eats", "voit": "sees", "petit": "small",
    "grand": "big", "noir": "black", "blanc": "white", "vite": "fast", "ici": "here", "demain": "tomorrow",
    "homme": "man", "parle": "speaks", "marche": "walks", "et": "and", "mais": "but", "jamais": "never",
    "rue": "street",
}  # fmt: skip


def sentence_pairs(number: int, seed: int = 3) -> list[tuple[str, str]]:
    """French-like sentences and their word by word translations, all different."""
    draw = random.Random(seed)
    made: dict[str, str] = {}
    while len(made) < number:
        words = draw.choices(list(WORDS), k=draw.randint(3, 9))
        made[" ".join(words)] = " ".join(WORDS[word] for word in words)
    return list(made.items())


def write_tsv(path: Path, pairs: list[tuple[str, str]]) -> Path:
    path.write_text("".join(f"{source}\t{target}\n" for source, target in pairs), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """The tiny model. Its `<pad>` embedding is not zero yet, as transformers leaves it."""
    import sentencepiece
    import torch
    from safetensors.torch import save_file
    from transformers import MarianConfig, MarianMTModel

    folder = tmp_path_factory.mktemp("tiny")
    corpus = write_tsv(folder / "text.txt", sentence_pairs(400))
    sentencepiece.SentencePieceTrainer.train(
        input=str(corpus), model_prefix=str(folder / "source"), vocab_size=120, hard_vocab_limit=False,
        bos_id=-1, eos_id=0, unk_id=1, pad_id=-1, num_threads=1, minloglevel=2,
    )  # fmt: skip
    (folder / "source.model").rename(folder / "source.spm")
    (folder / "target.spm").write_bytes((folder / "source.spm").read_bytes())
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
    vocabulary = {pieces.id_to_piece(index): index for index in range(pieces.get_piece_size())}
    pad = vocabulary["<pad>"] = len(vocabulary)
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    languages = {"source_lang": "fr", "target_lang": "en", "tokenizer_class": "MarianTokenizer"}
    (folder / "tokenizer_config.json").write_text(json.dumps(languages), encoding="utf-8")
    config = MarianConfig(
        vocab_size=pad + 1, decoder_vocab_size=pad + 1, d_model=32, encoder_layers=2, decoder_layers=1,
        encoder_attention_heads=4, decoder_attention_heads=4, encoder_ffn_dim=64, decoder_ffn_dim=64,
        max_position_embeddings=64, activation_function="gelu", scale_embedding=True, pad_token_id=pad, eos_token_id=0,
        bos_token_id=None, decoder_start_token_id=pad, forced_eos_token_id=0, init_std=0.2, dropout=0.0,
    )  # fmt: skip
    torch.manual_seed(7)
    network = MarianMTModel(config)
    network.save_pretrained(folder)
    drop = ("embed_tokens.weight", "lm_head.weight")
    weights = {name: tensor.clone() for name, tensor in network.state_dict().items() if not name.endswith(drop)}
    for side in ("encoder", "decoder"):
        weights[f"model.{side}.embed_positions.weight"] = torch.randn(64, 32)
    weights["model.shared.weight"][pad] = torch.randn(32)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "README.md").write_text("`max_source_pieces`: 50\n", encoding="utf-8")
    return find_model(str(folder))


@pytest.fixture(scope="session")
def make_corpus() -> Callable[..., Path]:
    """A function that writes a TSV file of so many pairs."""

    def make(path: Path, number: int, seed: int = 3) -> Path:
        return write_tsv(path, sentence_pairs(number, seed))

    return make


@pytest.fixture(autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Converted models of these tests are of no use to anybody."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
