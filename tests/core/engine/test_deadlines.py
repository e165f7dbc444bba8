"""When a task opens its deadline is written with it: by the norm of its step, and anew at each visit."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.calendar.deadlines import deadline
from core.engine.service import Completion, Request
from core.procedures.durations import parse
from tests.core.engine.procedures import EDARAN, NORMA

pytestmark = pytest.mark.database

ZONE = "Asia/Jakarta"
FRIDAY = datetime(2026, 10, 9, 9, 0, tzinfo=ZoneInfo(ZONE))


@pytest.fixture
def run(world):
    """A case of NORMA, at its first step."""
    world.put_in_force(NORMA)
    return world.start("ani", "norma", perihal="Anggaran")


def due(task):
    """(warns at, due at) as stored."""
    return task.warn_at, task.due_at


def expected(norm, task):
    found = deadline(parse(norm), task.opened_at, ZONE)
    return found.warn_at, found.due_at


def test_the_first_task_is_due_by_the_norm_of_its_step(run):
    task = run.task("tulis")
    assert due(task) == expected("1 hari", task)
    assert task.warn_at is None


def test_the_next_one_is_due_from_the_moment_it_opens_and_warns_at_the_lower_bound(run):
    run.complete("ani", "tulis")
    task = run.task("periksa")
    assert due(task) == expected("1-2 minggu", task)
    assert task.warn_at == task.due_at - timedelta(days=7)


def test_a_step_without_a_norm_and_one_per_item_set_no_deadline(run):
    run.complete("ani", "tulis")
    run.complete("budi", "periksa")
    assert {due(run.task("jawab", unit)) for unit in ("dinkes", "disdik", "dishub")} == {(None, None)}
    for unit, name in (("dinkes", "dewi"), ("disdik", "eko"), ("dishub", "lila")):
        run.complete(name, "jawab", unit)
    assert due(run.task("tetapkan")) == (None, None)


def test_a_returned_task_has_the_whole_norm_anew(world, run):
    task = run.task("tulis")
    with world.scope() as session:
        later = Request(world.actor_in(session, "ani"), task.opened_at + timedelta(days=3))
        world.engine.complete(session, later, task.id, Completion())
    again = datetime.now(UTC) + timedelta(days=10)
    with world.scope() as session:
        request = Request(world.actor_in(session, "budi"), again)
        world.engine.complete(session, request, run.task("periksa").id, Completion(outcome="dikembalikan", reason="x"))
    first, second = run.task("tulis", visit=1), run.task("tulis", visit=2)
    assert second.opened_at == again
    assert due(second) == expected("1 hari", second) != due(first) == expected("1 hari", first)


def test_a_deadline_stays_when_the_task_is_handed_to_another(run):
    before = due(run.task("tulis"))
    run.reassign("budi", "tulis", "tono")
    assert due(run.task("tulis")) == before


def test_the_day_is_counted_where_the_tenant_lives(world):
    """Friday morning: the day after is Monday, and its closing time is nine in the morning at Greenwich."""
    world.put_in_force(NORMA)
    with world.scope(today=date(2026, 10, 9)) as session:
        answer = world.engine.start(session, Request(world.actor_in(session, "ani"), FRIDAY), "norma", {})
    with world.scope() as session:
        row = (
            session.connection()
            .exec_driver_sql("SELECT due_at FROM tasks WHERE id = %s", (answer["opened"][0]["id"],))
            .one()
        )
    assert row.due_at == datetime(2026, 10, 12, 9, 0, tzinfo=UTC)


def test_tasks_that_were_open_before_there_were_deadlines_have_none(world):
    world.put_in_force(EDARAN)
    assert due(world.start("ani", "edaran", perihal="Lama").task("konsep")) == (None, None)
