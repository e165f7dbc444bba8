"""A hook exists only with its docs, its test and a plugin that uses it (style.md 7)."""

import inspect
import re
from pathlib import Path

import pytest

from core import contracts, hookspecs, sdk
from core.config import ROOT
from core.extensions.hooks import hook_arguments, implemented

ROW = re.compile(r"^\| `(\w+)\(([\w, ]*)\)` \| ([^|]+) \| ([^|]+) \| `(\w+)` \| `([\w.]+)` \|$", re.MULTILINE)
WHEN = {"register": "at start", "validate": "before it is accepted"}
ROWS = {row[0]: row[1:] for row in ROW.findall((ROOT / "docs/plugins/hooks.md").read_text())}


def test_the_page_lists_every_hook_and_no_other():
    assert list(ROWS) == [name for name, _ in sorted_by_line()]


def sorted_by_line():
    specs = [(name, getattr(hookspecs, name)) for name in hook_arguments()]
    return sorted(specs, key=lambda spec: spec[1].__code__.co_firstlineno)


@pytest.mark.parametrize("hook", sorted(hook_arguments()))
def test_a_hook_is_documented_tested_and_used(hook, langkah_extensions):
    arguments, when, sentence, user, tested = ROWS[hook]
    spec = getattr(hookspecs, hook)
    assert arguments == ", ".join(inspect.signature(spec).parameters)
    assert when == WHEN.get(hook.split("_")[0], "after commit")
    assert sentence == inspect.getdoc(spec)
    assert hook in implemented(langkah_extensions.plugins[user])
    assert f"def test_{hook}" in (Path(__file__).parent / tested).read_text()


@pytest.mark.parametrize("hook", sorted(hook_arguments()))
def test_a_hook_is_called_by_the_core(hook):
    modules = set((ROOT / "core").rglob("*.py")) - {Path(hookspecs.__file__)}
    assert any(hook in module.read_text() for module in modules)


def test_all_that_crosses_is_within_reach_of_a_plugin():
    made_here = {
        name for name, thing in vars(contracts).items() if getattr(thing, "__module__", "") == contracts.__name__
    }
    assert made_here <= set(sdk.__all__)
    assert sorted(sdk.__all__) == sdk.__all__
    assert all(hasattr(sdk, name) for name in sdk.__all__)
