"""The demo's sample cases: every step once, one late, one given back, one ended; made once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core.engine.models import Case, Task
from core.engine.verification import verify
from core.simulation.samples import make_samples
from core.tenancy.scope import tenant_transaction

pytestmark = pytest.mark.database

STEPS = {"persiapan", "monitoring", "undangan", "data", "rekap", "rapat", "laporan", "dokumen"}


@pytest.fixture(scope="module", params=("pangkalpinang", "pontianak"))
def slug(request, platform):
    assert make_samples(platform, request.param) == 10
    return request.param


@pytest.fixture
def found(platform, slug):
    with tenant_transaction(platform.database, slug) as session:
        assert list(verify(session, platform.engine.log_key, platform.engine.editions)) == []
        cases = session.scalars(select(Case).order_by(Case.number)).all()
        tasks = session.scalars(select(Task).where(Task.status == "open")).all()
    return cases, tasks


def test_a_case_is_open_at_every_step(found):
    cases, tasks = found
    assert {task.step_key for task in tasks} == STEPS
    assert [case.status for case in cases].count("open") == 9


def test_one_has_ended_and_one_was_given_back(found):
    cases, tasks = found
    assert [case.ended for case in cases if case.status == "done"] == ["selesai"]
    assert [(task.step_key, task.visit) for task in tasks if task.visit > 1] == [("data", 2)]


def test_one_is_late(found):
    _, tasks = found
    waiting = [task for task in tasks if task.opened_at < datetime.now(UTC) - timedelta(weeks=3)]
    assert {task.step_key for task in waiting} == {"data"} and len({task.case_id for task in waiting}) == 1


def test_numbers_follow_the_dates_and_nothing_lies_in_the_future(found):
    cases, _ = found
    assert [case.opened_at for case in cases] == sorted(case.opened_at for case in cases)
    assert max(case.updated_at for case in cases) <= datetime.now(UTC)


def test_they_are_made_once(platform, slug):
    assert make_samples(platform, slug) == 0


def test_a_government_without_sop_gets_none(platform):
    assert make_samples(platform, "bekasi") == 0
