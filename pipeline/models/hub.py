"""Fetching a model from the hub into the cache: only what decides its output, and its card."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from pipeline.errors import ModelError
from pipeline.models.card import OPTIONAL, REQUIRED, WEIGHTS


def download(repository: str, revision: str, folder: Path, *, endpoint: str | None = None) -> None:
    """Download a repository's model files at a revision; the folder appears whole or not at all. Raises ModelError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".fetching-", dir=folder.parent))
    try:
        _download_into(made / "model", repository, revision, endpoint)
        (made / "model").rename(folder)
    except ModelError:
        raise
    except Exception as error:  # whatever the hub's client raises: network, disk, no such name, not allowed
        if not folder.is_dir():  # otherwise another process was first
            raise _failure(repository, revision, error) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _download_into(folder: Path, repository: str, revision: str, endpoint: str | None) -> None:
    from huggingface_hub import HfApi
    from huggingface_hub.utils.tqdm import disable_progress_bars

    disable_progress_bars()
    api = HfApi(endpoint=endpoint)
    present = set(api.list_repo_files(repository, revision=revision))
    weights = [name for name in WEIGHTS if name in present][:1]
    missing = [name for name in REQUIRED if name not in present]
    if missing or not weights:
        raise ModelError(
            f"{repository}@{revision} is not a Marian model: {', '.join(missing) or 'weights'} missing",
            f"It should hold {', '.join(REQUIRED)} and {' or '.join(WEIGHTS)}.",
        )
    for name in (*REQUIRED, *weights, *(name for name in (*OPTIONAL, "README.md") if name in present)):
        api.hf_hub_download(repository, name, revision=revision, local_dir=folder)
    shutil.rmtree(folder / ".cache", ignore_errors=True)  # the client's notes on the download


def _failure(repository: str, revision: str, error: Exception) -> ModelError:
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return ModelError(
        f"{repository}@{revision} could not be fetched: {reason}",
        "Check the name, the revision, the network and the disk, then try again; or copy the model's files into a "
        "folder and name that.",
    )
