"""The admin keeps units, posts and who holds them by the pages: done, refused in words with nothing typed lost, told
when somebody was faster."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.audit.entries import AuditEntry
from core.organization import assignments, positions, units
from core.tenancy.scope import scope_of
from tests.core.api.office import ADMIN
from tests.statements import counted
from tests.world import BY

pytestmark = pytest.mark.database

SCOPE_AND_ACTOR = 2


@pytest.fixture
def admin(browser):
    """Who may edit."""
    return browser(ADMIN)


@pytest.fixture
def ani(browser):
    """Who may read only."""
    return browser("ani")


@pytest.fixture
def today(office):
    """The day where the government is."""
    with office.world.scope() as session:
        return scope_of(session).today


def at(office, kind, key):
    known = {"unit": office.world.units, "jabatan": office.world.positions, "pegawai": office.world.people}
    return f"/organisasi/{kind}/{known[kind][key]}"


def history(page):
    """The table of assignments, row by row."""
    return [row.text for body in page.root.all("tbody") for row in body.all("tr")]


def chosen(page):
    """What the radios and boxes of the page's form stand on."""
    return {each.attributes["value"] for each in page.root.all("input") if "checked" in each.attributes}


def linked(browser, page, text):
    return browser.open("GET", page.links[text])


def test_somebody_is_appointed_plt_and_refused_a_second_time_in_words(office, admin, today):
    world = office.world
    with world.scope() as session:
        world.vacate(session, "hadi")
    form = linked(admin, admin.get(at(office, "jabatan", "kadis")), "Tetapkan pejabat")
    assert form.heading == "Tetapkan pejabat" and "Jabatan kadis Hari ini: kosong" in form.text
    typed = {"pegawai": world.people["sari"], "jenis": "plt", "surat": "800/12/PLT/2026"}
    page = admin.follow(admin.submit(form, "/penugasan/baru", **typed))
    assert page.news == "Penugasan tercatat." and page.heading == "Jabatan kadis"
    assert "Sari Contoh Plt. Jabatan kadis sejak" in page.text and "surat keputusan 800/12/PLT/2026" in page.text

    typed = {"pegawai": world.people["tono"], "jenis": "plt", "surat": "800/13/PLT/2026", "mulai": today.isoformat()}
    refused = admin.submit(form, "/penugasan/baru", **typed, sampai="2099-01-31")
    assert refused.status == 409
    assert refused.alert.startswith('Jabatan "Jabatan kadis" sudah dipegang Sari Contoh (Plt.) sejak ')
    assert refused.alert.endswith("Akhiri dahulu penugasan itu, atau ubah tanggalnya.")
    again = refused.form("/penugasan/baru")
    assert again.fields["surat"] == "800/13/PLT/2026" and again.fields["sampai"] == "2099-01-31"
    assert chosen(refused) == {str(world.people["tono"]), "plt"}
    assert len(history(admin.get(at(office, "jabatan", "kadis")))) == 2


def test_a_search_for_the_person_loses_nothing_that_was_typed(office, admin):
    with office.world.scope() as session:
        for number in range(12):
            office.world.add_person(session, f"aa{number}")
    form = admin.get("/organisasi/penugasan/baru", jabatan=str(office.world.positions["kabid"]))
    assert "Tono Contoh" not in form.text and "Masih ada yang lain" in form.text
    search = next(each for each in form.form("/penugasan/baru").element.all("button") if each.text == "Cari")
    assert search.attributes["formmethod"] == "get"
    typed = {**form.form("/penugasan/baru").fields, "surat": "77/2026", "jenis": "plh", "cari_pegawai": "ton"}
    found = admin.open("GET", search.attributes["formaction"], query_string=typed)
    assert "Tono Contoh Jabatan staf" in found.text and found.form("/penugasan/baru").fields["surat"] == "77/2026"
    assert chosen(found) == {"plh"}
    again = admin.open("GET", search.attributes["formaction"], query_string={
        **typed, "pegawai": str(office.world.people["tono"]), "cari_pegawai": "aa3",
    })  # fmt: skip
    assert "Tono Contoh" in again.text and "Aa3 Contoh" in again.text
    assert chosen(again) == {"plh", str(office.world.people["tono"])}


