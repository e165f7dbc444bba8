"""Operators: two factors, a cookie that other sites cannot use, the instance and nothing of its governments."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from jsonschema import Draft202012Validator

from core.extensions.refused import Refused
from core.identity import operators
from core.sync.grammar import SLUG
from tests.core.api.office import PASSWORD, is_problem

pytestmark = pytest.mark.database

P = "/api/v1/platform"


@pytest.fixture
def operator(database):
    """A fresh operator: his row."""
    name = f"op-{datetime.now(UTC).timestamp():.6f}".replace(".", "-")
    with database.session() as session, session.begin():
        return operators.create(session, name, "Operator Contoh", PASSWORD)[0]


def code(operator, seconds=0):
    return pyotp.TOTP(operator.totp_secret).at(datetime.now(UTC) + timedelta(seconds=seconds))


def log_in(client, operator, **given):
    body = {"username": operator.username, "password": PASSWORD, "code": code(operator), **given}
    return client.post(f"{P}/login", json=body)


def test_the_cookie_is_for_this_site_and_no_script(app, operator):
    answer = log_in(app.test_client(), operator)
    assert answer.status_code == 201
    assert answer.json.keys() == {"username", "name", "expires_at"}
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("langkah_platform=") and "Path=/" in cookie and "Max-Age=43200" in cookie
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Secure" not in cookie
    again = {"username": operator.username, "password": PASSWORD, "code": code(operator, 30)}
    over_tls = app.test_client().post(f"{P}/login", json=again, base_url="https://langkah.example")
    assert "Secure" in over_tls.headers["Set-Cookie"]


def test_it_opens_the_instance_until_he_leaves(app, operator, office):
    client = app.test_client()
    log_in(client, operator)
    tenants = {tenant["slug"]: tenant for tenant in client.get(f"{P}/tenants").json}
    assert tenants[office.slug] == {
        "slug": office.slug, "name": f"Kota {office.slug}", "code": office.slug, "kind": "kota",
        "plugins": ["spbe"], "active": True,
    }  # fmt: skip
    kept = client.get_cookie("langkah_platform").value
    left = client.post(f"{P}/logout")
    assert left.status_code == 204 and "langkah_platform=;" in left.headers["Set-Cookie"]
    client.set_cookie("langkah_platform", kept)
    is_problem(client.get(f"{P}/tenants"), 401, "belum-masuk-operator")


@pytest.mark.parametrize("wrong", [{"password": "salah"}, {"code": "000000"}, {"username": "tidak-ada"}])
def test_whichever_factor_was_wrong_the_answer_is_the_same(app, operator, wrong):
    answer = log_in(app.test_client(), operator, **wrong)
    problem = is_problem(answer, 401, "masuk-operator-salah")
    assert "Nama pengguna, kata sandi, atau kode autentikator salah" in problem["detail"]
    assert "Set-Cookie" not in answer.headers


def test_a_code_opens_once(app, operator):
    now = code(operator)
    assert log_in(app.test_client(), operator, code=now).status_code == 201
    is_problem(log_in(app.test_client(), operator, code=now), 401, "masuk-operator-salah")


def test_ten_wrong_tries_wait(app, operator):
    answers = [log_in(app.test_client(), operator, password="salah") for _ in range(10)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 5
    assert "Retry-After" in answers[-1].headers
    is_problem(log_in(app.test_client(), operator), 429, "terlalu-sering")


@pytest.mark.parametrize("body", [{}, {"username": "a", "password": "b"}, {"username": 1, "password": "b", "code": ""}])
def test_all_three_are_asked_for(app, body):
    is_problem(app.test_client().post(f"{P}/login", json=body), 422)


def test_plugins_are_shown_with_what_was_refused_and_why(app, platform, operator, monkeypatch):
    told = Refused("rusak", "Modul plugin tidak dapat diimpor.", "Pasang pustaka yang kurang.")
    monkeypatch.setattr(platform.extensions, "refused", [told])
    client = app.test_client()
    log_in(client, operator)
    shown = client.get(f"{P}/plugins").json
    assert [plugin["name"] for plugin in shown["loaded"]] == ["spbe"] and shown["loaded"][0]["version"]
    assert shown["refused"] == [{"name": told.name, "reason": told.reason, "remedy": told.remedy}]


def test_a_disabled_operator_is_out(app, database, operator):
    client = app.test_client()
    log_in(client, operator)
    with database.session() as session, session.begin():
        operators.disable(session, operator.username, datetime.now(UTC))
    is_problem(client.get(f"{P}/plugins"), 401)


@pytest.mark.parametrize("slug", ["platform", "api", "aset", "sehat"])
def test_no_government_can_be_called_as_an_address_of_the_instance(slug):
    assert not Draft202012Validator(SLUG).is_valid(slug)
    assert Draft202012Validator(SLUG).is_valid(f"{slug}-kota")
