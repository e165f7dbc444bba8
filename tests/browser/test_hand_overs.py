"""The main job in a real browser: eight officials hand one case through all steps, and another city sees none of it."""

import re

import pytest

from tests.browser.officials import CAST, CITY, OFFICES, Official, hand_in

# (width, whether there is JavaScript, the year that makes the case's subject its own)
FORMS = [(1366, True, 2031), (360, True, 2032), (360, False, 2033)]


@pytest.fixture
def official(visitor):
    """Seats somebody of Pangkalpinang at a browser of his own, logged in; each is asked for once."""
    seated = {}

    def seat(name: str, width: int, javascript: bool) -> Official:
        if name not in seated:
            one = visitor(width=width, height=860, javascript=javascript)
            seated[name] = Official(name, one.log_in(CITY, name))
        return seated[name]

    return seat


@pytest.mark.parametrize(("width", "javascript", "year"), FORMS)
def test_one_case_goes_through_all_hands(official, visitor, width, javascript, year):
    subject = f"Monev SPBE {year}"

    def sits(name: str) -> Official:
        return official(name, width, javascript)

    team, head, office = sits(CAST["persiapan"]), sits(CAST["monitoring"]), sits(CAST["undangan"])
    address = team.start(year)
    team.page.locator("strong", has_text="Giliran Anda").wait_for()
    team.fill(catatan="Konsep surat sudah siap.\nMohon diperiksa.")
    team.attach("surat", "konsep surat.pdf")
    team.finish()

    head.open_waiting(subject)
    head.page.get_by_role("link", name="konsep surat.pdf").first.wait_for()
    head.fill(disposisi="Teruskan kepada Sekretariat.")
    head.finish()

    office.open_waiting(subject)
    office.fill(nomor_surat="005/12/Diskominfo", tanggal_kirim="2026-11-20")
    office.finish()

    for unit, name in OFFICES.items():
        sits(name).open_waiting(subject)
        own = sits(name).page.locator("#tugas")
        assert unit in own.inner_text(), "an office opens its own part"
    for unit, name in OFFICES.items():
        hand_in(sits(name), subject, f"bukti {unit}.pdf")

    recap = sits(CAST["rekap"])
    recap.open_waiting(subject)
    recap.give_back("Bukti belum ditandatangani.", to="Dinkes")
    again = sits(OFFICES["Dinkes"])
    again.open_waiting(subject)
    assert "Bukti belum ditandatangani." in again.page.locator("#tugas .alert").inner_text()
    again.page.get_by_role("link", name="bukti Dinkes.pdf").first.wait_for()
    again.finish()
    others = sits(OFFICES["Disdik"])
    others.page.get_by_role("link", name="Tugas Saya").click()
    others.page.get_by_label("Cari nomor atau perihal").fill(subject)
    others.page.get_by_role("button", name="Saring").click()
    assert others.page.locator(".kosong").inner_text().startswith("Tidak ada yang cocok"), "only one office was asked"

    recap.open_waiting(subject)
    recap.finish()
    meeting = sits(CAST["rapat"])
    meeting.open_waiting(subject)
    meeting.fill(tanggal="2026-11-27", notulen="Disepakati perbaikan dua aspek.")
    meeting.finish()
    report = sits(CAST["laporan"])
    report.open_waiting(subject)
    report.fill(ringkasan="Indeks naik.", nilai="3,2")
    report.finish()
    last = sits(CAST["dokumen"])
    last.open_waiting(subject)
    last.page.locator(".tombol-utama .btn-primary").click()
    last.page.locator(".kabar").wait_for()

    last.page.goto(address)
    assert last.page.locator(".letak").inner_text().startswith("Selesai")
    assert last.page.locator(".rel > .sudah").count() == 8
    assert last.visitor.overflow() == 0
    if javascript:
        assert last.visitor.axe() == []

    abroad = visitor(width=width, height=860, javascript=javascript).log_in("pontianak", "salmah")
    _sees_nothing(abroad, subject, address)


def _sees_nothing(abroad, subject, address):
    """Pontianak's head of division: none of it in his lists, and none of its addresses opens."""
    abroad.expects(404)
    for path in ("/pontianak/pelaksanaan", "/pontianak/tugas?lihat=diawasi"):
        abroad.open(f"{path}{'&' if '?' in path else '?'}cari={subject.replace(' ', '+')}")
        assert abroad.page.locator(".daftar").count() == 0
    case = address.rsplit("/", 1)[1]
    assert abroad.open(f"/pontianak/pelaksanaan/{case}") == 404
    assert abroad.open(f"/pontianak/pelaksanaan/{case}/catatan") == 404
    abroad.open(f"/pangkalpinang/pelaksanaan/{case}")
    assert re.search(r"/pangkalpinang/masuk\?lanjut=", abroad.page.url), "at the other city he is a stranger"
