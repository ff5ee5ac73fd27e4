"""The lean network computes what transformers' Marian computes, and its loss has the right gradient."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from pipeline.models import Model, find_model
from pipeline.models.checkpoint import load_network
from pipeline.train.export import export_model
from pipeline.train.loss import CHUNK, SmoothedCrossEntropy
from pipeline.train.marian import read_shape, read_weights, sinusoids
from pipeline.train.network import Network

LANGUAGES = ("fr", "en")


def lean(model: Model) -> Network:
    shape = read_shape(model)
    network = Network(shape)
    network.load(read_weights(model, shape))
    return network.eval()


def logits(network: Network, source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    with torch.no_grad():
        return network.hidden(source, target) @ network.shared.weight.t() + network.bias


def greedy(network: Network, source: list[int], limit: int) -> list[int]:
    """Decode in memory with the lean network alone."""
    made = [network.shape.start]
    for _ in range(limit):
        made.append(int(logits(network, torch.tensor([source]), torch.tensor([made]))[0, -1].argmax()))
        if made[-1] == network.shape.end:
            break
    return made[1:]


def test_it_computes_what_transformers_computes(tiny: Model) -> None:
    for model in (tiny, find_model("built-in")):
        network, theirs, shape = lean(model), load_network(model), read_shape(model)
        draw = torch.Generator().manual_seed(1)
        source = torch.randint(2, shape.pad, (3, 9), generator=draw)
        source[1, 6:] = shape.pad
        target = torch.randint(2, shape.pad, (3, 7), generator=draw)
        target[:, 0] = shape.start
        mask = (source != shape.pad).long()
        with torch.no_grad():
            expected = theirs(input_ids=source, attention_mask=mask, decoder_input_ids=target).logits
        ours = logits(network, source, target)
        torch.testing.assert_close(ours[..., : shape.pad], expected[..., : shape.pad], atol=2e-3, rtol=1e-3)


def test_sinusoids_are_those_of_transformers() -> None:
    from transformers.models.marian.modeling_marian import MarianSinusoidalPositionalEmbedding

    theirs = MarianSinusoidalPositionalEmbedding(40, 24)
    made = theirs.create_weight() if hasattr(theirs, "create_weight") else theirs.weight
    torch.testing.assert_close(sinusoids(40, 24), torch.as_tensor(made).float(), atol=1e-5, rtol=0)


@pytest.mark.parametrize("rows", [20, CHUNK + 5, 2 * CHUNK + 9])
def test_loss_and_gradients_are_those_of_plain_cross_entropy(rows: int) -> None:
    draw = torch.Generator().manual_seed(2)
    pad, smoothing = 10, 0.1
    states = torch.randn(rows, 6, generator=draw, requires_grad=True)
    embeddings = torch.randn(11, 6, generator=draw, requires_grad=True)
    bias = torch.randn(11, generator=draw)
    bias[pad] = -10_000
    labels = torch.randint(0, 10, (rows,), generator=draw)
    labels[4:9] = pad
    loss, surprise = SmoothedCrossEntropy.apply(states, embeddings, bias, labels, pad, smoothing)
    (3 * loss).backward()
    gradients = states.grad.clone(), embeddings.grad.clone()
    states.grad = embeddings.grad = None
    kept = labels != pad
    all_logits = (states @ embeddings.t() + bias)[kept][:, :pad]
    expected = functional.cross_entropy(all_logits, labels[kept], label_smoothing=smoothing)
    (3 * expected).backward()
    torch.testing.assert_close(loss, expected)
    torch.testing.assert_close(surprise, functional.cross_entropy(all_logits, labels[kept], reduction="sum"))
    torch.testing.assert_close(gradients[0], states.grad)
    torch.testing.assert_close(gradients[1], embeddings.grad)


def test_a_built_in_model_that_is_exported_is_the_same_model(tmp_path) -> None:
    from safetensors.torch import load_file

    model = find_model("built-in")
    made = export_model(model, list(lean(model).parameters()), tmp_path / "model", languages=LANGUAGES)
    before, after = load_file(model.weights), load_file(made.weights)
    assert before.keys() == after.keys()
    assert all(torch.equal(before[name], after[name]) for name in before)
    assert (made.max_source_pieces, made.spaced_words) == (model.max_source_pieces, model.spaced_words)


def test_a_saved_model_translates_as_the_one_in_memory_in_both_engines(tiny: Model, tmp_path) -> None:
    """The tiny model has learned positions and a `<pad>` that is not zero: both traps at once."""
    import ctranslate2
    import sentencepiece

    from pipeline.models import converted

    made = export_model(tiny, list(lean(tiny).parameters()), tmp_path / "model", languages=LANGUAGES)
    weights = read_weights(made, read_shape(made))
    assert not weights["model.shared.weight"][read_shape(made).pad].any()
    memory, theirs = lean(made), load_network(made)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(made.folder / "source.spm"))
    fast = ctranslate2.Translator(str(converted(made, "float32", cache=tmp_path)), compute_type="float32")
    for text in ("le chat dort", "mais le petit homme voit demain la rue", "ici", "jamais le chien noir"):
        ids = [*pieces.encode(text), 0]
        expected = greedy(memory, ids, 12)
        slow = theirs.generate(torch.tensor([ids]), num_beams=1, max_new_tokens=12, do_sample=False)[0].tolist()[1:]
        names = [*pieces.encode(text, out_type=str), "</s>"]
        result = fast.translate_batch([names], beam_size=1, max_decoding_length=12, return_end_token=True)
        quick = [pieces.piece_to_id(piece) for piece in result[0].hypotheses[0]]
        # forced_eos_token_id: transformers ends the last place of a text that is too long
        assert slow[:11] == expected[:11]
        assert quick[:11] == expected[:11]
