"""A case on the real database from its first step to its last, and one answer sent back on the way."""

import pytest
from sqlalchemy import select

from core.engine.errors import AlreadyDone
from core.engine.models import Event, EventPayload
from core.engine.queries import case as read_case
from core.engine.queries import events, task
from core.engine.refusals import MembersRequired, NotYours, ReasonRequired
from core.procedures.forms import AnswersRejected
from tests.world import OPD

pytestmark = pytest.mark.database


def log(run):
    """The kinds of the case's events, in order."""
    with run.world.scope() as session:
        return [event.kind for event in events(session, run.id, 0, 1000)]


def answered(run):
    """The case with all OPDs having answered."""
    run.complete("ani", "konsep", isi="Dengan hormat")
    run.complete("budi", "periksa")
    for unit, name in zip(OPD, ("dewi", "eko", "lila"), strict=True):
        run.complete(name, "data", unit, jawaban=f"Jawaban {unit}")
    return run


def test_from_the_first_step_to_the_last(world, edaran):
    assert edaran.answer["number"].startswith("EDARAN/")
    assert edaran.answer["subject"] == "Edaran: Cuti bersama"
    assert [task["step"] for task in edaran.answer["opened"]] == ["konsep"]

    done = edaran.complete("ani", "konsep", isi="Dengan hormat")
    assert done["task"]["version"] == 2
    assert [task["step"] for task in done["opened"]] == ["periksa"]
    edaran.complete("budi", "periksa")
    assert edaran.open == ["data/dinkes", "data/disdik", "data/dishub"]
    assert sorted(t.label for t in edaran.tasks() if t.member) == ["Dinkes", "Disdik", "Dishub"]

    edaran.complete("eko", "data", "disdik", jawaban="ada")
    edaran.complete("lila", "data", "dishub", jawaban="ada")
    assert edaran.open == ["data/dinkes"]
    edaran.complete("dewi", "data", "dinkes", jawaban="ada")
    assert edaran.open == ["rekap"]
    edaran.complete("tono", "rekap")
    last = edaran.complete("hadi", "tetapkan")
    assert last["case"] == {"id": str(edaran.id), "status": "done", "ended": "selesai"}
    assert last["opened"] == []

    row = edaran.row
    assert (row.status, row.ended, row.opened_by) == ("done", "selesai", world.people["ani"])
    assert row.closed_at == row.updated_at > row.opened_at
    assert edaran.open == []
    assert log(edaran) == [
        "case_started", "task_opened", "task_completed", "task_opened",
        "task_completed", "set_fixed", "task_opened", "task_opened", "task_opened",
        "task_completed", "task_completed", "task_completed", "step_joined", "task_opened",
        "task_completed", "task_opened", "task_completed", "case_ended",
    ]  # fmt: skip
    assert world.findings() == []


def test_what_a_person_wrote_is_a_payload_and_stands_in_no_event(world, edaran):
    edaran.complete("ani", "konsep", isi="Rahasia dapur")
    with world.scope() as session:
        bodies = [str(body) for body in session.scalars(select(Event.body))]
        values = list(session.scalars(select(EventPayload.value).order_by(EventPayload.seq)))
    assert not any("Rahasia" in body or "Cuti" in body for body in bodies)
    assert values == [{"isian": {"perihal": "Cuti bersama"}}, {"isian": {"isi": "Rahasia dapur"}}]


def test_who_acted_in_which_position_and_capacity_stands_in_the_row_and_the_log(world, edaran):
    edaran.complete("ani", "konsep", isi="ada")
    done = edaran.task("konsep")
    assert (done.closed_by, done.position_id, done.capacity, done.outcome) == (
        world.people["ani"], world.positions["analis"], "definitive", "selesai",
    )  # fmt: skip
    assert done.answers == {"isi": "ada"}
    assert done.started_at == done.closed_at
    with world.scope() as session:
        event = next(event for event in events(session, edaran.id, 0, 10) if event.kind == "task_completed")
    assert (event.person, event.position, event.capacity) == ("Ani Contoh", "Jabatan analis", "definitive")


