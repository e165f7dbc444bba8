"""The admin keeps accounts, teams and roles by the pages."""

import pytest

from core.organization import teams
from tests.core.api.office import ADMIN
from tests.core.web.browsing import Browser
from tests.statements import counted
from tests.world import BY

pytestmark = pytest.mark.database

SCOPE_AND_ACTOR = 2
PASSWORD = "hujan sore di pelabuhan lama"


@pytest.fixture
def admin(browser):
    """Who manages people and roles, and edits the organization."""
    return browser(ADMIN)


@pytest.fixture
def ani(browser):
    """Who may read only."""
    return browser("ani")


def linked(browser, page, text):
    return browser.open("GET", page.links[text])


def named(page, label):
    """Where the button of the page leads that is read out so."""
    return next(each.attributes["href"] for each in page.root.all("a") if each.attributes.get("aria-label") == label)


def rows(page):
    return [row.text for body in page.root.all("tbody") for row in body.all("tr")]


def test_an_account_is_made_and_its_owner_comes_in_by_a_code_shown_once(app, office, admin):
    form = linked(admin, admin.get("/organisasi/akun"), "Buat akun")
    wrong = admin.submit(form, "/akun/baru", nama="Wati Contoh", pengguna="1wati", ponsel="0812-0000-0001")
    assert wrong.status == 422 and "nama pengguna harus 3 sampai 40 karakter" in wrong.alert
    assert wrong.form("/akun/baru").fields["ponsel"] == "0812-0000-0001"
    taken = admin.submit(wrong, "/akun/baru", pengguna="ani")
    assert taken.status == 409 and taken.alert.startswith("Nama pengguna ini sudah dipakai akun lain")
    page = admin.follow(admin.submit(taken, "/akun/baru", pengguna="wati"))
    assert page.heading == "Wati Contoh" and page.news.startswith("Akun sudah dibuat. Buatkan kode masuk")
    assert "Akun belum menetapkan kata sandi" in page.text and "+6281200000001" in page.text

    ask = linked(admin, page, "Buat kode masuk")
    assert "hanya ditampilkan sekali" in ask.text and "Pastikan yang meminta memang orangnya sendiri." in ask.text
    issued = admin.submit(ask, "/kode")
    assert issued.status == 200 and issued.answer.headers["Cache-Control"] == "no-store"
    code = next(issued.root.all(class_="kode-sekali")).text
    assert "Serahkan langsung kepada orangnya" in issued.text and f"/{office.slug}/kode" in issued.text
    assert code not in admin.open("GET", page.path).source and code not in admin.open("GET", ask.path).source

    wati = Browser(app, office.slug)
    answer = wati.submit(wati.get("/kode"), "/kode", akun="wati", kode=code, baru=PASSWORD, ulang=PASSWORD)
    assert answer.status == 303
    assert wati.log_in("wati", PASSWORD).status == 303
    assert "Akun aktif" in admin.open("GET", page.path).text


def test_the_list_of_accounts_is_searched_by_name_number_and_user_name(office, admin):
    office.must_change("tono")
    assert "Tono Contoh tono 00000000000000" in " ".join(rows(admin.get("/organisasi/akun")))
    for text in ("Ton", "tono"):
        (row,) = rows(admin.get("/organisasi/akun", cari=text))
        assert row.endswith("belum menetapkan kata sandi")
    assert "Tidak ada yang cocok" in admin.get("/organisasi/akun", cari="zzz").text
    with office.world.scope() as session:
        for number in range(60):
            office.world.add_person(session, f"zul{number}")
    first = admin.get("/organisasi/akun")
    second = linked(admin, first, "Tampilkan berikutnya")
    assert len(set(rows(first) + rows(second))) == 70


def test_a_disabled_person_is_out_at_once_and_may_come_back(office, browser, admin):
    tono = browser("tono")
    path = f"/organisasi/pegawai/{office.world.people['tono']}"
    ask = linked(admin, admin.get(path), "Nonaktifkan akun")
    assert "langsung keluar dari semua perangkat" in ask.text
    assert "Penugasannya pada jabatan tidak ikut berakhir" in ask.text
    page = admin.follow(admin.submit(ask, "/nonaktifkan"))
    assert page.news.startswith("Akun sudah dinonaktifkan") and "akun nonaktif" in page.text
    assert tono.get("/tugas").onward.startswith(f"/{office.slug}/masuk")
    assert "Tono Contoh" not in admin.get("/organisasi/pegawai").text
    staff = admin.get(f"/organisasi/jabatan/{office.world.positions['staf']}")
    assert "Tono Contoh akun nonaktif" in staff.text
    code = admin.post(f"/organisasi/akun/{office.world.people['tono']}/kode")
    assert code.status == 409 and "Aktifkan dahulu, lalu buat kodenya." in code.alert
    page = admin.follow(admin.submit(page, "/aktifkan"))
    assert page.news == "Akun aktif kembali, dengan kata sandinya yang dahulu."
    assert browser("tono").get("/tugas").status == 200


