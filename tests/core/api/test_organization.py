"""An admin keeps the organization over HTTP: each resource made, read, changed, refused in words, abolished."""

from datetime import date, timedelta

import pytest

from core.tenancy.scope import scope_of
from tests.core.api.office import ADMIN, is_problem
from tests.statements import counted
from tests.world import SINCE

pytestmark = pytest.mark.database


@pytest.fixture
def admin(office):
    """Who may edit."""
    return office.caller(ADMIN)


@pytest.fixture
def ani(office):
    """Who may read."""
    return office.caller("ani")


def made(caller, path, **body):
    answer = caller.send("POST", path, json=body)
    assert answer.status_code == 201, answer.json
    return answer


def change(caller, path, tag=None, **body):
    tag = tag or caller.get(path).headers["ETag"]
    return caller.send("PATCH", path, {"If-Match": tag}, json=body)


def test_a_unit_from_its_making_to_its_end(office, admin, ani):
    dinas = str(office.world.units["dinas"])
    answer = made(admin, "/units", name="Bidang Statistik <b>", kind="bidang", parent_id=dinas)
    assert answer.json["key"] == "bidang_statistik_b" and answer.json["active"] is True
    at = f"/units/{answer.json['id']}"
    shown = ani.get(at)
    assert shown.headers["ETag"] == answer.headers["ETag"]
    assert shown.json["name"] == "Bidang Statistik <b>"
    assert [unit["name"] for unit in shown.json["path"]] == ["Unit dinas"]
    assert (shown.json["posts"], shown.json["desk"], shown.json["teams"]) == ([], None, [])
    changed = change(admin, at, short="Stat", name="Bidang Statistik")
    assert changed.status_code == 200 and changed.json["short"] == "Stat"
    assert ani.get(at).headers["ETag"] == changed.headers["ETag"] != shown.headers["ETag"]
    twin = admin.send("POST", "/units", json={"name": "Bidang Statistik", "kind": "bidang", "parent_id": dinas})
    assert 'sudah ada di bawah "Unit dinas"' in is_problem(twin, 409, "sudah-ada")["detail"]
    made(admin, "/positions", title="Kepala Bidang", kind="struktural", unit_id=answer.json["id"], head=True)
    refused = is_problem(change(admin, at, active=False), 409, "masih-dipakai")
    assert 'Masih terkait: jabatan "Kepala Bidang"' in refused["detail"]
    post = ani.get(at).json["posts"][0]["id"]
    assert change(admin, f"/positions/{post}", active=False).status_code == 200
    assert change(admin, at, active=False).json["active"] is False
    assert answer.json["id"] not in [unit["id"] for unit in ani.get("/units").json]
    assert ani.get(at).json["active"] is False


def test_units_in_a_circle_are_refused_in_words(office, admin):
    dinas, bidang = (office.world.units[key] for key in ("dinas", "bidang"))
    problem = is_problem(change(admin, f"/units/{dinas}", parent_id=str(bidang)), 409, "hierarki-berputar")
    assert "Susunan unit kerja berputar: " in problem["detail"] and "Unit bidang" in problem["detail"]


def test_the_tree_of_units_and_of_posts(ani):
    top = {unit["key"]: unit for unit in ani.get("/units/tree").json}
    assert [unit["key"] for unit in top["dinas"]["below"]] == ["sekretariat", "bidang"]
    assert top["dinas"]["head_title"] == "Jabatan kadis"
    assert [holder["name"] for holder in top["dinas"]["holders"]] == ["Hadi Contoh"]
    assert top["dinas"]["below"][1]["post_count"] == 3
    (sekda,) = ani.get("/positions/tree").json
    assert [post["key"] for post in sekda["below"]] == ["kadis", "kadinkes", "kadisdik", "kadishub"]
    assert sekda["holders"][0]["name"] == "Gita Contoh" and sekda["vacant"] is False


