"""Sample cases for the demo: one open at every step, one that is late, one given back, one that has ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select

from core.engine.flows import LoadedEdition
from core.engine.models import Case
from core.platform import Platform
from core.simulation.drive import Drive, Halt
from core.simulation.editions import in_force
from core.simulation.giving_back import way_back
from core.simulation.results import Act
from core.simulation.stage import Stage, now
from core.tenancy.scope import scope_of

OPENS_AT = time(8, 30)
DAYS_PER_ACT = 2
LATE = 45


class Diary:
    """The moments of a case that happened in the past few weeks: some minutes between commands, days between acts.

    It never runs ahead of the present.
    """

    def __init__(self, days_ago: int, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self._moment = self._morning(now().astimezone(self._zone) - timedelta(days=days_ago))

    def __call__(self) -> datetime:
        """The next moment."""
        self._moment = min(self._moment + timedelta(minutes=3), now().astimezone(self._zone))
        return self._moment

    def turn(self, _act: Act) -> None:
        """Something was done: what follows happens on a later working day."""
        self._moment = self._morning(self._moment + timedelta(days=DAYS_PER_ACT))

    def _morning(self, day: datetime) -> datetime:
        while day.weekday() > 4:
            day += timedelta(days=1)
        return datetime.combine(day.date(), OPENS_AT, self._zone)


@dataclass(frozen=True)
class Sample:
    """A case to be made: how many days ago it began, where it stands now, whether work was given back in it."""

    days_ago: int
    halt: Halt | None = None
    returning: bool = False


def make_samples(platform: Platform, tenant: str) -> int:
    """Makes the sample cases of a tenant's editions in force; nothing where it has any case already.

    :returns: how many were made.
    """
    stage = Stage(platform, tenant)
    with stage.transaction() as session:
        zone, editions = scope_of(session).timezone, in_force(session)
        if not editions or session.scalar(select(exists().where(Case.tenant_id == scope_of(session).id))):
            return 0
        loaded = [platform.engine.editions.get(session, edition.id) for edition in editions]
    made = count()
    for edition in loaded:
        for sample in samples(edition):
            diary = Diary(sample.days_ago, zone)
            told = Stage(platform, tenant, diary)
            Drive(told, edition, returning=sample.returning, halt=sample.halt, told=diary.turn).to_the_end()
            next(made)
    return next(made)


def samples(edition: LoadedEdition) -> list[Sample]:
    """The oldest first, so that the numbers follow the dates."""
    return sorted(_samples(edition), key=lambda sample: -sample.days_ago)


def _samples(edition: LoadedEdition) -> Iterator[Sample]:
    steps, way = edition.flow.steps, way_back(edition)
    late = next((step.key for step in steps if step.each), steps[len(steps) // 2].key)
    for place, step in enumerate(steps):
        days = LATE if step.key == late else place * 2 * DAYS_PER_ACT
        yield Sample(days, Halt(step.key, half=step.key == late))
    if way:
        yield Sample(len(steps) * 2 * DAYS_PER_ACT + 1, Halt(way.target, visit=2), returning=True)
    yield Sample(LATE + len(steps) * DAYS_PER_ACT, returning=True)
