"""One-time codes: from the admin's hand to a password of one's own, once."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.audit.models import AuditEntry
from core.errors import Forbidden, TooMany
from core.identity import accounts, actor, login, reset, sessions, tokens
from core.identity.accounts import UnknownPerson
from core.identity.models import ResetCode
from core.identity.passwords import PasswordRefused
from core.identity.reset import AccountDisabled, CodeRefused
from core.tenancy.scope import tenant_transaction
from tests.core.identity.conftest import CONSOLE, NOW, PASSWORD

pytestmark = pytest.mark.database
NEW = "teh sore di teras"
HERE = "10.1.2.3"


@pytest.fixture
def budi(office):
    with office() as (_, town):
        return town.person("budi", must_change=True)


@pytest.fixture
def issue(scope, budi):
    def issued(now=NOW):
        with scope() as session:
            return reset.issue(session, CONSOLE, budi.id, now)

    return issued


@pytest.fixture
def redeem(scope):
    def redeemed(code, password=NEW, account="budi", now=NOW, address=HERE):
        with scope() as session:
            attempt = reset.redeem(session, account, code, password, address, now)
        return attempt.result()

    return redeemed


def test_a_code_sets_the_password_and_ends_everything_older(budi, issue, redeem, scope, kinds):
    with scope() as session:
        cookie = sessions.create(session, budi, NOW)
        _, token = tokens.issue(session, budi.id, "skrip", None, NOW)
    assert redeem(issue()).must_change is False
    with scope() as session:
        assert actor.by_session(session, cookie, NOW) is None
        assert actor.by_token(session, token, NOW) is None
        assert login.attempt(session, "budi", PASSWORD, HERE, NOW).value is None
        assert login.attempt(session, "budi", NEW, HERE, NOW).result().id == budi.id
    assert kinds()[2:4] == ["reset.issued", "reset.redeemed"]


def test_a_code_is_easy_to_read_aloud_and_forgiving_to_type(budi, issue, redeem):
    code = issue()
    assert len(code) == 9 and code[4] == "-" and not set(code) & set("01OIL")
    assert redeem(f" {code.replace('-', ' ').lower()} ").id == budi.id


def test_a_code_works_once(issue, redeem):
    code = issue()
    redeem(code)
    with pytest.raises(CodeRefused, match="kode sudah dipakai atau lewat waktunya"):
        redeem(code, "kopi lain lagi sore")


def test_a_code_ends_after_a_day_and_when_a_newer_one_is_given(issue, redeem):
    first = issue()
    second = issue()
    with pytest.raises(CodeRefused):
        redeem(first)
    with pytest.raises(CodeRefused):
        redeem(second, now=NOW + timedelta(hours=24))
    redeem(second, now=NOW + timedelta(hours=23))


def test_five_wrong_tries_void_the_code_even_from_five_addresses(issue, redeem):
    code = issue()
    for number in range(5):
        with pytest.raises(CodeRefused):
            redeem("2222-2222", address=f"203.0.113.{number}")
    with pytest.raises(CodeRefused):
        redeem(code)


def test_guessing_codes_is_locked_like_guessing_passwords(issue, redeem):
    for account in ("budi", "tidak.ada"):
        for _ in range(5):
            with pytest.raises(CodeRefused):
                redeem("2222-2222", account=account)
        with pytest.raises(TooMany, match="30 detik"):
            redeem("2222-2222", account=account)


def test_a_poor_password_does_not_cost_the_code(issue, redeem):
    code = issue()
    for _ in range(7):
        with pytest.raises(PasswordRefused, match="sedikitnya 12"):
            redeem(code, "pendek")
    redeem(code)


@pytest.mark.parametrize("code", ["", "\x00", "\ud800", "x" * 100_000])
def test_no_text_breaks_the_door(issue, redeem, code):
    issue()
    with pytest.raises(CodeRefused):
        redeem(code)


def test_of_two_who_redeem_at_once_one_does(issue, database, tenant):
    code, ends, start = issue(), [], threading.Barrier(2)

    def strike(password):
        start.wait()
        with tenant_transaction(database, tenant.slug) as session:
            attempt = reset.redeem(session, "budi", code, password, None, NOW)
        ends.append(attempt.error)

    threads = [threading.Thread(target=strike, args=(word,)) for word in (NEW, "kopi lain lagi sore")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(end).__name__ for end in ends) == ["CodeRefused", "NoneType"]


def test_a_redeemed_code_opens_a_locked_log_in(budi, issue, redeem, scope):
    for _ in range(6):
        with scope() as session:
            login.attempt(session, "budi", "bukan kata sandinya", HERE, NOW)
    redeem(issue())
    with scope() as session:
        assert login.attempt(session, "budi", NEW, HERE, NOW).result().id == budi.id


def test_changing_the_password_voids_an_open_code(budi, issue, redeem, scope):
    code = issue()
    with scope() as session:
        me = actor.by_person(session, budi.id)
        login.change_password(session, me, PASSWORD, NEW, NOW).result()
    with pytest.raises(CodeRefused):
        redeem(code)


def test_only_who_manages_people_hands_out_codes_and_only_here(office, database, other_tenant):
    with office() as (session, town):
        sari, budi = town.person("sari"), town.person("budi")
        town.grant(town.role("admin", "people.manage"), sari)
        admin, plain = actor.by_person(session, sari.id), actor.by_person(session, budi.id)
        with pytest.raises(Forbidden):
            reset.issue(session, plain, sari.id, NOW)
        reset.issue(session, admin, budi.id, NOW)
        assert session.scalars(select(ResetCode)).one().issued_by == sari.id
        accounts.disable(session, admin, budi.id, NOW)
        with pytest.raises(AccountDisabled, match="Aktifkan dahulu"):
            reset.issue(session, admin, budi.id, NOW)
    with tenant_transaction(database, other_tenant.slug) as session, pytest.raises(UnknownPerson):
        reset.issue(session, CONSOLE, budi.id, NOW)


def test_neither_database_nor_audit_holds_the_code(issue, redeem, scope):
    code = issue()
    with pytest.raises(CodeRefused):
        redeem("2222-2222")
    redeem(code)
    with scope() as session:
        stored = session.scalars(select(ResetCode)).one()
        said = repr([(entry.kind, entry.subject, entry.details) for entry in session.scalars(select(AuditEntry))])
    assert stored.code_hash.startswith("$argon2id$") and stored.used_at == NOW
    for secret in (code, code.replace("-", ""), NEW, "2222"):
        assert secret not in said
