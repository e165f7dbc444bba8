"""Tugas Saya: five lists of one's own, narrowed, paged, and told without a script."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from core.engine.models import Task
from tests.statements import counted

pytestmark = pytest.mark.database


@pytest.fixture
def code(office):
    return office.put_in_force()


def start(office, code, *subjects):
    return [office.start("ani", code, perihal=subject)["opened"][0]["id"] for subject in subjects]


def due(office, task, at):
    with office.world.scope() as session:
        session.execute(update(Task).where(Task.id == task).values(due_at=at, warn_at=None))


def subjects(page):
    return [each.text for each in page.root.all(class_="asal") if each.text.startswith("Survei: ")]


def test_an_empty_list_says_what_would_fill_it(browser):
    page = browser("dewi").get("/tugas")
    assert "Tidak ada tugas yang menunggu Anda. Tugas muncul di sini begitu sampai kepada Anda." in page.text
    assert "Belum ada yang Anda selesaikan." in browser("dewi").get("/tugas", lihat="selesai").text


def test_the_most_urgent_comes_first_and_the_tabs_say_how_many(browser, office, code):
    now = datetime.now(UTC)
    later, late, soon = start(office, code, "Nanti", "Terlambat", "Segera")
    due(office, later, now + timedelta(days=30))
    due(office, late, now - timedelta(days=2))
    due(office, soon, now + timedelta(hours=5))
    ani = browser("ani")
    page = ani.get("/tugas")
    assert [line.split(" · ")[0] for line in subjects(page)] == ["Survei: Terlambat", "Survei: Segera", "Survei: Nanti"]
    assert "Menunggu saya 3" in page.links and "Terlambat 1" in page.links and "Segera jatuh tempo 1" in page.links
    assert "terlambat 2 hari" in page.text
    assert [line.split(" · ")[0] for line in subjects(ani.get("/tugas", lihat="terlambat"))] == ["Survei: Terlambat"]
    assert [line.split(" · ")[0] for line in subjects(ani.get("/tugas", lihat="tenggat"))] == ["Survei: Segera"]


def test_a_superior_sees_what_waits_below_him_and_whose_it_is(browser, office, code):
    start(office, code, "Jaringan")
    budi = browser("budi")
    assert subjects(budi.get("/tugas")) == []
    page = budi.get("/tugas", lihat="diawasi")
    assert len(subjects(page)) == 1 and "Tim tim" in page.text


def test_what_is_done_stands_in_its_own_list(browser, office, code):
    (task,) = start(office, code, "Jaringan")
    office.caller("ani").complete(task, isi="ada")
    page = browser("ani").get("/tugas", lihat="selesai")
    assert len(subjects(page)) == 1 and "selesai" in page.text
    assert subjects(browser("tono").get("/tugas", lihat="selesai")) == [], "another's work is not his"


def test_it_is_narrowed_by_words_and_keeps_them_from_tab_to_tab(browser, office, code):
    start(office, code, "Jaringan 100%", "Server")
    ani = browser("ani")
    page = ani.get("/tugas", cari="100%")
    assert len(subjects(page)) == 1
    assert all(
        "cari=100%25" in address for text, address in page.links.items() if text.startswith(("Terlambat", "Saya"))
    )
    assert "Tidak ada yang cocok" in ani.get("/tugas", cari="zzz").text
    assert "Tidak ada yang cocok" in ani.get("/tugas", cari="'; DROP TABLE tasks --").text


def test_a_long_list_goes_on_page_by_page_as_link_and_as_fragment(browser, office, code):
    start(office, code, *(f"Nomor {n:02}" for n in range(28)))
    ani = browser("ani")
    first = ani.get("/tugas")
    assert len(subjects(first)) == 25
    second = ani.open("GET", first.links["Tampilkan berikutnya"])
    assert len(subjects(second)) == 3 and "<html" in second.source
    assert not set(subjects(first)) & set(subjects(second))
    fragment = ani.open("GET", first.links["Tampilkan berikutnya"], {"HX-Request": "true"})
    assert len(subjects(fragment)) == 3 and "<html" not in fragment.source


@pytest.mark.parametrize("query", ["?lihat=lain", "?lanjut=zzz", "?lanjut=%00", "?sop=%3Cscript%3E", "?cari=%00"])
def test_a_made_up_address_does_no_harm(browser, office, code, query):
    page = browser("ani").get(f"/tugas{query}")
    assert page.status in (200, 422) and "<script>" not in page.source


def test_the_chosen_post_narrows_the_desk(browser, office, code):
    with office.world.scope() as session:
        office.world.assign(session, "ani", "kabid", "plt")
    start(office, code, "Jaringan")
    ani = browser("ani")
    assert len(subjects(ani.get("/tugas"))) == 1
    chosen = ani.post("/akun/jabatan", jabatan=str(office.world.positions["kabid"]))
    assert chosen.status == 303
    page = ani.get("/tugas")
    assert subjects(page) == [] and "Sebagai Plt. Jabatan kabid" in page.text
    ani.post("/akun/jabatan", jabatan="")
    assert len(subjects(ani.get("/tugas"))) == 1


def test_the_page_costs_the_same_for_one_task_and_for_thirty(platform, browser, office, code):
    ani = browser("ani")
    start(office, code, "Satu")
    ani.get("/tugas")
    with counted(platform.database) as few:
        ani.get("/tugas")
    start(office, code, *(f"Nomor {n}" for n in range(29)))
    with counted(platform.database) as many:
        ani.get("/tugas")
    assert len(few) == len(many) == 5, "\n---\n".join(many)


def test_the_list_of_cases_is_narrowed_and_paged(platform, browser, office, code):
    start(office, code, *(f"Nomor {n:02}" for n in range(27)))
    budi = browser("budi")
    page = budi.get("/pelaksanaan")
    assert len(list(page.root.all("a", class_="pokok"))) == 25
    assert len(list(budi.open("GET", page.links["Tampilkan berikutnya"]).root.all("a", class_="pokok"))) == 2
    assert len(list(budi.get("/pelaksanaan", cari="nomor 03").root.all("a", class_="pokok"))) == 1
    assert "Tidak ada yang cocok" in budi.get("/pelaksanaan", keadaan="cancelled").text
    with counted(platform.database) as sent:
        budi.get("/pelaksanaan")
    assert len(sent) == 4, "\n---\n".join(sent)
