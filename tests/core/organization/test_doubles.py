"""Nothing is made twice by a slip or a double click, and a key nobody typed is made from the name."""

import threading
from datetime import date

import pytest

from core.organization.assignments import assign, assignments, end_assignment, update_assignment
from core.organization.errors import AssignedAlready, KeyTaken, Twin, TwinPosition
from core.organization.keys import free, slug
from core.organization.positions import create_position, positions
from core.organization.sets import create_set
from core.organization.teams import create_team
from core.organization.units import create_unit, units
from core.tenancy.scope import tenant_transaction
from tests.core.organization.offices import BY, hold, person, post, unit

pytestmark = pytest.mark.database


@pytest.fixture
def session(database, tenant):
    with tenant_transaction(database, tenant.slug, today=date(2026, 11, 20)) as session:
        yield session


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Dinas Komunikasi dan Informatika", "dinas_komunikasi_dan_informatika"),
        ("Bagian Hukum & HAM", "bagian_hukum_ham"),
        ("Café Ñandú", "cafe_nandu"),
        ("2026: Tim", "x_2026_tim"),
        ("日本", "x"),
        ("<b>", "b"),
        ("x" * 100, "x" * 40),
    ],
)
def test_a_key_is_made_from_the_name(name, key):
    assert slug(name) == key


def test_the_first_free_number_is_taken():
    assert free("seksi", []) == "seksi"
    assert free("seksi", ["seksi", "seksi_2", "seksi_4"]) == "seksi_3"


def test_units_of_one_name_below_different_parents_get_keys_of_their_own(session):
    first, second = unit(session, "satu"), unit(session, "dua")
    for parent in (first, second):
        create_unit(session, BY, name="Sekretariat", kind="sekretariat", parent_id=parent)
    assert {u.key for u in units(session)} == {"satu", "dua", "sekretariat", "sekretariat_2"}


def test_a_second_unit_of_the_same_name_and_place_is_refused(session):
    top = unit(session, "pemkot", name="Pemerintah Kota")
    create_unit(session, BY, name="Dinas Kesehatan", kind="dinas", parent_id=top)
    with pytest.raises(Twin, match='Unit "Dinas Kesehatan" sudah ada di bawah "Pemerintah Kota"'):
        create_unit(session, BY, name=" Dinas  Kesehatan ", kind="dinas", parent_id=top)
    create_unit(session, BY, name="Dinas Kesehatan", kind="dinas")
    with pytest.raises(Twin, match="sudah ada di tingkat teratas"):
        create_unit(session, BY, name="Dinas Kesehatan", kind="dinas")


def test_a_second_team_or_set_of_the_same_name_is_refused(session):
    office = unit(session, name="Dinas Contoh")
    create_team(session, BY, name="Tim Monev", unit_id=office)
    with pytest.raises(Twin, match='Tim "Tim Monev" sudah ada di unit "Dinas Contoh"'):
        create_team(session, BY, name="Tim Monev", unit_id=office)
    create_set(session, BY, name="Semua OPD", units=[office])
    with pytest.raises(Twin, match='Himpunan "Semua OPD" sudah ada'):
        create_set(session, BY, name="Semua OPD", units=[])


def test_one_more_post_of_the_same_title_must_be_meant(session):
    office = unit(session, name="Dinas Contoh")
    asked = {"title": "Pengadministrasi Umum", "unit_id": office, "kind": "pelaksana"}
    create_position(session, BY, **asked)
    with pytest.raises(TwinPosition) as refused:
        create_position(session, BY, **asked)
    assert str(refused.value) == (
        'Jabatan "Pengadministrasi Umum" sudah ada di unit "Dinas Contoh". '
        "Bila memang ada beberapa jabatan yang sama, nyatakan bahwa ini jabatan tambahan."
    )
    create_position(session, BY, **asked, again=True)
    assert [p.key for p in positions(session)] == ["pengadministrasi_umum", "pengadministrasi_umum_2"]


def test_two_clicks_at_one_moment_make_one_post(database, tenant, session):
    office = unit(session)
    session.commit()
    outcomes, ready = [], threading.Barrier(2)

    def click():
        try:
            with tenant_transaction(database, tenant.slug) as own:
                ready.wait(timeout=10)
                create_position(own, BY, title="Kepala Seksi", unit_id=office, kind="struktural")
                outcomes.append("made")
        except (TwinPosition, KeyTaken) as refused:
            outcomes.append(type(refused).__name__)

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join(timeout=30)
    assert sorted(outcomes) == ["TwinPosition", "made"]


@pytest.mark.parametrize("kind", ["definitive", "plt", "plh", "pj", "pjs"])
def test_the_same_person_twice_in_one_post_in_one_way_is_refused_in_words(session, kind):
    kadis, sari = post(session, "kadis", unit(session), title="Kepala Dinas"), person(session, "Sari Contoh")
    hold(session, sari, kadis, kind, starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))
    with pytest.raises(AssignedAlready) as refused:
        hold(session, sari, kadis, kind, starts_on=date(2026, 3, 31))
    assert refused.value.status == 409
    assert "Sari Contoh sudah bertugas sebagai Kepala Dinas (" in str(refused.value)
    assert "sejak 1 Maret 2026 sampai 31 Maret 2026" in str(refused.value)
    later = hold(session, sari, kadis, kind, starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 30))
    with pytest.raises(AssignedAlready):
        update_assignment(session, BY, later.id, starts_on=date(2026, 3, 15))
    assert len(assignments(session)) == 2
    end_assignment(session, BY, later.id, date(2026, 4, 29))
    update_assignment(session, BY, later.id, ends_on=None, order_number="SK 1/2026")
    assert (later.ends_on, later.order_number) == (None, "SK 1/2026")


def test_two_clicks_at_one_moment_make_one_plh(database, tenant, session):
    kadis, sari = post(session, "kadis", unit(session)), person(session, "Sari Contoh")
    session.commit()
    outcomes, ready = [], threading.Barrier(2)

    def click():
        try:
            with tenant_transaction(database, tenant.slug) as own:
                ready.wait(timeout=10)
                assign(own, BY, person_id=sari, position_id=kadis, kind="plh", starts_on=date(2026, 1, 1))
                outcomes.append("made")
        except AssignedAlready as refused:
            outcomes.append(type(refused).__name__)

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join(timeout=30)
    assert sorted(outcomes) == ["AssignedAlready", "made"]
