"""The house matches its drawing: imports go down only, rooms are small, files are opened in few places."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "pipeline"
FILES = sorted(PACKAGE.rglob("*.py"))

FLOORS = [
    ["__main__"],
    ["console"],
    ["analysis"],
    ["trace"],
    ["run"],
    ["learn"],
    ["account"],
    ["parts"],
    ["stages"],
    ["engine"],
    ["evaluate"],
    ["publish"],
    ["compare"],
    ["themes"],
    ["duplicates"],
    ["statements"],
    ["sections"],
    ["ingest"],
    ["corrections"],
    ["amendments"],
    ["lexicon"],
    ["project"],
    ["store"],
    ["settings"],
    ["tables"],
    ["grams", "shares", "trees"],
    ["columns", "values"],
]
"""The rooms from top to bottom; a room imports from lower floors, and freely within itself."""

OPENERS = {
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "ParquetFile",
    "read_csv",
    "read_parquet",
} | {
    "load_workbook",
    "TTFont",
    "touch",
}
MAY_OPEN = ("ingest/read", "ingest/metadata", "ingest/formats/", "lexicon/", "store/", "publish/", "evaluate/") + (
    "learn",
    "corrections",
    "settings",
)


def room(path: Path) -> str:
    """The top-level room that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def floor(name: str) -> int:
    return next(i for i, rooms in enumerate(FLOORS) if name in rooms)


ALIASES = {"load": "analysis"}
"""What the package itself offers, and the room that it comes from."""


def imported(path: Path) -> set[str]:
    """Modules of the package that a file imports, anywhere in it, outside type checking."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "pipeline":
            if node.module == "pipeline":
                found |= {f"pipeline.{alias.name}" for alias in node.names}
            else:
                found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("pipeline.")}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_down_only(path):
    here = room(path)
    if here == "__init__":
        return
    for name in imported(path):
        there = ALIASES.get(name.split(".")[1], name.split(".")[1])
        if there not in ("__version__", here):
            assert floor(there) > floor(here), f"{here} imports {there}, which is above it"


def test_no_import_cycles():
    graph = {str(p.relative_to(ROOT).with_suffix("")).replace("/", ".").removesuffix(".__init__"): p for p in FILES}
    edges = {name: {m for m in imported(path) if m in graph and m != name} for name, path in graph.items()}
    state: dict[str, int] = {}

    def visit(name, trail):
        assert state.get(name) != 1, f"cycle: {' → '.join([*trail, name])}"
        if state.get(name) == 2:
            return
        state[name] = 1
        for other in sorted(edges[name]):
            visit(other, [*trail, name])
        state[name] = 2

    for name in edges:
        if name != "pipeline":
            visit(name, [])


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_rooms_are_small(path):
    source = path.read_text("utf-8")
    assert source.count("\n") <= 250, "the design is asking for another room"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            length = node.end_lineno - body[0].lineno + 1 if body else 0
            assert length <= 40, f"{node.name} has a body of {length} lines"
            assert ast.get_docstring(node), f"{node.name} has no docstring"
            assert node.args.kwarg is None or node.name in ("quotes",), f"{node.name} takes **{node.args.kwarg.arg}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_are_opened_in_few_places(path):
    place = path.relative_to(PACKAGE).as_posix()
    if place.startswith(MAY_OPEN) or place.split("/")[0].startswith(MAY_OPEN):
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            assert name not in OPENERS, f"{place}:{node.lineno} calls {name}"


def test_broad_except_stands_in_engine_only():
    for path in FILES:
        broad = re.findall(r"except(?: Exception\b|:)", path.read_text("utf-8"))
        place = path.relative_to(PACKAGE).as_posix()
        assert not broad or place == "engine.py" or place.startswith("ingest/formats/"), place


def test_library_never_prints():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print":
                pytest.fail(f"{path}:{node.lineno} prints")


def test_drawing_names_every_room():
    drawing = (ROOT / "README.md").read_text("utf-8")
    for name in {room(path) for path in FILES} - {"__init__"}:
        assert re.search(rf"\b{re.escape(name)}(\.py|/)", drawing), f"README does not draw {name}"


def test_no_unfinished_work_and_no_registry_host():
    words = re.compile(
        r"\b(TODO|FIXME|NotImplementedError)\b|pypi\b|pythonhosted|registry\.npmjs|deb\.debian", re.IGNORECASE
    )
    for path in [*FILES, *ROOT.glob("*.md"), *ROOT.glob("*.lock"), ROOT / "Makefile", ROOT / "pyproject.toml"]:
        found = words.search(path.read_text("utf-8"))
        assert found is None, f"{path}: {found[0]}"