def test_nobody_shuts_himself_out(office, admin):
    own = office.world.people[ADMIN]
    assert "Nonaktifkan akun" not in admin.get(f"/organisasi/pegawai/{own}").links
    page = admin.post(f"/organisasi/akun/{own}/nonaktifkan")
    assert page.status == 422 and page.alert.startswith("Anda tidak dapat menonaktifkan akun Anda sendiri.")


def test_an_account_is_changed_and_who_was_overtaken_is_told(office, admin):
    path = f"/organisasi/akun/{office.world.people['tono']}/ubah"
    form = admin.get(path)
    page = admin.follow(admin.submit(form, "/ubah", nama="Tono Contoh, S.Kom.", email="tono@contoh.go.id"))
    assert page.heading == "Tono Contoh, S.Kom." and "tono@contoh.go.id" in page.text
    stale = admin.submit(form, "/ubah", nama="Tono C.")
    assert stale.status == 412
    assert "berbeda dari isian Anda: Nama lengkap Tono Contoh, S.Kom. E-mail tono@contoh.go.id" in stale.text
    assert stale.form("/ubah").fields["nama"] == "Tono C."
    page = admin.follow(admin.submit(stale, "/ubah"))
    assert page.heading == "Tono C." and "belum diisi" in page.text


def test_a_team_by_decree_with_its_members(office, admin):
    world = office.world
    form = linked(admin, admin.get("/organisasi/tim"), "Tambah tim")
    typed = {"nama": "Tim Data", "unit": world.units["dinas"], "surat": "188/9/2026", "tanggal": "2026-01-05"}
    wrong = admin.submit(form, "/tim/baru", **typed, mulai="2026-02-01", sampai="2026-01-01")
    assert wrong.status == 422 and wrong.form("/tim/baru").fields["surat"] == "188/9/2026"
    page = admin.follow(admin.submit(wrong, "/tim/baru", sampai="2099-12-31"))
    assert page.heading == "Tim Data" and "188/9/2026, 5 Januari 2026" in page.text
    team = page.path

    form = linked(admin, page, "Tambah anggota")
    both = admin.submit(form, "/anggota", jabatan=world.positions["kabid"], pegawai=world.people["ani"])
    assert both.status == 422 and both.alert == "Pilih tepat satu: jabatan atau pegawai."
    page = admin.follow(admin.submit(form, "/anggota", jabatan=world.positions["kabid"], ketua="ya"))
    assert rows(page) == ["Ketua Jabatan kabid Unit bidang Budi Contoh Keluarkan"]
    again = admin.submit(form, "/anggota", jabatan=world.positions["kabid"], kedudukan="Anggota")
    assert again.status == 409 and "sudah menjadi anggota tim" in again.alert
    assert again.form("/anggota").fields["kedudukan"] == "Anggota"
    page = admin.follow(admin.submit(form, "/anggota", pegawai=world.people["eko"], kedudukan="Narasumber"))
    assert rows(page)[1] == "Narasumber pribadi, menurut keputusan Eko Contoh Keluarkan"

    ask = admin.open("GET", named(page, "Keluarkan Eko Contoh dari tim"))
    assert "Eko Contoh , Narasumber" in ask.text
    page = admin.follow(admin.submit(ask, "/keluarkan"))
    assert page.news == "Anggota sudah dikeluarkan dari tim." and len(rows(page)) == 1
    changed = admin.follow(admin.submit(linked(admin, page, "Ubah"), "/ubah", nama="Tim Data Kota"))
    assert changed.heading == "Tim Data Kota"
    page = admin.follow(admin.submit(linked(admin, changed, "Nonaktifkan"), "/nonaktifkan"))
    assert page.news == "Tim sudah dinonaktifkan."
    assert "Tim yang sudah nonaktif (1)" in admin.get("/organisasi/tim").text
    assert admin.follow(admin.submit(admin.open("GET", team), "/aktifkan")).news == "Tim aktif kembali."


