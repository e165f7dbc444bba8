"""SPBE monev from its first step to its last, over HTTP alone, as its officials would do it."""

import pytest

from tests.core.api.office import MONEV, OTHER_PDF, is_problem
from tests.core.files.samples import PDF

pytestmark = pytest.mark.database

ANSWERING = {"dinkes": "dewi", "disdik": "eko", "dishub": "lila"}


@pytest.fixture
def monev(office):
    """A government whose SPBE monev is in force, and its case just begun."""
    office.put_in_force(MONEV, "spbe-monev")
    return office.start("ani", "spbe-monev", tahun=2026)


def log(caller, case):
    return caller.get(f"/cases/{case}/events", limit=200).json["items"]


def to_the_opds(office):
    """Steps 1 to 3, each by its own official."""
    ani, budi, sari = map(office.caller, ("ani", "budi", "sari"))
    first = ani.inbox()["persiapan"]
    assert ani.attach(first, "surat").status_code == 201
    assert ani.complete(first, catatan="Konsep siap").status_code == 200
    assert budi.complete(budi.inbox()["monitoring"], disposisi="Lanjutkan").status_code == 200
    assert sari.complete(sari.inbox()["undangan"], nomor_surat="005/1").status_code == 200


def hand_in(office, name, content=PDF):
    """An OPD's evidence and its hand-over."""
    caller = office.caller(name)
    task = caller.inbox()["data"]
    attached = caller.attach(task, "bukti", content, f"bukti {name}.pdf")
    assert attached.status_code == 201, attached.json
    done = caller.complete(task, catatan=f"Dari {name}")
    assert done.status_code == 200, done.json
    return task


def test_spbe_monev_from_the_first_step_to_the_last(office, monev):
    case, ani, budi, tono = monev["case"]["id"], *map(office.caller, ("ani", "budi", "tono"))
    assert monev["number"].startswith("SPBE-MONEV/") and monev["subject"] == "Monev SPBE 2026"

    # Step 1: begun, drafted, evidenced, completed as read.
    task = ani.inbox()["persiapan"]
    began = ani.command(f"/tasks/{task}/begin")
    assert (began.status_code, began.headers["ETag"]) == (200, '"2"')
    drafted = ani.command(f"/tasks/{task}/draft", {"answers": {"catatan": "Mulai"}}, method="PUT")
    assert drafted.status_code == 200
    shown = ani.get(f"/tasks/{task}")
    assert shown.json["draft"] == {"catatan": "Mulai"}
    assert [field["key"] for field in shown.json["form"]] == ["surat", "catatan"]
    attached = ani.attach(task, "surat", name="Konsep Undangan.pdf")
    assert attached.json["evidence"]["name"] == "Konsep Undangan.pdf"
    stale = ani.command(f"/tasks/{task}/complete", {"answers": {}}, version=drafted.headers["ETag"])
    assert "version" in is_problem(stale, 412)
    done = ani.command(
        f"/tasks/{task}/complete", {"answers": {"catatan": "Konsep siap"}}, version=attached.headers["ETag"]
    )
    assert done.status_code == 200, done.json
    assert [opened["step"] for opened in done.json["opened"]] == ["monitoring"]

    # Steps 2 and 3, handed from official to official.
    assert ani.inbox() == {}
    assert budi.complete(budi.inbox()["monitoring"], disposisi="Lanjutkan").status_code == 200
    sari = office.caller("sari")
    sent = sari.complete(sari.inbox()["undangan"], nomor_surat="005/12/Kominfo", tanggal_kirim="2026-03-02")
    assert sorted(opened["label"] for opened in sent.json["opened"]) == ["Dinkes", "Disdik", "Dishub"]

    # Step 4: three OPDs in parallel; the last one opens step 5.
    before = {name: hand_in(office, name) for name in ("dewi", "eko")}
    assert "rekap" not in tono.inbox()
    hand_in(office, "lila")

    # Step 5: one answer is not complete and goes back to that OPD alone, with what it had sent.
    rekap = tono.inbox()["rekap"]
    returned = tono.command(
        f"/tasks/{rekap}/return",
        {"reason": "Bukti audit belum ada", "members": [str(office.world.units["disdik"])]},
        version=tono.get(f"/tasks/{rekap}").headers["ETag"],
    )
    assert returned.status_code == 200, returned.json
    assert [opened["label"] for opened in returned.json["opened"]] == ["Disdik"]
    assert "data" not in office.caller("dewi").inbox()
    eko = office.caller("eko")
    again = eko.inbox()["data"]
    shown = eko.get(f"/tasks/{again}").json
    assert again != before["eko"] and (shown["visit"], shown["answers"]) == (2, None)
    assert shown["former"]["catatan"] == "Dari eko"
    back = shown["returned"]
    assert (back["by"], back["step"], back["reason"]) == ("Tono Contoh", "rekap", "Bukti audit belum ada")
    assert office.caller("dewi").get(f"/tasks/{again}").json["returned"] is None
    assert [file["name"] for file in shown["evidence"]] == ["bukti eko.pdf"]
    hand_in(office, "eko", OTHER_PDF)
    assert tono.complete(tono.inbox()["rekap"], catatan="Lengkap").status_code == 200

    # Steps 6 to 8.
    gita = office.caller("gita")
    assert gita.complete(gita.inbox()["rapat"], notulen="Rapat dibuka").status_code == 200
    assert tono.complete(tono.inbox()["laporan"], ringkasan="Baik", nilai="3,45").status_code == 200
    last = sari.complete(sari.inbox()["dokumen"], catatan="Terbit")
    assert last.json["case"] == {"id": case, "status": "done", "ended": "selesai"}

    rail = ani.get(f"/cases/{case}").json
    assert (rail["status"], rail["ended"]) == ("done", "selesai")
    assert [step["status"] for step in rail["steps"]] == ["done"] * 8
    assert {task["visit"] for task in rail["steps"][3]["tasks"]} == {1, 2}
    kinds = [event["kind"] for event in log(ani, case)]
    assert kinds.count("task_completed") == 12 and kinds.count("step_returned") == 1 and kinds[-1] == "case_ended"
    assert office.world.findings() == []


