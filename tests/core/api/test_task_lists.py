"""Tugas Saya over HTTP: the five lists, what narrows them, their pages and their sums."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from core.engine.models import Task
from tests.core.api.office import SURVEI, is_problem

pytestmark = pytest.mark.database

LISTS = ("menunggu", "terlambat", "tenggat", "diawasi", "selesai")
NORM = SURVEI.replace("activity: Menulis pertanyaan", "activity: Menulis pertanyaan\n    duration: 1-2 minggu")


@pytest.fixture
def office(office):
    """SURVEI is in force, its first step with a norm."""
    office.put_in_force(NORM)
    return office


def begun(office, perihal, days=None):
    """A case whose first task is due so many days from now; gives the task's id."""
    answer = office.start("ani", "survei", perihal=perihal)
    if days is not None:
        due = datetime.now(UTC) + timedelta(days=days)
        with office.world.scope() as session:
            values = {"due_at": due, "warn_at": None}
            session.execute(update(Task).where(Task.id == answer["opened"][0]["id"]).values(**values))
    return answer["opened"][0]["id"]


def subjects(caller, **query):
    answer = caller.get("/tasks", **query)
    assert answer.status_code == 200, answer.json
    return [task["subject"].removeprefix("Survei: ") for task in answer.json["items"]]


def test_an_official_finds_what_is_late_what_is_due_and_what_waits(office):
    begun(office, "biasa"), begun(office, "terlambat", -2), begun(office, "besok", 1)
    ani, budi = office.caller("ani"), office.caller("budi")
    assert subjects(ani) == ["terlambat", "besok", "biasa"]
    assert subjects(ani, list="terlambat") == ["terlambat"]
    assert subjects(ani, list="tenggat") == ["besok"]
    assert subjects(budi) == [] and subjects(budi, list="diawasi") == ["terlambat", "besok", "biasa"]
    assert ani.get("/tasks/summary").json == {"late": 1, "soon": 1, "open": 3, "supervised_late": 0}
    assert budi.get("/tasks/summary").json == {"late": 0, "soon": 0, "open": 0, "supervised_late": 1}


def test_a_row_says_all_that_a_list_shows(office):
    task = begun(office, "anggaran")
    (row,) = office.caller("budi").get("/tasks", list="diawasi").json["items"]
    assert (row["id"], row["code"], row["title"], row["no"]) == (task, "survei", "Survei kepada OPD", "1")
    assert (row["activity"], row["assignee"], row["visit"]) == ("Menulis pertanyaan", "Tim tim", 1)
    due, warn = (datetime.fromisoformat(row[name]) for name in ("due_at", "warn_at"))
    assert due - warn == timedelta(days=7)
    ani = office.caller("ani")
    detail = ani.get(f"/tasks/{task}").json
    assert (detail["due_at"], detail["warn_at"]) == (row["due_at"], row["warn_at"])
    (rail,) = ani.get(f"/cases/{row['case_id']}").json["steps"][0]["tasks"]
    assert datetime.fromisoformat(rail["due_at"]) == due
    ani.complete(task, isi="Pertanyaan")
    (done,) = ani.get("/tasks", list="selesai").json["items"]
    assert (done["status"], done["outcome"], done["outcome_label"]) == ("done", "selesai", None)
    assert done["closed_at"] > done["opened_at"]


@pytest.mark.parametrize("which", LISTS)
def test_its_pages_join_without_gap_or_overlap(office, which):
    tasks = [begun(office, f"satu {n}", days) for n, days in enumerate((-3, -2, -1, 1, 2, None, None))]
    ani = office.caller("ani")
    if which == "selesai":
        for task in tasks:
            ani.complete(task, isi="Pertanyaan")
    caller = office.caller("budi") if which == "diawasi" else ani
    whole, cursor, found = subjects(caller, list=which), {}, []
    while True:
        page = caller.get("/tasks", list=which, limit=2, **cursor).json
        found += [task["subject"].removeprefix("Survei: ") for task in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert found == whole and len(whole) >= 2


def test_a_tasks_cursor_after_one_without_deadline_is_no_cursor_of_another_list(office):
    with office.world.scope() as session:
        begun(office, "satu"), begun(office, "dua")
        session.execute(update(Task).values(due_at=None, warn_at=None))
    ani = office.caller("ani")
    cursor = ani.get("/tasks", limit=1).json["next"]
    assert len(ani.get("/tasks", cursor=cursor).json["items"]) == 1
    is_problem(ani.get("/tasks", list="selesai", cursor=cursor), 422, "penanda-halaman-salah")
    is_problem(ani.get("/cases", cursor=cursor), 422, "penanda-halaman-salah")


def test_it_is_narrowed_by_text_sop_and_post(office):
    begun(office, "Rencana 100%"), begun(office, "anggaran")
    ani = office.caller("ani")
    assert subjects(ani, q="RENCANA") == subjects(ani, q="0%") == ["Rencana 100%"]
    assert subjects(ani, q="_") == subjects(ani, code="tidak-ada") == []
    assert sorted(subjects(ani, code="survei")) == ["Rencana 100%", "anggaran"]
    posts = office.world.positions
    assert len(subjects(ani, position=str(posts["analis"]))) == 2
    assert subjects(ani, position=str(posts["kadis"])) == []
    assert ani.get("/tasks/summary", position=str(posts["kadis"])).json["open"] == 0


@pytest.mark.parametrize("query", [{"list": "semua"}, {"list": ""}, {"position": "kadis"}, {"q": "a" * 201}])
def test_what_is_asked_wrongly_is_told(office, query):
    is_problem(office.caller("ani").get("/tasks", **query), 422)


@pytest.mark.parametrize("text", ["'; DROP TABLE tasks; --", "%", "\\", "\x00", "<script>", "🙂" * 200, "' OR 1=1"])
def test_a_hostile_text_finds_nothing_and_breaks_nothing(office, text):
    begun(office, "anggaran")
    answer = office.caller("ani").get("/tasks", q=text)
    if text == "\x00":
        is_problem(answer, 422)
    else:
        assert (answer.status_code, answer.json["items"]) == (200, [])


def test_a_stranger_of_the_government_sees_nothing_of_it(office):
    begun(office, "anggaran", -1)
    for which in LISTS:
        assert subjects(office.caller("fajar"), list=which) == []
    assert set(office.caller("fajar").get("/tasks/summary").json.values()) == {0}
