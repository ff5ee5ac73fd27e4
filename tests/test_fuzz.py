"""Whatever a room is given, it ends in a result or in an error of ours; bench_fuzz.py goes on for longer."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def _fuzz() -> Any:
    spec = importlib.util.spec_from_file_location("fuzz", Path(__file__).parent / "bench" / "fuzz.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FUZZ = _fuzz()


@pytest.mark.parametrize("room", list(FUZZ.PROBES))
@settings(max_examples=25)
@given(data=st.data())
def test_whatever_it_is_given(room: str, data: st.DataObject) -> None:
    FUZZ.once(room, data)
