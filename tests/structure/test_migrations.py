"""Migrations of the core and of plugins: a way up, a way down, no long wait for a lock (style.md 18)."""

import ast

from alembic.config import Config
from alembic.script import ScriptDirectory

from core.config import ROOT
from tests.structure.sources import modules, shown, tree

CORE = [path for path in modules("migrations") if path.parent.name == "versions"]
OF_PLUGINS = [path for path in modules("plugins") if "migrations" in path.parts and path.name != "__init__.py"]


def functions(path):
    return {node.name: ast.unparse(node) for node in tree(path).body if isinstance(node, ast.FunctionDef)}


def test_there_are_some():
    assert CORE


def test_each_goes_up_and_down():
    assert [shown(path) for path in CORE + OF_PLUGINS if not {"upgrade", "downgrade"} <= functions(path).keys()] == []


def test_each_of_the_core_waits_for_a_lock_only_shortly():
    """Those of plugins get theirs from core.migration.plugin, which runs them."""
    waiting = [
        f"{shown(path)}: {name}"
        for path in CORE
        for name in ("upgrade", "downgrade")
        if "SET LOCAL lock_timeout" not in functions(path)[name]
    ]
    assert waiting == []
    assert "SET LOCAL lock_timeout" in (ROOT / "core/migration/plugin.py").read_text()


def test_they_stand_in_one_line():
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    script = ScriptDirectory.from_config(config)
    assert len(script.get_heads()) == 1
    assert len(list(script.walk_revisions())) == len(CORE)


def test_a_migration_that_was_told_to_stay_does_not_import_the_models():
    """It must mean tomorrow what it meant when it was written."""
    importing = [
        f"{shown(path)}: {node.module}"
        for path in CORE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(("models", "tables"))
    ]
    assert importing == []
