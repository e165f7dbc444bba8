"""Who holds a post when: the database refuses two at a time, and it is said in words."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.errors import Forbidden
from core.identity.actor import Actor
from core.organization.assignments import assign, assignments, end_assignment
from core.organization.errors import (
    AssignmentUnknown,
    PersonUnknown,
    PositionTaken,
    PositionUnknown,
    WrongDates,
    WrongWord,
)
from core.organization.holders import holders_of
from core.tenancy.scope import tenant_transaction
from tests.core.organization.offices import BY, hold, person, post, unit

pytestmark = pytest.mark.database
NOBODY = Actor(uuid4(), "", "", 0, False, {}, (), frozenset())


@pytest.fixture
def session(database, tenant):
    with tenant_transaction(database, tenant.slug, today=date(2026, 11, 20)) as session:
        yield session


@pytest.fixture
def kadis(session):
    return post(session, "kadis", unit(session), title="Kepala Dinas")


def test_a_second_definitive_holder_is_refused_in_words(session, kadis):
    hold(session, person(session, "Sari Contoh"), kadis, ends_on=date(2026, 12, 31))
    with pytest.raises(PositionTaken) as refused:
        hold(session, person(session, "Budi Contoh"), kadis, starts_on=date(2026, 12, 31))
    assert str(refused.value) == (
        'Jabatan "Kepala Dinas" sudah dipegang Sari Contoh (definitif) sejak 2 Januari 2024 sampai '
        "31 Desember 2026. Akhiri dahulu penugasan itu, atau ubah tanggalnya."
    )
    assert refused.value.status == 409
    assert len(assignments(session, position_id=kadis)) == 1


def test_the_day_after_is_free(session, kadis):
    hold(session, person(session, "Satu"), kadis, ends_on=date(2026, 12, 31))
    hold(session, person(session, "Dua"), kadis, starts_on=date(2027, 1, 1))


def test_an_open_end_is_said_so(session, kadis):
    hold(session, person(session, "Satu"), kadis, "plt")
    with pytest.raises(PositionTaken, match=r"\(Plt\.\) sejak 2 Januari 2024 sampai waktu yang belum ditentukan"):
        hold(session, person(session, "Dua"), kadis, "plt")


@pytest.mark.parametrize("kind", ["plt", "plh", "pj", "pjs"])
def test_others_may_act_beside_the_definitive_holder(session, kadis, kind):
    hold(session, person(session, "Satu"), kadis)
    hold(session, person(session, "Dua"), kadis, kind)


@pytest.mark.parametrize("kind", ["definitive", "plt"])
def test_the_database_itself_refuses_without_our_service(session, kadis, kind):
    who = person(session)
    insert = text(
        "INSERT INTO assignments (tenant_id, id, person_id, position_id, kind, starts_on)"
        " SELECT tenant_id, gen_random_uuid(), :who, id, :kind, DATE '2026-01-01' FROM positions WHERE id = :post"
    )
    session.execute(insert, {"who": who, "post": kadis, "kind": kind})
    with pytest.raises(IntegrityError, match="ex_assignments"), session.begin_nested():
        session.execute(insert, {"who": who, "post": kadis, "kind": kind})


def test_one_person_may_hold_several_posts_and_each_shows_its_capacity(session, kadis):
    office = unit(session, "lain")
    second = post(session, "sekdis", office, kadis, title="Sekretaris Dinas")
    sari = person(session, "Sari Contoh")
    hold(session, sari, second)
    hold(session, sari, kadis, "plt")
    found = holders_of(session, [kadis, second])
    assert [(h.name, h.title, h.capacity) for h in found[kadis]] == [("Sari Contoh", "Plt. Kepala Dinas", "plt")]
    assert [(h.title, h.capacity) for h in found[second]] == [("Sekretaris Dinas", "definitive")]


def test_a_vacant_post_falls_to_the_superior_visibly(session, kadis):
    vacant = post(session, "kabid", unit(session, "bidang"), kadis)
    sari = person(session, "Sari Contoh")
    hold(session, sari, kadis)
    found = holders_of(session, [vacant])[vacant]
    assert [(h.person_id, h.position_id, h.title, h.capacity) for h in found] == [
        (sari, kadis, "Kepala Dinas", "superior")
    ]


def test_ending_frees_the_post_and_keeps_its_history(session, kadis):
    held = hold(session, person(session, "Satu"), kadis)
    end_assignment(session, BY, held.id, date(2026, 11, 19))
    assert holders_of(session, [kadis]) == {}
    hold(session, person(session, "Dua"), kadis, starts_on=date(2026, 11, 20))
    with pytest.raises(PositionTaken, match="Dua"):
        end_assignment(session, BY, held.id, date(2026, 11, 20))
    assert len(assignments(session, position_id=kadis)) == 2


def test_what_cannot_be_is_refused_before_anything_is_written(session, kadis):
    who = person(session)
    with pytest.raises(WrongDates, match="1 Maret 2026 mendahului tanggal mulai 2 Maret 2026"):
        hold(session, who, kadis, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 1))
    with pytest.raises(WrongWord, match="definitive, plt, plh, pj, pjs"):
        hold(session, who, kadis, "plg")
    with pytest.raises(PersonUnknown):
        hold(session, kadis, kadis)
    with pytest.raises(PositionUnknown):
        hold(session, who, who)
    with pytest.raises(AssignmentUnknown):
        end_assignment(session, BY, who, date(2026, 1, 1))
    assert assignments(session) == []


def test_who_has_no_right_is_refused(session, kadis):
    with pytest.raises(Forbidden):
        assign(session, NOBODY, person_id=kadis, position_id=kadis, kind="plt", starts_on=date(2026, 1, 1))


def test_a_person_of_another_government_is_not_there(database, session, kadis, other_tenant):
    with tenant_transaction(database, other_tenant.slug) as other:
        stranger = person(other)
    with pytest.raises(PersonUnknown):
        hold(session, stranger, kadis)