def test_a_post_from_its_making_to_its_end(office, admin, ani):
    world = office.world
    asked = {
        "title": "Analis Data", "kind": "fungsional", "unit_id": str(world.units["bidang"]),
        "superior_id": str(world.positions["kabid"]),
    }  # fmt: skip
    post = made(admin, "/positions", **asked).json
    problem = is_problem(admin.send("POST", "/positions", json=asked), 409, "jabatan-kembar")
    assert problem["detail"].startswith('Jabatan "Analis Data" sudah ada di unit "Unit bidang".')
    assert made(admin, "/positions", **asked, again=True).json["key"] == "analis_data_2"
    at = f"/positions/{post['id']}"
    shown = ani.get(at).json
    assert shown["vacant"] is True
    assert [(h["name"], h["capacity"]) for h in shown["holders"]] == [("Budi Contoh", "superior")]
    assert change(admin, at, echelon="II.b", title="Analis Data Utama").json["title"] == "Analis Data Utama"
    is_problem(change(admin, at, echelon="dua"), 422, "eselon-salah")
    is_problem(change(admin, at, head=True), 409, "kepala-unit-ganda")
    is_problem(change(admin, at, superior_id=post["id"]), 409, "hierarki-berputar")
    is_problem(change(admin, at, unit_id=post["id"]), 404, "unit-tidak-ada")
    assert change(admin, at, active=False).json["active"] is False
    problem = is_problem(change(admin, f"/positions/{world.positions['kabid']}", active=False), 409, "masih-dipakai")
    assert "Budi Contoh yang bertugas (definitif)" in problem["detail"]


def test_somebody_into_a_post_and_out_again(office, admin, ani):
    world = office.world
    kadis, tono = str(world.positions["kadis"]), str(world.people["tono"])
    asked = {"person_id": tono, "position_id": kadis, "kind": "definitive", "starts_on": "2026-01-01"}
    problem = is_problem(admin.send("POST", "/assignments", json=asked), 409, "jabatan-terisi")
    assert problem["detail"] == (
        'Jabatan "Jabatan kadis" sudah dipegang Hadi Contoh (definitif) sejak 2 Januari 2024 sampai waktu yang belum '
        "ditentukan. Akhiri dahulu penugasan itu, atau ubah tanggalnya."
    )
    plh = made(admin, "/assignments", **{**asked, "kind": "plh"}, order_number="800/12/2026")
    assert (plh.json["name"], plh.json["title"], plh.json["when"]) == ("Tono Contoh", "Plh. Jabatan kadis", "current")
    again = admin.send("POST", "/assignments", json={**asked, "kind": "plh"})
    assert (
        "Tono Contoh sudah bertugas sebagai Jabatan kadis (Plh.)" in is_problem(again, 409, "penugasan-ganda")["detail"]
    )
    held = {holder["name"]: holder for holder in ani.get(f"/positions/{kadis}").json["holders"]}
    assert held["Tono Contoh"]["order_number"] == "800/12/2026"
    at = f"/assignments/{plh.json['id']}"
    assert ani.get(at).headers["ETag"] == plh.headers["ETag"]
    problem = is_problem(change(admin, at, ends_on="2025-12-31"), 422, "tanggal-terbalik")
    assert problem["detail"].startswith("Tanggal selesai 31 Desember 2025 mendahului tanggal mulai 1 Januari 2026.")
    with world.scope() as session:
        today = scope_of(session).today
    ended = change(admin, at, ends_on=(today - timedelta(days=1)).isoformat())
    assert ended.status_code == 200 and ended.json["when"] == "past"
    assert [h["name"] for h in ani.get(f"/positions/{kadis}").json["holders"]] == ["Hadi Contoh"]
    tag = ended.headers["ETag"]
    is_problem(admin.send("DELETE", at, {"If-Match": tag}), 409, "penugasan-sudah-berjalan")
    coming = made(admin, "/assignments", **{**asked, "kind": "plt", "starts_on": "2199-01-01"})
    at = f"/assignments/{coming.json['id']}"
    is_problem(admin.send("DELETE", at), 428, "versi-wajib")
    assert admin.send("DELETE", at, {"If-Match": coming.headers["ETag"]}).status_code == 204
    is_problem(ani.get(at), 404, "penugasan-tidak-ada")


