"""Editions as the engine needs them, kept per process: an edition in force never changes, so none goes stale.

The key carries the tenant; nothing else tenant-bound outlives a request.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.calendar.deadlines import Deadline, deadline
from core.engine.compilation import flow_of
from core.engine.events import Event, TaskOpened
from core.engine.facts import Assignee, Member
from core.engine.flow import Flow
from core.procedures.model import Edition, Step
from core.procedures.models import EditionRow
from core.procedures.words import ATTACHED
from core.tenancy.scope import scope_of

KEPT = 1024


@dataclass(frozen=True)
class LoadedEdition:
    """An edition, its flow for the machine, and its actors resolved to rows of the organization."""

    id: UUID
    number: int
    edition: Edition
    flow: Flow
    assignees: Mapping[str, Assignee]
    sets: Mapping[str, str]

    def step(self, key: str) -> Step:
        """The step of the edition by key."""
        return self.edition.steps[self.flow.index[key]]

    def takes_files(self, key: str) -> bool:
        """Whether the form of the step has a field for files."""
        return any(field.type in ATTACHED for field in self.step(key).form)

    def deadlines(self, events: Sequence[Event], at: datetime, timezone: str) -> dict[str, Deadline]:
        """By step, when the tasks that these events open are due: each visit has the whole norm anew."""
        opening = {event.step for event in events if isinstance(event, TaskOpened)}
        found = {key: deadline(self.step(key).duration, at, timezone) for key in opening}
        return {key: due for key, due in found.items() if due is not None}

    def members(self, rows: list[list[str | None]] | None) -> dict[str, tuple[Member, ...]]:
        """The members by actor key, from the [set id, unit id, label] rows that the locking read found.

        A set that was not read is left out, so that the machine refuses to open a step over it.
        """
        found: dict[str, list[Member]] = {}
        for set_id, unit, label in rows or ():
            for actor, of in self.sets.items():
                if of == set_id:
                    members = found.setdefault(actor, [])
                    if unit is not None:
                        members.append(Member(unit, Assignee("unit", unit), label or ""))
        return {actor: tuple(members) for actor, members in found.items()}


class Editions:
    """The editions this process has used lately."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, UUID], LoadedEdition] = OrderedDict()
        self._lock = Lock()

    def get(self, session: Session, edition_id: UUID) -> LoadedEdition:
        """The edition, read once per process; one statement when it is not here yet."""
        key = (scope_of(session).id, edition_id)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        loaded = _load(session, edition_id)
        with self._lock:
            self._kept[key] = loaded
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return loaded


def _load(session: Session, edition_id: UUID) -> LoadedEdition:
    row = session.scalars(
        select(EditionRow).where(EditionRow.tenant_id == scope_of(session).id, EditionRow.id == edition_id)
    ).one()
    edition = Edition.from_json(row.content)
    return LoadedEdition(
        id=row.id,
        number=row.number,
        edition=edition,
        flow=flow_of(edition),
        assignees={actor: _assignee(target) for actor, target in row.targets.items() if target["kind"] != "set"},
        sets={actor: target["id"] for actor, target in row.targets.items() if target["kind"] == "set"},
    )


def _assignee(target: Mapping[str, Any]) -> Assignee:
    return Assignee(target["kind"], target["id"])
