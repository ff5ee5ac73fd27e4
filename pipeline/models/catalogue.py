"""One model string everywhere: `built-in`, a folder, or `ORG/NAME@REVISION` of the hub."""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path

from pipeline.errors import ModelError
from pipeline.files import at_home
from pipeline.models.card import Model, read_model

BUILT_IN = "built-in"
_BUILT_IN_FOLDER = Path(__file__).parent / "fr-en-small"
_WORD = r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.))*"
_HUB_NAME = re.compile(rf"(?P<repository>{_WORD}/{_WORD})@(?P<revision>{_WORD}(?:/{_WORD})*)")
_UNPINNED = re.compile(rf"{_WORD}/{_WORD}")


def find_model(name: str = BUILT_IN, *, allow_download: bool = False, cache: Path | None = None) -> Model:
    """The model of that name; raises ModelError when it is absent, and says how to get it.

    Only `allow_download` lets this reach the network, and only for a hub name that is not in the cache yet.
    """
    if name == BUILT_IN:
        return read_model(name, _BUILT_IN_FOLDER)
    pinned = _HUB_NAME.fullmatch(name)
    if not pinned or os.path.isdir(name):  # noqa: PTH112
        return _local(name)
    folder = hub_folder(name, cache)
    if folder.is_dir():
        return read_model(name, folder)
    if allow_download:
        return fetch_model(name, cache=cache)
    raise ModelError(
        f"the model {name} is not in the cache ({folder.parent}), and downloading was not asked for",
        f"Fetch it once with `visavis models fetch {name}`, or set `allow_download: true` in the job.",
    )


def fetch_model(name: str, *, again: bool = False, cache: Path | None = None, endpoint: str | None = None) -> Model:
    """Fetch `ORG/NAME@REVISION` from the hub into the cache, unless it is there; raises ModelError.

    With `again` it is fetched even so, and takes the place of what is there. `endpoint` is the address of another hub,
    such as a mirror.
    """
    from pipeline.models.hub import download

    pinned = _HUB_NAME.fullmatch(name)
    if not pinned:
        raise ModelError(f"{name!r} names no model of the hub", _remedy(name))
    folder = hub_folder(name, cache)
    if again or not folder.is_dir():
        download(pinned["repository"], pinned["revision"], folder, endpoint=endpoint)
    return read_model(name, folder)


def list_models(cache: Path | None = None) -> list[Model]:
    """The built-in model, then those that were fetched, by name; a broken folder is left out."""
    models = [find_model(BUILT_IN)]
    home = cache_folder(cache) / "hub"
    for folder in sorted(home.iterdir()) if home.is_dir() else ():
        if folder.name.startswith("."):
            continue
        name = folder.name.replace("--", "/", 1).replace("--", "/")
        try:
            models.append(read_model(name, folder))
        except ModelError:
            continue
    return models


def cache_folder(cache: Path | None = None) -> Path:
    """Where fetched and converted models live: `$XDG_CACHE_HOME/visavis`, by default `~/.cache/visavis`.

    The XDG Base Directory Specification has a relative path ignored.
    """
    if cache is not None:
        return cache
    home = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(home) if Path(home).is_absolute() else at_home("~") / ".cache") / "visavis"


def hub_folder(name: str, cache: Path | None) -> Path:
    """The folder of a hub name in the cache."""
    return cache_folder(cache) / "hub" / name.replace("/", "--")


def _local(name: str) -> Model:
    folder = at_home(name)
    if not name or not os.path.isdir(folder):  # noqa: PTH112 (no name is too long for it, or holds a NUL)
        raise ModelError(f"there is no model {name!r}: neither a name we know nor a folder", _remedy(name))
    return read_model(name, folder.resolve())


def _remedy(name: str) -> str:
    if difflib.get_close_matches(name.lower().strip("<>[]'\" "), (BUILT_IN, "default", "none"), n=1, cutoff=0.75):
        return f"For the model inside the package say `{BUILT_IN}`."
    if _UNPINNED.fullmatch(name):
        return f"For a model of the hub pin a revision, a commit or a tag: {name}@REVISION."
    return f"Say `{BUILT_IN}`, a folder, or ORG/NAME@REVISION."
