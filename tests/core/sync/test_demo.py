"""The invented people: loaded on request only, once, with one password, and never over somebody who is there."""

from copy import deepcopy

import pytest
from sqlalchemy import func, select

from core.identity.actor import by_person
from core.identity.models import Person
from core.identity.passwords import PasswordRefused, matches
from core.organization.assignments import assignments, end_assignment
from core.organization.models import Position
from core.sync.demo import DemoClash, load_demo
from core.sync.inspection import FilesRefused
from core.tenancy.scope import scope_of, tenant_transaction
from tests.core.organization.offices import BY, hold, person
from tests.core.sync.folders import PERSON, run

pytestmark = pytest.mark.database
PASSWORD = "kopi pagi di alun-alun"


@pytest.fixture
def staffed(database, root, city):
    city.people = [deepcopy(PERSON)]
    city.write()
    run(database, root)
    return city


def test_an_ordinary_sync_brings_nobody(database, staffed):
    with tenant_transaction(database, staffed.slug) as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_people_come_with_posts_seats_and_the_one_password(database, root, staffed):
    (loaded,) = load_demo(database, root, PASSWORD)
    assert (loaded.tenant, loaded.loaded, loaded.known) == (staffed.slug, ("sari",), 0)
    with tenant_transaction(database, staffed.slug) as session:
        sari = session.scalars(select(Person)).one()
        assert matches(sari.password_hash, PASSWORD)
        assert not sari.must_change
        actor = by_person(session, sari.id)
        assert [(title, capacity) for _, title, capacity in actor.positions] == [("Kepala Dinas", "definitive")]
        assert len(actor.covers) >= 3, "the post, the team, the person"


def test_a_second_time_changes_nothing_even_what_was_edited(database, root, staffed):
    load_demo(database, root, PASSWORD)
    with tenant_transaction(database, staffed.slug) as session:
        (held,) = assignments(session)
        end_assignment(session, BY, held.id, scope_of(session).today)
    (again,) = load_demo(database, root, "kata sandi yang lain lagi")
    assert (again.loaded, again.known) == ((), 1)
    with tenant_transaction(database, staffed.slug) as session:
        assert len(assignments(session)) == 1
        assert matches(session.scalars(select(Person)).one().password_hash, PASSWORD)


def test_a_real_holder_is_never_pushed_out(database, root, staffed):
    with tenant_transaction(database, staffed.slug) as session:
        post = session.scalars(select(Position).where(Position.key == "kadis")).one()
        hold(session, person(session), post.id)
    with pytest.raises(DemoClash, match=f"Orang contoh {staffed.slug} tidak dapat dimuat: sebuah jabatan sudah ada"):
        load_demo(database, root, PASSWORD)
    with tenant_transaction(database, staffed.slug) as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("nip", "199001012015011001", "'nip' orang contoh harus 18 angka yang diawali 0000, dalam tanda kutip, bukan"),
        ("username", "Sari", "'username' harus huruf kecil"),
        ("positions", [{"position": "kades", "kind": "plt", "from": "2026-01-01"}], "jabatan 'kades' tidak ada"),
        ("positions", [{"position": "staf", "kind": "plg", "from": "2026-01-01"}], "mungkin maksudnya 'plt'"),
        (
            "positions",
            [{"position": "staf", "kind": "plt", "from": "2026-01-02", "until": "2026-01-01"}],
            "tanggal selesai mendahului tanggal mulai",
        ),
        ("teams", [{"team": "tin"}], "tim 'tin' tidak ada; mungkin maksudnya 'tim'"),
    ],
)
def test_a_wrong_person_is_told_and_nobody_is_loaded(database, root, staffed, key, value, message):
    staffed.people[0][key] = value
    staffed.write()
    with pytest.raises(FilesRefused) as refused:
        load_demo(database, root, PASSWORD)
    assert message in str(refused.value)
    assert f"{staffed.slug}/demo.yaml baris " in str(refused.value)


def test_nobody_stands_in_the_file_twice_nor_two_in_one_post(database, root, staffed):
    staffed.people.append(deepcopy(PERSON))
    staffed.write()
    with pytest.raises(FilesRefused) as refused:
        load_demo(database, root, PASSWORD)
    for message in ("NIP '000000000000000001' sudah ada", "'sari' sudah ada", "dipegang dua orang (definitive)"):
        assert message in str(refused.value)


def test_a_weak_password_is_refused(database, root, staffed):
    with pytest.raises(PasswordRefused):
        load_demo(database, root, "sandi")
