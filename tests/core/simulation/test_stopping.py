"""Whatever stops a simulation, no case is left half done."""

import pytest
from sqlalchemy import select

from core.engine.models import Case, EventPayload
from core.engine.verification import verify
from core.errors import LangkahError
from core.simulation import desk
from core.simulation.drive import CUT_SHORT, Drive, Halt
from core.simulation.editions import in_force
from core.simulation.stage import Stage
from core.tenancy.scope import tenant_transaction

pytestmark = pytest.mark.database


class Broken(LangkahError):
    """Penyimpanan berkas penuh. Kosongkan dahulu."""


@pytest.fixture
def stage(platform):
    return Stage(platform, "pontianak")


@pytest.fixture
def edition(platform, stage):
    with stage.transaction() as session:
        (edition,) = in_force(session)
        return platform.engine.editions.get(session, edition.id)


def case_of(platform, number):
    with tenant_transaction(platform.database, "pontianak") as session:
        assert list(verify(session, platform.engine.log_key, platform.engine.editions)) == []
        return session.scalars(select(Case).where(Case.number == number)).one()


def test_an_interrupted_case_is_cancelled_with_the_reason(platform, stage, edition):
    def interrupt(act):
        if act.step == "undangan":
            raise KeyboardInterrupt

    drive = Drive(stage, edition, told=interrupt)
    with pytest.raises(KeyboardInterrupt):
        drive.to_the_end()
    case = case_of(platform, drive.run.number)
    assert (case.status, drive.run.failure) == ("cancelled", CUT_SHORT)
    with stage.transaction() as session:
        said = session.scalars(select(EventPayload.value).where(EventPayload.case_id == case.id)).all()
    assert CUT_SHORT in [text for value in said for text in value.values()]


def test_a_refusal_stops_the_case_and_is_told(platform, stage, edition, monkeypatch):
    def refuse(*_):
        raise Broken

    monkeypatch.setattr(desk.evidence, "attach", refuse)
    run = Drive(stage, edition).to_the_end()
    assert not run.finished and run.failure == "Penyimpanan berkas penuh. Kosongkan dahulu."
    assert case_of(platform, run.number).status == "cancelled"


def test_a_halted_case_stays_open_where_it_was_left(platform, stage, edition):
    run = Drive(stage, edition, halt=Halt("data", half=True)).to_the_end()
    assert not run.finished and run.failure is None
    assert [act.step for act in run.acts] == ["persiapan", "monitoring", "undangan", "data"]
    assert case_of(platform, run.number).status == "open"
