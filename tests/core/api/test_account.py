"""One's own account over HTTP: the post one acts in, and the browsers in which one is logged in."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from core.database import new_id
from core.identity import accounts, actor, sessions
from core.organization import teams
from core.organization.models import Assignment
from tests.core.api.office import Office, is_problem
from tests.statements import counted
from tests.world import BY, World

pytestmark = pytest.mark.database

FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0"
NOTA = """
procedure: umum.nota
title: Nota dinas
start: {by: [sekretariat], asks: [{key: perihal, label: Perihal, type: text}], subject: "Nota: {perihal}"}
actors:
  sekretariat: {name: Sekretariat, is: unit}
  kadis: {name: Kepala Dinas, is: position}
  tim_kota: {name: Tim Kota, is: team}
steps:
  - {key: konsep, no: "1", activity: Menyusun, actor: sekretariat}
  - {key: rapat, no: "2", activity: Membahas, actor: tim_kota}
  - {key: setuju, no: "3", activity: Menyetujui, actor: kadis}
"""


class Two:
    """Sari is Sekretaris Dinas, and Plt. Kepala Dinas besides; both posts sit in one team."""

    def __init__(self, office):
        self.office, world = office, office.world
        with world.scope() as session:
            world.vacate(session, "hadi")
            world.assign(session, "sari", "kadis", "plt")
            teams.add_member(session, BY, world.teams["tim_kota"], position_id=world.positions["kadis"])
        office.put_in_force(NOTA)
        self.secretary, self.head = (str(world.positions[key]) for key in ("sekretaris", "kadis"))
        self.sari = office.caller("sari")

    def choose(self, position):
        return self.sari.send("PUT", "/me/acting", json={"position_id": position})

    def acts(self, case):
        """(kind, capacity) of all that is in the case's log."""
        return [(event["kind"], event["capacity"]) for event in self.sari.get(f"/cases/{case}/events").json["items"]]


@pytest.fixture
def two(office):
    return Two(office)


def test_an_official_of_two_posts_works_in_the_one_he_chose(two):
    sari = two.sari
    case = two.office.start("sari", "nota", perihal="Pengadaan")["case"]["id"]
    assert [post["capacity"] for post in sari.get("/me").json["positions"]] == ["definitive", "plt"]
    assert sari.get("/me").json["acting"] is None and list(sari.inbox()) == ["konsep"]

    assert two.choose(two.head).status_code == 204
    me = sari.get("/me").json
    assert me["acting"] == two.head == me["positions"][0]["id"], "the chosen post comes first"
    assert sari.inbox() == {}, "the draft is the Sekretariat's"

    assert two.choose(two.secretary).status_code == 204
    assert sari.complete(sari.inbox()["konsep"]).status_code == 200
    assert two.choose(two.head).status_code == 204
    assert sari.complete(sari.inbox()["rapat"]).status_code == 200, "the team's task is on both desks"
    assert list(sari.inbox()) == ["setuju"]
    assert two.choose(None).status_code == 204
    assert sari.get("/me").json["acting"] is None
    assert two.acts(case)[0][1] == "definitive"
    completed = [capacity for kind, capacity in two.acts(case) if kind.endswith("completed")]
    assert completed == ["definitive", "plt"], "both posts answer for the team: the chosen one is recorded"


def test_a_task_of_the_other_post_may_still_be_done_and_is_recorded_there(two):
    case = two.office.start("sari", "nota", perihal="Pengadaan")["case"]["id"]
    task = two.sari.inbox()["konsep"]
    two.choose(two.head)
    assert two.sari.complete(task).status_code == 200
    assert [capacity for kind, capacity in two.acts(case) if kind.endswith("completed")] == ["definitive"]


def test_an_act_of_no_task_is_recorded_in_the_chosen_post(two):
    two.choose(two.head)
    case = two.office.start("sari", "nota", perihal="Pengadaan")["case"]["id"]
    assert two.sari.command(f"/cases/{case}/comments", {"text": "Segera."}).status_code == 201
    assert two.acts(case)[-1][1] == "plt"


