"""Pustaka SOP in a browser: the shelf, the sheet as officials know it, what editions changed, the start of a case."""

import uuid
from itertools import pairwise

import psycopg
import pytest
from sqlalchemy import text, update

from core.engine import library
from core.legal.models import NationalRegulation, Regulation
from core.organization.models import Role
from tests.core.api.office import SURVEI
from tests.core.web.sops import COVER, put_in_force
from tests.statements import counted

pytestmark = pytest.mark.database


def rows_of(page):
    """The texts of the step table's rows, cell by cell."""
    table = next(page.root.all("table", class_="lembar-langkah"))
    body = next(table.all("tbody"))
    return [[cell.text for cell in row.all("th", "td")] for row in body.all("tr")]


def test_the_shelf_shows_every_sop_by_domain_with_edition_and_running_cases(office, browser):
    put_in_force(office, cover=COVER)
    for _ in range(2):
        office.world.start("ani", "survei", perihal="Layanan")
    page = browser("ani").get("/sop")
    assert page.heading == "Pustaka SOP"
    assert [each.text for each in page.root.all("h2")] == ["Umum"]
    (line,) = (each.text for each in page.root.all("li") if "survei" in each.text)
    assert line.startswith("Survei kepada OPD Nomor SOP 065/12/SOP/2024 · kode survei Edisi 1, berlaku sejak")
    assert line.endswith("2 berjalan")


@pytest.mark.parametrize("sought", ["kepada opd", "SURVEI", "065/12"])
def test_the_shelf_is_searched_by_title_code_and_sop_number(office, browser, sought):
    put_in_force(office, cover=COVER)
    put_in_force(office, SURVEI.replace("umum.survei", "umum.lain").replace("Survei kepada OPD", "Lain sekali"))
    page = browser("ani").get("/sop", cari=sought)
    assert "Survei kepada OPD" in page.links and "Lain sekali" not in page.links
    assert page.form("/sop").fields["cari"] == sought


def test_a_search_that_finds_nothing_says_what_to_do_and_so_does_an_empty_shelf(office, browser):
    page = browser("ani").get("/sop")
    assert "SOP daerah ini muncul di sini setelah admin memasukkannya" in page.text
    assert "Ubah kata yang dicari, atau tampilkan semua SOP." in browser("ani").get("/sop", cari="100%_").text


def test_a_long_shelf_goes_on_after_its_last_sop(office, browser, monkeypatch):
    for name in ("a", "b", "c"):
        put_in_force(office, SURVEI.replace("umum.survei", f"umum.{name}").replace("Survei kepada", f"{name} kepada"))
    monkeypatch.setattr(library, "A_SHELF", 2)
    monkeypatch.setattr(library.shelf, "__defaults__", (None, None, 2))
    ani = browser("ani")
    first = ani.get("/sop")
    assert "a kepada OPD" in first.links and "c kepada OPD" not in first.links
    rest = ani.follow(ani.open("GET", first.links["Tampilkan berikutnya"]))
    assert "c kepada OPD" in rest.links and "Tampilkan berikutnya" not in rest.links


def test_secret_cases_are_not_counted_for_those_who_may_not_see_them(office, browser):
    put_in_force(office, SURVEI + "secrecy: rahasia\n")
    office.world.start("ani", "survei", perihal="Rahasia")
    assert "1 berjalan" in browser("ani").get("/sop").text
    for name in ("sari", "gita"):
        strange = browser(name)
        assert "1 berjalan" not in strange.get("/sop").text
        assert "Rahasia" not in strange.get("/sop/survei").text


def test_the_sheet_stands_as_it_is_printed(office, browser):
    put_in_force(office, cover=COVER, steps={"tulis": {"remark": "paling lambat Jumat"}})
    page = browser("ani").get("/sop/survei")
    identity = next(page.root.all("dl", class_="lembar-identitas"))
    lines = [each.text for each in identity.all("div")]
    assert lines[:4] == [
        "Nomor SOP 065/12/SOP/2024", "Tanggal pembuatan 1 Maret 2024", "Tanggal revisi tidak tercetak 1",
        "Tanggal efektif tidak tercetak",
    ]  # fmt: skip
    table = next(page.root.all("table", class_="lembar-langkah"))
    heads = [each.text for each in next(table.all("thead")).all("th")]
    assert heads == [
        "No.", "Kegiatan", "Pelaksana", "Mutu baku", "Keterangan",
        "Tim", "OPD", "Kepala Bidang", "Kelengkapan", "Waktu", "Output",
    ]  # fmt: skip
    assert rows_of(page) == [
        ["1", "Menulis pertanyaan", "pelaksana Tim", "", "", "", "", "", "paling lambat Jumat"],
        ["2", "Menjawab", "", "pelaksana OPD", "", "", "", "", ""],
        ["3", "Memeriksa", "", "", "pelaksana Kepala Bidang", "", "", "", ""],
    ]
    assert "Catatan pembacaan lembar Baris ini tidak terbaca." in page.text
    headings = [each.text for each in page.root.all("h3")]
    assert {"Dasar hukum", "Kualifikasi pelaksana", "Keterkaitan", "Peralatan/perlengkapan", "Peringatan"} <= {
        *headings
    }
    assert "Pengetahuan: Memahami survei" in page.text