def test_the_history_of_a_post_or_a_person_goes_page_by_page(office, admin, ani):
    world = office.world
    for month in range(1, 6):
        made(
            admin, "/assignments", person_id=str(world.people["tono"]), position_id=str(world.positions["kadis"]),
            kind="plh", starts_on=date(2024, month, 1).isoformat(), ends_on=date(2024, month, 5).isoformat(),
        )  # fmt: skip
    for asked in ({"position_id": world.positions["kadis"]}, {"person_id": world.people["tono"]}):
        found, cursor = [], None
        while True:
            page = ani.get("/assignments", **asked, limit=4, **({"cursor": cursor} if cursor else {})).json
            found += page["items"]
            cursor = page["next"]
            if cursor is None:
                break
        days = [item["starts_on"] for item in found]
        assert len({item["id"] for item in found}) == 6 and days == sorted(days, reverse=True)
    is_problem(ani.get("/assignments"), 422, "jabatan-atau-pegawai")
    both = {"position_id": world.positions["kadis"], "person_id": world.people["tono"]}
    is_problem(ani.get("/assignments", **both), 422, "jabatan-atau-pegawai")


def test_a_team_from_its_decree_to_its_end(office, admin, ani):
    world = office.world
    asked = {"name": "Tim Reformasi", "unit_id": str(world.units["bidang"]), "decree_number": "188/1/2026"}
    team = made(admin, "/teams", **asked, decree_date="2026-01-02")
    is_problem(admin.send("POST", "/teams", json=asked), 409, "sudah-ada")
    at = f"/teams/{team.json['id']}"
    assert team.json["current"] is True and team.json["members"] == []
    made(admin, f"{at}/members", position_id=str(world.positions["kabid"]), function="Ketua", head=True)
    answer = made(admin, f"{at}/members", person_id=str(world.people["dewi"]), function="Anggota")
    assert [(s["who"], s["head"], [h["name"] for h in s["holders"]]) for s in answer.json["members"]] == [
        ("Jabatan kabid", True, ["Budi Contoh"]), ("Dewi Contoh", False, [])
    ]  # fmt: skip
    again = admin.send("POST", f"{at}/members", json={"person_id": str(world.people["dewi"])})
    assert "Dewi Contoh sudah menjadi anggota" in is_problem(again, 409, "anggota-ganda")["detail"]
    is_problem(admin.send("POST", f"{at}/members", json={}), 422, "jabatan-atau-pegawai")
    dewi = answer.json["members"][1]["id"]
    other = f"/teams/{world.teams['tim']}/members/{dewi}"
    is_problem(ani.send("DELETE", other), 404, "anggota-tidak-ada")
    is_problem(ani.send("DELETE", f"{at}/members/{dewi}"), 403, "tidak-berwenang")
    assert admin.send("DELETE", f"{at}/members/{dewi}").status_code == 204
    assert len(ani.get(at).json["members"]) == 1
    is_problem(change(admin, at, starts_on="2026-02-01", ends_on="2026-01-01"), 422, "tanggal-terbalik")
    ended = change(admin, at, ends_on="2026-01-31", starts_on="2026-01-01")
    assert ended.json["current"] is False
    assert change(admin, at, active=False).status_code == 200
    assert [line["name"] for line in ani.get("/teams").json] == ["Tim tim", "Tim tim_kota"]


def test_a_set_keeps_its_order(office, admin, ani):
    ids = [str(office.world.units[key]) for key in ("disdik", "dinkes")]
    row = made(admin, "/unit-sets", name="OPD Uji", units=ids)
    at = f"/unit-sets/{row.json['id']}"
    assert [unit["key"] for unit in ani.get(at).json["units"]] == ["disdik", "dinkes"]
    tag = row.headers["ETag"]
    changed = change(admin, at, units=ids[::-1])
    assert [unit["key"] for unit in changed.json["units"]] == ["dinkes", "disdik"]
    is_problem(change(admin, at, tag, units=ids), 412, "kedaluwarsa")
    is_problem(change(admin, at, units=[row.json["id"]]), 404, "unit-tidak-ada")
    assert {one["name"] for one in ani.get("/unit-sets").json} == {"Semua OPD", "OPD Uji"}


EDITED = {
    "/units/{unit}": {"name": "Lain"},
    "/positions/{position}": {"title": "Lain"},
    "/teams/{team}": {"name": "Lain"},
    "/assignments/{assignment}": {"order_number": "Lain"},
    "/accounts/{person}": {"name": "Lain"},
}


