"""The hierarchy's closure, circles, and the branch rule."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from core.organization.errors import GoesInCircles
from core.organization.hierarchy import branch_positions, in_branch, rebuild_branches
from core.organization.models import Position, PositionBranch
from core.organization.positions import update_position
from core.tenancy.scope import tenant_transaction
from tests.conftest import make_tenant
from tests.core.organization.offices import BY, hold, person, post, unit

pytestmark = pytest.mark.database


def closure(session):
    rows = session.execute(select(PositionBranch)).scalars()
    return {(row.superior_id, row.position_id): row.distance for row in rows}


def test_a_superior_reaches_what_lies_below_and_nothing_beside(database, tenant):
    with tenant_transaction(database, tenant.slug) as session:
        office = unit(session)
        head = post(session, "kepala", office)
        bidang = post(session, "bidang", office, head)
        staff = post(session, "staf", office, bidang)
        beside = post(session, "bidang_lain", office, head)
        chief = person(session)
        hold(session, chief, bidang)
        assert in_branch(session, chief, staff)
        assert not in_branch(session, chief, bidang), "nobody supervises himself"
        assert in_branch(session, chief, bidang, own=True)
        assert not in_branch(session, chief, head)
        assert not in_branch(session, chief, beside)
        assert branch_positions(session, chief) == {staff}
        assert branch_positions(session, chief, own=True) == {bidang, staff}


def test_an_acting_holder_has_the_branch_and_a_former_one_has_not(database, tenant):
    with tenant_transaction(database, tenant.slug) as session:
        office = unit(session)
        head = post(session, "kepala", office)
        staff = post(session, "staf", office, head)
        former, acting = person(session, "Dulu"), person(session, "Kini")
        hold(session, former, head, ends_on=date(2024, 6, 30))
        hold(session, acting, head, "plt", starts_on=date(2024, 7, 1))
        assert in_branch(session, acting, staff)
        assert not in_branch(session, former, staff)


def test_a_circle_is_refused_with_its_titles_and_changes_nothing(database, tenant):
    with tenant_transaction(database, tenant.slug) as session:
        office = unit(session)
        head = post(session, "kepala", office, title="Kepala Dinas")
        bidang = post(session, "bidang", office, head, title="Kepala Bidang")
        staff = post(session, "staf", office, bidang, title="Staf")
        before = closure(session)
        with pytest.raises(GoesInCircles) as refused:
            update_position(session, BY, head, superior_id=staff)
        assert "Susunan atasan jabatan berputar" in str(refused.value)
        for title in ("Kepala Dinas", "Kepala Bidang", "Staf"):
            assert title in str(refused.value)
        assert closure(session) == before
        with pytest.raises(GoesInCircles):
            update_position(session, BY, head, superior_id=head)


def test_moving_a_post_moves_its_branch(database, tenant):
    with tenant_transaction(database, tenant.slug) as session:
        office = unit(session)
        first, second = post(session, "satu", office), post(session, "dua", office)
        bidang = post(session, "bidang", office, first)
        staff = post(session, "staf", office, bidang)
        update_position(session, BY, bidang, superior_id=second)
        found = closure(session)
        assert (first, staff) not in found
        assert found[second, staff] == 2
        update_position(session, BY, staff, superior_id=second)
        assert closure(session)[second, staff] == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.none() | st.integers(0, 5), min_size=6, max_size=6), min_size=1, max_size=4))
def test_the_closure_equals_a_walk_up_after_any_moves(database, moves):
    tenant = make_tenant(database)
    with tenant_transaction(database, tenant.slug) as session:
        office = unit(session)
        ids = [post(session, f"p{n}", office) for n in range(6)]
        for superiors in moves:
            rows = {row.id: row for row in session.scalars(select(Position))}
            nested = session.begin_nested()
            for n, above in enumerate(superiors):
                rows[ids[n]].superior_id = None if above in (None, n) else ids[above]
            wanted = walked({ids[n]: rows[ids[n]].superior_id for n in range(6)})
            if wanted is None:
                with pytest.raises(GoesInCircles):
                    rebuild_branches(session)
                nested.rollback()
            else:
                rebuild_branches(session)
                nested.commit()
                session.expire_all()
                assert closure(session) == wanted


def walked(superior):
    found = {}
    for start in superior:
        at, distance = start, 0
        while at is not None:
            if distance > len(superior):
                return None
            found[at, start] = distance
            at, distance = superior[at], distance + 1
    return found


def test_two_tenants_never_meet_in_the_closure(database, tenant, other_tenant):
    for each in (tenant, other_tenant):
        with tenant_transaction(database, each.slug) as session:
            office = unit(session)
            post(session, "staf", office, post(session, "kepala", office))
    with tenant_transaction(database, tenant.slug) as session:
        assert len(closure(session)) == 3
        rebuild_branches(session)
    with tenant_transaction(database, other_tenant.slug) as session:
        assert session.execute(text("SELECT count(DISTINCT tenant_id), count(*) FROM position_branches")).one() == (
            1,
            3,
        )
