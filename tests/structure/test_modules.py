"""How code here is cut: module size, names, what __init__ may hold, what is never left behind (style.md 1 to 3)."""

import ast
import re

from tests.structure.sources import files, modules, shown, tree

LONGEST = 400
# A longer module stands here with its reason. There is none.
LONG: dict[str, str] = {}

NAMED_AFTER_NOTHING = {"util", "utils", "helper", "helpers", "manager", "managers", "base", "common", "misc"}
EMPTY_ENDINGS = ("Util", "Utils", "Helper", "Helpers", "Manager")
# Spelled apart, so that this file does not find itself.
LEFT_BEHIND = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b|\braise NotImplemented")


def test_modules_can_be_read_in_one_sitting():
    lengths = {
        shown(path): len(path.read_text().splitlines()) for path in modules("core", "plugins", "migrations", "tests")
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST and name not in LONG} == {}


def test_the_list_of_long_modules_has_no_stale_entry():
    lengths = {
        shown(path): len(path.read_text().splitlines()) for path in modules("core", "plugins", "migrations", "tests")
    }
    assert [name for name in LONG if lengths.get(name, 0) <= LONGEST] == []


def test_nothing_is_named_after_a_pattern():
    badly = [shown(path) for path in modules() if NAMED_AFTER_NOTHING & {path.stem, path.parent.name}]
    badly += [
        f"{shown(path)}: {node.name}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and node.name.endswith(EMPTY_ENDINGS)
    ]
    assert badly == []


def test_an_init_holds_no_logic():
    doing = [
        f"{shown(path)}:{node.lineno}"
        for path in modules()
        if path.name == "__init__.py"
        for node in tree(path).body
        if not _only_names(node)
    ]
    assert doing == []


def _only_names(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Assign):
        return [getattr(target, "id", None) for target in node.targets] == ["__all__"]
    return isinstance(node, ast.Import | ast.ImportFrom)


def test_every_package_says_what_it_is():
    silent = [shown(path) for path in modules() if path.name == "__init__.py" and not ast.get_docstring(tree(path))]
    assert silent == []


def test_nothing_is_left_for_later():
    found = [
        f"{shown(path)}:{number}: {line.strip()}"
        for path in files(".py", ".sql", ".yaml", ".html", ".css", ".toml", ".md")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if LEFT_BEHIND.search(line)
    ]
    assert found == []


def test_only_the_command_line_prints():
    printing = [
        f"{shown(path)}:{node.lineno}"
        for path in modules("core", "plugins")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == [], "the command line has click.echo and core.commands.screen, all else has structlog"


def test_no_test_is_skipped_or_expected_to_fail():
    skipped = re.compile(r"\bpytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b")
    found = [
        shown(path) for path in modules("tests") if path.name != "test_modules.py" and skipped.search(path.read_text())
    ]
    assert found == []
