"""Logging in: the ways that work, and what somebody meets who guesses."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text

from core.audit.models import AuditEntry
from core.errors import TooMany
from core.identity import accounts, actor, login, passwords, sessions, tokens
from core.identity.login import WrongOldPassword, WrongPassword
from core.identity.models import LoginThrottle
from core.identity.passwords import PasswordRefused
from core.tenancy.scope import tenant_transaction
from tests.core.identity.conftest import CONSOLE, NOW, PASSWORD, Office
from tests.statements import counted

pytestmark = pytest.mark.database
HERE, THERE = "10.1.2.3", "10.9.9.9"
NIP = "000019800101200501"
WRONG = "bukan kata sandinya"


@pytest.fixture
def budi(office):
    with office() as (_, town):
        return town.person("budi", nip=NIP, email="budi@contoh.go.id")


@pytest.fixture
def enter(scope):
    """One try, committed as the edge does it."""

    def tried(account="budi", password=PASSWORD, address=HERE, now=NOW):
        with scope() as session:
            attempt = login.attempt(session, account, password, address, now)
        return attempt.result()

    return tried


@pytest.mark.parametrize("account", ["budi", " BUDI ", NIP, "00001980 0101 2005 01", "Budi@Contoh.go.id"])
def test_a_person_logs_in_by_user_name_nip_or_email(budi, enter, account):
    assert enter(account).id == budi.id


@pytest.mark.parametrize("account", ["sari", "", "\x00", "budi@", "0" * 18, "' OR 1=1 --", "x" * 10_000])
def test_an_unknown_account_gets_the_answer_of_a_wrong_password(budi, enter, account):
    with pytest.raises(WrongPassword) as unknown:
        enter(account)
    with pytest.raises(WrongPassword) as wrong:
        enter(password=WRONG)
    assert str(unknown.value) == str(wrong.value) and unknown.value.status == 401
    assert "NIP, nama pengguna, e-mail, atau kata sandi salah" in str(wrong.value)


def test_the_wrong_password_ten_times_waits_longer_each_time_and_ends_by_itself(budi, enter):
    for _ in range(5):
        with pytest.raises(WrongPassword):
            enter(password=WRONG)
    now = NOW
    for wait in ("30 detik", "1 menit", "2 menit", "4 menit", "8 menit"):
        with pytest.raises(TooMany, match=f"Coba lagi {wait} lagi") as locked:
            enter(password=WRONG, now=now)
        with pytest.raises(TooMany):
            enter(now=now + timedelta(seconds=1))
        assert locked.value.status == 429
        now += timedelta(seconds=locked.value.details["seconds"])
    assert enter(now=now).id == budi.id


def test_the_right_password_during_a_lock_is_refused_with_what_is_left_of_the_wait(budi, enter):
    for _ in range(6):
        with pytest.raises((WrongPassword, TooMany)):
            enter(password=WRONG)
    with pytest.raises(TooMany, match="Coba lagi 20 detik lagi"):
        enter(now=NOW + timedelta(seconds=10))
    assert enter(now=NOW + timedelta(seconds=30)).id == budi.id


def test_naming_a_person_in_three_ways_gives_no_more_tries(budi, enter):
    for account in ("budi", NIP, "budi@contoh.go.id", "budi", NIP):
        with pytest.raises(WrongPassword):
            enter(account, WRONG)
    with pytest.raises(TooMany):
        enter("budi@contoh.go.id", WRONG)


def test_a_lock_touches_no_other_account_no_other_address_no_other_tenant(budi, scope, enter, database, other_tenant):
    with scope() as session:
        sari = accounts.create(session, CONSOLE, name="Sari", username="sari", password=PASSWORD)
    for _ in range(6):
        with pytest.raises((WrongPassword, TooMany)):
            enter(password=WRONG)
    assert enter("sari").id == sari.id
    assert enter(address=THERE).id == budi.id
    with tenant_transaction(database, other_tenant.slug) as session:
        Office(session).person("budi")
    with tenant_transaction(database, other_tenant.slug) as session:
        assert login.attempt(session, "budi", PASSWORD, HERE, NOW).result().id != budi.id


def test_a_success_forgets_the_failures(budi, enter, scope):
    for _ in range(3):
        for _ in range(5):
            with pytest.raises(WrongPassword):
                enter(password=WRONG)
        enter()
    with scope() as session:
        assert list(session.scalars(select(LoginThrottle))) == []


def test_unknown_accounts_are_locked_too_so_that_a_lock_tells_nothing(enter):
    for _ in range(5):
        with pytest.raises(WrongPassword):
            enter("tidak.ada")
    with pytest.raises(TooMany):
        enter("tidak.ada")


def test_guessing_from_many_addresses_locks_strangers_out_but_not_where_he_has_logged_in(budi, enter, scope):
    with scope() as session:
        sessions.create(session, budi, NOW - timedelta(days=3), HERE, "Firefox")
        session.execute(
            text(
                "INSERT INTO login_throttles VALUES "
                "(current_setting('langkah.tenant')::int, :account, '*', 50, :now, NULL)"
            ),
            {"account": f"masuk:{budi.id}", "now": NOW},
        )
    with pytest.raises(TooMany, match="30 detik"):
        enter(password=WRONG, address="203.0.113.1")
    for number in range(2, 5):
        with pytest.raises(TooMany):
            enter(address=f"203.0.113.{number}")
    assert enter(address=HERE).id == budi.id
    assert enter(address="203.0.113.9").id == budi.id


def test_a_disabled_person_cannot_log_in_and_is_not_told_why(budi, enter, scope):
    with scope() as session:
        accounts.disable(session, CONSOLE, budi.id, NOW)
    with pytest.raises(WrongPassword):
        enter()


def test_somebody_without_a_password_cannot_log_in_with_none(office, enter):
    with office() as (_, town):
        town.person("baru", password=None)
    for password in ("", "None", PASSWORD):
        with pytest.raises(WrongPassword):
            enter("baru", password)


def test_logging_in_renews_a_hash_of_older_parameters(budi, enter, scope):
    with scope() as session:
        old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
        accounts.get(session, budi.id).password_hash = old
    enter()
    with scope() as session:
        renewed = accounts.get(session, budi.id).password_hash
    assert renewed != old and not passwords.outdated(renewed)
    assert enter().id == budi.id


def test_logging_in_costs_six_statements_with_its_session(budi, scope, database):
    with counted(database) as sent, scope() as session:
        person = login.attempt(session, "budi", PASSWORD, HERE, NOW).result()
        sessions.create(session, person, NOW, HERE, "Firefox")
    # The scope, the person, the try, its clearing, the audit entry and the session.
    assert len(sent) == 6


def test_the_audit_tells_each_try_and_never_what_was_typed(budi, enter, scope):
    for account, password in [("budi", WRONG)] * 6 + [("kata-sandi-di-kolom-salah", WRONG)]:
        with pytest.raises((WrongPassword, TooMany)):
            enter(account, password)
    enter(now=NOW + timedelta(minutes=1))
    with scope() as session:
        entries = list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))[1:]
        throttled = [row.account for row in session.scalars(select(LoginThrottle))]
    assert [entry.kind for entry in entries] == ["login.failed"] * 5 + [
        "login.locked",
        "login.failed",
        "login.succeeded",
    ]
    assert entries[5].details == {"seconds": 30} and entries[5].subject == str(budi.id)
    assert entries[6].subject is None and entries[0].address == HERE
    everything = repr([(e.subject, e.details, e.kind) for e in entries]) + repr(throttled)
    assert WRONG not in everything and "kolom" not in everything


def test_changing_ones_password_ends_the_other_sessions_and_what_had_to_be_changed(office, scope, enter, kinds):
    with office() as (session, town):
        budi = town.person("budi", must_change=True)
        mine, other = (sessions.create(session, budi, NOW) for _ in range(2))
        _, token = tokens.issue(session, budi.id, "skrip", None, NOW)
    with scope() as session:
        me = actor.by_session(session, mine, NOW)
        assert me.must_change
        login.change_password(session, me, PASSWORD, "teh sore di teras", NOW).result()
    with scope() as session:
        assert actor.by_session(session, mine, NOW).must_change is False
        assert actor.by_session(session, other, NOW) is None
        assert actor.by_token(session, token, NOW) is not None
    with pytest.raises(WrongPassword):
        enter()
    assert enter(password="teh sore di teras").id == budi.id
    assert "password.changed" in kinds()


def test_changing_asks_for_the_old_password_and_counts_the_guesses(budi, scope, enter):
    with scope() as session:
        me = actor.by_person(session, budi.id)

    def change(old, new, now=NOW):
        with scope() as session:
            attempt = login.change_password(session, me, old, new, now, address=HERE)
        return attempt.result()

    for _ in range(5):
        with pytest.raises(WrongOldPassword, match="Kata sandi lama salah"):
            change(WRONG, "teh sore di teras")
    with pytest.raises(TooMany):
        change(WRONG, "teh sore di teras")
    with pytest.raises(TooMany):
        change(PASSWORD, "teh sore di teras")
    later = NOW + timedelta(minutes=1)
    with pytest.raises(PasswordRefused, match="sama dengan kata sandi lama"):
        change(PASSWORD, PASSWORD, later)
    with pytest.raises(PasswordRefused, match="sedikitnya 12"):
        change(PASSWORD, "pendek", later)
    assert enter().id == budi.id
    change(PASSWORD, "teh sore di teras", later)


@pytest.fixture
def browse(scope):
    """One log-in with a browser, committed as the edge does it."""

    def tried(account="budi", password=PASSWORD, former=None, agent="Firefox"):
        with scope() as session:
            entered = login.enter(session, account, password, HERE, NOW, agent=agent, former=former)
        return entered.result()

    return tried


def test_a_browser_is_let_in_with_a_session_of_its_own(budi, browse, scope):
    first, second = browse(), browse(agent="Chrome")
    assert first.person.id == budi.id and first.secret != second.secret
    with scope() as session:
        assert {row.agent for row in sessions.own(session, budi.id, NOW)} == {"Firefox", "Chrome"}
        assert actor.by_session(session, first.secret, NOW).person_id == budi.id


def test_changing_the_user_ends_the_session_the_browser_had(budi, browse, scope, kinds):
    with scope() as session:
        sari = accounts.create(session, CONSOLE, name="Sari", username="sari", password=PASSWORD)
    his = browse().secret
    with pytest.raises(WrongPassword):
        browse("sari", WRONG, former=his)
    with scope() as session:
        assert actor.by_session(session, his, NOW), "a failed log-in throws nobody out"
    hers = browse("sari", former=his)
    with scope() as session:
        assert actor.by_session(session, his, NOW) is None
        assert actor.by_session(session, hers.secret, NOW).person_id == sari.id
    assert kinds()[-2:] == ["login.succeeded", "login.left"]


def test_a_browser_that_is_locked_out_gets_no_session(budi, browse, scope):
    for _ in range(6):
        with pytest.raises((WrongPassword, TooMany)):
            browse(password=WRONG)
    with pytest.raises(TooMany, match="30 detik"):
        browse()
    with scope() as session:
        assert sessions.own(session, budi.id, NOW) == []


def test_the_first_log_in_can_only_choose_a_password_and_goes_on_in_the_same_session(office, browse, scope):
    with office() as (_, town):
        town.person("baru", must_change=True)
    entered = browse("baru")
    assert entered.person.must_change
    with scope() as session:
        me = actor.by_session(session, entered.secret, NOW)
        login.change_password(session, me, PASSWORD, "teh sore di teras", NOW, address=HERE).result()
    with scope() as session:
        assert actor.by_session(session, entered.secret, NOW).must_change is False
