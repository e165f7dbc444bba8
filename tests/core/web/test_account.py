"""Akun saya, as its owner uses it and as others try to."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from core.database import new_id
from core.identity import actor, sessions, tokens
from core.identity.models import ApiToken, LoginSession, Person
from core.organization import assignments, teams
from tests.core.api.office import ADMIN
from tests.statements import counted
from tests.world import BY, World

pytestmark = pytest.mark.database

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
SCOPE_AND_ACTOR = 2


@pytest.fixture
def ani(browser):
    return browser("ani")


@pytest.fixture
def sari(office, browser):
    """Sekretaris, and Plt. Kepala Dinas by an order."""
    world = office.world
    with world.scope() as session:
        world.vacate(session, "hadi")
        assignments.assign(
            session, BY, person_id=world.people["sari"], position_id=world.positions["kadis"], kind="plt",
            starts_on=date(2026, 1, 2), order_number="800/12/PLT/2026",
        )  # fmt: skip
    return browser("sari")


def rows(page):
    """The rows of its tables, each as it is read."""
    return [row.text for table in page.root.all("tbody") for row in table.all("tr")]


def test_one_reads_who_one_is_here(office, sari):
    page = sari.get("/akun")
    assert page.status == 200 and page.heading == "Akun saya"
    data = next(page.root.all("dl")).text
    assert data.startswith("Nama Sari Contoh NIP") and "Nama pengguna sari E-mail belum diisi" in data
    posts = [row for row in rows(page) if "Jabatan kadis" in row or "Jabatan sekretaris" in row]
    assert posts[:2] == [
        "Jabatan sekretaris Unit sekretariat definitif belum dicatat 2 Januari 2024 sampai sekarang",
        "Plt. Jabatan kadis Unit dinas Plt. 800/12/PLT/2026 2 Januari 2026 sampai sekarang",
    ]
    assert "Tim tim_kota anggota Jabatan sekretaris" in rows(page)
    assert "Melihat unit, jabatan, tim, dan pemegangnya" in page.text and "Pegawai" in page.text
    assert "Memberi dan mencabut peran" not in page.text
    assert page.links["Sesi"].endswith("/akun/sesi") and page.links["Token API"].endswith("/akun/token")


def test_rights_are_read_in_words(browser):
    assert "Memberi dan mencabut peran" in browser(ADMIN).get("/akun").text


def test_of_the_nip_only_the_end_is_shown(office, ani):
    with office.world.scope() as session:
        session.execute(update(Person).where(Person.username == "ani").values(nip="000000000000987654"))
    page = ani.get("/akun")
    assert "berakhiran 7654" in page.text and "98765" not in page.source


def test_whoever_has_no_post_and_no_team_reads_how_he_gets_one(office, browser):
    with office.world.scope() as session:
        office.world.vacate(session, "fajar")
    page = browser("fajar").get("/akun")
    assert "Anda belum memegang jabatan." in page.text and "Anda tidak duduk dalam tim" in page.text
    assert [form.action for form in page.forms if "akun" in form.action] == []


def test_names_are_text_wherever_they_come_from(office, ani):
    evil = '"><script>alert(1)</script>'
    world = office.world
    with world.scope() as session:
        session.execute(update(Person).where(Person.username == "ani").values(name=evil, email=None, phone=None))
        team = teams.create_team(session, BY, name=evil[:40], unit_id=world.units["bidang"])
        teams.add_member(session, BY, team.id, person_id=world.people["ani"], function="<b>ketua</b>")
        session.execute(update(LoginSession).values(agent=evil))
        tokens.issue(session, world.people["ani"], evil, 1, datetime.now(UTC))
    for path in ("/akun", "/akun/sesi", "/akun/token", "/tugas"):
        page = ani.get(path)
        assert page.status == 200 and evil in page.text, path
        assert all(each.attributes.get("src") for each in page.root.all("script")) and not list(page.root.all("b"))
    token = next(link for link in ani.get("/akun/token").links.values() if link.endswith("/cabut"))
    assert evil in ani.open("GET", token).text


def test_one_chooses_the_post_in_which_one_acts_and_stays_where_one_is(office, sari):
    head = str(office.world.positions["kadis"])
    page = sari.get("/tugas", lihat="selesai")
    assert "Jabatan sekretaris dan jabatan lain" in page.text
    page = sari.submit(page, "/akun/jabatan", "Plt. Jabatan kadis")
    assert page.onward == f"/{office.slug}/tugas?lihat=selesai"
    page = sari.follow(page)
    assert page.news == "Pilihan jabatan Anda sudah diganti." and "Sebagai Plt. Jabatan kadis" in page.text
    with office.world.scope() as session:
        assert str(actor.by_session(session, sari.secret).acting) == head
    page = sari.get("/akun")
    assert "Plt. Jabatan kadis sedang dipakai" in page.text
    assert page.form("/akun/jabatan").element.text
    sari.follow(sari.submit(page, "/akun/jabatan", "Semua jabatan saya"))
    assert "sedang dipakai" not in sari.get("/akun").text


def test_the_choice_is_this_browsers(browser, sari):
    elsewhere = browser("sari")
    sari.submit(sari.get("/akun"), "/akun/jabatan", "Plt. Jabatan kadis")
    assert "sedang dipakai" in sari.get("/akun").text and "sedang dipakai" not in elsewhere.get("/akun").text


def test_only_a_post_that_is_ones_own_can_be_chosen(office, sari, platform):
    abroad = World(platform.database, platform.engine)
    for post in (abroad.positions["kadis"], office.world.positions["sekda"], new_id()):
        page = sari.post("/akun/jabatan", jabatan=str(post))
        assert page.status == 404 and "tidak memegang jabatan ini hari ini" in page.text
    assert sari.post("/akun/jabatan", jabatan="kadis").status == 422
    assert "sedang dipakai" not in sari.get("/akun").text


def test_whoever_has_one_post_is_not_asked(ani):
    page = ani.get("/akun")
    assert not [form for form in page.forms if form.action.endswith("/akun/jabatan")]


def test_one_sees_where_one_is_logged_in(ani, browser):
    browser("ani", agent=IPHONE)
    page = ani.get("/akun/sesi")
    newest, own = rows(page)
    assert newest.startswith("Safari di iPhone 127.0.0.1") and newest.endswith("Akhiri")
    assert own.startswith("Firefox di Linux peramban ini 127.0.0.1") and not own.endswith("Akhiri")


def test_one_ends_one_of_them(office, ani, browser):
    phone = browser("ani", agent=IPHONE)
    page = ani.follow(ani.submit(ani.get("/akun/sesi"), "/akhiri"))
    assert page.news == "Sesi sudah diakhiri." and len(rows(page)) == 1
    assert "Anda tidak sedang masuk di tempat lain." in page.text
    assert phone.get("/akun").onward.startswith(f"/{office.slug}/masuk")


def test_or_all_others(ani, browser):
    others = [browser("ani", agent=IPHONE) for _ in range(3)]
    page = ani.follow(ani.submit(ani.get("/akun/sesi"), "/sesi/lain/akhiri"))
    assert page.news == "Semua sesi lain sudah diakhiri." and len(rows(page)) == 1
    assert {other.get("/akun").status for other in others} == {303} and ani.get("/akun").status == 200


def test_to_end_the_one_at_hand_leads_to_the_log_in(office, ani):
    with office.world.scope() as session:
        (row,) = sessions.own(session, office.world.people["ani"], datetime.now(UTC))
    assert ani.follow(ani.post(f"/akun/sesi/{row.id}/akhiri")).heading == "Masuk"


def test_nobody_ends_anothers_session(office, ani, browser):
    budi = browser("budi")
    with office.world.scope() as session:
        (row,) = sessions.own(session, office.world.people["budi"], datetime.now(UTC))
    page = ani.post(f"/akun/sesi/{row.id}/akhiri")
    assert page.status == 404 and "Muat ulang daftar sesi Anda." in page.text
    assert budi.get("/akun").status == 200


def test_a_token_is_issued_shown_once_and_works(office, ani):
    page = ani.submit(ani.get("/akun/token"), "/akun/token", nama="  Aplikasi   Keuangan ", hari="30")
    assert page.status == 200 and page.onward == "" and page.answer.headers["Cache-Control"] == "no-store"
    secret = next(page.root.all("input", id="rahasia")).attributes["value"]
    assert re.fullmatch(r"lgk_[\w-]{43}", secret) and page.source.count(secret) == 1
    assert "tidak dapat ditampilkan lagi" in page.text and "Token “Aplikasi Keuangan” sudah terbit" in page.text
    assert not any(secret in value for value in page.answer.headers.values())
    with office.world.scope() as session:
        assert actor.by_token(session, secret).username == "ani"
        row = session.scalars(select(ApiToken)).one()
        assert row.expires_at - row.created_at == timedelta(days=30)
    again = ani.get("/akun/token")
    assert secret not in again.source and rows(again)[0].startswith(f"Aplikasi Keuangan lgk_…{secret[-4:]}")
    assert again.form("/akun/token").fields == {"nama": "", "hari": "90"}


@pytest.mark.parametrize(("nama", "hari", "said"), [
    ("", "90", "beri token nama 1 sampai 80 huruf"),
    ("   ", "90", "beri token nama 1 sampai 80 huruf"),
    ("x" * 81, "90", "beri token nama 1 sampai 80 huruf"),
    ("uji", "0", "1 sampai 366 hari"), ("uji", "367", "1 sampai 366 hari"), ("uji", "", "1 sampai 366 hari"),
    ("uji", "-1", "1 sampai 366 hari"), ("uji", "1e9", "1 sampai 366 hari"), ("uji", "٣", "1 sampai 366 hari"),
    ("uji", "9" * 5000, "1 sampai 366 hari"),
])  # fmt: skip
def test_a_token_that_cannot_be_is_refused_and_what_was_typed_stays(office, ani, nama, hari, said):
    page = ani.submit(ani.get("/akun/token"), "/akun/token", nama=nama, hari=hari)
    assert page.status == 422 and said in page.alert
    assert page.form("/akun/token").fields == {"nama": nama, "hari": hari}
    with office.world.scope() as session:
        assert session.scalars(select(ApiToken)).all() == []


def test_a_token_is_revoked_after_asking(office, ani):
    secret = next(ani.post("/akun/token", nama="uji", hari="1").root.all("input", id="rahasia")).attributes["value"]
    link = ani.get("/akun/token").links["Cabut"]
    page = ani.open("GET", link)
    assert "Cabut token “uji”?" in page.text and "langsung tidak dapat bekerja lagi atas nama Anda" in page.text
    assert page.links["Batal"].endswith("/akun/token")
    with office.world.scope() as session:
        assert actor.by_token(session, secret) is not None, "asking has done nothing yet"
    page = ani.follow(ani.submit(page, "/cabut"))
    assert page.news == "Token sudah dicabut." and "Belum ada token." in page.text
    with office.world.scope() as session:
        assert actor.by_token(session, secret) is None
    assert ani.open("GET", link).status == 404 and ani.open("POST", link).status == 404


def test_nobody_sees_or_revokes_anothers_token(office, ani, browser):
    budi = browser("budi")
    budi.post("/akun/token", nama="Punya Budi", hari="1")
    link = budi.get("/akun/token").links["Cabut"]
    assert "Punya Budi" not in ani.get("/akun/token").text
    for method in ("GET", "POST"):
        page = ani.open(method, link)
        assert page.status == 404 and "Punya Budi" not in page.text
    assert "Punya Budi" in budi.get("/akun/token").text


def test_what_the_pages_cost_does_not_grow(database, office, ani):
    def spent(path):
        with counted(database) as sent:
            assert ani.get(path).status == 200
        return len(sent) - SCOPE_AND_ACTOR

    def all_of_them():
        return [spent(path) for path in ("/akun", "/akun/sesi", "/akun/token")]

    before = all_of_them()
    world = office.world
    with world.scope() as session:
        person = session.get(Person, (world.id, world.people["ani"]))
        for number in range(10):
            sessions.create(session, person, datetime.now(UTC), "10.1.2.3", IPHONE)
            tokens.issue(session, person.id, f"token {number}", 1, datetime.now(UTC))
            team = teams.create_team(session, BY, name=f"Tim {number}", unit_id=world.units["bidang"])
            teams.add_member(session, BY, team.id, person_id=person.id)
            world.add_position(session, f"lain{number}", "bidang")
            world.assign(session, "ani", f"lain{number}", "plh")
    assert before == all_of_them() == [4, 1, 1]
