"""One cache of converted models for the room's tests, one translator, and sentences of news length."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from pipeline.models import find_model
from pipeline.translate import TranslateOptions, open_translator


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("translate-cache")


@pytest.fixture(scope="session")
def translator(cache):
    with open_translator(find_model(), TranslateOptions(), cache=cache) as made:
        yield made


@pytest.fixture(scope="session")
def translate(translator):
    """Translate one sentence."""

    def one(sentence: str):
        (made,) = translator.translate([sentence])
        return made

    return one


@pytest.fixture(scope="session")
def news():
    """A function that gives as many sentences of news length as are asked for."""
    spec = importlib.util.spec_from_file_location("news_sentences", Path(__file__).with_name("news_sentences.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.news
