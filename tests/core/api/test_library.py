"""The library of SOPs: an edition is read as its sheet prints it, whether it runs yet or not; and all pages show."""

import yaml
from sqlalchemy import select

from core.procedures import editions
from core.procedures.binding import Organization, bind
from core.procedures.loader import load_binding, load_procedure
from core.procedures.models import EditionRow
from tests.core.api.office import SURVEI, is_problem
from tests.world import BY

BRANCHES = """
procedure: umum.cabang
title: Dua cabang
start: {by: [tim], subject: Dua cabang}
actors:
  tim: {name: Tim, is: team}
  kabid: {name: Kepala Bidang, is: position}
steps:
  - {key: mulai, no: "1", activity: Membagi pekerjaan, actor: tim}
  - key: bersamaan
    parallel:
      - {key: kiri, label: Kiri, steps: [{key: a, no: "2", activity: Mengerjakan bagian kiri, actor: tim}]}
      - {key: kanan, label: Kanan, steps: [{key: b, no: "3", activity: Mengerjakan bagian kanan, actor: kabid}]}
  - {key: gabung, no: "4", activity: Menggabungkan, actor: tim}
"""


def test_a_draft_whose_constructs_do_not_run_yet_is_read_all_the_same(office):
    world = office.world
    procedure = load_procedure(BRANCHES, "cabang.yaml")
    binding = {
        "procedure": "umum.cabang",
        "code": "cabang",
        "title": "Dua cabang",
        "actors": {"tim": {"team": "tim"}, "kabid": {"position": "kabid"}},
    }
    with world.scope() as session:
        known = Organization(
            world.slug, frozenset(world.positions), frozenset(world.teams), frozenset(world.units), frozenset({"opd"})
        )
        edition = bind(procedure, load_binding(yaml.safe_dump(binding), "ikat.yaml"), known, "1")
        draft = editions.draft(session, BY, edition).id
    with world.scope() as session:
        assert session.scalars(select(EditionRow.status).where(EditionRow.id == draft)).one() == "draft"
    shown = office.caller("ani").get(f"/editions/{draft}")
    assert shown.status_code == 200
    assert [step["no"] for step in shown.json["sheet"]["steps"]] == ["1", "2", "3", "4"]


def test_the_shelf_tells_what_its_page_tells(office):
    office.put_in_force()
    office.start("ani", "survei")
    office.put_in_force(SURVEI.replace("umum.survei", "umum.lain").replace("Survei kepada", "Lain kepada"))
    ani = office.caller("ani")
    lain, survei = ani.get("/procedures").json
    assert (survei["code"], survei["domain"], survei["edition"], survei["running"]) == ("survei", "Umum", 1, 1)
    assert survei["effective_on"] and survei["number"] is None and lain["running"] == 0
    assert [each["code"] for each in ani.get("/procedures", q="lain KEPADA").json] == ["lain"]
    assert [each["code"] for each in ani.get("/procedures", limit=1).json] == ["lain"]
    assert [each["code"] for each in ani.get("/procedures", limit=1, after="lain").json] == ["survei"]
    assert ani.get("/procedures", after="survei").json == []


def test_a_sop_tells_who_runs_it_here_and_whether_one_may_start_it(office):
    office.put_in_force()
    detail = office.caller("ani").get("/procedures/survei").json
    assert detail["may_start"] is True and office.caller("budi").get("/procedures/survei").json["may_start"] is False
    actors = {each["key"]: each for each in detail["actors"]}
    assert (actors["kabid"]["kind"], actors["kabid"]["name"]) == ("position", "Jabatan kabid")
    (holder,) = actors["kabid"]["desks"][0]["holders"]
    assert (holder["name"], holder["title"], holder["capacity"]) == ("Budi Contoh", "Jabatan kabid", "definitive")
    assert [desk["name"] for desk in actors["opd"]["desks"]] == ["Unit dinkes", "Unit disdik", "Unit dishub"]
    assert detail["rules"] == []


def test_what_changed_between_editions_is_told_by_name(office):
    office.put_in_force()
    office.put_in_force(SURVEI.replace("Memeriksa", "Memeriksa jawaban"))
    ani = office.caller("ani")
    second, first = ani.get("/procedures/survei/editions").json
    assert (second["number"], second["status"], second["retired_on"]) == (2, "effective", None)
    assert (first["status"], first["retired_on"]) == ("retired", second["effective_on"])
    assert [each["number"] for each in ani.get("/procedures/survei/editions", before=2).json] == [1]
    changed = ani.get(f"/editions/{second['id']}/changes").json
    (step,) = changed["steps"]
    assert (changed["since"], step["key"], step["how"]) == (1, "periksa", "changed")
    assert step["changes"] == [{"what": "activity", "before": ["Memeriksa"], "after": ["Memeriksa jawaban"]}]
    empty = {"since": None, "cover": [], "actors": [], "start": [], "steps": []}
    assert ani.get(f"/editions/{first['id']}/changes").json == empty
    is_problem(ani.get(f"/editions/{second['id']}/changes", since=9), 404, "edisi-tidak-ada")


def test_a_start_tells_what_it_asks_and_who_gets_the_first_task(office):
    office.put_in_force()
    told = office.caller("ani").get("/procedures/survei/start").json
    assert told["subject"] == "Survei: {perihal}" and [each["key"] for each in told["asks"]] == ["perihal"]
    assert told["first"]["step"] == "tulis" and [desk["name"] for desk in told["first"]["desks"]] == ["Tim tim"]
    is_problem(office.caller("budi").get("/procedures/survei/start"), 403)
    is_problem(office.caller("ani").get("/procedures/lain/start"), 404, "sop-tidak-ada")
