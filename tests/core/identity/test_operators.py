"""Operators: two factors, each code once, no way into a tenant."""

import uuid
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from core.errors import BadInput, TooMany
from core.identity import actor, operators
from core.identity.operators import OperatorTaken, UnknownOperator, WrongOperatorLogin
from core.tenancy.scope import tenant_transaction
from tests.core.identity.conftest import NOW, PASSWORD
from tests.statements import counted

pytestmark = pytest.mark.database
HERE = "10.1.2.3"


class Sri:
    """An operator with her telephone."""

    def __init__(self, database):
        self.database = database
        self.username = f"sri-{uuid.uuid4().hex[:8]}"
        with database.session() as session, session.begin():
            self.row, self.uri = operators.create(session, self.username, "Sri", PASSWORD)
        self.totp = pyotp.parse_uri(self.uri)

    def enter(self, password=PASSWORD, code=None, now=NOW, address=HERE, username=None):
        code = self.totp.at(now) if code is None else code
        with self.database.session() as session, session.begin():
            attempt = operators.attempt(session, username or self.username, password, code, address, now)
        return attempt.result()

    def session(self, now=NOW):
        with self.database.session() as session, session.begin():
            return operators.open_session(session, self.row, now)

    def who(self, cookie, now=NOW):
        with self.database.session() as session:
            return operators.by_session(session, cookie, now)


@pytest.fixture
def sri(database):
    return Sri(database)


def test_the_address_for_the_authenticator_names_platform_and_account(sri):
    parts = urlsplit(sri.uri)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parse_qs(parts.query)["issuer"] == ["Langkah"] and sri.username in parts.path


def test_password_and_code_open_and_a_clock_half_a_minute_off_too(sri):
    assert sri.enter().id == sri.row.id
    slow = NOW + timedelta(minutes=5)
    assert sri.enter(code=sri.totp.at(slow - timedelta(seconds=30)), now=slow).id == sri.row.id


@pytest.mark.parametrize("wrong", ["password", "code", "username", "old code"])
def test_whichever_is_wrong_the_answer_is_one(sri, wrong):
    tries = {
        "password": {"password": "bukan kata sandinya"},
        "code": {"code": ""},
        "username": {"username": "tidak.ada"},
        "old code": {"code": sri.totp.at(NOW - timedelta(seconds=90))},
    }
    with pytest.raises(WrongOperatorLogin, match="Nama pengguna, kata sandi, atau kode autentikator salah"):
        sri.enter(**tries[wrong])


def test_a_code_seen_over_the_shoulder_opens_nothing_more(sri):
    code = sri.totp.at(NOW)
    sri.enter(code=code)
    for later in (0, 5, 29):
        with pytest.raises(WrongOperatorLogin):
            sri.enter(code=code, now=NOW + timedelta(seconds=later))
    earlier = sri.totp.at(NOW - timedelta(seconds=30))
    with pytest.raises(WrongOperatorLogin):
        sri.enter(code=earlier)
    assert sri.enter(now=NOW + timedelta(seconds=30)).id == sri.row.id


def test_a_wrong_password_does_not_use_up_the_code(sri):
    with pytest.raises(WrongOperatorLogin):
        sri.enter(password="bukan kata sandinya")
    sri.enter()


def test_guessing_locks_this_address_for_a_growing_time_and_no_other(sri):
    for _ in range(5):
        with pytest.raises(WrongOperatorLogin):
            sri.enter(code="000000")
    with pytest.raises(TooMany, match="30 detik"):
        sri.enter(code="000000")
    with pytest.raises(TooMany):
        sri.enter()
    assert sri.enter(address="10.9.9.9").id == sri.row.id
    assert sri.enter(now=NOW + timedelta(seconds=30)).id == sri.row.id


def test_a_session_is_one_statement_lasts_twelve_hours_and_ends_at_will(sri, database):
    cookie = sri.session()
    with database.session() as session, counted(database) as sent:
        found = operators.by_session(session, cookie, NOW)
    assert len(sent) == 1 and found.username == sri.username
    assert sri.who(cookie, NOW + timedelta(hours=12)) is None
    with database.session() as session, session.begin():
        operators.leave(session, cookie, NOW)
    assert sri.who(cookie) is None
    assert sri.who("bukan rahasia") is None


def test_a_disabled_operator_is_out_at_once(sri, database):
    cookie = sri.session()
    with database.session() as session, session.begin():
        operators.disable(session, sri.username, NOW)
        assert sri.username in {operator.username for operator in operators.operators(session)}
    assert sri.who(cookie) is None
    with pytest.raises(WrongOperatorLogin):
        sri.enter()
    with database.session() as session, pytest.raises(UnknownOperator):
        operators.disable(session, "tidak.ada", NOW)


def test_a_user_name_is_taken_once_and_the_password_must_do(sri, database):
    with database.session() as session, session.begin():
        with pytest.raises(OperatorTaken, match="sudah dipakai operator lain"):
            operators.create(session, sri.username.upper(), "Lain", PASSWORD)
        with pytest.raises(BadInput, match="sedikitnya 12"):
            operators.create(session, "lain", "Lain", "pendek")


def test_an_operators_session_is_nobody_in_any_tenant_and_sees_no_tenants_rows(sri, database, tenant):
    cookie = sri.session()
    with tenant_transaction(database, tenant.slug) as session:
        assert actor.by_session(session, cookie, NOW) is None
    with database.session() as session:
        assert session.execute(text("SELECT count(*) FROM people")).scalar() == 0
        assert session.execute(text("SELECT count(*) FROM cases")).scalar() == 0


def test_every_act_is_a_line_of_the_log_without_secrets(database):
    with capture_logs() as lines:
        sri = Sri(database)
        code = sri.totp.at(NOW)
        sri.enter(code=code)
        with pytest.raises(WrongOperatorLogin):
            sri.enter(code=code)
        with pytest.raises(WrongOperatorLogin):
            sri.enter(username="kata-sandi-di-kolom-salah")
    assert [line["event"] for line in lines] == [
        "operator.created",
        "operator.login_succeeded",
        "operator.login_failed",
        "operator.login_failed",
    ]
    for secret in (PASSWORD, code, sri.row.totp_secret, "kolom"):
        assert secret not in repr(lines)