def test_a_form_that_does_not_fit_changes_nothing(world, edaran):
    with pytest.raises(AnswersRejected, match="Isi edaran: wajib diisi"):
        edaran.complete("ani", "konsep")
    with pytest.raises(AnswersRejected) as refusal:
        edaran.complete("ani", "konsep", isi="ada", lampiran="x")
    assert refusal.value.status == 422
    assert (edaran.open, edaran.task("konsep").version, edaran.row.head_seq) == (["konsep"], 1, 2)


def test_a_task_is_its_officials_and_nobody_elses(world, edaran):
    for name in ("budi", "hadi", "dewi"):
        with pytest.raises(NotYours):
            edaran.complete(name, "konsep", isi="saya juga")
    edaran.complete("tono", "konsep", isi="ada")
    with pytest.raises(AlreadyDone, match="Tono Contoh"):
        edaran.complete("ani", "konsep", isi="ada")


def test_returning_to_one_opd_reopens_its_part_alone(world, edaran):
    answered(edaran)
    with pytest.raises(ReasonRequired):
        edaran.give_back("ani", "rekap", ["dinkes"], reason="  ")
    with pytest.raises(MembersRequired):
        edaran.give_back("ani", "rekap")
    edaran.give_back("ani", "rekap", ["dinkes"], reason="Lampiran kurang")

    assert edaran.open == ["data/dinkes#2"]
    assert edaran.task("rekap").status == "returned"
    assert (edaran.task("rekap").outcome, edaran.task("rekap").reason) == ("dikembalikan", "Lampiran kurang")
    assert [edaran.task("data", unit).status for unit in ("disdik", "dishub")] == ["done", "done"]
    assert edaran.task("data", "dinkes", visit=1).answers == {"jawaban": "Jawaban dinkes"}
    assert (world.inbox("dewi"), world.inbox("eko")) == ([f"data/{OPD[0]}"], [])

    edaran.complete("dewi", "data", "dinkes", jawaban="Jawaban dinkes, dilengkapi")
    assert edaran.open == ["rekap#2"]
    edaran.complete("ani", "rekap")
    edaran.complete("hadi", "tetapkan")
    assert edaran.row.status == "done"
    assert world.findings() == []


def test_a_redone_visit_has_its_last_answers_at_hand_and_can_be_confirmed_unchanged(world, edaran):
    answered(edaran)
    edaran.give_back("ani", "rekap", ["dinkes"])
    again = edaran.task("data", "dinkes")
    with world.scope() as session:
        shown = task(session, world.actor_in(session, "dewi"), again.id)
    assert (again.visit, again.answers, shown.former) == (2, None, {"jawaban": "Jawaban dinkes"})
    edaran.complete("dewi", "data", "dinkes", **shown.former)
    assert edaran.task("data", "dinkes").answers == {"jawaban": "Jawaban dinkes"}


def test_a_return_to_a_plain_step_runs_from_there_in_order(world, edaran):
    edaran.complete("ani", "konsep", isi="satu")
    edaran.give_back("budi", "periksa")
    assert edaran.open == ["konsep#2"]
    edaran.complete("ani", "konsep", isi="dua")
    assert edaran.open == ["periksa#2"]
    edaran.complete("budi", "periksa")
    assert len(edaran.open) == len(OPD)
    assert log(edaran)[4:8] == ["task_completed", "step_returned", "task_opened", "task_completed"]


def test_the_case_is_read_by_whoever_may_see_it(world, edaran):
    with world.scope() as session:
        row = read_case(session, world.actor_in(session, "dewi"), edaran.id)
    assert (row.code, row.edition_number, row.opened_by_name) == ("edaran", 1, "Ani Contoh")


def test_what_is_being_typed_is_kept_as_typed_last_and_takes_no_key(edaran):
    task = edaran.task("konsep").id
    for text in ("Dengan", "Dengan hormat"):
        edaran.command("ani", lambda s, r, text=text: edaran.engine.save_draft(s, r, task, {"isi": text}), "kunci")
    assert edaran.task("konsep").draft == {"isi": "Dengan hormat"}
    edaran.complete("ani", "konsep", key="kunci", isi="Dengan hormat")
    assert edaran.task("konsep").status == "done" and edaran.task("konsep").draft is None