def test_the_log_in_takes_a_nip_with_spaces(office):
    with office.world.scope() as session:
        from core.identity import accounts

        nip = accounts.get(session, office.world.people["ani"]).nip
    spaced = f" {nip[:8]} {nip[8:14]} {nip[14:15]} {nip[15:]} "
    answer = office.log_in(spaced)
    assert answer.status_code == 201
    assert answer.json["secret"].startswith("lgk_") and answer.json["must_change"] is False
    assert office.log_in(nip).status_code == 201
    assert office.log_in("ANI ").status_code == 201


def test_opds_do_not_see_each_other(office, monev):
    case = monev["case"]["id"]
    to_the_opds(office)
    tasks = {unit: hand_in(office, name) for unit, name in ANSWERING.items()}
    dewi, eko = office.caller("dewi"), office.caller("eko")
    evidence = eko.get(f"/tasks/{tasks['disdik']}").json["evidence"][0]["id"]

    others = dewi.get(f"/tasks/{tasks['disdik']}")
    assert (others.json["answers"], others.json["former"], others.json["draft"]) == (None, None, None)
    assert others.json["evidence"] == []
    is_problem(dewi.get(f"/tasks/{tasks['disdik']}/evidence/{evidence}"), 404)
    is_problem(dewi.get(f"/tasks/{tasks['dinkes']}/evidence/{evidence}"), 404)
    is_problem(dewi.command(f"/tasks/{tasks['disdik']}/evidence/{evidence}", method="DELETE"), 409)

    # Of the steps all share she reads no more than of the other OPDs; her own part she reads whole.
    told = [event["value"] for event in log(dewi, case) if event["value"]]
    assert {value.get("isian", {}).get("catatan") for value in told if "isian" in value} == {"Dari dewi"}
    assert "Dari eko" not in dewi.get(f"/cases/{case}/events").get_data(as_text=True)
    whole = office.caller("ani").get(f"/cases/{case}/events").get_data(as_text=True)
    assert all(f"Dari {name}" in whole for name in ANSWERING.values())


def test_a_bystander_of_an_ordinary_case_reads_its_rail_only(office, monev):
    case = monev["case"]["id"]
    to_the_opds(office)
    task = hand_in(office, "dewi")
    own = office.caller("dewi").get(f"/tasks/{task}").json["evidence"][0]["id"]
    bystander = office.caller("fajar")
    rail = bystander.get(f"/cases/{case}").json
    assert [step["status"] for step in rail["steps"]][:4] == ["done", "done", "done", "open"]
    assert not [event for event in log(bystander, case) if event["value"]]
    shown = bystander.get(f"/tasks/{task}").json
    assert (shown["answers"], shown["evidence"]) == (None, [])
    assert [option["command"] for option in shown["options"]] in ([], ["comment"])
    is_problem(bystander.get(f"/tasks/{task}/evidence/{own}"), 404)
    assert bystander.inbox() == {}


