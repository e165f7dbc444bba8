"""Plugins on disk, as a foreign distribution would bring them, and the fixtures every author has."""

import textwrap
from collections.abc import Callable
from importlib.metadata import EntryPoint

import pytest

from core.extensions import Extensions
from core.testing import langkah_extensions, load_plugin, read_procedure

__all__ = ["langkah_extensions", "load_plugin", "read_procedure"]

GOOD = """
    from core.sdk import CaseEvent, Plugin, hookimpl

    class Good(Plugin):
        @hookimpl
        def case_ended(self, case):
            heard.append(case)

    heard = []
    plugin = Good(name="baik", title="Plugin Baik", version="1.0.0")
"""


@pytest.fixture
def module(tmp_path, monkeypatch) -> Callable[[str, str], EntryPoint]:
    """Writes a module and gives the entry point that leads to its `plugin`."""
    monkeypatch.syspath_prepend(tmp_path)

    def write(name: str, code: str) -> EntryPoint:
        (tmp_path / f"{tmp_path.name}_{name}.py").write_text(textwrap.dedent(code))
        return EntryPoint(name, f"{tmp_path.name}_{name}:plugin", "langkah")

    return write


@pytest.fixture
def refused(module, read_procedure):
    """Loads a module's plugin beside a good one; gives the one refusal, once the good one is seen to run."""

    def load(name: str, code: str):
        entries = [module(name, code), module("baik", GOOD)]
        extensions = Extensions.load(read_procedure, entries, platform="0.1.0")
        assert list(extensions.plugins) == ["baik"]
        (refusal,) = extensions.refused
        assert refusal.name == name
        return refusal

    return load


@pytest.fixture
def refused_object(read_procedure):
    """Loads a plugin object; gives the one refusal."""

    def load(plugin):
        extensions = Extensions.load(read_procedure, entry_points=(), extra=[plugin], platform="0.1.0")
        assert (extensions.plugins, extensions.procedures) == ({}, {})
        (refusal,) = extensions.refused
        return refusal

    return load
