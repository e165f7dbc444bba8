"""A page's way through the door: whose cookie opens what, how much is read of whom, what is shown again."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import update

from core.identity import sessions
from core.identity.models import LoginSession, Person
from core.web.door import LONGEST_FORM
from tests.core.api.office import PASSWORD
from tests.core.web.browsing import Browser

MULTIPART = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="akun"\r\n\r\nani\r\n--x--\r\n'

pytestmark = pytest.mark.database


@pytest.fixture
def ani(browser):
    return browser("ani")


def test_a_page_of_no_government_is_not_found(app):
    page = Browser(app, "tidak-ada").get("/tugas")
    assert page.status == 404 and page.heading == "Tidak ditemukan"
    assert 'Pemerintah daerah "tidak-ada" tidak terdaftar di sini.' in page.text
    assert page.links["Ke halaman depan"] == "/"


@pytest.mark.parametrize("slug", ["platform", "%00", "%ED%A0%80", "..", "a" * 5000, "'; --", "<b>x", "%3Cscript%3E"])
def test_an_address_of_nothing_is_told_in_words_and_runs_nothing(app, slug):
    page = Browser(app, slug).get("/masuk")
    assert page.status == 404 and page.heading == "Tidak ditemukan"
    assert "<script>" not in page.source and "<b>x" not in page.source


def test_a_session_that_was_ended_opens_nothing(office, ani):
    with office.world.scope() as session:
        sessions.revoke_all(session, office.world.people["ani"], datetime.now(UTC))
    assert ani.get("/akun").onward == f"/{office.slug}/masuk?lanjut=/{office.slug}/akun"


@pytest.mark.parametrize("values", [
    {"expires_at": datetime.now(UTC) - timedelta(minutes=1)}, {"revoked_at": datetime.now(UTC)},
])  # fmt: skip
def test_nor_does_one_that_is_over(office, ani, values):
    with office.world.scope() as session:
        session.execute(update(LoginSession).values(**values))
    assert ani.get("/akun").status == 303


def test_nor_that_of_somebody_disabled(office, ani):
    with office.world.scope() as session:
        session.execute(update(Person).where(Person.username == "ani").values(active=False))
    assert ani.get("/akun").status == 303


@pytest.mark.parametrize("secret", ["", "x", "A" * 43, "lgk_" + "A" * 43, "\x7f", "é", "A" * 4000, "'; --"])
def test_a_made_up_cookie_opens_nothing(app, town, secret):
    thief = Browser(app, town.slug)
    thief.client.set_cookie(f"langkah-{town.slug}", secret, path=f"/{town.slug}")
    assert thief.get("/akun").onward == f"/{town.slug}/masuk?lanjut=/{town.slug}/akun"
    assert thief.get("/masuk").status == 200


def test_a_token_of_the_api_opens_no_page(app, town):
    token = town.caller("ani").token
    assert Browser(app, town.slug).get("/akun", {"Authorization": f"Bearer {token}"}).status == 303


@pytest.mark.parametrize(("field", "text"), [("akun", "a\x00b"), ("sandi", "\x00"), ("lanjut", "/\x00")])
def test_what_no_column_can_hold_is_refused_in_words(app, town, field, text):
    page = Browser(app, town.slug).post("/masuk", **{"akun": "ani", "sandi": PASSWORD, field: text})
    assert page.status == 422 and f"Isian {field} memuat karakter yang tidak dapat disimpan" in page.text


def test_nor_in_an_address(app, town):
    assert Browser(app, town.slug).get("/masuk", lanjut="/\x00").status == 422


def test_a_form_that_is_too_large_is_not_read(ani):
    page = ani.post("/akun/token", nama="x" * LONGEST_FORM, hari="1")
    assert page.status == 413 and page.heading == "Kiriman terlalu besar"
    assert "Perkecil berkasnya" in page.text and page.links["Ke Tugas Saya"]


class Body(BytesIO):
    """What a browser sends; notes when it is read."""

    def __init__(self, content, order):
        super().__init__(content)
        self.order = order

    def read(self, size=-1):
        self.order.append("body")
        return super().read(size)

    def readinto(self, into):
        self.order.append("body")
        return super().readinto(into)


def sent(app, town, path, content, kind, order):
    return Browser(app, town.slug).open(
        "POST", f"/{town.slug}{path}", input_stream=Body(content, order), content_length=len(content), content_type=kind
    )


@pytest.mark.parametrize(("path", "status"), [("/masuk", 413), ("/akun/token", 303)])
def test_a_strangers_upload_that_is_larger_than_a_form_is_not_read(app, town, path, status):
    order = []
    assert sent(app, town, path, b"x" * 3 * LONGEST_FORM, MULTIPART, order).status == status
    assert order == []


@pytest.mark.parametrize(("kind", "content"), [(MULTIPART, PART), ("application/x-www-form-urlencoded", b"akun=ani")])
def test_a_strangers_body_is_read_before_a_connection_is_taken(app, town, platform, monkeypatch, kind, content):
    """Else whoever sends slowly holds one for as long as he likes."""
    order, session = [], platform.database.session
    monkeypatch.setattr(type(platform.database), "session", lambda self: order.append("connection") or session())
    page = sent(app, town, "/masuk", content, kind, order)
    assert page.status == 401 and page.form("/masuk").fields["akun"] == "ani"
    assert order[0] == "body" and "body" not in order[order.index("connection") :]


def test_the_word_of_the_last_act_is_told_once(office, ani):
    assert ani.post("/akun/sesi/lain/akhiri").status == 303
    asked = ani.open("GET", f"/{office.slug}/warna.css")
    assert "Set-Cookie" not in asked.answer.headers, "what a proxy may keep for others takes nothing out of a browser"
    assert ani.get("/tugas", {"HX-Request": "true"}).answer.headers.getlist("Set-Cookie") == []
    assert ani.get("/akun/sesi").news == "Semua sesi lain sudah diakhiri."
    assert ani.get("/akun/sesi").news == ""


def test_a_word_that_is_none_of_ours_is_not_told(ani):
    ani.client.set_cookie("kabar", "<b>Anda menang</b>", path=f"/{ani.slug}")
    page = ani.get("/akun")
    assert page.news == "" and "Anda menang" not in page.source


def test_no_page_is_kept_by_others_and_all_carry_the_policy(ani):
    for path in ("/akun", "/akun/token", "/tugas", "/tidak-ada", "/masuk"):
        headers = ani.get(path).answer.headers
        assert headers["Cache-Control"] == "no-store" and "script-src 'self'" in headers["Content-Security-Policy"], (
            path
        )
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"


def test_evidence_is_kept_by_no_browser_and_runs_nothing(town, browser):
    task = town.start("ani", "survei")["opened"][0]["id"]
    evidence = town.caller("ani").attach(task, "naskah").json["evidence"]["id"]
    for query in ({}, {"lihat": "1"}):
        page = browser("ani", town).get(f"/tugas/{task}/berkas/{evidence}", **query)
        assert page.status == 200 and page.answer.headers["Cache-Control"] == "no-store"
        assert "script-src 'self'" in page.answer.headers["Content-Security-Policy"]
