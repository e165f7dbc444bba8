"""Trouble as a page: says what to do, in words, and carries nothing of the inside or of others."""

import pytest

from core.engine import desk
from core.errors import Busy
from tests.core.web.browsing import Browser

pytestmark = pytest.mark.database

SECRET = "SELECT password_hash FROM people"
INSIDE = ("Traceback", "psycopg", "sqlalchemy", "SELECT", "File ", ".py", "password_hash", "werkzeug")
NOTHING = "0199d5a0-0000-7000-8000-000000000001"


@pytest.fixture
def ani(browser, town):
    return browser("ani", town)


def told(page, status, title):
    assert (page.status, page.heading) == (status, title), page.text
    assert page.answer.mimetype == "text/html"
    assert not [word for word in INSIDE if word in page.source]
    return page


def test_an_address_that_is_not_there(app):
    page = told(Browser(app, "x").open("GET", "/a/b/c"), 404, "Tidak ditemukan")
    assert "Periksa kembali tulisannya, atau mulailah dari halaman depan." in page.text
    assert page.links["Ke halaman depan"] == "/"


@pytest.mark.parametrize("path", [f"/tugas/{NOTHING}", f"/pelaksanaan/{NOTHING}", f"/akun/token/{NOTHING}/cabut"])
def test_a_thing_that_is_not_there_or_not_for_the_reader(ani, path):
    page = told(ani.get(path), 404, "Tidak ditemukan")
    assert page.links["Ke Tugas Saya"] == f"/{ani.slug}/tugas" and "Ani Contoh" in page.text, "the frame stays"


def test_an_address_that_only_a_form_is_sent_to(ani):
    page = told(ani.get(f"/tugas/{NOTHING}/selesai"), 405, "Cara ini tidak berlaku untuk alamat tersebut")
    assert "hanya dapat dibuka dari tombol pada halamannya" in page.text
    assert page.links["Buka halamannya"] == f"/{ani.slug}/tugas/{NOTHING}"
    assert "POST" in page.answer.headers["Allow"]
    assert ani.get("/keluar").links["Buka halamannya"] == f"/{ani.slug}/"
    assert "Buka halamannya" not in Browser(ani.client.application, "x").open("POST", "/api").links


@pytest.mark.parametrize("path", ["/", "/masuk", "/tugas"])
def test_a_method_that_is_not_served(ani, path):
    told(ani.open("DELETE", f"/{ani.slug}{path}"), 405, "Cara ini tidak berlaku untuk alamat tersebut")


@pytest.mark.parametrize("error", [RuntimeError(SECRET), KeyError(SECRET), RecursionError(SECRET)])
def test_a_surprise_is_told_in_one_sentence(ani, monkeypatch, error):
    def broken(*_):
        raise error

    monkeypatch.setattr(desk, "tally", broken)
    page = told(ani.get("/tugas"), 500, "Kesalahan pada sistem")
    assert "Coba lagi; bila berulang, hubungi admin instansi Anda." in page.text


def test_what_is_busy_asks_to_wait(ani, monkeypatch):
    def busy(*_):
        raise Busy

    monkeypatch.setattr(desk, "tally", busy)
    assert (
        "Tunggu sebentar, lalu coba lagi." in told(ani.get("/tugas"), 409, "Bertentangan dengan keadaan terkini").text
    )


def test_a_surprise_before_any_government(app, monkeypatch):
    monkeypatch.setattr("core.web.front.select", lambda *_: 1 / 0)
    told(Browser(app, "x").open("GET", "/"), 500, "Kesalahan pada sistem")


def test_an_address_is_told_as_text(app):
    page = Browser(app, "%3Cimg%20src=x%20onerror=alert(1)%3E").get("/masuk")
    assert 'Pemerintah daerah "<img src=x onerror=alert(1)>" tidak terdaftar' in page.text
    assert not list(page.root.all("img", src="x"))


@pytest.mark.parametrize("path", ["//jahat.example", "//jahat.example/", "/%5cjahat.example", "/jahat.example"])
def test_no_address_of_ours_sends_to_another_host(app, path):
    page = Browser(app, "x").open("GET", path)
    assert not page.onward.startswith(("//", "/\\", "http:", "https:")) or page.onward.startswith("http://localhost/")


def test_the_api_is_told_as_the_api(app):
    page = Browser(app, "x").open("GET", "/api/v1/tidak/ada")
    assert page.answer.content_type == "application/problem+json"


def test_the_pages_script_is_told_one_sentence(ani):
    page = ani.post(f"/tugas/{NOTHING}/simpan", {"X-Langkah": "simpan"}, kunci="a", versi="1")
    assert page.status == 404 and page.answer.mimetype == "text/plain" and page.source.endswith(".")


def test_every_page_of_trouble_says_what_to_do(app, ani):
    for page in (
        ani.open("GET", "/a/b/c"),
        ani.get("/keluar"),
        ani.post("/akun/token", {"Content-Type": "text/plain"}),
    ):
        assert page.links, page.status
        assert page.root.text.count(".") >= 1
