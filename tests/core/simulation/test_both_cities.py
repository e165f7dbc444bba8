"""The main job on real input: both cities' SPBE monev from step 1 to step 8, by their own people."""

import pytest
from sqlalchemy import select

from core.engine.models import Case, Event, Task
from core.engine.verification import verify
from core.files.models import Evidence, StoredFile
from core.simulation.editions import in_force, simulate
from core.tenancy.scope import tenant_transaction

pytestmark = pytest.mark.database

CITIES = ("pangkalpinang", "pontianak")
STEPS = ["persiapan", "monitoring", "undangan", "data", "rekap", "rapat", "laporan", "dokumen"]


@pytest.fixture(scope="module", params=CITIES)
def city(request, platform):
    """(slug, its one case as the simulation tells it)."""
    with tenant_transaction(platform.database, request.param) as session:
        (edition,) = in_force(session, "spbe-monev")
    (case,) = simulate(platform, request.param, edition, 1).cases
    return request.param, case


def rows(platform, slug, query):
    with tenant_transaction(platform.database, slug) as session:
        return session.scalars(query).all()


def tasks(platform, city, step):
    slug, case = city
    mine = select(Case.id).where(Case.number == case.number).scalar_subquery()
    return rows(platform, slug, select(Task).where(Task.case_id == mine, Task.step_key == step))


def test_it_is_carried_through_all_eight_steps(city):
    _, case = city
    assert case.finished and case.failure is None
    assert list(dict.fromkeys(act.step for act in case.acts)) == STEPS


def test_at_least_eight_different_officials_act(city):
    _, case = city
    assert case.officials >= 8
    assert all(act.position for act in case.acts)


def test_three_opds_work_in_parallel_at_step_four(platform, city):
    first = [task for task in tasks(platform, city, "data") if task.visit == 1]
    assert len(first) == 3 and len({task.member for task in first}) == 3
    assert len({task.opened_at for task in first}) == 1
    assert max(task.started_at for task in first) < min(task.closed_at for task in first), "they were done in turn"
    assert len({task.closed_by for task in first}) == 3


def test_one_return_goes_to_one_opd_and_is_done_again(platform, city):
    _, case = city
    (returned,) = [act for act in case.acts if act.returning]
    assert (returned.step, case.returns) == ("rekap", 1)
    (again,) = [act for act in case.acts if act.step == "data" and act.visit == 2]
    before = [act for act in case.acts if act.step == "data" and act.member == again.member]
    assert [act.visit for act in before] == [1, 2] and len({act.person_id for act in before}) == 1
    assert [task.visit for task in tasks(platform, city, "rekap")] == [1, 2]


def test_the_evidence_is_a_real_pdf_in_the_store(platform, city):
    slug, case = city
    mine = select(Case.id).where(Case.number == case.number).scalar_subquery()
    handed_in = rows(platform, slug, select(Evidence).where(Evidence.case_id == mine))
    assert len(handed_in) == 4 and {one.field for one in handed_in} == {"bukti"}
    for one in handed_in:
        (file,) = rows(platform, slug, select(StoredFile).where(StoredFile.id == one.file_id))
        assert file.mime == "application/pdf"
        with platform.storage.open(file.tenant_id, file.sha256) as content:
            assert content.read(5) == b"%PDF-"


def test_whoever_verifies_did_not_hand_in(city):
    _, case = city
    doers = {act.step: {each.person_id for each in case.acts if each.step == act.step} for act in case.acts}
    assert not doers["data"] & doers["rekap"]


def test_every_act_is_in_the_log_and_the_log_holds(platform, city):
    slug, case = city
    with tenant_transaction(platform.database, slug) as session:
        assert list(verify(session, platform.engine.log_key, platform.engine.editions)) == []
        completed = session.scalars(select(Event.kind).where(Event.kind == "task_completed")).all()
    assert len(completed) == len(case.acts)


def test_nothing_of_one_city_is_visible_to_the_other(platform, city):
    slug, _ = city
    (other,) = set(CITIES) - {slug}
    ids = set(rows(platform, slug, select(Case.id)))
    assert not ids & set(rows(platform, other, select(Case.id)))
