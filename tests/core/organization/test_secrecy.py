"""Which cases a person may see, on real rows."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from core.database import new_id
from core.engine.models import Case, Task
from core.identity.actor import by_person
from core.organization.secrecy import PARTICIPATES, VISIBLE, Viewer, viewer
from core.organization.teams import add_member, create_team
from core.procedures.models import EditionRow, Procedure
from core.tenancy.scope import tenant_transaction
from tests.core.organization.offices import BY, hold, person, post, unit

pytestmark = pytest.mark.database
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
LEVELS = ("biasa", "terbatas", "rahasia")


@pytest.fixture
def session(database, tenant):
    with tenant_transaction(database, tenant.slug, today=date(2026, 11, 20)) as session:
        yield session


@pytest.fixture
def office(session):
    """Kadis over kabid over staf, a team, a neighbouring unit with its desk; everyone has a post of his own."""
    dinas = unit(session, "dinas")
    kadis = post(session, "kadis", dinas, head=True)
    kabid = post(session, "kabid", dinas, kadis)
    staf = post(session, "staf", dinas, kabid)
    other = unit(session, "disdik")
    head = post(session, "kadisdik", other, head=True)
    desk = post(session, "operator", other, head)
    procedure = Procedure(code="uji", title="Uji", plugin="spbe", procedure="spbe.monev", effective_id=None)
    session.add(procedure)
    session.flush()
    edition = EditionRow(
        procedure_id=procedure.id, number=1, status="draft", effective_on=None, retired_on=None, content={},
        content_hash="", targets={}, plugin_version="1",
    )  # fmt: skip
    session.add(edition)
    session.flush()
    people = {}
    for name, held in {"kadis": kadis, "kabid": kabid, "staf": staf, "kadisdik": head, "operator": desk}.items():
        people[name] = person(session, name)
        hold(session, people[name], held)
    people["pendaftar"] = person(session, "pendaftar")
    return SimpleNamespace(
        posts={"kadis": kadis, "kabid": kabid, "staf": staf, "operator": desk},
        units={"dinas": dinas, "disdik": other}, people=people, procedure=procedure, edition=edition,
    )  # fmt: skip


def case(session, office, secrecy, opened_by="pendaftar", **task):
    row = Case(
        procedure_id=office.procedure.id, edition_id=office.edition.id, number=str(new_id()), subject="Uji",
        answers={}, status="open", ended=None, secrecy=secrecy, state={}, head_seq=0, head_mac=b"",
        opened_at=NOW, opened_by=office.people[opened_by], closed_at=None, updated_at=NOW,
    )  # fmt: skip
    session.add(row)
    session.flush()
    if task:
        given = {"offered_to": None, "closed_by": None, "closed_at": None, "position_id": None, "status": "open"}
        session.add(
            Task(
                case_id=row.id, step_key="satu", member="", visit=1, label=None, version=1, opened_at=NOW,
                read_at=None, started_at=None, capacity=None, outcome=None, reason=None, draft=None, answers=None,
                **{**given, **task},
            )
        )  # fmt: skip
        session.flush()
    return row.id


def seers(session, office, case_id, condition=VISIBLE):
    """Who of the office sees the case."""
    asked = text(f"SELECT count(*) FROM cases c WHERE c.id = :case AND {condition}")
    found = set()
    for name, who in office.people.items():
        values = viewer(by_person(session, who)).parameters()
        if session.execute(asked, {**values, "case": case_id}).scalar_one():
            found.add(name)
    return found


def expect(session, office, participants, superiors, **task):
    wanted = {"biasa": set(office.people), "terbatas": participants | superiors, "rahasia": participants}
    for secrecy in LEVELS:
        assert seers(session, office, case(session, office, secrecy, **task)) == wanted[secrecy], secrecy


def test_only_the_opener_takes_part_before_there_is_a_task(session, office):
    expect(session, office, {"pendaftar"}, set())


def test_the_openers_superiors_see_what_is_restricted(session, office):
    expect(session, office, {"staf"}, {"kabid", "kadis"}, opened_by="staf")


def test_a_task_for_a_position(session, office):
    task = {"assignee_kind": "position", "assignee_id": office.posts["kabid"]}
    expect(session, office, {"pendaftar", "kabid"}, {"kadis"}, **task)


def test_a_task_for_a_unit_is_its_desks_and_its_head_sees_above(session, office):
    task = {"assignee_kind": "unit", "assignee_id": office.units["disdik"]}
    expect(session, office, {"pendaftar", "kadisdik"}, set(), **task)
    session.execute(
        text("UPDATE units SET receiver_id = :desk WHERE id = :unit"),
        {"desk": office.posts["operator"], "unit": office.units["disdik"]},
    )
    expect(session, office, {"pendaftar", "operator"}, {"kadisdik"}, **task)


def test_a_task_for_a_team_is_all_its_members(session, office):
    team = create_team(session, BY, key="tim", name="Tim", unit_id=office.units["dinas"]).id
    add_member(session, BY, team, position_id=office.posts["staf"])
    add_member(session, BY, team, person_id=office.people["operator"])
    task = {"assignee_kind": "team", "assignee_id": team}
    expect(session, office, {"pendaftar", "staf", "operator"}, {"kabid", "kadis"}, **task)


def test_who_closed_a_task_keeps_sight_of_it_after_he_left_the_post(session, office):
    task = {
        "assignee_kind": "position", "assignee_id": office.posts["operator"], "status": "done", "closed_at": NOW,
        "closed_by": office.people["staf"], "position_id": office.posts["operator"],
    }  # fmt: skip
    expect(session, office, {"pendaftar", "staf", "operator"}, {"kadisdik"}, **task)


def test_a_task_handed_to_one_person(session, office):
    task = {"assignee_kind": "person", "assignee_id": office.people["staf"]}
    expect(session, office, {"pendaftar", "staf"}, {"kabid", "kadis"}, **task)


def test_to_whom_a_returned_task_is_offered_takes_part(session, office):
    task = {
        "assignee_kind": "position", "assignee_id": office.posts["kabid"], "offered_to": office.people["operator"],
    }  # fmt: skip
    expect(session, office, {"pendaftar", "kabid", "operator"}, {"kadis"}, **task)


def test_a_vacant_posts_task_is_the_superiors_even_when_secret(session, office):
    session.execute(text("DELETE FROM assignments WHERE position_id = :post"), {"post": office.posts["kabid"]})
    office.people.pop("kabid")
    task = {"assignee_kind": "position", "assignee_id": office.posts["kabid"]}
    expect(session, office, {"pendaftar", "kadis"}, set(), **task)


def test_an_auditor_reads_what_is_restricted_and_nothing_secret(session, office):
    stranger = person(session, "auditor")
    asked = text(f"SELECT array_agg(c.secrecy ORDER BY c.secrecy) FROM cases c WHERE {VISIBLE}")
    for secrecy in LEVELS:
        case(session, office, secrecy)
    values = Viewer(stranger, read_all=True).parameters()
    assert session.execute(asked, values).scalar_one() == ["biasa", "terbatas"]
    assert session.execute(asked, Viewer(stranger).parameters()).scalar_one() == ["biasa"]
    case(session, office, "rahasia", assignee_kind="person", assignee_id=stranger)
    taking_part = Viewer(stranger, covers=(stranger,), read_all=True).parameters()
    assert session.execute(asked, taking_part).scalar_one() == ["biasa", "rahasia", "terbatas"]


def test_taking_part_is_a_condition_of_its_own(session, office):
    task = {"assignee_kind": "position", "assignee_id": office.posts["kabid"]}
    found = seers(session, office, case(session, office, "biasa", **task), PARTICIPATES)
    assert found == {"pendaftar", "kabid"}


def test_the_case_of_another_government_is_never_seen(database, session, office, other_tenant):
    case(session, office, "biasa")
    session.flush()
    asked = text(f"SELECT count(*) FROM cases c WHERE {VISIBLE}")
    with tenant_transaction(database, other_tenant.slug) as other:
        values = Viewer(office.people["pendaftar"], read_all=True).parameters()
        assert other.execute(asked, values).scalar_one() == 0


def test_one_case_is_judged_by_keys_alone(session, office):
    case_id = case(session, office, "terbatas", assignee_kind="position", assignee_id=office.posts["kabid"])
    session.execute(text("SET LOCAL enable_seqscan = off"))
    values = viewer(by_person(session, office.people["kadis"])).parameters()
    plan = session.execute(text(f"EXPLAIN SELECT 1 FROM cases c WHERE c.id = :case AND {VISIBLE}"),
                           {**values, "case": case_id}).scalars().all()  # fmt: skip
    assert not [line for line in plan if "Seq Scan" in line], "\n".join(plan)
