"""What a stage's result depends on besides its input: its code, its lexicon files and what it imports."""

import ast
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from importlib import metadata, resources
from importlib.util import find_spec
from pathlib import Path

from pipeline.store import digest, json_digest

_PACKAGE = "pipeline"
_LEXICON_CALLS = {f"lexicon.{name}" for name in ("rows", "all_rows", "words", "toml", "arrays", "text")}


@cache
def code_digest(module: str) -> str:
    """Digest of a module, all `pipeline` modules that it imports, their lexicon files, templates, third-party versions.

    Parameters
    ----------
    module : str
        Dotted name of a module of this package.

    Returns
    -------
    str
        SHA-256 in hex; the same for the same code, wherever it is installed.
    """
    modules = imported_modules(module)
    sources = {name: digest(_path(name).read_bytes()) for name in modules}
    files = sorted({name for source in modules for name in _lexicon_files(source)})
    lexicon = {name: digest((resources.files("pipeline.lexicon") / name).read_bytes()) for name in files}
    third = sorted({name for source in modules for name in _third_party(source)})
    return json_digest([sources, lexicon, _templates(modules), {name: version(name) for name in third}])


@cache
def imported_modules(module: str) -> tuple[str, ...]:
    """A module of the package and all modules of the package that it imports, directly or not, sorted."""
    seen: set[str] = set()
    queue = [module]
    while queue:
        name = queue.pop()
        if name not in seen:
            seen.add(name)
            queue += [other for other in _imports(name) if other.split(".")[0] == _PACKAGE]
    return tuple(sorted(seen))


@cache
def version(package: str) -> str:
    """Version of the distribution that provides a top-level import name; empty if none does."""
    names = _distributions().get(package, [])
    return ",".join(f"{name} {metadata.version(name)}" for name in sorted(set(names)))


@cache
def _distributions() -> dict[str, list[str]]:
    """Import name → distributions that provide it."""
    return {name: list(found) for name, found in metadata.packages_distributions().items()}


@cache
def _path(module: str) -> Path:
    """Where a module's source lies."""
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(module)
    return Path(spec.origin)


@cache
def _tree(module: str) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(_path(module).read_text("utf-8"))


@cache
def _imports(module: str) -> tuple[str, ...]:
    """The modules that a module imports, wherever in it (names of `pipeline` in full)."""
    found: list[str] = []
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [_submodule(node.module, alias.name) for alias in node.names]
    return tuple(dict.fromkeys(found))


def _submodule(module: str, name: str) -> str:
    """``module.name`` if that is a module of the package, else ``module``."""
    if not f"{module}.".startswith(f"{_PACKAGE}."):
        return module
    full = f"{module}.{name}"
    try:
        return full if find_spec(full) else module
    except ModuleNotFoundError:
        return module


def _third_party(module: str) -> Iterator[str]:
    """The top-level names of what a module imports from outside Python and the package."""
    for name in _imports(module):
        top = name.split(".")[0]
        if top != _PACKAGE and top not in sys.stdlib_module_names:
            yield top


def _lexicon_files(module: str) -> Iterator[str]:
    """The files of the lexicon that a module names, as literals in calls of the loader."""
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in _LEXICON_CALLS:
            yield from _fitting(str(ast.literal_eval(node.args[0])))


def _fitting(pattern: str) -> Iterator[str]:
    """The files of the lexicon that a name or pattern means; a plain name is meant even if there is no such file."""
    if "*" not in pattern:
        yield pattern
    else:
        names = (item.name for item in resources.files("pipeline.lexicon").iterdir())
        yield from sorted(name for name in names if fnmatchcase(name, pattern))


def _templates(modules: Iterable[str]) -> dict[str, str]:
    """Digests of the templates that lie beside modules."""
    folders = sorted({_path(name).parent / "templates" for name in modules})
    return {path.name: digest(path.read_bytes()) for folder in folders for path in sorted(folder.glob("*.*"))}