def test_a_form_that_is_not_complete_says_what_is_missing(office, admin):
    post = str(office.world.positions["staf"])
    nobody = admin.post("/organisasi/penugasan/baru", jabatan=post, jenis="plh", mulai="2026-01-02")
    assert nobody.status == 422 and nobody.alert.startswith("Pilih dahulu pegawainya: cari namanya")
    typed = {"jabatan": post, "jenis": "plh", "pegawai": str(office.world.people["ani"])}
    page = admin.post("/organisasi/penugasan/baru", **typed, mulai="besok", surat="9/2026")
    assert page.status == 422 and page.alert.startswith("Tanggal mulai tidak dapat dibaca. Pilih dari kalender")
    assert page.form("/penugasan/baru").fields["surat"] == "9/2026"
    assert "harus antara tahun 1900 dan 2200" in admin.post("/organisasi/penugasan/baru", **typed, mulai="").alert
    page = admin.post("/organisasi/penugasan/baru", **typed, mulai="2026-02-01", sampai="2026-01-01")
    assert "mendahului tanggal mulai" in page.alert


def test_an_assignment_is_ended_put_right_and_called_off(office, admin, today):
    world = office.world
    ask = linked(admin, admin.get(at(office, "jabatan", "staf")), "Akhiri")
    assert "Tugas yang terbuka tetap pada jabatannya." in ask.text
    assert ask.form("/akhiri").fields["sampai"] == today.isoformat()
    early = admin.submit(ask, "/akhiri", sampai="2020-01-01")
    assert early.status == 422 and early.form("/akhiri").fields["sampai"] == "2020-01-01"
    page = admin.follow(admin.submit(ask, "/akhiri", sampai="2026-06-30"))
    assert page.news == "Hari terakhir bertugas tercatat."
    assert "2 Januari 2024 sampai 30 Juni 2026" in history(page)[0]
    fix = linked(admin, page, "Perbaiki")
    assert fix.form("/ubah").fields["sampai"] == "2026-06-30"
    page = admin.follow(admin.submit(fix, "/ubah", surat="800/1/2024", mulai="2024-01-03", sampai=""))
    assert "sejak 3 Januari 2024 sekarang 800/1/2024" in history(page)[0]

    later = (today + timedelta(days=30)).isoformat()
    form = admin.get("/organisasi/penugasan/baru", jabatan=str(world.positions["staf"]))
    page = admin.follow(admin.submit(form, "/baru", pegawai=world.people["ani"], jenis="plh", mulai=later))
    assert "akan datang" in history(page)[0]
    page = admin.follow(admin.submit(linked(admin, page, "Batalkan"), "/batalkan"))
    assert page.news == "Penugasan yang belum mulai itu sudah dibatalkan." and len(history(page)) == 1
    with world.scope() as session:
        kinds = set(session.scalars(select(AuditEntry.kind).where(AuditEntry.person_id == world.people[ADMIN])))
    assert {"assignment.ended", "assignment.changed", "assignment.created", "assignment.cancelled"} <= kinds


def test_what_has_begun_is_not_called_off(office, admin):
    with office.world.scope() as session:
        (held,) = assignments.assignments(session, position_id=office.world.positions["staf"])
    path = f"/organisasi/penugasan/{held.id}/batalkan"
    page = admin.submit(admin.get(path), "/batalkan")
    assert page.status == 409 and "sudah berjalan sejak 2 Januari 2024, jadi tidak dapat dihapus" in page.alert