def test_a_post_that_ended_yesterday_is_ignored(two):
    two.choose(two.head)
    world = two.office.world
    with world.scope() as session:
        yesterday = datetime.now(UTC).date() - timedelta(days=1)
        session.execute(
            update(Assignment)
            .where(Assignment.person_id == world.people["sari"], Assignment.kind == "plt")
            .values(ends_on=yesterday)
        )
    two.office.start("sari", "nota", perihal="Pengadaan")
    me = two.sari.get("/me").json
    assert me["acting"] is None and [post["id"] for post in me["positions"]] == [two.secretary]
    assert list(two.sari.inbox()) == ["konsep"]
    is_problem(two.choose(two.head), 404, "jabatan-tidak-dipegang")


def test_only_ones_own_posts_can_be_chosen(two, app, platform):
    abroad = World(platform.database, platform.engine)
    for post in (abroad.positions["kabid"], two.office.world.positions["sekda"], new_id()):
        problem = is_problem(two.choose(str(post)), 404, "jabatan-tidak-dipegang")
        assert "tidak memegang jabatan ini hari ini" in problem["detail"]
    is_problem(two.sari.send("PUT", "/me/acting", json={}), 422)
    is_problem(two.choose("kadis"), 422)
    assert two.sari.get("/me").json["acting"] is None


def test_the_choice_costs_a_request_nothing_and_is_made_in_two_statements(two, database):
    def spent(act):
        with counted(database) as sent:
            act()
        return len(sent)

    before = spent(lambda: two.sari.get("/me"))
    assert spent(lambda: two.choose(two.head)) == 4
    assert spent(lambda: two.choose(two.head)) == 3, "chosen again it is no second entry of the audit"
    assert spent(lambda: two.sari.get("/me")) == before == 2


@pytest.fixture
def browsers(town):
    """Logs somebody in with a browser; gives the cookie's secret."""

    def opened(name, agent=FIREFOX):
        with town.world.scope() as session:
            person = accounts.get(session, town.world.people[name])
            return sessions.create(session, person, datetime.now(UTC), "10.1.2.3", agent)

    return opened


def test_one_sees_and_ends_ones_browsers(town: Office, browsers):
    sari = town.caller("sari")
    first, _ = browsers("sari"), browsers("sari", None)
    newest, oldest = sari.get("/sessions").json
    assert (oldest["browser"], oldest["address"]) == ("Firefox di Android", "10.1.2.3")
    assert newest["browser"] == "Peramban tidak dikenal"
    assert sari.send("DELETE", f"/sessions/{oldest['id']}").status_code == 204
    is_problem(sari.send("DELETE", f"/sessions/{oldest['id']}"), 404, "sesi-tidak-ditemukan")
    assert [row["id"] for row in sari.get("/sessions").json] == [newest["id"]]
    with town.world.scope() as session:
        assert actor.by_session(session, first) is None


def test_all_browsers_end_at_once_and_nobody_elses(town, browsers):
    dewi, eko = town.caller("dewi"), town.caller("eko")
    browsers("dewi"), browsers("dewi"), browsers("eko")
    (of_eko,) = eko.get("/sessions").json
    is_problem(dewi.send("DELETE", f"/sessions/{of_eko['id']}"), 404, "sesi-tidak-ditemukan")
    for _ in range(2):
        assert dewi.send("DELETE", "/sessions").status_code == 204
        assert dewi.get("/sessions").json == []
    assert len(eko.get("/sessions").json) == 1
    assert dewi.get("/me").status_code == 200, "the token she came with is no browser"


def test_one_knows_the_token_one_came_with(town):
    lila = town.caller("lila")
    lila.send("POST", "/tokens", json={"name": "skrip"})
    assert {token["name"]: token["current"] for token in lila.get("/tokens").json} == {
        "Masuk lewat API": True, "skrip": False
    }  # fmt: skip
