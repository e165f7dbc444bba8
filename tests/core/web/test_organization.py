"""Organisasi as everybody reads it: who leads what since when, who answers where a post is vacant, who is who."""

from datetime import date, timedelta

import pytest

from core.organization import assignments, positions, teams, units
from core.tenancy.scope import scope_of
from tests.core.api.office import ADMIN
from tests.statements import counted
from tests.world import BY

pytestmark = pytest.mark.database

SCOPE_AND_ACTOR = 2
HOSTILE = "<script>alert(1)</script> & \"Tim\" 'A'"


@pytest.fixture
def ani(browser):
    """Who reads."""
    return browser("ani")


@pytest.fixture
def sari(office):
    """Plt. Kepala Dinas by an order."""
    world = office.world
    with world.scope() as session:
        world.vacate(session, "hadi")
        assignments.assign(
            session, BY, person_id=world.people["sari"], position_id=world.positions["kadis"], kind="plt",
            starts_on=date(2026, 1, 2), order_number="800/12/PLT/2026",
        )  # fmt: skip


def rows(page):
    """Each row of the tree with its unit or post, and who holds it."""
    return {
        next(row.all(class_="nama-simpul")).text: next(row.all(class_="siapa")).text
        for row in page.root.all(class_="baris")
    }


def at(office, kind, key):
    known = {"unit": office.world.units, "jabatan": office.world.positions, "tim": office.world.teams}
    return f"/organisasi/{kind}/{(known | {'pegawai': office.world.people})[kind][key]}"


def test_the_tree_tells_who_leads_each_unit_since_when(office, ani, sari):
    page = ani.get("/organisasi")
    assert page.status == 200 and page.heading == "Organisasi"
    told = rows(page)
    assert told["Unit dinas"] == "Sari Contoh Plt. Plt. Jabatan kadis · sejak 2 Januari 2026"
    assert told["Unit bidang"] == "Budi Contoh Jabatan kabid · sejak 2 Januari 2024"
    assert "Unit di bawah Unit dinas" in page.text
    assert page.links["Unit bidang"].endswith(at(office, "unit", "bidang"))
    assert [name for name in ("Jabatan", "Pegawai", "Tim") if name in page.links] == ["Jabatan", "Pegawai", "Tim"]
    assert "Akun" not in page.links and "Peran" not in page.links and "Tambah unit" not in page.text


def test_a_vacant_head_names_who_answers_instead(office, ani):
    with office.world.scope() as session:
        office.world.vacate(session, "hadi")
    assert rows(ani.get("/organisasi"))["Unit dinas"] == "kosong dipegang oleh Gita Contoh Jabatan sekda"
    page = ani.get(at(office, "jabatan", "kadis"))
    assert "Hari ini tidak ada yang bertugas pada jabatan ini." in page.text
    assert "Tugasnya dipegang atasannya: Gita Contoh , Jabatan sekda" in page.text


def test_the_menu_stays_on_organisasi_below_it(office, ani):
    for path in ("/organisasi", at(office, "jabatan", "kabid"), "/organisasi/tim"):
        menu = next(ani.get(path).root.all("nav", class_="menu"))
        assert [link.text for link in menu.all("a", aria_current="page")] == ["Organisasi"]


def test_a_search_finds_units_posts_and_people(office, ani):
    page = ani.get("/organisasi", cari="disdik")
    assert rows(page) == {
        "Unit disdik": "Eko Contoh Jabatan kadisdik · sejak 2 Januari 2024",
        "Jabatan kadisdik": "Eko Contoh sejak 2 Januari 2024",
    }
    page = ani.get("/organisasi", cari="eko")
    assert "Eko Contoh" in page.links and "Jabatan kadisdik · Unit disdik" in page.text
    assert "Tidak ada yang cocok" in ani.get("/organisasi", cari="zzz").text


