"""Finding, fetching, listing and converting models, with a tiny random Marian as the hub has them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pipeline.errors import ModelError
from pipeline.models import converted, fetch_model, find_model, list_models
from pipeline.models.checkpoint import load_network

NAME = "Some-Org/opus-mt-fr-en@0123abc"


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """A folder as Helsinki-NLP's: a pickle of weights, static positions, ids that are not SentencePiece's."""
    import torch
    from sentencepiece import SentencePieceTrainer
    from transformers import MarianConfig, MarianMTModel

    folder = tmp_path_factory.mktemp("tiny")
    text = ["le chat dort dans la maison", "the cat sleeps in the house", "un deux trois", "one two three"] * 20
    for side in ("source", "target"):
        SentencePieceTrainer.train(
            sentence_iterator=iter(text), model_prefix=str(folder / side), vocab_size=60, hard_vocab_limit=False,
            minloglevel=2,
        )  # fmt: skip
        (folder / f"{side}.model").rename(folder / f"{side}.spm")
    pieces = [line.split("\t")[0] for line in (folder / "source.vocab").read_text(encoding="utf-8").splitlines()]
    plain = sorted((piece for piece in pieces if not piece.startswith("<")), reverse=True)
    vocabulary = {piece: index for index, piece in enumerate(["</s>", "<unk>", *plain, "<pad>"])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text('{"source_lang": "fr", "target_lang": "en"}')
    torch.manual_seed(1)
    size = len(vocabulary)
    network = MarianMTModel(
        MarianConfig(
            vocab_size=size, decoder_vocab_size=size, d_model=32, encoder_layers=1, decoder_layers=1,
            encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=64, decoder_ffn_dim=64,
            max_position_embeddings=64, scale_embedding=True, activation_function="swish", eos_token_id=0,
            forced_eos_token_id=0, pad_token_id=size - 1, decoder_start_token_id=size - 1, init_std=0.6,
        )
    )  # fmt: skip
    with torch.no_grad():
        network.model.shared.weight[size - 1] = 0
    network.config.save_pretrained(folder)
    torch.save(network.state_dict(), folder / "pytorch_model.bin")
    return folder


def announced(path):
    """What the hub says of a file: git's digest, and of large ones SHA-256."""
    content = path.read_bytes()
    git = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
    told = {"rfilename": path.name, "size": len(content), "blobId": git}
    large = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "pointerSize": 130}
    return told | ({"lfs": large} if path.suffix in (".bin", ".spm") else {})


class Hub(BaseHTTPRequestHandler):
    """As much of the hub's protocol as its client needs for a model without large-file storage."""

    folder = None
    served: list[str] = []
    spoiled = staticmethod(bytes)

    def do_GET(self):
        self._answer(body=True)

    def do_HEAD(self):
        self._answer(body=False)

    def log_message(self, *_):
        pass

    def _answer(self, *, body):
        self.served.append(self.path)
        if self.path.startswith("/api/models/Some-Org/opus-mt-fr-en") and "ffff" not in self.path:
            names = [announced(path) for path in sorted(self.folder.iterdir())]
            content = json.dumps({"id": NAME.split("@")[0], "sha": "0" * 40, "siblings": names}).encode()
        elif "/resolve/0123abc/" in self.path or "/resolve/" + "0" * 40 in self.path:
            path = self.folder / self.path.rsplit("/", 1)[1]
            content = self.spoiled(path.read_bytes()) if path.is_file() else None
        else:
            content = None
        self.send_response(404 if content is None else 200)
        content = content or b""
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Type", "application/json" if self.path.startswith("/api") else "application/binary")
        self.send_header("ETag", f'"{abs(hash(content)):x}"')
        self.send_header("X-Repo-Commit", "0" * 40)
        self.end_headers()
        if body:
            self.wfile.write(content)


@pytest.fixture
def hub(tiny, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    Hub.folder, Hub.served, Hub.spoiled = tiny, [], staticmethod(bytes)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_built_in_model_states_its_languages_and_its_longest_sentence():
    model = find_model()
    assert (model.source_language, model.target_language) == ("fr", "en")
    assert model.max_source_pieces == 100
    assert model.positions == 512
    assert len(model.fingerprint) == 64
    assert model.weights.name == "model.safetensors"


def test_a_folder_is_a_model_and_its_fingerprint_is_its_content_s(tiny, tmp_path):
    copy = shutil.copytree(tiny, tmp_path / "copy")
    model, same = find_model(str(tiny)), find_model(str(copy))
    assert model.fingerprint == same.fingerprint
    assert model.max_source_pieces == 63
    with (copy / "pytorch_model.bin").open("r+b") as stream:
        stream.seek(-1, os.SEEK_END)
        stream.write(b"!")
    assert find_model(str(copy)).fingerprint != model.fingerprint
    (copy / "README.md").write_text("---\nlicense: mit\n---\n`max_source_pieces`: 40\n")
    assert (find_model(str(copy)).max_source_pieces, find_model(str(copy)).license) == (40, "mit")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "no model 'nowhere'"),
        ("org/name", "org/name@REVISION"),
        ("../x@y", "no model"),
        ("org/..@main", "no model"),
        ("", "no model"),
        (NAME, "visavis models fetch Some-Org/opus-mt-fr-en@0123abc"),
        (NAME, "allow_download: true"),
    ],
)
def test_an_absent_model_is_an_error_that_says_what_to_do(name, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError) as error:
        find_model(name, cache=tmp_path)
    assert said in str(error.value)


