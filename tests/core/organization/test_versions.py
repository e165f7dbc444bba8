"""Two admins with one row open: the second reads that it has changed; moves of the tree wait for each other."""

import threading
from datetime import date

import pytest

from core.errors import Stale
from core.organization.assignments import cancel_assignment, update_assignment
from core.organization.errors import BegunAlready, GoesInCircles
from core.organization.models import Assignment, Position, Team, Unit
from core.organization.positions import get_position, update_position
from core.organization.sets import create_set, get_set, set_version, update_set
from core.organization.teams import create_team, get_team, update_team
from core.organization.units import get_unit, update_unit
from core.tenancy.scope import tenant_transaction
from core.tenancy.versions import version
from tests.core.organization.offices import BY, hold, person, post, unit

pytestmark = pytest.mark.database


@pytest.fixture
def session(database, tenant):
    with tenant_transaction(database, tenant.slug, today=date(2026, 11, 20)) as session:
        yield session


def test_what_the_second_admin_saw_is_over(session):
    office = unit(session)
    kadis = post(session, "kadis", office)
    team = create_team(session, BY, name="Tim", unit_id=office).id
    held = hold(session, person(session), kadis)
    row = create_set(session, BY, name="OPD", units=[office])
    edits = [
        (version(Unit, get_unit(session, office)), lambda **more: update_unit(session, BY, office, **more), "name"),
        (version(Position, get_position(session, kadis)),
         lambda **more: update_position(session, BY, kadis, **more), "title"),
        (version(Team, get_team(session, team)), lambda **more: update_team(session, BY, team, **more), "name"),
        (version(Assignment, held), lambda **more: update_assignment(session, BY, held.id, **more), "order_number"),
        (set_version(*get_set(session, row.id)), lambda **more: update_set(session, BY, row.id, **more), "name"),
    ]  # fmt: skip
    for seen, edit, field in edits:
        edit(seen=seen, **{field: "Pertama"})
        with pytest.raises(Stale, match="Data telah berubah sejak Anda membukanya"):
            edit(seen=seen, **{field: "Kedua"})
        edit(**{field: "Pertama"})


def test_the_members_of_a_set_belong_to_its_version(session):
    first, second = unit(session, "a"), unit(session, "b")
    row = create_set(session, BY, name="OPD", units=[first, second])
    seen = set_version(*get_set(session, row.id))
    update_set(session, BY, row.id, units=[second, first])
    with pytest.raises(Stale):
        update_set(session, BY, row.id, seen=seen, name="x")


def test_a_version_is_the_content_whoever_reads_it(database, tenant, session):
    office = unit(session)
    here = version(Unit, get_unit(session, office))
    session.commit()
    with tenant_transaction(database, tenant.slug) as other:
        assert version(Unit, get_unit(other, office)) == here
        update_unit(other, BY, office, short="X")
        update_unit(other, BY, office, short=None)
        assert version(Unit, get_unit(other, office)) == here


def test_a_change_under_the_lock_is_seen_though_the_row_was_read_before(database, tenant, session):
    office = unit(session)
    session.commit()
    with tenant_transaction(database, tenant.slug) as first:
        seen = version(Unit, get_unit(first, office))
        with tenant_transaction(database, tenant.slug) as second:
            update_unit(second, BY, office, name="Berubah")
        with pytest.raises(Stale):
            update_unit(first, BY, office, seen=seen, name="Lain")


def test_two_moves_that_make_a_circle_together(database, tenant, session):
    """Each is right in itself; whoever comes second sees the first."""
    a, b = unit(session, "a"), unit(session, "b")
    session.commit()
    outcomes, ready = [], threading.Barrier(2)

    def move(what, below):
        try:
            with tenant_transaction(database, tenant.slug) as own:
                ready.wait(timeout=10)
                update_unit(own, BY, what, parent_id=below)
                outcomes.append("moved")
        except GoesInCircles:
            outcomes.append("refused")

    moves = [threading.Thread(target=move, args=pair) for pair in ((a, b), (b, a))]
    for each in moves:
        each.start()
    for each in moves:
        each.join(timeout=30)
    assert sorted(outcomes) == ["moved", "refused"]


def test_an_assignment_that_has_not_begun_may_be_taken_back(session):
    kadis, sari = post(session, "kadis", unit(session), title="Kepala Dinas"), person(session, "Sari Contoh")
    coming = hold(session, sari, kadis, starts_on=date(2026, 11, 21))
    with pytest.raises(Stale):
        cancel_assignment(session, BY, coming.id, seen="lain")
    cancel_assignment(session, BY, coming.id, seen=version(Assignment, coming))
    begun = hold(session, sari, kadis, starts_on=date(2026, 11, 20))
    with pytest.raises(BegunAlready, match="Penugasan Sari Contoh sebagai Kepala Dinas sudah berjalan sejak 20 Nov"):
        cancel_assignment(session, BY, begun.id)