def test_a_unit_with_all_in_it(office, ani, sari):
    page = ani.get(at(office, "unit", "dinas"))
    assert page.heading == "Unit dinas"
    assert "Sari Contoh Plt. Jabatan kadis sejak 2 Januari 2026 · surat keputusan 800/12/PLT/2026" in page.text
    assert "diterima langsung oleh kepalanya" in page.text
    assert {"Unit sekretariat", "Unit bidang", "Tim tim_kota"} <= page.links.keys()
    page = ani.get(at(office, "unit", "dishub"))
    assert "diterima di sini: Jabatan loket Lila Contoh sejak 2 Januari 2024" in page.text
    assert rows(page)["Jabatan loket"] == "Lila Contoh sejak 2 Januari 2024"
    assert ani.get(at(office, "unit", "bidang")).links["Dinas"].endswith(at(office, "unit", "dinas"))


def test_the_posts_below_each_other(ani):
    page = ani.get("/organisasi/jabatan")
    assert rows(page)["Jabatan analis"] == "Ani Contoh sejak 2 Januari 2024"
    assert "Jabatan di bawah Jabatan sekda" in page.text


def test_a_post_with_those_who_held_it(office, ani, sari):
    page = ani.get(at(office, "jabatan", "kadis"))
    table = [row.text for body in page.root.all("tbody") for row in body.all("tr")]
    assert table == [
        "Sari Contoh Pelaksana Tugas (Plt.) sejak 2 Januari 2026 sekarang 800/12/PLT/2026",
        "Hadi Contoh Definitif 2 Januari 2024 sampai 2 Januari 2024 belum dicatat",
    ]
    assert page.links["Jabatan sekda"].endswith(at(office, "jabatan", "sekda"))
    assert "Tetapkan pejabat" not in page.text and "Akhiri" not in page.text


def test_a_long_history_goes_on_page_by_page(office, ani):
    world, first = office.world, date(2000, 1, 1)
    with world.scope() as session:
        for number in range(55):
            day = first + timedelta(days=number)
            assignments.assign(
                session, BY, person_id=world.people["tono"], position_id=world.positions["kadis"], kind="plh",
                starts_on=day, ends_on=day,
            )  # fmt: skip
    for path in (at(office, "jabatan", "kadis"), at(office, "pegawai", "tono")):
        page = ani.follow(ani.open("GET", ani.get(path).links["Yang lebih lama"]))
        assert page.status == 200 and page.heading.startswith("Riwayat")
        assert "1 Januari 2000" in page.text and "Yang lebih lama" not in page.links


def test_the_directory_shows_names_and_posts_only(office, ani):
    page = ani.get("/organisasi/pegawai")
    assert "Ani Contoh Jabatan analis · Unit bidang" in page.text
    assert "0000" not in page.text and "Buat akun" not in page.text
    assert next(iter(ani.get("/organisasi/pegawai", cari="lil").root.all(class_="pokok"))).text == "Lila Contoh"
    with office.world.scope() as session:
        for number in range(60):
            office.world.add_person(session, f"zul{number}")
    first = ani.get("/organisasi/pegawai")
    second = ani.open("GET", first.links["Tampilkan berikutnya"])
    names = [each.text for page in (first, second) for each in page.root.all(class_="pokok")]
    assert len(names) == len(set(names)) == 70


def test_a_person_with_posts_teams_and_no_numbers(office, ani):
    page = ani.get(at(office, "pegawai", "sari"))
    assert page.heading == "Sari Contoh"
    assert "Jabatan sekretaris , Unit sekretariat, sejak 2 Januari 2024" in page.text
    assert "Tim tim_kota anggota Jabatan sekretaris" in page.text
    assert "0000" not in page.text and "Nama pengguna" not in page.text
    assert list(page.root.all("h2", id="peran")) == []
    assert list(ani.get(at(office, "pegawai", "ani")).root.all("h2", id="peran")) != []