def test_a_unit_is_added_with_its_head_and_abolished_when_nothing_hangs_on_it(office, admin):
    dinas = linked(admin, admin.get("/organisasi"), "Unit dinas")
    form = linked(admin, dinas, "Tambah unit bawahan")
    assert form.form("/unit/baru").fields["induk"] == str(office.world.units["dinas"])
    page = admin.follow(admin.submit(form, "/unit/baru", nama="Bidang Statistik", singkatan="Stat", jenis="bidang"))
    assert page.heading == "Bidang Statistik" and page.news.startswith("Unit sudah dibuat.")
    assert "Bidang · Stat" in page.text and "Unit ini belum mempunyai jabatan kepala." in page.text
    twin = admin.submit(form, "/unit/baru", nama="Bidang Statistik", jenis="bidang")
    assert twin.status == 409 and 'sudah ada di bawah "Unit dinas"' in twin.alert
    assert twin.form("/unit/baru").fields["nama"] == "Bidang Statistik"
    unit = page.path

    post = linked(admin, page, "Tambah jabatan")
    page = admin.follow(
        admin.submit(post, "/jabatan/baru", nama="Kepala Bidang Statistik", jenis="struktural", kepala="ya")
    )
    assert page.heading == "Kepala Bidang Statistik" and "kepala unit" in page.text

    ask = linked(admin, admin.open("GET", unit), "Nonaktifkan")
    assert 'Belum dapat dinonaktifkan. Masih terkait: jabatan "Kepala Bidang Statistik"' in ask.text
    assert list(ask.form("/nonaktifkan").buttons) == []
    refused = admin.submit(ask, "/nonaktifkan")
    assert refused.status == 409 and 'Masih terkait: jabatan "Kepala Bidang Statistik"' in refused.alert

    ask = linked(admin, page, "Nonaktifkan")
    assert "Jabatan di bawahnya naik ke atasan berikutnya." in ask.text
    assert admin.follow(admin.submit(ask, "/nonaktifkan")).news == "Jabatan sudah dinonaktifkan."
    page = admin.follow(admin.submit(linked(admin, admin.open("GET", unit), "Nonaktifkan"), "/nonaktifkan"))
    assert page.news == "Unit sudah dinonaktifkan." and "nonaktif" in page.text
    tree = admin.get("/organisasi")
    assert "Unit yang sudah nonaktif (1)" in tree.text
    closed = linked(admin, tree, "Bidang Statistik")
    assert admin.follow(admin.submit(closed, "/aktifkan")).news == "Unit aktif kembali."


def test_a_post_is_changed_and_a_second_of_its_name_is_meant(office, admin):
    page = admin.get(at(office, "jabatan", "analis"))
    form = linked(admin, page, "Ubah")
    wrong = admin.submit(form, "/ubah", nama="Analis Data", eselon="dua")
    assert wrong.status == 422 and "Eselon harus seperti II.b" in wrong.alert
    assert (wrong.form("/ubah").fields["nama"], wrong.form("/ubah").fields["eselon"]) == ("Analis Data", "dua")
    page = admin.follow(admin.submit(wrong, "/ubah", eselon="IV.a"))
    assert page.heading == "Analis Data" and "eselon IV.a" in page.text
    circle = admin.submit(
        linked(admin, admin.get(at(office, "jabatan", "kabid")), "Ubah"), "/ubah",
        atasan=office.world.positions["analis"],
    )  # fmt: skip
    assert circle.status == 409 and "Susunan atasan jabatan berputar" in circle.alert

    new = admin.get(
        "/organisasi/jabatan/baru", unit=str(office.world.units["bidang"]), atasan=str(office.world.positions["kabid"])
    )
    assert "jabatan tambahan" not in new.text
    twin = admin.submit(new, "/jabatan/baru", nama="Analis Data", jenis="fungsional")
    assert twin.status == 409 and "Ini jabatan tambahan dengan nama yang sama" in twin.text
    page = admin.follow(admin.submit(twin, "/jabatan/baru", lagi="ya"))
    assert page.heading == "Analis Data" and page.news.startswith("Jabatan sudah dibuat.")


def test_who_was_overtaken_reads_what_stands_now_and_may_write_over_it(office, admin):
    world = office.world
    form = linked(admin, admin.get(at(office, "unit", "bidang")), "Ubah")
    with world.scope() as session:
        units.update_unit(session, BY, world.units["bidang"], short="BID")
    stale = admin.submit(form, "/ubah", nama="Bidang Baru")
    assert stale.status == 412 and stale.alert.startswith("Orang lain sudah menyimpan perubahan sejak Anda membuka")
    assert "Yang tersimpan sekarang, berbeda dari isian Anda: Nama unit Unit bidang Singkatan BID" in stale.alert
    fields = stale.form("/ubah").fields
    assert (fields["nama"], fields["singkatan"]) == ("Bidang Baru", "Bidang")
    assert fields["versi"] != form.form("/ubah").fields["versi"]
    page = admin.follow(admin.submit(stale, "/ubah", singkatan="BID"))
    assert page.heading == "Bidang Baru" and "BID" in page.text


def test_a_refusal_of_another_kind_keeps_the_version_that_was_seen(office, admin):
    world = office.world
    form = linked(admin, admin.get(at(office, "unit", "bidang")), "Ubah")
    wrong = admin.submit(form, "/ubah", nama="")
    assert wrong.status == 422
    with world.scope() as session:
        units.update_unit(session, BY, world.units["bidang"], short="BID")
    assert admin.submit(wrong, "/ubah", nama="Bidang Baru").status == 412
    assert admin.post(f"{at(office, 'unit', 'bidang')}/ubah", nama="X", jenis="bidang", versi="bukan").status == 412


