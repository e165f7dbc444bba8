"""Accounts: made by who may, unique within a government only, disabled at once."""

import pytest

from core.audit.models import AuditEntry
from core.errors import BadInput, Forbidden
from core.identity import accounts, actor
from core.identity.accounts import AccountTaken, OwnAccount, UnknownPerson
from core.identity.actor import Console
from core.identity.passwords import PasswordRefused
from core.tenancy.scope import tenant_transaction
from tests.core.identity.conftest import CONSOLE, NOW, PASSWORD, Office
from tests.statements import counted

pytestmark = pytest.mark.database
NIP = "000019800101200501"


def test_a_person_is_found_however_he_is_named_in_one_statement(office, database):
    with office() as (session, town):
        budi = town.person("budi", nip=NIP, email="budi@contoh.go.id", phone="0812 3456 7890")
        session.flush()
        with counted(database) as sent:
            assert accounts.find(session, " Budi ") is budi
            assert accounts.find(session, "0000 1980 0101 2005 01") is budi
            assert accounts.find(session, "BUDI@contoh.go.id") is budi
            assert accounts.find(session, "sari") is None
        assert len(sent) == 4
        assert budi.phone == "+6281234567890"


def test_honorary_staff_need_no_nip(office):
    with office() as (_, town):
        first, second = town.person("honorer.satu"), town.person("honorer.dua")
    assert first.nip is None and second.nip is None


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [("nip", NIP, "NIP"), ("email", "B@contoh.go.id", "Alamat e-mail"), ("username", "Budi", "Nama pengguna")],
)
def test_what_is_taken_is_named_and_nothing_else_of_the_transaction_is_lost(office, field, value, what):
    with office() as (session, town):
        town.person("budi", nip=NIP, email="b@contoh.go.id")
        with pytest.raises(AccountTaken, match=f"{what} ini sudah dipakai akun lain") as taken:
            town.person(**{"username": "sari", field: value})
        assert taken.value.status == 409
        town.person("sari")
        assert [person.username for person in accounts.people(session, CONSOLE)] == ["budi", "sari"]


@pytest.mark.parametrize(
    ("fields", "error", "message"),
    [
        ({"nip": "123"}, BadInput, "harus 18 angka"),
        ({"email": "budi"}, BadInput, "e-mail tidak lengkap"),
        ({"phone": "12"}, BadInput, "nomor ponsel tidak lengkap"),
        ({"name": " "}, BadInput, "nama lengkap"),
        ({"password": "pendek"}, PasswordRefused, "sedikitnya 12"),
    ],
)
def test_a_bad_field_makes_nobody(office, fields, error, message):
    with office() as (session, town):
        with pytest.raises(error, match=message):
            town.person("budi", **fields)
        assert accounts.people(session, CONSOLE) == []


def test_two_governments_may_each_have_a_budi(office, database, other_tenant):
    with office() as (_, town):
        here = town.person("budi", nip=NIP)
    with tenant_transaction(database, other_tenant.slug) as session:
        there = Office(session).person("budi", nip=NIP)
        assert accounts.find(session, "budi") is there
        with pytest.raises(UnknownPerson, match="tidak terdaftar di pemerintah daerah ini"):
            accounts.get(session, here.id)


def test_only_who_manages_people_may(office):
    with office() as (session, town):
        sari, budi = town.person("sari"), town.person("budi")
        town.grant(town.role("admin", "people.manage"), sari)
        admin, plain = actor.by_person(session, sari.id), actor.by_person(session, budi.id)
        for forbidden in (
            lambda: accounts.create(session, plain, name="X", username="xxx"),
            lambda: accounts.people(session, plain),
            lambda: accounts.disable(session, plain, sari.id, NOW),
            lambda: accounts.enable(session, plain, sari.id),
        ):
            with pytest.raises(Forbidden):
                forbidden()
        accounts.create(session, admin, name="X", username="xxx")
        assert accounts.disable(session, admin, budi.id, NOW).active is False
        with pytest.raises(OwnAccount, match="Mintalah admin lain"):
            accounts.disable(session, admin, sari.id, NOW)


def test_the_list_comes_in_pages_of_names(office):
    with office() as (session, town):
        for username in ("citra", "andi", "budi", "dewi"):
            town.person(username, password=None)
        first = accounts.people(session, CONSOLE, limit=3)
        rest = accounts.people(session, CONSOLE, after=first[-1].id, limit=3)
    assert [person.name for person in first + rest] == ["Andi", "Budi", "Citra", "Dewi"]


def test_the_audit_names_who_did_it_or_the_command(office, scope):
    with office() as (session, town):
        sari = town.person("sari")
        town.grant(town.role("admin", "people.manage"), sari)
        admin = actor.by_person(session, sari.id)
        accounts.create(session, admin, name="X", username="xxx", password=PASSWORD)
    with scope() as session:
        entries = session.query(AuditEntry).order_by(AuditEntry.id).all()
    assert [(entry.person_id, entry.details) for entry in entries] == [(None, {"console": "uji"}), (sari.id, {})]
    assert all(PASSWORD not in repr(entry.details) for entry in entries)
    assert Console("langkah users").may("apa saja")
