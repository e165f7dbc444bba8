"""The demo as its first visitor finds it, and the pictures of the README (`make shots` keeps them)."""

import pytest

from tests.browser.officials import CITY

# The places of the steps at which a case stands, from 0.
CURRENT = "all => all.flatMap((row, place) => row.classList.contains('kini') ? [place] : [])"


def test_the_front_page_offers_five_governments(visitor):
    one = visitor()
    one.open("/")
    assert one.page.locator(".daerah a").count() == 5
    one.shot("halaman-depan", whole=False)
    one.page.get_by_role("link", name="Kota Pontianak").click()
    assert one.page.get_by_role("heading", name="Masuk").is_visible()


def test_what_waits_what_is_late_and_what_was_given_back_is_seen_at_once(visitor):
    dewi = visitor(width=1280, height=800).log_in(CITY, "dewi")
    assert dewi.page.locator(".daftar > .lambat").count() >= 1
    assert "terlambat" in dewi.page.locator(".daftar > .lambat").first.inner_text()
    dewi.shot("tugas-saya", whole=False)
    returned = visitor().log_in("pontianak", "salmah")
    returned.open("/pontianak/tugas?lihat=diawasi")
    assert returned.page.locator(".daftar li").count() >= 1


@pytest.mark.parametrize("city", [CITY, "pontianak"])
def test_a_case_stands_at_every_step_of_both_cities(visitor, city):
    one = visitor().log_in(city, {"pangkalpinang": "dewi", "pontianak": "salmah"}[city])
    one.open(f"/{city}/pelaksanaan?keadaan=open")
    cases = one.page.eval_on_selector_all(".daftar .pokok", "all => all.map(a => a.href)")
    standing, given_back = set(), 0
    for address in cases:
        one.page.goto(address)
        standing |= set(one.page.eval_on_selector_all(".rel > li", CURRENT))
        given_back += one.page.get_by_text("pengerjaan ke-2").count() > 0
    assert standing == set(range(8)), "Pontianak's sheet numbers its rows otherwise, so places are counted"
    assert given_back >= 1


def test_the_case_page_tells_it_in_five_seconds(visitor):
    agus = visitor(width=1280, height=900).log_in(CITY, "citra")
    agus.open(f"/{CITY}/tugas?cari=0007")
    agus.page.locator(".daftar .pokok").first.click()
    assert agus.page.locator(".letak").inner_text().startswith("Giliran Anda.")
    agus.shot("pelaksanaan", whole=False)


def test_the_library_and_the_offices(visitor):
    dewi = visitor(width=1280, height=900).log_in(CITY, "dewi")
    dewi.page.get_by_role("link", name="Pustaka SOP").click()
    dewi.page.get_by_role("link", name="Monitoring dan Evaluasi SPBE").first.click()
    dewi.shot("lembar-sop", whole=False)
    dewi.page.get_by_role("link", name="Organisasi", exact=True).click()
    dewi.shot("organisasi", whole=False)


def test_on_a_phone_and_in_the_dark(visitor):
    dewi = visitor(width=390, height=800, dark=True).log_in(CITY, "dewi")
    dewi.page.locator(".daftar .pokok").first.click()
    dewi.page.locator("#judul-tugas").wait_for()
    assert dewi.overflow() == 0
    dewi.shot("telepon", whole=False)
