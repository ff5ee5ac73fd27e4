"""Fetching a model from the hub into the cache: only what decides its output, and its card."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import ModelError
from pipeline.files import file_digest
from pipeline.models.card import OPTIONAL, REQUIRED, WEIGHTS

if TYPE_CHECKING:
    from huggingface_hub.hf_api import RepoSibling

PATIENCE = 20.0  # seconds that the hub may be silent
LONGEST = 120.0  # seconds that an answer may take as a whole, a byte now and then
SLOWEST = 50_000  # bytes a second: a file that comes more slowly, after these seconds, is given up
Answer = TypeVar("Answer")
_COMMIT = re.compile(r"[0-9a-f]{40}")


def download(repository: str, revision: str, folder: Path, *, endpoint: str | None = None) -> None:
    """Download a repository's model files at a revision, in the place of what was there; raises ModelError.

    Each file must have the size and the digest that the hub announces; the folder appears whole or stays as it was.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".fetching-", dir=folder.parent))
    try:
        _download_into(made / "model", repository, revision, endpoint)
        if folder.is_dir():
            folder.rename(made / "former")
        (made / "model").rename(folder)
    except ModelError:
        raise
    except Exception as error:  # whatever the hub's client raises: network, disk, no such name, not allowed
        raise _failure(repository, revision, error) from error
    finally:
        if (made / "former").is_dir() and not folder.exists():
            (made / "former").rename(folder)
        shutil.rmtree(made, ignore_errors=True)


def _download_into(folder: Path, repository: str, revision: str, endpoint: str | None) -> None:
    from huggingface_hub import HfApi
    from huggingface_hub.utils.tqdm import disable_progress_bars

    disable_progress_bars()
    api = HfApi(endpoint=endpoint)
    told = _within(
        LONGEST, lambda: api.model_info(repository, revision=revision, files_metadata=True, timeout=PATIENCE)
    )
    if _COMMIT.fullmatch(revision) and told.sha != revision:
        raise ModelError(
            f"{repository}@{revision}: the hub answers with another commit, {told.sha}", "Try again, or another hub."
        )
    present = {one.rfilename: one for one in told.siblings or ()}
    weights = [name for name in WEIGHTS if name in present][:1]
    missing = [name for name in REQUIRED if name not in present]
    if missing or not weights:
        raise ModelError(
            f"{repository}@{revision} is not a Marian model: {', '.join(missing) or 'weights'} missing",
            f"It should hold {', '.join(REQUIRED)} and {' or '.join(WEIGHTS)}.",
        )
    commit = told.sha if told.sha and _COMMIT.fullmatch(told.sha) else revision  # all files of one commit
    for name in (*REQUIRED, *weights, *(name for name in (*OPTIONAL, "README.md") if name in present)):
        got = _within(
            LONGEST + (present[name].size or 0) / SLOWEST,
            lambda name=name: api.hf_hub_download(  # type: ignore[misc]
                repository, name, revision=commit, local_dir=folder, etag_timeout=PATIENCE
            ),
        )
        if fault := _fault(Path(got), present[name]):
            raise ModelError(
                f"{repository}@{revision}: {name} {fault}", "Nothing of it was kept; try again, or another hub."
            )
    shutil.rmtree(folder / ".cache", ignore_errors=True)  # the client's notes on the download


def _within(seconds: float, act: Callable[[], Answer]) -> Answer:
    """What `act` gives; raises TimeoutError where it takes longer, and leaves it to itself then."""
    given: list[Answer] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            given.append(act())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not given:
        raise TimeoutError(f"not done after {seconds:.0f} seconds")
    return given[0]


def _fault(path: Path, announced: RepoSibling) -> str:
    """What is wrong with a file that came, by the size and the digest that the hub announced; nothing if it is whole.

    Large files are known by their SHA-256, others by the digest that git gives them (git-scm.com, gitformat-pack).
    """
    size = path.stat().st_size
    wanted = announced.lfs.size if announced.lfs else announced.size
    if size != wanted:
        return f"came with {size} bytes, and the hub announced {wanted}"
    if announced.lfs:
        digest, expected = file_digest(path), announced.lfs.sha256
    else:
        content = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
        with path.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                content.update(chunk)
        digest, expected = content.hexdigest(), announced.blob_id or ""
    return "" if digest == expected else f"has the digest {digest}, and the hub announced {expected or 'none'}"


def _failure(repository: str, revision: str, error: Exception) -> ModelError:
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return ModelError(
        f"{repository}@{revision} could not be fetched: {reason}",
        "Check the name, the revision, the network and the disk, then try again; or copy the model's files into a "
        "folder and name that.",
    )
