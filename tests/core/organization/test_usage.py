"""A unit, a post or a team is not abolished under people's hands: what hangs on it is named."""

import pytest

from core.organization.assignments import assignments, end_assignment
from core.organization.errors import StillNeeded
from core.organization.positions import update_position
from core.organization.sets import unit_sets, update_set
from core.organization.teams import remove_member, seats, update_team
from core.organization.units import update_unit
from tests.core.engine.procedures import EDARAN
from tests.statements import counted
from tests.world import BY, SINCE, World

pytestmark = pytest.mark.database


@pytest.fixture
def world(database):
    return World(database)


def refused(world, act):
    with world.scope() as session, pytest.raises(StillNeeded) as refusal:
        act(session)
    assert refusal.value.status == 409
    return str(refusal.value)


def test_a_post_with_a_holder_a_seat_and_an_sop(world):
    world.put_in_force(EDARAN)
    world.start("ani", "edaran", perihal="x").complete("ani", "konsep", isi="Teks")
    said = refused(world, lambda session: update_position(session, BY, world.positions["kabid"], active=False))
    assert said == (
        'Jabatan "Jabatan kabid" belum dapat dinonaktifkan. Masih terkait: 1 tugas terbuka; '
        'pelaksana "Kepala Bidang" pada SOP edaran yang berlaku; Budi Contoh yang bertugas (definitif). '
        "Selesaikan atau alihkan dahulu semuanya, lalu coba lagi."
    )
    said = refused(world, lambda session: update_position(session, BY, world.positions["loket"], active=False))
    assert 'meja penerima unit "Unit dishub"' in said and "Lila Contoh yang bertugas (definitif)" in said
    said = refused(world, lambda session: update_position(session, BY, world.positions["analis"], active=False))
    assert 'anggota tim "Tim tim"' in said


def test_a_unit_with_posts_units_teams_and_sets(world):
    said = refused(world, lambda session: update_unit(session, BY, world.units["bidang"], active=False))
    assert 'jabatan "Jabatan analis", jabatan "Jabatan kabid", jabatan "Jabatan staf"; tim "Tim tim"' in said
    said = refused(world, lambda session: update_unit(session, BY, world.units["dinas"], active=False))
    assert 'unit bawahan "Unit sekretariat"' in said and 'tim "Tim tim_kota"' in said
    said = refused(world, lambda session: update_unit(session, BY, world.units["dinkes"], active=False))
    assert 'anggota himpunan "Semua OPD"' in said


def test_a_team_that_an_sop_or_a_task_needs(world):
    world.put_in_force(EDARAN)
    world.start("ani", "edaran", perihal="x")
    said = refused(world, lambda session: update_team(session, BY, world.teams["tim"], active=False))
    assert "1 tugas terbuka" in said and "pada SOP edaran yang berlaku" in said
    with world.scope() as session:
        update_team(session, BY, world.teams["tim_kota"], active=False)


def test_what_nothing_hangs_on_any_more_is_abolished(world):
    with world.scope() as session:
        for held in assignments(session, position_id=world.positions["kadinkes"]):
            end_assignment(session, BY, held.id, SINCE)
        update_position(session, BY, world.positions["kadinkes"], active=False)
        sets = [world.units[key] for key in ("disdik", "dishub")]
        (opd,) = unit_sets(session)
        update_set(session, BY, opd, units=sets)
        update_unit(session, BY, world.units["dinkes"], active=False)
        for seat in seats(session, world.teams["tim"]):
            remove_member(session, BY, world.teams["tim"], seat.member.id)
        update_unit(session, BY, world.units["dinkes"], active=True)
        update_position(session, BY, world.positions["kadinkes"], active=True)


def test_the_question_is_one_statement_and_ends_early(world, database):
    with world.scope() as session:
        for number in range(8):
            world.add_position(session, f"tambahan{number}", "bidang")
    with world.scope() as session, counted(database) as sent, pytest.raises(StillNeeded, match="dan lainnya"):
        update_unit(session, BY, world.units["bidang"], active=False)
    assert len(sent) == 2  # the row under its lock, and the question


def test_an_abolished_row_may_still_be_corrected(world):
    with world.scope() as session:
        spare = world.add_position(session, "cadangan", "bidang")
        update_position(session, BY, spare, active=False)
        update_position(session, BY, spare, title="Nama yang benar")
