"""Who may import whom: a lower room never imports a higher one, and stages do not import each other."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipeline"
GROUND = {"errors", "files", "version", "text"}
SHELVES = {"languages"}  # tables that any room may open
STAGES = {"read", "split", "translate", "align", "check", "corpus", "book", "models", "memory", "glossary", "words"}
STAGES |= {"pages", "revision", "document"}
# rooms above the stages, and what each stands on besides stages and ground
ABOVE = {
    "documents": set(),
    "measure": {"documents"},
    "config": set(),
    "review": {"config", "documents", "job"},
    "train": {"config", "measure"},
    "job": {"config", "documents"},
    "cli": {"config", "documents", "job", "measure", "review", "train"},
}
# what a stage may know of another, and why
ALLOWED = {
    ("translate", "models"): "a translator is opened on a model folder",
    ("translate", "memory"): "the public function opens a memory by its path",
    ("translate", "glossary"): "the types of its arguments",
    ("translate", "words"): "capitals go to the words that a word in capitals became",
    ("translate", "split"): "a sentence is cut for the model by the splitter's rules",
    ("book", "words"): "links are read in the form in which a layer holds them",
    ("corpus", "words"): "a format of word links writes words and links as they are made",
    ("words", "align"): "words of any languages are compared by the vectors that sentences are aligned by",
    ("document", "read"): "a document is found again in its file as the reader saw it",
    ("document", "corpus"): "subtitles are set in the one way",
    ("document", "words"): "inline form goes to the words that it belongs to",
    ("words", "models"): "the translation model is asked where it looks",
    ("corpus", "read"): "corpora are decoded, and their XML kept in bounds, as other files are",
}


def _rooms() -> list[str]:
    return sorted({path.stem if path.is_file() else path.name for path in PACKAGE.iterdir() if _is_room(path)})


def _is_room(path: Path) -> bool:
    return (path.is_dir() and (path / "__init__.py").exists()) or (
        path.suffix == ".py" and not path.name.startswith("__")
    )


def _files(room: str) -> list[Path]:
    single = PACKAGE / f"{room}.py"
    return [single] if single.exists() else sorted((PACKAGE / room).rglob("*.py"))


def _imports(path: Path) -> set[str]:
    """Rooms of ours that a file imports, wherever in the file it does."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "pipeline" else [f"pipeline.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("pipeline.")}
    return found


def test_every_room_is_known() -> None:
    assert set(_rooms()) == GROUND | SHELVES | STAGES | set(ABOVE)
    modules = {path.stem for path in PACKAGE.glob("*.py")}
    assert modules == {"__init__", "__main__", "errors", "files", "version"}


def test_the_ground_stands_on_itself() -> None:
    for room in GROUND | SHELVES:
        for path in _files(room):
            assert _imports(path) <= GROUND | {room}, path.relative_to(ROOT)


@pytest.mark.parametrize("room", sorted(STAGES))
def test_a_stage_imports_only_itself_and_the_ground(room: str) -> None:
    for path in _files(room):
        foreign = _imports(path) - GROUND - SHELVES - {room}
        unexplained = {other for other in foreign if (room, other) not in ALLOWED}
        assert not unexplained, f"{path.relative_to(ROOT)} imports {unexplained}"


@pytest.mark.parametrize("room", sorted(ABOVE))
def test_no_arrow_runs_upwards(room: str) -> None:
    for path in _files(room):
        foreign = _imports(path) - GROUND - SHELVES - STAGES - ABOVE[room] - {room}
        assert not foreign, f"{path.relative_to(ROOT)} imports {foreign}"


def test_only_the_command_line_prints_or_exits() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path.is_relative_to(PACKAGE / "cli") or path.name == "__main__.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in {"print", "sys.exit", "exit", "typer.echo"}, f"{path}:{node.lineno} calls {called}"


def test_only_config_knows_yaml() -> None:
    for path in PACKAGE.rglob("*.py"):
        if not path.is_relative_to(PACKAGE / "config"):
            assert "import yaml" not in path.read_text(encoding="utf-8"), path


def test_what_is_public_is_exactly_what_all_names() -> None:
    import pipeline

    for name in pipeline.__all__:
        assert getattr(pipeline, name) is not None
    assert dir(pipeline) == sorted(pipeline.__all__)
    with pytest.raises(AttributeError):
        _ = pipeline.no_such_name


def test_every_flag_that_the_code_makes_is_in_the_table() -> None:
    from pipeline.documents.flags import FLAGS
    from pipeline.text import MACHINE

    known = {flag.name for flag in FLAGS} | {MACHINE.name}  # which is said to a judge, and never kept
    assert len({(flag.name, flag.of) for flag in FLAGS}) == len(FLAGS)
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and ast.unparse(node.func) in ("Flag", "Note") and node.args
            if named and isinstance(node.args[0], ast.Constant):
                assert node.args[0].value in known, f"{path.name}:{node.lineno} makes {node.args[0].value}"


def test_importing_the_package_and_asking_for_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from pipeline.cli import main; main(['--help']);"
        "heavy = {'torch', 'transformers', 'ctranslate2', 'nltk', 'lxml', 'numpy', 'yaml', 'pydantic'};"
        "heavy &= set(sys.modules);"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_file_names_a_path_of_a_machine_or_a_registry() -> None:
    for path in [*PACKAGE.rglob("*.py"), *ROOT.glob("*.toml"), *(ROOT / ".ci").iterdir(), ROOT / "README.md"]:
        text = path.read_text(encoding="utf-8")
        for banned in ("/work/", "/root/", "pypi.org", "registry.npmjs"):
            assert banned not in text, f"{path.name} names {banned}"
