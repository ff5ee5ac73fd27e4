"""Settings from a file: read, overridden, checked; every fault at once, each with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from pipeline.config.source import KeyPath, Source, apply_override, read_yaml
from pipeline.errors import ConfigError
from pipeline.files import require_file

Settings = TypeVar("Settings", bound=BaseModel)


def load_settings(kind: type[Settings], path: Path, overrides: Sequence[str] = ()) -> Settings:
    """The settings of a YAML file, checked against a pydantic class.

    The file's folder is in the validation context, as `folder`. Raises ConfigError with all faults.
    """
    source = read_yaml(_text(path), str(path))
    for override in overrides:
        apply_override(source, override)
    settings, faults = _checked(kind, source, path.parent)
    if faults or settings is None:
        found = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise ConfigError(f"{path} has {found}", "Correct what is named above; nothing has run.", tuple(faults))
    return settings


def _text(path: Path) -> str:
    try:
        require_file(path)
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{path} is not UTF-8: byte {error.object[error.start]:#04x} at offset {error.start}", "Save it as UTF-8."
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(f"{path} cannot be read: {reason}", "Check the path and its permissions.") from error


def _checked(kind: type[Settings], source: Source, folder: Path) -> tuple[Settings | None, list[str]]:
    faults = list(source.faults)
    settings, errors = _validated(kind, source, folder)
    if errors and _as_written(source, errors):
        settings, errors = _validated(kind, source, folder)
    if any("describes too much" in fault for fault in faults):
        errors = []
    places, listed = set(), set[KeyPath]()
    for error in errors:
        place = source.known(tuple(error["loc"]))
        if place not in places or error["type"] == "missing":  # a union tells the same fault once for each member
            faults.append(_fault(kind, source, error, listed))
        places.add(place)
    return settings, sorted(faults, key=_order)


def _order(fault: str) -> tuple[int, int]:
    """Faults in the order of the file; what no line holds comes first."""
    numbers = [int(part) for part in fault.split(": ")[0].split(":")[1:] if part.isdigit()]
    return (numbers[-2], numbers[-1]) if len(numbers) > 1 else (0, 0)


def _validated(kind: type[Settings], source: Source, folder: Path) -> tuple[Settings | None, list[Any]]:
    try:
        return kind.model_validate(source.data, context={"folder": folder}), []
    except ValidationError as error:
        return None, list(error.errors(include_url=False))


def _as_written(source: Source, errors: list[Any]) -> bool:
    """Where a text is due, `1984` and `no` mean what stands there; tells whether anything was put right."""
    changed = False
    for error in errors:
        path = source.known(tuple(error["loc"]))
        value = source.texts.get(path)
        if error["type"] in ("string_type", "path_type") and value is not None and error["input"] is not None:
            inner: Any = source.data
            for part in path[:-1]:
                inner = inner[part]
            inner[path[-1]] = value
            changed = True
    return changed


def _fault(kind: type[BaseModel], source: Source, error: Any, listed: set[KeyPath]) -> str:
    path: KeyPath = tuple(error["loc"])
    known = source.known(path)
    key = ".".join(str(part) for part in known)
    if error["type"] == "extra_forbidden":
        return f"{source.place(path)}: `{key}`: {_suggestion(kind, path, listed)}"
    if error["type"] == "missing":
        return f"{source.place(path)}: `{'.'.join(map(str, path))}` is missing"
    if error["input"] is None:
        return f"{source.place(path)}: `{key}` has no value"
    if error["type"] == "string_pattern_mismatch" and (wanted := _described(kind, known)):
        return f"{source.place(path)}: `{key}`: {_shown(error['input'])} does not fit: {wanted}"
    what = error["msg"].removeprefix("Value error, ").removeprefix("Input ").removeprefix("String ")
    return f"{source.place(path)}: `{key}`: {_shown(error['input'])} {what}"


def _described(kind: type[BaseModel], path: KeyPath) -> str:
    """What a key says of itself, for people to whom its pattern says nothing."""
    for part in path[:-1]:
        field = kind.model_fields.get(str(part))
        kind = next(_models_in(field.annotation), kind) if field else kind
    field = kind.model_fields.get(str(path[-1]))
    text = (field.description or "").rstrip(".") if field else ""
    return text[:1].lower() + text[1:]


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _suggestion(kind: type[BaseModel], path: KeyPath, listed: set[KeyPath]) -> str:
    """What a key that nobody knows may have been meant as; the keys of a place are told once."""
    fields = _fields_at(kind, path[:-1])
    close = difflib.get_close_matches(str(path[-1]).lower().replace("-", "_"), fields, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    if path[:-1] in listed:
        return "is not a key either"
    listed.add(path[:-1])
    return f"is not a key; there are {', '.join(sorted(fields))}"


def _fields_at(kind: type[BaseModel], path: KeyPath) -> list[str]:
    for part in path:
        if str(part) in kind.model_fields:
            kind = next(_models_in(kind.model_fields[str(part)].annotation), kind)
    return list(kind.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The settings classes that an annotation names, also within `tuple[…]` and `… | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)