def test_a_broken_folder_is_an_error_that_names_what_is_missing(tiny, tmp_path):
    copy = shutil.copytree(tiny, tmp_path / "copy")
    (copy / "pytorch_model.bin").rename(copy / "elsewhere")
    with pytest.raises(ModelError, match="no weights"):
        find_model(str(copy))
    (copy / "pytorch_model.bin").write_bytes(b"not a pickle")
    with pytest.raises(ModelError, match="cannot be loaded"):
        converted(find_model(str(copy)), "int8", cache=tmp_path / "cache")
    assert not list((tmp_path / "cache" / "converted").iterdir())
    (copy / "config.json").write_text('{"model_type": "t5"}')
    with pytest.raises(ModelError, match="'t5'"):
        find_model(str(copy))
    (copy / "config.json").write_text("{")
    with pytest.raises(ModelError, match="JSON"):
        find_model(str(copy))
    (copy / "vocab.json").unlink()
    with pytest.raises(ModelError, match=r"vocab\.json missing"):
        find_model(str(copy))


def test_a_pickle_that_would_run_code_is_refused(tiny, tmp_path):
    import pickle

    copy = shutil.copytree(tiny, tmp_path / "copy")

    class Attack:
        def __reduce__(self):
            return (os.mkdir, (str(tmp_path / "attacked"),))

    (copy / "pytorch_model.bin").write_bytes(pickle.dumps(Attack()))
    with pytest.raises(ModelError):
        load_network(find_model(str(copy)))
    assert not (tmp_path / "attacked").exists()


def test_positions_that_the_checkpoint_holds_are_loaded():
    import torch
    from safetensors import safe_open

    model = find_model()
    network = load_network(model)
    with safe_open(model.weights, framework="pt") as tensors:
        stored = tensors.get_tensor("model.encoder.embed_positions.weight").float()
    assert torch.equal(network.model.encoder.embed_positions.weight, stored)


def test_a_model_is_fetched_whole_and_then_found_without_the_network(hub, tmp_path):
    model = fetch_model(NAME, cache=tmp_path, endpoint=hub)
    assert model.name == NAME
    served = len(Hub.served)
    assert find_model(NAME, cache=tmp_path) == model == fetch_model(NAME, cache=tmp_path, endpoint=hub)
    assert len(Hub.served) == served
    assert [one.name for one in list_models(tmp_path)] == ["built-in", NAME]
    assert not [path for path in (tmp_path / "hub").iterdir() if path.name.startswith(".")]
    assert find_model(str(Hub.folder)).fingerprint == model.fingerprint


def test_allow_download_is_what_lets_a_job_fetch(tmp_path, monkeypatch):
    fetched = []
    monkeypatch.setattr("pipeline.models.hub.download", lambda *args, **_: fetched.append(args))
    with pytest.raises(ModelError):
        find_model(NAME, cache=tmp_path)
    assert fetched == []
    with pytest.raises(ModelError):  # nothing came, for this download does nothing
        find_model(NAME, cache=tmp_path, allow_download=True)
    assert fetched[0][:2] == ("Some-Org/opus-mt-fr-en", "0123abc")


def test_what_the_hub_does_not_have_is_an_error_and_leaves_nothing_behind(hub, tmp_path):
    for name in ("Some-Org/other@main", "Some-Org/opus-mt-fr-en@ffff"):
        with pytest.raises(ModelError):
            fetch_model(name, cache=tmp_path, endpoint=hub)
    with pytest.raises(ModelError, match="names no model of the hub"):
        fetch_model("built-in", cache=tmp_path)
    assert not list((tmp_path / "hub").iterdir())


@pytest.mark.parametrize("spoil", [lambda raw: raw[:-1], lambda raw: raw + b"!", lambda raw: bytes(len(raw)),
                                   lambda raw: raw[:1000], lambda _: b""])  # fmt: skip
def test_other_bytes_than_announced_are_refused_and_leave_nothing(hub, tmp_path, spoil):
    Hub.spoiled = staticmethod(spoil)
    with pytest.raises(ModelError, match="the hub announced"):
        fetch_model(NAME, cache=tmp_path, endpoint=hub)
    assert not list((tmp_path / "hub").iterdir())