def test_headings_come_in_order_and_the_wide_table_scrolls_in_a_place_of_its_own(office, browser):
    put_in_force(office, cover=COVER)
    page = browser("ani").get("/sop/survei")
    levels = [int(each.tag[1]) for each in page.root.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), levels
    (around,) = (each for each in page.root.all("div", class_="gulir") if list(each.all("table")))
    assert around.attributes["tabindex"] == "0" and around.attributes["role"] == "region"


def test_every_actor_is_shown_with_who_holds_it_today(office, browser):
    put_in_force(office)
    world = office.world
    with world.scope() as session:
        world.vacate(session, "budi")
        world.assign(session, "sari", "kabid", "plt")
    page = browser("ani").get("/sop/survei")
    roles = next(page.root.all("ul", class_="peran")).text
    assert "Tim: Tim tim" in roles and "Ani Contoh Jabatan analis" in roles
    assert "Jabatan: Jabatan kabid" in roles and "Sari Contoh Plt. Jabatan kabid" in roles
    assert "Himpunan unit: Semua OPD 3 unit dan penerima tugasnya" in roles
    assert "Unit dishub" in roles and "Lila Contoh Jabatan loket" in roles


def test_a_vacant_post_names_who_stands_in_for_it(office, browser):
    put_in_force(office)
    with office.world.scope() as session:
        office.world.vacate(session, "budi")
    page = browser("ani").get("/sop/survei")
    assert "Hadi Contoh menggantikan selama jabatan kosong, sebagai Jabatan kadis" in page.text


def test_a_revoked_law_is_told_with_what_revoked_it_and_how_sure_that_is(office, browser):
    put_in_force(office, cover=COVER)
    facts = {
        "certainty": "V, medium-high", "source": "jdih.contoh.go.id", "note": "Dicek November 2026.",
        "revoked_by": {"name": "UU 9/2024", "date": "2024-10-31"},
    }  # fmt: skip
    with office.world.scope() as session:
        session.add(
            Regulation(key="UU-UJI-1", kind="UU", number="1", year=2020, title="Uji", status="dicabut", facts=facts)
        )
    page = browser("ani").get("/sop/survei")
    (known, unknown) = (each.text for each in next(page.root.all("ul", class_="aturan")).all("li"))
    assert known.startswith("UU 1/2020 dicabut Uji Dicabut oleh UU 9/2024, 31 Oktober 2024")
    assert "Ada sumber kedua. Kepastian: cukup tinggi. Sumber: jdih.contoh.go.id Dicek November 2026." in known
    assert unknown == "Peraturan yang tidak terdaftar Belum tercatat dalam daftar peraturan."


def test_the_latest_cases_are_shown_and_lead_to_all_of_them(office, browser):
    put_in_force(office)
    for number in range(6):
        office.world.start("ani", "survei", perihal=f"nomor {number}")
    page = browser("ani").get("/sop/survei")
    shown = [name for name in page.links if name.startswith("Survei: nomor")]
    assert shown == [f"Survei: nomor {number}" for number in (5, 4, 3, 2, 1)]
    assert page.links["Semua pelaksanaan SOP ini"].endswith("/pelaksanaan?sop=survei")


def test_editions_tell_from_when_to_when_and_what_changed(office, browser):
    put_in_force(office, cover=COVER)
    put_in_force(office, cover={**COVER, "number": "065/13/SOP/2026"}, steps={"tulis": {"duration": "2 hari"}})
    put_in_force(office, cover=COVER, force=False)
    ani = browser("ani")
    page = ani.get("/sop/survei")
    assert "Edisi 2, berlaku sejak" in page.text and page.text.count("Edisi 1") == 1
    shown = [each.text for each in next(page.root.all(id="edisi")).all("li")]
    assert [each.partition(" Ber")[0].partition(" Bel")[0] for each in shown] == ["Edisi 3", "Edisi 2", "Edisi 1"]
    assert [each.rpartition(" ")[2] for each in shown] == ["konsep", "berlaku", "berlaku"]
    second = ani.follow(ani.open("GET", page.links["Edisi 2"]))
    changes = next(second.root.all(id="perubahan")).text
    assert "Yang berubah sejak edisi 1" in changes
    assert "Nomor SOP Semula: 065/12/SOP/2024 Menjadi: 065/13/SOP/2026" in changes
    assert "diubah Langkah 1 Menulis pertanyaan Waktu Menjadi: 2 hari" in changes
    first = ani.get("/sop/survei/edisi/1")
    assert "Edisi ini tidak berlaku lagi." in first.text and "Ini edisi pertama" in first.text
    assert "Edisi ini masih konsep." in ani.get("/sop/survei/edisi/3").text
    assert "Kedua edisi ini sama isinya." in ani.get("/sop/survei/edisi/3", banding="1").text