def test_a_team_and_who_sits_in_it_today(office, ani):
    world = office.world
    with world.scope() as session:
        teams.update_team(
            session, BY, world.teams["tim"], decree_number="188/7/2026", decree_date=date(2026, 1, 5),
            starts_on=date(2026, 1, 5), ends_on=date(2099, 12, 31),
        )  # fmt: skip
        teams.add_member(session, BY, world.teams["tim"], person_id=world.people["eko"], function="Narasumber")
        world.vacate(session, "tono")
    assert "keputusan 188/7/2026" in ani.get("/organisasi/tim").text
    page = ani.get(at(office, "tim", "tim"))
    assert "188/7/2026, 5 Januari 2026" in page.text and "5 Januari 2026 sampai 31 Desember 2099" in page.text
    table = [row.text for body in page.root.all("tbody") for row in body.all("tr")]
    assert table == [
        "Ketua Jabatan analis Unit bidang Ani Contoh",
        "Anggota Jabatan staf Unit bidang kosong",
        "Narasumber pribadi, menurut keputusan Eko Contoh",
    ]


def test_html_in_names_is_only_text(office, browser, ani):
    world = office.world
    with world.scope() as session:
        units.update_unit(session, BY, world.units["bidang"], name=HOSTILE, short="<b>")
        positions.update_position(session, BY, world.positions["analis"], title=HOSTILE)
        teams.update_team(session, BY, world.teams["tim"], name=HOSTILE, decree_number="<i>")
    paths = ["/organisasi", "/organisasi/jabatan", "/organisasi/tim", "/organisasi/pegawai"]
    paths += [at(office, "unit", "bidang"), at(office, "jabatan", "analis"), at(office, "tim", "tim")]
    paths += [at(office, "pegawai", "ani")]
    for reader in (ani, browser(ADMIN)):
        for path in paths:
            page = reader.get(path)
            assert page.status == 200
            assert "<script>alert" not in page.source and HOSTILE in page.text, path
    page = ani.get("/organisasi", cari="<script>alert")
    assert "<script>alert" not in page.source and HOSTILE in page.text


def test_what_is_not_here_is_not_found(found, browser, ani):
    other = found()
    for kind, key in (("unit", "dinas"), ("jabatan", "kabid"), ("tim", "tim"), ("pegawai", "ani")):
        assert ani.get(at(other, kind, key)).status == 404
        assert browser(ADMIN).get(at(other, kind, key)).status == 404
    assert ani.get("/organisasi/unit/bukan-nomor").status == 404


def test_nobody_reads_it_without_logging_in(stranger):
    assert stranger.get("/organisasi").onward.endswith("/masuk?lanjut=/" + stranger.slug + "/organisasi")


READS = {
    "/organisasi": 2,
    "/organisasi?cari=unit": 6,
    "/organisasi/unit/{dinas}": 5,
    "/organisasi/jabatan": 2,
    "/organisasi/jabatan/{kabid}": 4,
    "/organisasi/pegawai": 2,
    "/organisasi/pegawai/{sari}": 3,
    "/organisasi/tim": 1,
    "/organisasi/tim/{tim}": 3,
}


def test_a_page_costs_the_same_however_large_the_government(database, office, ani):
    world = office.world
    ids = {"dinas": world.units["dinas"], "kabid": world.positions["kabid"], "sari": world.people["sari"]}
    ids["tim"] = world.teams["tim"]

    def spent():
        told = {}
        for path in READS:
            address, _, text = path.format(**ids).partition("?cari=")
            with counted(database) as sent:
                assert ani.get(address, **({"cari": text} if text else {})).status == 200
            told[path] = len(sent) - SCOPE_AND_ACTOR
        return told

    assert spent() == READS
    with world.scope() as session:
        for number in range(12):
            name = f"tambahan{number}"
            unit = units.create_unit(session, BY, name=f"Unit {name}", kind="bidang", parent_id=world.units["dinas"])
            world.units[name] = unit.id
            world.add_position(session, name, name, "kabid", head=True)
            world.add_person(session, name, name)
            teams.add_member(session, BY, world.teams["tim"], position_id=world.positions[name])
        assert scope_of(session).id == world.id
    assert spent() == READS
