"""Forged requests: what changes something comes from a page of ours, or is refused and nothing is done."""

import pytest
from sqlalchemy import func, select

from core.identity.models import ApiToken, LoginSession
from tests.core.api.office import PASSWORD
from tests.core.web.browsing import Browser

pytestmark = pytest.mark.database

FORGED = {
    "a foreign page": {"Origin": "https://jahat.example"},
    "a page whose name begins with ours": {"Origin": "http://localhost.jahat.example"},
    "a page whose name ends with ours": {"Origin": "http://jahat.example#localhost"},
    "ours as somebody's user": {"Origin": "http://localhost@jahat.example"},
    "another port of ours": {"Origin": "http://localhost:8080"},
    "a sandboxed frame": {"Origin": "null"},
    "nothing that can be read": {"Origin": "http://["},
    "an empty origin": {"Origin": ""},
    "nobody": {"Origin": None},
    "nobody but a referrer": {"Origin": None, "Referer": "http://localhost/"},
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "another subdomain": {"Sec-Fetch-Site": "same-site"},
    "another subdomain with our origin": {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    "the address bar": {"Sec-Fetch-Site": "none"},
}


@pytest.fixture
def ani(browser, town):
    return browser("ani", town)


def tokens(town):
    with town.world.scope() as session:
        return session.scalar(select(func.count()).select_from(ApiToken))


@pytest.mark.parametrize("headers", FORGED.values(), ids=FORGED)
def test_a_forged_form_is_refused_and_nothing_is_done(town, ani, headers):
    before = tokens(town)
    page = ani.post("/akun/token", headers, nama="tipuan", hari="1")
    assert page.status == 403 and page.heading == "Tidak berwenang"
    assert "tidak datang dari halaman Langkah, jadi tidak dijalankan" in page.text
    assert page.links["Ke Tugas Saya"] == f"/{town.slug}/tugas"
    assert tokens(town) == before
    assert ani.post("/keluar", headers).status == 403 and ani.get("/akun").status == 200


def test_nobody_is_logged_in_as_somebody_else_by_a_foreign_page(app, town):
    stranger = Browser(app, town.slug)
    page = stranger.post("/masuk", FORGED["a foreign page"], akun="ani", sandi=PASSWORD)
    assert page.status == 403 and stranger.secret is None
    with town.world.scope() as session:
        assert not session.scalar(select(func.count()).select_from(LoginSession).where(LoginSession.agent == "tipuan"))


@pytest.mark.parametrize("headers", [
    {"Origin": "http://localhost"},
    {"Origin": None, "Sec-Fetch-Site": "same-origin"},
    {"Origin": "https://localhost"},
], ids=["Origin", "Sec-Fetch-Site", "https that the server in front does not tell of"])  # fmt: skip
def test_a_form_of_ours_is_let_through(ani, headers):
    assert ani.post("/akun/token", headers, nama="sah", hari="1").status == 200


def test_behind_https_a_page_that_came_in_the_open_is_foreign(app, town):
    browser = Browser(app, town.slug, host="https://localhost")
    assert browser.log_in("ani").status == 303
    assert browser.post("/akun/token", {"Origin": "http://localhost"}, nama="tipuan", hari="1").status == 403


def test_what_only_reads_may_be_linked_to_from_anywhere(ani):
    for method in ("GET", "HEAD"):
        page = ani.open(
            method, f"/{ani.slug}/akun", {"Sec-Fetch-Site": "cross-site", "Origin": "https://jahat.example"}
        )
        assert page.status == 200
