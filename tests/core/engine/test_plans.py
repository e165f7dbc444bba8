"""Which index serves which statement, on a tenant with twenty thousand open tasks, below row security as the app role.

Each act is carried out once and every statement it sent is explained, with the values it had and, as the server does
for a prepared one after a while, without looking at them.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event, text

from core.engine import desk, queries
from core.engine.service import Completion, Request
from core.tenancy.scope import tenant_transaction

pytestmark = pytest.mark.database

LARGE = {"tasks", "cases", "events", "event_payloads", "idempotency_keys"}


@pytest.fixture(scope="module")
def case(busy):
    """A case of the busy tenant's, at its second step."""
    run = busy.start("ani", "edaran", perihal="Upacara")
    run.complete("ani", "konsep", isi="ada")
    return run


def acts(case, session, request):
    """What people do most, by name."""
    engine, task = case.engine, case.task("periksa").id
    before = queries.After(request.now, task)
    return {
        "inbox": lambda: listed(session, request),
        "inbox, next page": lambda: listed(session, request, after=before),
        "inbox, late": lambda: listed(session, request, which="terlambat"),
        "inbox, due soon": lambda: listed(session, request, which="tenggat"),
        "inbox, searched": lambda: listed(session, request, code="edaran", text="cuti"),
        "supervised": lambda: listed(session, request, which="diawasi"),
        "supervised, next page": lambda: listed(session, request, which="diawasi", after=before),
        "supervised, searched": lambda: listed(session, request, which="diawasi", text="cuti"),
        "done": lambda: listed(session, request, which="selesai"),
        "done, next page": lambda: listed(session, request, which="selesai", after=before),
        "done, searched": lambda: listed(session, request, which="selesai", text="cuti"),
        "tally": lambda: desk.tally(session, request.actor, request.now),
        "begin": lambda: engine.begin(session, request, task),
        "complete": lambda: engine.complete(session, request, task, Completion()),
        "return": lambda: engine.complete(session, request, task, Completion(outcome="dikembalikan", reason="x")),
        "comment": lambda: engine.comment(session, request, case.id, "halo"),
        "a case": lambda: queries.case(session, request.actor, case.id),
        "a case's tasks": lambda: queries.case_tasks(session, case.id),
        "a task": lambda: queries.task(session, request.actor, task),
        "a log": lambda: queries.events(session, case.id, 3, 50),
        "start": lambda: engine.start(session, request, "edaran", {"perihal": "x"}),
        "a page of cases": lambda: queries.cases(session, request.actor, None, 50),
    }


def listed(session, request, **asked):
    """A page of one of the lists."""
    return desk.page(session, request.actor, desk.Asked(request.now, **asked))


EXPECTED = {
    "inbox": {"ix_tasks_inbox", "pk_cases"},
    "inbox, next page": {"ix_tasks_inbox", "pk_cases"},
    "inbox, late": {"ix_tasks_inbox", "pk_cases"},
    "inbox, due soon": {"ix_tasks_inbox", "pk_cases"},
    "inbox, searched": {"ix_tasks_inbox", "pk_cases"},
    "supervised": {"ix_tasks_inbox", "pk_cases"},
    "supervised, next page": {"ix_tasks_inbox", "pk_cases"},
    "supervised, searched": {"ix_tasks_inbox", "pk_cases"},
    "done": {"ix_tasks_closed_by", "pk_cases"},
    "done, next page": {"ix_tasks_closed_by", "pk_cases"},
    "done, searched": {"ix_tasks_closed_by", "pk_cases"},
    "tally": {"ix_tasks_inbox"},
    "begin": {"pk_tasks", "pk_cases", "pk_idempotency_keys"},
    "complete": {"pk_tasks", "pk_cases", "pk_idempotency_keys"},
    "return": {"pk_tasks", "pk_cases", "pk_idempotency_keys"},
    "comment": {"pk_cases", "pk_idempotency_keys"},
    "a case": {"pk_cases"},
    "a case's tasks": {"uq_tasks_tenant_id_case_id_step_key_member_visit"},
    "a task": {"pk_tasks", "pk_cases"},
    "a log": {"pk_events", "pk_event_payloads"},
    "start": {"pk_idempotency_keys"},
    "a page of cases": {"ix_cases_opened"},
}


@contextmanager
def sent(database) -> Iterator[list[tuple[str, Any]]]:
    """The statements sent meanwhile, with their values."""
    found: list[tuple[str, Any]] = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        found.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def plan_of(connection, statement, values):
    """The plan for these values."""
    return connection.exec_driver_sql("EXPLAIN (FORMAT JSON) " + statement, values).scalar_one()[0]["Plan"]


def general_plan_of(connection, statement, values):
    """The plan for whatever values, as of a statement that has been prepared for long."""
    names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", statement)))
    numbered = re.sub(r"%\((\w+)\)s", lambda name: f"${names.index(name[1]) + 1}", statement)
    raw = connection.connection.driver_connection
    raw.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    raw.execute("PREPARE explained AS " + numbered)
    given = f"({', '.join(['NULL'] * len(names))})" if names else ""
    plan = raw.execute(f"EXPLAIN (FORMAT JSON) EXECUTE explained{given}").fetchone()[0][0]["Plan"]
    raw.execute("DEALLOCATE explained")
    return plan


def nodes(plan):
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


@pytest.mark.parametrize("explain", [plan_of, general_plan_of], ids=["these values", "any values"])
@pytest.mark.parametrize("name", EXPECTED)
def test_every_act_finds_its_rows_by_index(busy, case, name, explain):
    actor = busy.actor("ani" if name == "start" else "budi")
    with tenant_transaction(busy.database, busy.slug) as session:
        act = acts(case, session, Request(actor, datetime.now(UTC), f"kunci {name}"))[name]
        with session.begin_nested() as undone, sent(busy.database) as statements:
            act()
            undone.rollback()
        plans = [explain(session.connection(), *each) for each in statements if "SAVEPOINT" not in each[0]]
        session.execute(text("SET LOCAL plan_cache_mode = auto"))
    found = [node for plan in plans for node in nodes(plan)]
    read_whole = {node["Relation Name"] for node in found if node["Node Type"] == "Seq Scan"}
    assert read_whole & LARGE == set()
    assert EXPECTED[name] <= {node.get("Index Name") for node in found}
