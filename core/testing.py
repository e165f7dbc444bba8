"""pytest fixtures and samples for the authors of plugins, built-in and foreign.

In the `conftest.py` at the top of a plugin's tests::

    pytest_plugins = ["core.testing"]

and then, in a test::

    def test_it_loads(load_plugin):
        extensions = load_plugin(plugin)
        assert "acme.survey" in extensions.procedures
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from core import platform
from core.contracts import CaseEvent, CaseView, CompletionView, Plugin, TaskEvent
from core.extensions import Extensions, ReadProcedure

STARTED = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def read_procedure() -> ReadProcedure:
    """The platform's own reader of procedure files."""
    return platform.read_procedure


@pytest.fixture
def load_plugin(read_procedure: ReadProcedure) -> Callable[..., Extensions]:
    """`load_plugin(plugin, …)` loads these alone, as the platform does; the test fails when one is refused."""

    def load(*plugins: Plugin) -> Extensions:
        extensions = Extensions.load(read_procedure, entry_points=(), extra=plugins)
        if extensions.refused:
            pytest.fail("\n".join(map(str, extensions.refused)), pytrace=False)
        return extensions

    return load


@pytest.fixture
def langkah_extensions(read_procedure: ReadProcedure) -> Extensions:
    """Every plugin installed here, the author's among them, as the platform starts with them."""
    return Extensions.load(read_procedure)


def sample_case(**changes: Any) -> CaseView:
    """A case of an invented tenant; any field may be given."""
    case = CaseView("uji", UUID(int=7), "UJI/1/2026", "uji.contoh", "uji-contoh", STARTED)
    return replace(case, **changes)


def sample_completion(case: CaseView | None = None, **changes: Any) -> CompletionView:
    """A completion going forward, without answers, evidence or earlier steps; any field may be given."""
    completion = CompletionView(case or sample_case(), "periksa", "", "selesai", returning=False)
    return replace(completion, **changes)


def sample_task_event(case: CaseView | None = None, **changes: Any) -> TaskEvent:
    """A task done in three hours, at its first visit; any field may be given."""
    task = TaskEvent(case or sample_case(), "periksa", "", 1, "selesai", False, STARTED, STARTED + timedelta(hours=3))
    return replace(task, **changes)


def sample_case_event(case: CaseView | None = None, **changes: Any) -> CaseEvent:
    """A case that ended two days after it began; any field may be given."""
    return replace(CaseEvent(case or sample_case(), "selesai", STARTED + timedelta(days=2)), **changes)