def test_only_what_was_changed_is_written_in_the_audit(office, admin):
    world = office.world
    admin.submit(linked(admin, admin.get(at(office, "unit", "bidang")), "Ubah"), "/ubah", singkatan="BID")
    with world.scope() as session:
        asked = select(AuditEntry.details).where(AuditEntry.kind == "unit.changed", AuditEntry.subject == "bidang")
        assert session.scalars(asked.order_by(AuditEntry.id.desc())).first()["fields"] == ["short"]


def test_a_reader_sees_no_button_and_gets_through_no_door(office, ani, admin):
    with office.world.scope() as session:
        (held,) = assignments.assignments(session, position_id=office.world.positions["staf"])
    unit, post = at(office, "unit", "bidang"), at(office, "jabatan", "staf")
    for path in ("/organisasi", "/organisasi/jabatan", unit, post, at(office, "pegawai", "tono")):
        read, edited = ani.get(path), admin.get(path)
        forms = [form.action for form in read.forms if "/organisasi" in form.action and form.method != "get"]
        assert forms == [] and len(list(edited.root.all(class_="btn"))) > len(list(read.root.all(class_="btn")))
        for word in ("Ubah", "Tambah", "Nonaktifkan", "Tetapkan", "Akhiri", "Perbaiki"):
            assert word not in read.text, (path, word)
    kept = f"/organisasi/penugasan/{held.id}"
    for path in (f"{unit}/ubah", f"{unit}/nonaktifkan", f"{post}/ubah", f"{kept}/akhiri", "/organisasi/unit/baru"):
        assert ani.get(path).status == 403
        assert ani.post(path, nama="X", sampai="2026-01-01").status == 403


def test_what_is_anothers_cannot_be_put_into_a_form(office, found, admin):
    other = found()
    foreign = {"pegawai": str(other.world.people["ani"]), "jabatan": str(other.world.positions["staf"])}
    own = {"pegawai": str(office.world.people["ani"]), "jabatan": str(office.world.positions["kabid"])}
    for name, value in foreign.items():
        typed = {**own, name: value, "jenis": "plh", "mulai": "2026-01-02"}
        assert admin.post("/organisasi/penugasan/baru", **typed).status == 404
        assert admin.get("/organisasi/penugasan/baru", **typed).status == 404
    unit = {"nama": "X", "jenis": "bidang", "induk": str(other.world.units["dinas"])}
    assert admin.post("/organisasi/unit/baru", **unit).status == 404
    assert admin.post("/organisasi/unit/baru", **{**unit, "induk": "bukan-nomor"}).status == 422


FORMS = {
    "/organisasi/unit/baru": 3,
    "/organisasi/unit/{unit}/ubah": 4,
    "/organisasi/unit/{unit}/nonaktifkan": 2,
    "/organisasi/jabatan/baru": 3,
    "/organisasi/jabatan/{post}/ubah": 6,
    "/organisasi/jabatan/{post}/nonaktifkan": 2,
    "/organisasi/penugasan/baru?jabatan={post}": 4,
    "/organisasi/penugasan/{held}/ubah": 1,
    "/organisasi/penugasan/{held}/akhiri": 1,
}


def test_a_form_costs_the_same_however_large_the_government(database, office, admin):
    world = office.world
    with world.scope() as session:
        (held,) = assignments.assignments(session, position_id=world.positions["staf"])
    ids = {"unit": world.units["bidang"], "post": world.positions["staf"], "held": held.id}

    def spent():
        told = {}
        for path in FORMS:
            address, _, post = path.format(**ids).partition("?jabatan=")
            with counted(database) as sent:
                assert admin.get(address, **({"jabatan": post} if post else {})).status == 200
            told[path] = len(sent) - SCOPE_AND_ACTOR
        return told

    assert spent() == FORMS
    with world.scope() as session:
        for number in range(12):
            name = f"tambahan{number}"
            unit = units.create_unit(session, BY, name=f"Unit {name}", kind="bidang", parent_id=world.units["dinas"])
            world.units[name] = unit.id
            world.add_position(session, name, name, "kabid", head=True)
            world.add_person(session, name, name)
        assert len(positions.positions(session)) == 22
    assert spent() == FORMS
