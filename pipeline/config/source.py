"""YAML text as plain data, with the place of every key and value; what YAML allows but hides errors is a fault."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import yaml

KeyPath = tuple[str | int, ...]
LIMIT = 100_000  # nodes; aliases can make a short text describe more data than any memory holds


class _Loader(yaml.SafeLoader):
    """The safe loader, with dates left as the text they are."""


_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)


@dataclass
class Source:
    """A settings file's data; `places` maps the path of a key to `file:line:column`, `texts` a scalar to its text."""

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    places: dict[KeyPath, str] = field(default_factory=dict)
    texts: dict[KeyPath, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    _nodes: int = 0

    def place(self, path: KeyPath) -> str:
        """Where a key stands, or the nearest one above it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, f"{self.name}:1:1")

    def known(self, path: KeyPath) -> KeyPath:
        """The longest beginning of a path that the file has."""
        while path and path not in self.places:
            path = path[:-1]
        return path


def read_yaml(text: str, name: str) -> Source:
    """The data of one YAML document with the place of each key; faults are collected, never raised."""
    source = Source(name)
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else f"{name}:1:1"
        source.faults.append(f"{place}: {getattr(error, 'problem', None) or getattr(error, 'reason', error)}")
        return source
    except RecursionError:
        source.faults.append(f"{name}:1:1: is nested too deeply")
        return source
    if node is None:
        return source
    if not isinstance(node, yaml.MappingNode):
        source.faults.append(f"{_at(name, node)}: should be keys and values (`name: …`)")
        return source
    source.data = _value(source, loader, node, ())
    return source


def apply_override(source: Source, override: str) -> None:
    """Set `key.sub=value` over what the file says; the value is read as YAML."""
    key, equals, text = override.partition("=")
    parts = key.strip().split(".")
    place = f"-c {override}"
    if not equals or not all(parts):
        source.faults.append(f"{place}: should be key=value or key.sub=value")
        return
    given = read_yaml("value: " + text if text.strip() else "value: ''", place)
    if given.faults:
        source.faults.append(f"{place}: the value is not YAML: {given.faults[0].partition(': ')[2]}")
        return
    target = source.data
    for part in parts[:-1]:
        inner = target.setdefault(part, {})
        if not isinstance(inner, dict):
            source.faults.append(f"{place}: `{part}` has no keys below it")
            return
        target = inner
    target[parts[-1]] = given.data["value"]
    path = tuple(parts)
    for known in [one for one in source.places if one[: len(path)] == path]:
        del source.places[known]
        source.texts.pop(known, None)
    for inner_path, inner_text in given.texts.items():
        source.texts[path + inner_path[1:]] = inner_text
    for inner_path in given.places:
        source.places[path + inner_path[1:]] = place
    source.places[path] = place


def _at(name: str, node: yaml.Node) -> str:
    return f"{name}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"


def _value(source: Source, loader: _Loader, node: yaml.Node, path: KeyPath) -> Any:
    source._nodes += 1
    if source._nodes > LIMIT or len(path) > 50:
        if source._nodes == LIMIT + 1 or len(path) > 50:
            source.faults.append(f"{_at(source.name, node)}: describes too much; settings are small")
        return None
    source.places.setdefault(path, _at(source.name, node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(source, loader, node, path)
    if isinstance(node, yaml.SequenceNode):
        return [_value(source, loader, one, (*path, i)) for i, one in enumerate(node.value)]
    source.texts[path] = node.value
    try:
        return loader.construct_object(node)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        source.faults.append(f"{_at(source.name, node)}: {getattr(error, 'problem', None) or error}")
        return None


def _mapping(source: Source, loader: _Loader, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
    made: dict[str, Any] = {}
    seen: dict[Hashable, str] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        place = _at(source.name, key_node)
        if key is None:
            source.faults.append(f"{place}: a key must be a word")
        elif key in seen:
            source.faults.append(f"{place}: `{key}` is given twice; first at {seen[key].partition(':')[2]}")
        else:
            seen[key] = place
            source.places[(*path, key)] = place
            made[key] = _value(source, loader, value_node, (*path, key))
    return made