def test_a_hub_that_answers_a_byte_now_and_then_is_given_up(tmp_path, monkeypatch):
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                while not ended.wait(0.05):
                    try:
                        connection.sendall(b"x")
                    except OSError:
                        return

        threading.Thread(target=drip, daemon=True).start()
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
        monkeypatch.setattr("pipeline.models.hub.LONGEST", 0.5)
        with pytest.raises(ModelError, match="not done after"):
            fetch_model(NAME, cache=tmp_path, endpoint=f"http://127.0.0.1:{server.getsockname()[1]}")
        ended.set()
    assert not list((tmp_path / "hub").iterdir())


def test_another_commit_than_asked_for_is_refused(hub, tmp_path):
    with pytest.raises(ModelError, match="another commit"):
        fetch_model("Some-Org/opus-mt-fr-en@" + "a" * 40, cache=tmp_path, endpoint=hub)


def test_a_model_is_fetched_again_in_the_place_of_a_broken_one(hub, tmp_path):
    model = fetch_model(NAME, cache=tmp_path, endpoint=hub)
    model.weights.write_bytes(b"cut")
    with pytest.raises(ModelError, match="--again"):
        load_network(fetch_model(NAME, cache=tmp_path, endpoint=hub))
    Hub.spoiled = staticmethod(lambda raw: raw[:-1])
    with pytest.raises(ModelError):
        fetch_model(NAME, again=True, cache=tmp_path, endpoint=hub)
    assert model.weights.read_bytes() == b"cut"
    Hub.spoiled = staticmethod(bytes)
    assert fetch_model(NAME, again=True, cache=tmp_path, endpoint=hub) == model
    load_network(model)
    assert [path.name for path in (tmp_path / "hub").iterdir()] == [model.folder.name]


def test_a_hub_that_never_answers_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setattr("pipeline.models.hub.PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ModelError, match="could not be fetched"):
            fetch_model(NAME, cache=tmp_path, endpoint=address)
    assert not list((tmp_path / "hub").iterdir())


def test_a_hub_that_cannot_be_reached_is_an_error(tmp_path, monkeypatch):
    def unreachable(*_, **__):  # the client would try again for half a minute
        raise ConnectionError("no route to the hub")

    monkeypatch.setattr("huggingface_hub.HfApi.model_info", unreachable)
    with pytest.raises(ModelError, match="could not be fetched: no route to the hub"):
        fetch_model(NAME, cache=tmp_path)
    assert not list((tmp_path / "hub").iterdir())


def test_conversion_is_kept_and_made_once_by_two_at_a_time(tiny, tmp_path):
    model = find_model(str(tiny))
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: converted(model, "int8", cache=tmp_path), range(2))
    assert one == other == converted(model, "int8_float32", cache=tmp_path)
    assert [path.name for path in (tmp_path / "converted").iterdir()] == [one.name]
    assert (one / "model.bin").is_file()
    with pytest.raises(ModelError, match="int3"):
        converted(model, "int3", cache=tmp_path)


@pytest.mark.slow
def test_two_processes_may_convert_at_once(tiny, tmp_path):
    code = (
        "import sys; from pathlib import Path; from pipeline.models import converted, find_model;"
        "sys.stdout.write(str(converted(find_model(sys.argv[1]), 'float32', cache=Path(sys.argv[2]))))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tiny), str(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    one, other = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert one == other
    assert len(list((tmp_path / "converted").iterdir())) == 1


def test_a_cache_that_cannot_be_written_is_an_error_with_a_remedy(tiny, tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(ModelError, match="XDG_CACHE_HOME"):
        converted(find_model(str(tiny)), "int8", cache=tmp_path / "cache")


def test_the_cache_lies_where_the_desktop_says(tmp_path, monkeypatch):
    from pipeline.models.catalogue import cache_folder

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "visavis"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache_folder().parts[-2:] == (".cache", "visavis")


def test_a_hub_model_gives_the_same_text_in_both_engines(tiny, tmp_path, monkeypatch):
    from pipeline.translate import TranslateOptions, open_translator

    for engine in ("ctranslate2", "transformers"):  # a random model rambles, and long rambling ends in ties
        monkeypatch.setattr(f"pipeline.translate.with_{engine}.decoding_limit", lambda *_: 10)
    lines = ["le chat dort", "un deux trois", "la maison dort dans le chat", "trois chat"]
    texts = []
    for engine, compute_type in (("ctranslate2", "float32"), ("transformers", "auto")):
        options = TranslateOptions(engine=engine, compute_type=compute_type, device="cpu", beam_size=1, retries=False)
        with open_translator(find_model(str(tiny)), options, cache=tmp_path) as translator:
            texts.append([one.text for one in translator.translate(lines)])
    assert texts[0] == texts[1]
    assert any(texts[0])
