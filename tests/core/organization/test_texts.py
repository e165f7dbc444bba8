"""Whatever is typed into a field of the organization is kept as it can be read again, or refused in words."""

from datetime import date

import pytest

from core.organization import texts
from core.organization.assignments import assign
from core.organization.errors import Inactive, OneOfTwo, WrongWord
from core.organization.models import Role
from core.organization.positions import create_position, update_position
from core.organization.roles import grant
from core.organization.sets import create_set
from core.organization.teams import add_member, create_team
from core.organization.texts import FarDate, WrongEchelon, WrongKeyText, WrongText
from core.organization.units import create_unit, update_unit
from core.tenancy.scope import tenant_transaction
from tests.core.organization.offices import BY, hold, person, post, unit

pytestmark = pytest.mark.database

UNSEEN = ["a\u202eb", "a\x00b", "a\u200bb", "a\x1b[31mb", "\ud800", "a\ufeffb"]


@pytest.fixture
def session(database, tenant):
    with tenant_transaction(database, tenant.slug, today=date(2026, 11, 20)) as session:
        yield session


@pytest.mark.parametrize("typed", ["", "   ", "\t\n", None, "x" * 201, *UNSEEN])
def test_a_line_that_is_none(typed):
    with pytest.raises(WrongText, match="Nama unit harus 1 sampai 200 huruf dalam satu baris"):
        texts.line(typed, "Nama unit")


def test_a_line_is_kept_as_one_line_in_composed_letters():
    assert texts.line("  Dinas\n Kesehatan\u00a0 Kota ", "x") == "Dinas Kesehatan Kota"
    assert texts.line("Cafe\u0301", "x") == "Caf\u00e9"
    assert texts.line("<script>alert('x')</script> & 'Dinas'", "x") == "<script>alert('x')</script> & 'Dinas'"
    assert texts.blank(" ", "x") is None and texts.blank(None, "x") is None


@pytest.mark.parametrize("typed", ["", "Dinas", "1a", "a-b", "a b", "a" * 61, "é", "a\n"])
def test_a_key_that_is_none(typed):
    with pytest.raises(WrongKeyText, match="huruf kecil, angka, atau garis bawah"):
        texts.key(typed)


@pytest.mark.parametrize("typed", ["2b", "II", "II.f", "VI.a", "II.b II.b", "<b>"])
def test_an_echelon_that_is_none(typed):
    with pytest.raises(WrongEchelon, match=r"seperti II\.b"):
        texts.echelon(typed)


def test_an_echelon_may_be_missing():
    assert texts.echelon(" II.b ") == "II.b"
    assert texts.echelon("") is None and texts.echelon(None) is None


@pytest.mark.parametrize("given", [date.min, date(1899, 12, 31), date(2201, 1, 1), date.max])
def test_a_date_that_no_office_means_is_refused_before_its_range_cannot_be_read_again(session, given):
    office = unit(session)
    kadis = post(session, "kadis", office)
    who = person(session)
    far = pytest.raises(FarDate, match="harus antara tahun 1900 dan 2200")
    with far:
        assign(session, BY, person_id=who, position_id=kadis, kind="plt", starts_on=given)
    with far:
        assign(session, BY, person_id=who, position_id=kadis, kind="plt", starts_on=date(2026, 1, 1), ends_on=given)
    with far:
        create_team(session, BY, name="Tim", unit_id=office, decree_date=given)


@pytest.mark.parametrize("hostile", [*UNSEEN[:1], "x" * 3000])
def test_every_text_field_is_looked_at(session, hostile):
    office = unit(session)
    kadis, who = post(session, "kadis", office), person(session)
    team = create_team(session, BY, name="Tim", unit_id=office).id
    refused = [
        lambda: create_unit(session, BY, name=hostile, kind="dinas"),
        lambda: create_unit(session, BY, name="x", short=hostile, kind="dinas"),
        lambda: update_unit(session, BY, office, name=hostile),
        lambda: update_unit(session, BY, office, short=hostile),
        lambda: create_position(session, BY, title=hostile, unit_id=office, kind="pelaksana"),
        lambda: update_position(session, BY, kadis, title=hostile),
        lambda: create_team(session, BY, name=hostile, unit_id=office),
        lambda: create_team(session, BY, name="x", unit_id=office, decree_number=hostile),
        lambda: add_member(session, BY, team, person_id=who, function=hostile),
        lambda: create_set(session, BY, name=hostile, units=[]),
        lambda: hold(session, who, kadis, order_number=hostile),
    ]
    for act in refused:
        with pytest.raises(WrongText):
            act()
    with pytest.raises(WrongKeyText):
        create_unit(session, BY, key=hostile, name="x", kind="dinas")
    with pytest.raises(WrongEchelon):
        update_position(session, BY, kadis, echelon=hostile)
    with pytest.raises(WrongWord):
        create_unit(session, BY, name="x", kind=hostile)


def test_a_seat_and_a_role_are_for_exactly_one(session):
    office = unit(session)
    kadis, who = post(session, "kadis", office), person(session)
    team = create_team(session, BY, name="Tim", unit_id=office).id
    for both in ({}, {"position_id": kadis, "person_id": who}):
        with pytest.raises(OneOfTwo, match="Pilih tepat satu: jabatan atau pegawai"):
            add_member(session, BY, team, **both)
    with pytest.raises(WrongText):
        add_member(session, BY, team, person_id=who, function="\u200b")


def test_what_was_abolished_takes_nothing_new(session):
    office, other = unit(session), unit(session, "lain")
    kadis, gone = post(session, "kadis", office), post(session, "lama", office)
    update_position(session, BY, gone, active=False)
    update_unit(session, BY, other, active=False)
    who = person(session)
    inactive = pytest.raises(Inactive, match=r'(Jabatan|Unit) ".+" sudah tidak aktif')
    with inactive:
        hold(session, who, gone)
    with inactive:
        create_position(session, BY, title="x", unit_id=other, kind="pelaksana")
    with inactive:
        update_position(session, BY, kadis, superior_id=gone)
    with inactive:
        update_position(session, BY, kadis, unit_id=other)
    with inactive:
        create_unit(session, BY, name="x", kind="seksi", parent_id=other)
    with inactive:
        create_team(session, BY, name="x", unit_id=other)
    with inactive:
        create_set(session, BY, name="x", units=[other])
    with inactive:
        grant_to(session, gone)


def grant_to(session, position):
    session.add(Role(key="admin", name="Admin"))
    session.flush()
    return grant(session, BY, "admin", position_id=position)