@pytest.mark.parametrize("path", EDITED)
def test_a_change_says_what_it_was_decided_on(office, admin, path):
    world = office.world
    held = admin.get("/assignments", position_id=world.positions["staf"]).json["items"][0]["id"]
    at = path.format(
        unit=world.units["bidang"], position=world.positions["staf"], team=world.teams["tim"], assignment=held,
        person=world.people["tono"],
    )  # fmt: skip
    body = EDITED[path]
    is_problem(admin.send("PATCH", at, json=body), 428, "versi-wajib")
    tag = admin.get(at).headers["ETag"]
    for wrong in ('"1"', "*", "", '"' + "é" * 9, tag + tag):
        answer = admin.send("PATCH", at, {"If-Match": wrong.encode().decode("latin-1")}, json=body)
        is_problem(answer, 412, "kedaluwarsa")
    first = admin.send("PATCH", at, {"If-Match": f"W/{tag}"}, json=body)
    assert first.status_code == 200 and first.headers["ETag"] != tag
    late = is_problem(admin.send("PATCH", at, {"If-Match": tag}, json=body), 412, "kedaluwarsa")
    assert late["detail"].startswith("Data telah berubah sejak Anda membukanya. Muat ulang")
    assert admin.get(at).headers["ETag"] == first.headers["ETag"]


def test_nobody_reaches_another_governments_organization(app, platform, office, admin):
    from tests.core.api.office import Office
    from tests.world import World

    abroad = Office(app, World(platform.database, platform.engine)).world
    ids = {"unit_id": abroad.units["bidang"], "position_id": abroad.positions["kabid"]}
    person = str(abroad.people["tono"])
    own = office.world
    for body, path, kind in (
        ({"name": "x", "kind": "bidang", "parent_id": str(ids["unit_id"])}, "/units", "unit-tidak-ada"),
        ({"name": "x", "kind": "bidang", "receiver_id": str(ids["position_id"])}, "/units", "jabatan-tidak-ada"),
        ({"title": "x", "kind": "pelaksana", "unit_id": str(ids["unit_id"])}, "/positions", "unit-tidak-ada"),
        ({"name": "x", "units": [str(ids["unit_id"])]}, "/unit-sets", "unit-tidak-ada"),
        ({"name": "x", "unit_id": str(ids["unit_id"])}, "/teams", "unit-tidak-ada"),
        ({"person_id": person}, f"/teams/{own.teams['tim']}/members", "pegawai-tidak-ada"),
        ({"role": "auditor", "person_id": person}, "/grants", "pegawai-tidak-ada"),
        (
            {"person_id": person, "position_id": str(own.positions["kadis"]), "kind": "plh", "starts_on": "2026-01-01"},
            "/assignments", "pegawai-tidak-ada",
        ),
    ):  # fmt: skip
        is_problem(admin.send("POST", path, json=body), 404, kind)
    for asked in ({"position_id": ids["position_id"]}, {"person_id": person}):
        assert admin.get("/assignments", **asked).json == {"items": [], "next": None}
    assert {item["name"] for item in admin.get("/people").json["items"]} == {
        f"{name.title()} Contoh" for name in own.people
    }


SCOPE_AND_ACTOR = 2
READS = {
    "/units/tree": 2,
    "/units/{unit}": 5,
    "/positions/tree": 2,
    "/positions/{position}": 4,
    "/assignments": 1,
    "/teams": 1,
    "/teams/{team}": 3,
    "/unit-sets": 2,
    "/people": 2,
    "/people/{person}": 4,
    "/accounts": 1,
    "/roles": 2,
    "/grants": 1,
}


@pytest.mark.parametrize("path", READS)
def test_a_read_costs_the_same_in_an_office_twice_as_large(platform, office, admin, path):
    world = office.world
    at = path.format(
        unit=world.units["bidang"], position=world.positions["kabid"], team=world.teams["tim"],
        person=world.people["ani"],
    )  # fmt: skip
    whose = {"position_id": world.positions["kabid"]} if path == "/assignments" else {}

    def spent():
        with counted(platform.database) as sent:
            assert admin.get(at, **whose).status_code == 200
        return len(sent)

    small = spent()
    with world.scope() as session:
        for number in range(10):
            world.add_position(session, f"seksi{number}", "bidang", "kabid")
            world.add_person(session, f"pegawai{number}", f"seksi{number}")
            world.assign(session, "ani", f"seksi{number}", "plh", SINCE)
    assert spent() == small == SCOPE_AND_ACTOR + READS[path]