def test_a_team_that_has_work_is_not_dissolved(office, admin):
    office.put_in_force()
    office.start("ani", "survei")
    ask = admin.get(f"/organisasi/tim/{office.world.teams['tim']}/nonaktifkan")
    assert "1 tugas terbuka" in ask.text and 'pelaksana "Tim" pada SOP survei yang berlaku' in ask.text
    assert admin.submit(ask, "/nonaktifkan").status == 409


def test_a_role_is_given_for_a_period_and_taken_back(office, browser, admin):
    world = office.world
    page = admin.get("/organisasi/peran")
    assert "Membaca catatan audit" in page.text and "semua pegawai" in page.text
    form = admin.open("GET", named(page, "Beri peran Admin instansi"))
    typed = {"peran": "admin", "pegawai": world.people["ani"], "mulai": "2026-01-01"}
    wrong = admin.submit(form, "/peran/beri", **typed, sampai="2025-01-01")
    assert wrong.status == 422 and wrong.form("/peran/beri").fields["mulai"] == "2026-01-01"
    page = admin.follow(admin.submit(wrong, "/peran/beri", sampai="2099-12-31", peran="admin"))
    assert page.news == "Peran sudah diberikan." and "Ani Contoh 1 Januari 2026 sampai 31 Desember 2099" in page.text
    twice = admin.submit(form, "/peran/beri", **typed)
    assert twice.status == 409 and "sudah diberikan kepada yang bersangkutan" in twice.alert
    page = admin.follow(
        admin.submit(form, "/peran/beri", peran="auditor", jabatan=world.positions["kabid"], pegawai="")
    )
    assert "Jabatan kabid siapa pun yang memegang jabatan ini · Unit bidang" in page.text

    ani = browser("ani")
    assert ani.get("/organisasi/peran").status == 200
    ask = admin.open("GET", named(page, "Cabut peran Admin instansi dari Ani Contoh"))
    assert "Haknya hilang seketika" in ask.text
    assert admin.follow(admin.submit(ask, "/cabut")).news == "Peran sudah dicabut."
    assert ani.get("/organisasi/peran").status == 403
    own = admin.submit(
        admin.open("GET", named(admin.get("/organisasi/peran"), "Cabut peran Admin instansi dari Gita Contoh")),
        "/cabut",
    )
    assert own.status == 409 and "tidak dapat Anda cabut sendiri" in own.alert


def test_a_reader_sees_nothing_of_it(office, ani):
    tono, tim = office.world.people["tono"], office.world.teams["tim"]
    page = ani.get(f"/organisasi/pegawai/{tono}")
    for word in ("Ubah akun", "Buat kode masuk", "Nonaktifkan akun", "Beri peran", "Nama pengguna"):
        assert word not in page.text
    page = ani.get(f"/organisasi/tim/{tim}")
    for word in ("Tambah anggota", "Ubah", "Keluarkan"):
        assert word not in page.text
    refused = ("akun", "akun/baru", f"akun/{tono}/kode", f"tim/{tim}/ubah", "peran", "peran/beri", "tim/baru")
    assert {ani.get(f"/organisasi/{path}").status for path in refused} == {403}
    for path in ("akun/baru", f"akun/{tono}/kode", f"akun/{tono}/nonaktifkan", f"tim/{tim}/anggota", "peran/beri"):
        assert ani.post(f"/organisasi/{path}", nama="X", pengguna="xxx").status == 403


FORMS = {
    "/organisasi/akun": 1,
    "/organisasi/akun/{tono}/ubah": 1,
    "/organisasi/akun/{tono}/kode": 1,
    "/organisasi/pegawai/{tono}": 5,
    "/organisasi/tim": 2,
    "/organisasi/tim/{tim}/ubah": 3,
    "/organisasi/tim/{tim}/anggota": 5,
    "/organisasi/peran": 3,
    "/organisasi/peran/beri": 6,
}


def test_a_page_costs_the_same_however_large_the_government(database, office, admin):
    world = office.world
    ids = {"tono": world.people["tono"], "tim": world.teams["tim"]}

    def spent():
        told = {}
        for path in FORMS:
            with counted(database) as sent:
                assert admin.get(path.format(**ids)).status == 200
            told[path] = len(sent) - SCOPE_AND_ACTOR
        return told

    assert spent() == FORMS
    with world.scope() as session:
        for number in range(12):
            name = f"tambahan{number}"
            world.add_position(session, name, "bidang", "kabid")
            world.add_person(session, name, name)
            teams.add_member(session, BY, world.teams["tim"], position_id=world.positions[name])
    assert spent() == FORMS