def test_the_pages_ask_for_the_right_to_read_and_know_no_other_governments_sop(office, browser, found):
    put_in_force(office)
    with office.world.scope() as session:
        session.execute(update(Role).where(Role.key == "pegawai").values(everyone=False))
    ani = browser("ani")
    addresses = ("/sop", "/sop/survei", "/sop/survei/edisi/1", "/sop/survei/mulai")
    assert [ani.get(each).status for each in addresses] == [403] * 4
    assert ani.get("/sop/tidak-ada").status == 404
    assert "Pustaka SOP" not in ani.get("/tugas").links
    abroad = found()
    put_in_force(abroad, SURVEI.replace("umum.survei", "umum.asing"))
    put_in_force(abroad, SURVEI.replace("umum.survei", "umum.asing"))
    gita = browser("gita", abroad)
    assert gita.get("/sop/asing/edisi/2").status == 200
    for each in ("/sop/survei", "/sop/survei/edisi/1", "/sop/survei/mulai", "/sop/asing/edisi/3", "/sop/a%00b"):
        assert gita.get(each).status == 404, each
    assert "Periksa kembali kodenya di Pustaka SOP." in gita.get("/sop/survei").text
    assert gita.get("/sop/asing/edisi/2", banding="99").status == 404
    assert gita.get("/sop/asing/edisi/99999999999").status == 404
    assert gita.get("/sop/asing/edisi/2", banding="a' OR 1").status == 200


SCOPE_AND_ACTOR = 2
# the SOP, its edition, the actors and their holders, the rules of the land and the own ones, the editions
A_SOP = SCOPE_AND_ACTOR + 7
PAGES = {
    "/sop": SCOPE_AND_ACTOR + 1,
    "/sop/survei": A_SOP + 1,
    # the edition before with its number, and what the actors of both are bound to
    "/sop/survei/edisi/2": A_SOP + 4,
    "/sop/survei/mulai": SCOPE_AND_ACTOR + 4,
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_costs_the_same_however_much_there_is(database, office, browser, path):
    put_in_force(office)
    put_in_force(office, cover=COVER)
    ani = browser("ani")
    ani.get(path)  # the edition in force is read once in a process

    def spent():
        with counted(database) as sent:
            assert ani.get(path).status == 200
        return len(sent)

    before = spent()
    for number in range(3):
        office.world.start("ani", "survei", perihal=str(number))
    put_in_force(office, SURVEI.replace("umum.survei", "umum.lain"))
    assert (before, spent()) == (PAGES[path], PAGES[path])


def test_running_cases_are_counted_up_to_a_hundred_and_the_history_is_passed_by(office, browser):
    put_in_force(office)
    run = office.world.start("ani", "survei", perihal="Induk")
    with office.world.scope() as session:
        for status, many in (("open", 150), ("done", 3000)):
            session.execute(
                text(
                    """
                    INSERT INTO cases SELECT copy.* FROM cases c, generate_series(1, :many) n,
                           LATERAL jsonb_populate_record(c, jsonb_build_object(
                               'id', md5(:status || n), 'number', c.number || :status || n, 'status', :status)) AS copy
                     WHERE c.id = :case
                    """
                ),
                {"many": many, "status": status, "case": run.id},
            )
    assert "99+ berjalan" in browser("ani").get("/sop").text
    with office.world.scope() as session:
        actor = office.world.actor_in(session, "ani")
        (row,) = library.shelf(session, actor)
        assert row.running == 100
        values = library._seen_by(session, actor) | {"pattern": None, "after": None, "limit": 10}
        session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = session.execute(text("EXPLAIN (ANALYZE, FORMAT JSON) " + library._SHELF.text), values).scalar_one()
    (read,) = [node for node in nodes(plan[0]["Plan"]) if node.get("Relation Name") == "cases"]
    assert read["Index Name"] == "ix_cases_procedure"
    assert "status" in read["Index Cond"] and read["Actual Rows"] <= 100


def nodes(plan):
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def test_a_national_rule_is_known_to_every_government(office, browser, addresses):
    key = f"UU-UJI-{uuid.uuid4().hex[:8]}"
    with psycopg.connect(addresses.owner, autocommit=True) as owner:
        owner.execute(
            "INSERT INTO national_regulations (id, kind, number, year, title, status, facts)"
            " VALUES (%s, 'UU', '7', 2019, 'Rupa-rupa', 'berlaku', '{\"certainty\": \"K\"}')",
            (key,),
        )
    put_in_force(office, cover={"legal_bases": [{"id": key, "citation": "UU 7/2019"}]})
    page = browser("ani").get("/sop/survei")
    assert "UU 7/2019 berlaku Rupa-rupa" in page.text
    assert "Belum ada sumber kedua; periksa di JDIH sebelum dijadikan pegangan." in page.text
    with office.world.scope() as session:
        assert session.get(NationalRegulation, key) is not None
