"""Tugas Saya: what waits, what is late, what is due soon, what I have done; what narrows the lists, and their pages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from core.engine import desk
from core.engine.models import Task
from core.engine.queries import After
from core.engine.shell import UnusableText
from tests.core.engine.procedures import NORMA, SURAT

pytestmark = pytest.mark.database

NOW = datetime(2026, 10, 7, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def office(world):
    """NORMA is in force."""
    world.put_in_force(NORMA)
    return world


def begun(world, perihal, due_in=None, warn_in=None):
    """A case whose first task is due and warns so many days from NOW."""
    run = world.start("ani", "norma", perihal=perihal)
    moment = {"due_at": due_in, "warn_at": warn_in}
    with world.scope() as session:
        values = {name: None if days is None else NOW + days * DAY for name, days in moment.items()}
        session.execute(update(Task).where(Task.case_id == run.id).values(**values))
    return run


def listed(world, name, which="menunggu", **asked):
    """The subjects on that page, in order."""
    with world.scope() as session:
        rows = desk.page(session, world.actor_in(session, name), desk.Asked(NOW, which, **asked))
    return [row.subject.removeprefix("Data: ") for row in rows]


@pytest.fixture
def full(office):
    """Ani's desk has something of each kind."""
    begun(office, "tanpa tenggat")
    begun(office, "lusa", 2)
    begun(office, "terlambat lama", -9, -12)
    begun(office, "dua minggu, sudah mengingatkan", 14, -0.5)
    begun(office, "dua minggu, belum mengingatkan", 14.5, 7)
    begun(office, "terlambat kemarin", -1)
    return office


def test_what_waits_is_everything_open_the_most_urgent_first(full):
    assert listed(full, "ani") == [
        "terlambat lama",
        "terlambat kemarin",
        "lusa",
        "dua minggu, sudah mengingatkan",
        "dua minggu, belum mengingatkan",
        "tanpa tenggat",
    ]
    assert listed(full, "tono") == listed(full, "ani")
    assert listed(full, "budi") == []


def test_late_is_what_was_due_before_now(full):
    assert listed(full, "ani", "terlambat") == ["terlambat lama", "terlambat kemarin"]
    begun(full, "pada saat ini", 0)
    assert "pada saat ini" not in listed(full, "ani", "terlambat")
    assert listed(full, "ani", "tenggat")[0] == "pada saat ini"


def test_due_soon_is_what_has_begun_to_warn_or_is_due_within_three_days(full):
    begun(full, "tepat tiga hari", 3)
    assert listed(full, "ani", "tenggat") == ["lusa", "dua minggu, sudah mengingatkan"]


def test_the_tabs_say_how_many(full):
    with full.scope() as session:
        assert desk.tally(session, full.actor_in(session, "ani"), NOW) == desk.Tally(2, 2, 6, 0)
        assert desk.tally(session, full.actor_in(session, "budi"), NOW) == desk.Tally(0, 0, 0, 2)
        assert desk.tally(session, full.actor_in(session, "dewi"), NOW) == desk.Tally(0, 0, 0, 0)


def test_they_stop_counting_at_a_hundred(office):
    run = begun(office, "banyak", -1)
    with office.scope() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO tasks SELECT copy.* FROM tasks t, generate_series(1, 150) n, LATERAL jsonb_populate_record("
            "t, jsonb_build_object('id', gen_random_uuid(), 'visit', -n)) AS copy WHERE t.case_id = %s",
            (run.id,),
        )
        assert desk.tally(session, office.actor_in(session, "ani"), NOW) == desk.Tally(100, 0, 100, 0)
        assert desk.tally(session, office.actor_in(session, "budi"), NOW).supervised_late == 100


@pytest.mark.parametrize("which", desk.LISTS)
def test_a_list_goes_on_where_the_page_before_ended_whatever_happens_meanwhile(full, which):
    for run in [begun(full, f"selesai {n}") for n in range(3)]:
        run.complete("ani", "tulis")
    name = "budi" if which == "diawasi" else "ani"
    whole, after, found = listed(full, name, which), None, []
    assert len(set(whole)) == len(whole) > 1
    while True:
        with full.scope() as session:
            asked = desk.Asked(NOW, which, 1, after)
            rows = desk.page(session, full.actor_in(session, name), asked)
        if not rows:
            break
        found += [row.subject.removeprefix("Data: ") for row in rows]
        after = After(rows[-1].closed_at if which == "selesai" else rows[-1].due_at, rows[-1].id)
        begun(full, "mendadak", -20)
    assert found == whole


