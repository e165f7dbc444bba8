"""The repository's own files, as the structure tests read them: nothing that is made, installed or cached."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from core.config import ROOT

PACKAGES = ("core", "plugins", "migrations")
MADE = {"build", "dist", "node_modules", "__pycache__"}


def files(*suffixes: str) -> Iterator[Path]:
    """Every file of the repository with one of these suffixes, hidden folders left out."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") or part in MADE or part.endswith(".egg-info") for part in parts)
        if path.is_file() and path.suffix in suffixes and not hidden:
            yield path


def modules(*packages: str) -> list[Path]:
    """Every Python file of these top-level folders, all of the platform's by default."""
    wanted = packages or PACKAGES
    return [path for path in files(".py") if path.relative_to(ROOT).parts[0] in wanted]


@cache
def tree(path: Path) -> ast.Module:
    """The file as syntax."""
    return ast.parse(path.read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    """The path as a message shows it."""
    return str(path.relative_to(ROOT))
