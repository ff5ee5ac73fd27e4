"""Settings as YAML again, defaults included."""

from __future__ import annotations

import yaml
from pydantic import BaseModel


def resolved(config: BaseModel) -> str:
    """Everything the settings say, as YAML that loads to the same settings."""
    data = config.model_dump(mode="json")
    if "folder" in data:
        data["folder"] = str(config.folder.absolute())  # type: ignore[attr-defined]
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