def test_done_is_what_i_closed_myself_the_newest_first(office):
    first, second = begun(office, "pertama"), begun(office, "kedua")
    for run in (first, second):
        run.complete("ani", "tulis")
    second.give_back("budi", "periksa")
    second.reassign("budi", "tulis", "tono")
    second.complete("tono", "tulis")
    assert listed(office, "ani", "selesai") == ["kedua", "pertama"]
    assert listed(office, "tono", "selesai") == ["kedua"]
    with office.scope() as session:
        (returned,) = desk.page(session, office.actor_in(session, "budi"), desk.Asked(NOW, "selesai"))
    assert (returned.status, returned.outcome, returned.visit) == ("returned", "dikembalikan", 1)
    assert first.open == ["periksa"]


def test_a_returned_task_shows_how_often_it_was_here(office):
    run = begun(office, "lagi")
    run.complete("ani", "tulis")
    run.give_back("budi", "periksa")
    with office.scope() as session:
        (row,) = desk.page(session, office.actor_in(session, "ani"), desk.Asked(NOW))
    assert (row.step_key, row.visit, row.offered_to) == ("tulis", 2, office.people["ani"])


def test_a_search_looks_into_number_and_subject_in_capitals_or_not(office):
    begun(office, "Rencana Kerja")
    begun(office, "anggaran 100% belanja_modal")
    begun(office, "anggaran kas")
    assert listed(office, "ani", text="RENCANA") == ["Rencana Kerja"]
    assert listed(office, "ani", text=" norma/2") == listed(office, "ani")
    assert listed(office, "ani", text="100%") == ["anggaran 100% belanja_modal"]
    assert listed(office, "ani", text="a_m") == ["anggaran 100% belanja_modal"]
    assert listed(office, "ani", text="n%k") == []
    assert listed(office, "ani", text="\\") == []
    assert listed(office, "ani", text="  ") == listed(office, "ani")
    assert listed(office, "budi", "diawasi", text="kas") == ["anggaran kas"]
    with pytest.raises(UnusableText):
        listed(office, "ani", text="ka\x00s")


def test_a_list_is_narrowed_to_one_sop(office):
    office.put_in_force(SURAT)
    office.start("budi", "surat")
    begun(office, "rencana").complete("ani", "tulis")
    assert listed(office, "budi") == ["rencana", "Surat"]
    assert listed(office, "budi", code="norma") == ["rencana"]
    assert listed(office, "budi", code="surat", text="sur") == ["Surat"]
    assert listed(office, "budi", code="tidak-ada") == []
    assert listed(office, "ani", "selesai", code="surat") == []


def test_who_holds_two_posts_looks_at_one_of_them(office):
    office.put_in_force(SURAT)
    office.start("budi", "surat").complete("budi", "kirim")
    begun(office, "rencana").complete("ani", "tulis")
    with office.scope() as session:
        office.assign(session, "budi", "sekretaris", kind="plt")
    assert sorted(listed(office, "budi")) == ["Surat", "rencana"]
    assert listed(office, "budi", position=office.positions["kabid"]) == ["rencana"]
    assert listed(office, "budi", position=office.positions["sekretaris"]) == ["Surat"]
    assert listed(office, "budi", position=office.positions["kadis"]) == []
    assert listed(office, "budi", "selesai", position=office.positions["kabid"]) == ["Surat"]
    assert listed(office, "budi", "selesai", position=office.positions["sekretaris"]) == []
    with office.scope() as session:
        actor = office.actor_in(session, "budi")
        assert desk.tally(session, actor, NOW, office.positions["kabid"]).open == 1


def test_who_has_chosen_a_post_finds_its_tasks_and_those_below_it(office):
    office.put_in_force(SURAT)
    office.start("budi", "surat").complete("budi", "kirim")
    begun(office, "rencana").complete("ani", "tulis")
    begun(office, "konsep")
    with office.scope() as session:
        office.assign(session, "budi", "sekretaris", kind="plt")
        budi = office.actor_in(session, "budi")
        for post, waiting, below in (("kabid", ["rencana"], ["konsep"]), ("sekretaris", ["Surat"], [])):
            acting = replace(budi, acting=office.positions[post])
            shown = [
                [row.subject.removeprefix("Data: ") for row in desk.page(session, acting, desk.Asked(NOW, which))]
                for which in ("menunggu", "diawasi")
            ]
            assert shown == [waiting, below]
