"""Accounts changed by their admins: spelled as at the beginning, unique still, the second of two admins told."""

import pytest
from sqlalchemy import select

from core.audit.models import AuditEntry
from core.errors import BadInput, Forbidden, Stale
from core.identity import accounts, actor
from core.identity.accounts import AccountTaken, Place, UnknownPerson
from tests.core.identity.conftest import CONSOLE, NOW

pytestmark = pytest.mark.database
NIP = "000019800101200501"


def test_what_is_changed_is_spelled_and_noted_without_its_values(office):
    with office() as (session, town):
        budi = town.person("budi", nip=NIP, email="budi@contoh.go.id", phone="0812 3456 7890")
        session.flush()
        changes = {"name": "  Budi  Contoh, S.T. ", "username": "Budi.Contoh", "email": None, "phone": "0812-0000-1111"}
        accounts.update(session, CONSOLE, budi.id, **changes)
        assert (budi.name, budi.username, budi.email, budi.phone, budi.nip) == (
            "Budi Contoh, S.T.", "budi.contoh", None, "+6281200001111", NIP
        )  # fmt: skip
        session.flush()
        entry = session.scalars(select(AuditEntry).where(AuditEntry.kind == "person.changed")).one()
        assert entry.subject == str(budi.id)
        assert entry.details["fields"] == ["email", "name", "phone", "username"]
        assert "Contoh" not in str(entry.details) and "0812" not in str(entry.details)


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [("nip", NIP, "NIP"), ("email", "B@contoh.go.id", "Alamat e-mail"), ("username", "Budi", "Nama pengguna")],
)
def test_what_is_anothers_is_refused_and_nothing_is_changed(office, field, value, what):
    with office() as (session, town):
        town.person("budi", nip=NIP, email="b@contoh.go.id")
        sari = town.person("sari")
        with pytest.raises(AccountTaken, match=f"{what} ini sudah dipakai akun lain"):
            accounts.update(session, CONSOLE, sari.id, name="Lain", **{field: value})
        assert (sari.name, sari.username) == ("Sari", "sari")
        accounts.update(session, CONSOLE, sari.id, username="sari.contoh")


@pytest.mark.parametrize(
    "changes",
    [
        {"nip": "123"}, {"email": "budi"}, {"phone": "12"}, {"name": " "}, {"name": None}, {"username": None},
        {"username": "1a"}, {"name": "a\u202eb"}, {"name": "x" * 201}, {"email": "x" * 3000}, {"phone": "\x00"},
    ],
)  # fmt: skip
def test_a_bad_field_changes_nothing(office, changes):
    with office() as (session, town):
        budi = town.person("budi", nip=NIP)
        with pytest.raises(BadInput):
            accounts.update(session, CONSOLE, budi.id, **changes)
        assert (budi.name, budi.nip, budi.username) == ("Budi", NIP, "budi")


def test_the_second_of_two_admins_is_told(office):
    with office() as (session, town):
        budi = town.person("budi")
        seen = accounts.account_version(budi)
        accounts.update(session, CONSOLE, budi.id, seen=seen, phone="0812 3456 7890")
        with pytest.raises(Stale):
            accounts.update(session, CONSOLE, budi.id, seen=seen, name="Lain")
        seen = accounts.account_version(budi)
        budi.password_hash = "lain"  # what he does himself is no change of his admins'
        accounts.update(session, CONSOLE, budi.id, seen=seen, name="Budi Contoh")


def test_only_who_manages_people_may(office):
    with office() as (session, town):
        budi = town.person("budi")
        sari = town.person("sari")
        with pytest.raises(Forbidden):
            accounts.update(session, actor.by_person(session, sari.id), budi.id, name="Lain")
        with pytest.raises(UnknownPerson):
            accounts.update(session, CONSOLE, town.unit.id, name="Lain")


def test_an_account_is_active_invited_or_disabled(office):
    with office() as (session, town):
        budi, sari = town.person("budi"), town.person("sari", password=None, must_change=True)
        assert [accounts.state(each) for each in (budi, sari)] == ["active", "invited"]
        accounts.disable(session, CONSOLE, budi.id, NOW)
        assert accounts.state(budi) == "disabled"


def test_accounts_are_found_by_name_nip_or_user_name_and_paged_by_name(office):
    with office() as (session, town):
        town.person("budi", name="Budi Santoso", nip=NIP)
        town.person("sari", name="Sari Santoso")
        town.person("tono", name="Tono")

        def found(search):
            return [each.username for each in accounts.people(session, CONSOLE, search=search)]

        assert found("santo") == ["budi", "sari"]
        assert found("0000 1980") == ["budi"]
        assert found("TON") == ["tono"]
        assert found("anto") == found("%") == found("_") == found("x" * 200) == []
        first = accounts.people(session, CONSOLE, limit=2)
        rest = accounts.people(session, CONSOLE, after=Place(first[-1].name, first[-1].id))
        assert [each.username for each in (*first, *rest)] == ["budi", "sari", "tono"]
