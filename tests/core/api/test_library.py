"""The library of SOPs: an edition is read as its sheet prints it, whether it can run yet or not."""

import yaml
from sqlalchemy import select

from core.procedures import editions
from core.procedures.binding import Organization, bind
from core.procedures.loader import load_binding, load_procedure
from core.procedures.models import EditionRow
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
