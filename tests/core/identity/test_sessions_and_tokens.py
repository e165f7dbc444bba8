"""What a browser and a script bear: shown once, kept hashed, ended at will."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.errors import BadInput
from core.identity import actor, sessions, tokens
from core.identity.bearer import digest
from core.identity.models import ApiToken, LoginSession
from core.identity.sessions import UnknownSession
from core.identity.tokens import UnknownToken
from tests.core.identity.conftest import NOW

pytestmark = pytest.mark.database


@pytest.fixture
def two(office):
    with office() as (_, town):
        return town.person("budi"), town.person("sari")


def test_the_database_never_holds_the_secret(two, scope):
    budi, _ = two
    with scope() as session:
        cookie = sessions.create(session, budi, NOW, "10.1.2.3", "Firefox\x00 " + "x" * 500)
        token, secret = tokens.issue(session, budi.id, "skrip", 30, NOW)
        session.flush()
        row = session.scalars(select(LoginSession)).one()
    assert len(cookie) == 43 and len(secret) == 47 and secret.startswith("lgk_")
    assert row.secret_hash != cookie.encode() and len(row.secret_hash) == len(token.secret_hash) == 32
    assert secret not in repr(vars(token)) and token.hint == f"lgk_…{secret[-4:]}"
    assert row.agent.startswith("Firefox ") and len(row.agent) == 200


@pytest.mark.parametrize("address", [None, "", "unix:", "fe80::1%eth0", "999.1.1.1"])
def test_no_address_breaks_a_session(two, scope, address):
    with scope() as session:
        sessions.create(session, two[0], NOW, address)


def test_a_session_ends_after_twelve_hours_whatever_is_done_in_it(two, scope):
    with scope() as session:
        cookie = sessions.create(session, two[0], NOW)
        session.flush()
        assert actor.by_session(session, cookie, NOW + timedelta(hours=11, minutes=59))
        assert actor.by_session(session, cookie, NOW + timedelta(hours=12)) is None


def test_one_sees_and_ends_ones_own_sessions_only(two, scope, kinds):
    budi, sari = two
    with scope() as session:
        first, second = (sessions.create(session, budi, NOW + timedelta(seconds=n)) for n in range(2))
        sessions.create(session, sari, NOW)
        session.flush()
        mine = sessions.own(session, budi.id, NOW)
        assert len(mine) == 2
        with pytest.raises(UnknownSession, match="Muat ulang daftar sesi"):
            sessions.revoke(session, sari.id, mine[0].id, NOW)
        sessions.revoke(session, budi.id, mine[0].id, NOW)
        assert actor.by_session(session, second, NOW) is None
        assert actor.by_session(session, first, NOW) is not None
        assert [row.id for row in sessions.own(session, budi.id, NOW)] == [mine[1].id]
        with pytest.raises(UnknownSession):
            sessions.revoke(session, budi.id, mine[0].id, NOW)
        with pytest.raises(UnknownSession):
            sessions.revoke(session, budi.id, mine[1].id, NOW + timedelta(hours=12))
    assert kinds()[-1] == "session.revoked"


def test_leaving_ends_the_session_once_and_strangers_leave_without_a_trace(two, scope, kinds):
    with scope() as session:
        cookie = sessions.create(session, two[0], NOW)
    with scope() as session:
        sessions.leave(session, "bukan rahasia", NOW)
        sessions.leave(session, cookie, NOW)
        sessions.leave(session, cookie, NOW)
        assert actor.by_session(session, cookie, NOW) is None
    assert kinds().count("login.left") == 1


def test_ending_the_other_sessions_keeps_the_one_at_hand(two, scope, kinds):
    budi, sari = two
    with scope() as session:
        mine, other = sessions.create(session, budi, NOW), sessions.create(session, budi, NOW)
        hers, over = sessions.create(session, sari, NOW), sessions.create(session, budi, NOW - timedelta(hours=12))
        session.flush()
        at_hand = actor.by_session(session, mine, NOW).sign
        assert sessions.revoke_others(session, budi.id, at_hand, NOW) == 1
        assert actor.by_session(session, mine, NOW) and actor.by_session(session, hers, NOW)
        assert actor.by_session(session, other, NOW) is None
        assert (
            session.scalars(select(LoginSession.revoked_at).where(LoginSession.secret_hash == digest(over))).one()
            is None
        ), "what had ended by itself is not touched again"
        assert sessions.revoke_others(session, budi.id, at_hand, NOW) == 0
        assert sessions.revoke_others(session, budi.id, None, NOW) == 1
        assert actor.by_session(session, mine, NOW) is None
    assert kinds().count("session.others_revoked") == 2, "nothing to end is nothing to tell"


def test_a_token_lives_its_days_or_until_it_is_revoked(two, scope, kinds):
    budi, sari = two
    with scope() as session:
        brief, secret = tokens.issue(session, budi.id, "sebulan", 30, NOW)
        _, lasting = tokens.issue(session, budi.id, "tetap", None, NOW)
        assert actor.by_token(session, secret, NOW + timedelta(days=29))
        assert actor.by_token(session, secret, NOW + timedelta(days=30)) is None
        assert actor.by_token(session, lasting, NOW + timedelta(days=3000))
        assert {token.name for token in tokens.own(session, budi.id, NOW)} == {"sebulan", "tetap"}
        with pytest.raises(UnknownToken, match="tidak ada atau sudah dicabut"):
            tokens.revoke(session, sari.id, brief.id, NOW)
        tokens.revoke(session, budi.id, brief.id, NOW)
        assert actor.by_token(session, secret, NOW) is None
        with pytest.raises(UnknownToken):
            tokens.revoke(session, budi.id, brief.id, NOW)
    assert kinds()[-3:] == ["token.issued", "token.issued", "token.revoked"]


@pytest.mark.parametrize(
    ("name", "days", "message"),
    [("", 1, "beri token nama"), ("x" * 81, 1, "beri token nama"), ("a", 0, "1 sampai 366"), ("a", 367, "366 hari")],
)
def test_a_token_has_a_name_and_a_sensible_life(two, scope, name, days, message):
    with scope() as session:
        with pytest.raises(BadInput, match=message):
            tokens.issue(session, two[0].id, name, days, NOW)
        assert list(session.scalars(select(ApiToken))) == []


def test_a_session_is_forgotten_a_month_after_its_end_and_not_before(two, scope):
    budi, _ = two
    with scope() as session:
        old, new = (sessions.create(session, budi, NOW - timedelta(days=days)) for days in (33, 30))
        session.flush()
        assert sessions.forget(session, NOW) == 1
        assert sessions.forget(session, NOW) == 0
        kept = session.scalars(select(LoginSession)).all()
        assert [row.secret_hash for row in kept] == [digest(new)] and old


def test_of_a_script_that_logs_in_all_day_the_newest_hundred_are_shown(two, scope):
    budi, _ = two
    with scope() as session:
        for number in range(105):
            tokens.issue(session, budi.id, f"skrip {number}", 30, NOW + timedelta(seconds=number))
        shown = tokens.own(session, budi.id, NOW + timedelta(hours=1))
    assert len(shown) == 100 and shown[0].name == "skrip 104"
