"""The contracts of import-linter say what they should; `make lint` holds them (ADR 0001)."""

import ast
import tomllib

import pytest

from core.config import ROOT
from tests.structure.sources import tree

CONTRACTS = {
    contract["name"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}


def find(word: str) -> dict:
    [contract] = [contract for name, contract in CONTRACTS.items() if word in name]
    return contract


def test_the_layers_name_every_part_of_the_core_once():
    layers = find("Arrows")
    named = [part.strip() for layer in layers["layers"] for part in layer.split("|")]
    there = {path.stem for path in (ROOT / "core").glob("*.py")} | {
        path.parent.name for path in (ROOT / "core").glob("*/__init__.py")
    }
    assert layers["exhaustive"] is True
    assert sorted(named) == sorted(there - {"__init__"})


@pytest.mark.parametrize("root", ["machine", "legal", "compilation", "events"])
def test_whatever_the_machine_is_made_of_is_held_to_be_pure(root):
    pure = {name.rpartition(".")[2] for name in find("machine is pure")["source_modules"]}
    assert _reached(root) <= pure


def _reached(name: str) -> set[str]:
    """The modules of the engine that a module imports, itself, and theirs."""
    found, todo = set(), {name}
    while todo:
        here = todo.pop()
        found.add(here)
        todo |= _imported(here) - found
    return found


def _imported(name: str) -> set[str]:
    nodes = (node for node in ast.walk(tree(ROOT / f"core/engine/{name}.py")) if isinstance(node, ast.ImportFrom))
    return {node.module.rpartition(".")[2] for node in nodes if (node.module or "").startswith("core.engine.")}


def test_a_plugin_has_one_module_to_import():
    assert find("core.sdk")["ignore_imports"] == ["plugins.** -> core.sdk"]