def test_evidence_comes_back_as_it_was_sent(office, monev):
    ani = office.caller("ani")
    task = ani.inbox()["persiapan"]
    evidence = ani.attach(task, "surat", name="Konsep — rapat.pdf").json["evidence"]
    got = ani.get(f"/tasks/{task}/evidence/{evidence['id']}")
    assert (got.data, got.mimetype) == (PDF, "application/pdf")
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert "Konsep%20%E2%80%94%20rapat.pdf" in got.headers["Content-Disposition"]
    assert got.headers["X-Content-Type-Options"] == "nosniff" and got.headers["Cache-Control"] == "no-store"
    gone = ani.command(f"/tasks/{task}/evidence/{evidence['id']}", method="DELETE")
    assert gone.status_code == 200
    is_problem(ani.get(f"/tasks/{task}/evidence/{evidence['id']}"), 404, "data-dukung-tidak-ada")


def test_comment_reassign_and_cancel(office, monev):
    case, ani, budi = monev["case"]["id"], office.caller("ani"), office.caller("budi")
    assert ani.command(f"/cases/{case}/comments", {"text": "Mohon dipercepat"}).status_code == 201
    task = ani.inbox()["persiapan"]
    given = budi.command(
        f"/tasks/{task}/reassign",
        {"person_id": str(office.world.people["tono"]), "reason": "Ani cuti"},
        version=budi.get(f"/tasks/{task}").headers["ETag"],
    )
    assert given.status_code == 200, given.json
    is_problem(ani.complete(task, catatan="Tetap saya"), 403, "dialihkan-kepada-yang-lain")
    assert office.caller("tono").inbox() == {"persiapan": task}
    is_problem(office.caller("dewi").command(f"/cases/{case}/cancel", {"reason": "bosan"}), 403)
    cancelled = budi.command(f"/cases/{case}/cancel", {"reason": "Salah tahun"})
    assert cancelled.json["case"]["status"] == "cancelled"
    assert office.caller("tono").inbox() == {}
    kinds = [event["kind"] for event in log(ani, case)]
    assert {"commented", "task_reassigned", "case_cancelled"} <= set(kinds)
    is_problem(ani.command(f"/cases/{case}/comments", {"text": "Masih?"}), 409, "pelaksanaan-tertutup")


def test_lists_page_by_key_and_end(office):
    code = office.put_in_force()
    numbers = [office.start("ani", code, perihal=str(n))["number"] for n in range(5)]
    ani, seen, cursor = office.caller("ani"), [], {}
    while True:
        page = ani.get("/cases", limit=2, **cursor).json
        seen += [case["number"] for case in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert seen == numbers[::-1]
    first = ani.get("/tasks", limit=3).json
    rest = ani.get("/tasks", limit=3, cursor=first["next"]).json
    assert [task["number"] for task in first["items"] + rest["items"]] == numbers and rest["next"] is None
    assert [case["number"] for case in ani.get("/cases", status="done").json["items"]] == []
    assert len(ani.get("/cases", code=code, status="open").json["items"]) == 5
    events = ani.get(f"/cases/{ani.get('/cases').json['items'][0]['id']}/events", limit=1).json
    assert (len(events["items"]), events["next"]) == (1, 1)


def test_the_library_shows_the_sheet_and_what_a_start_asks(office):
    office.put_in_force(MONEV, "spbe-monev")
    ani = office.caller("ani")
    (procedure,) = ani.get("/procedures").json
    assert procedure["code"] == "spbe-monev"
    detail = ani.get("/procedures/spbe-monev").json
    (edition,) = detail["editions"]
    assert edition["status"] == "effective" and edition["id"] == procedure["effective_id"]
    shown = ani.get(f"/editions/{edition['id']}").json
    assert [step["no"] for step in shown["sheet"]["steps"]] == list("12345678")
    assert shown["asks"] == [{"key": "tahun", "label": "Tahun evaluasi", "type": "number", "required": True}]
    assert len(ani.get("/units").json) == len(office.world.units)
    holders = {post["key"]: post["holders"] for post in ani.get("/positions").json}
    assert holders["kabid"][0]["name"] == "Budi Contoh" and holders["kabid"][0]["capacity"] == "definitive"


def test_me_shows_positions_and_rights(office):
    me = office.caller("budi").get("/me").json
    assert [position["title"] for position in me["positions"]] == ["Jabatan kabid"]
    assert me["rights"] == ["organization.read", "procedures.read"]
    assert "people.manage" in office.caller("gita").get("/me").json["rights"]
