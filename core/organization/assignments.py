"""Assignments: who holds which post from when to when, by which order.

The database refuses a second definitive holder, and a second Plt, at one time (ground.md 9); here it is
said in words. The same person twice in one post in one way is refused here for every kind, under the post's lock.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.database import new_id
from core.identity.actor import Actor, Console
from core.identity.models import Person
from core.moments import spoken_date
from core.organization import texts
from core.organization.changes import checked, chosen, find, violated, write
from core.organization.errors import (
    AssignedAlready,
    AssignmentUnknown,
    BegunAlready,
    Inactive,
    PersonUnknown,
    PositionTaken,
    PositionUnknown,
    WrongDates,
)
from core.organization.journal import EDIT, note
from core.organization.models import ASSIGNMENT_KINDS, Assignment, Position
from core.organization.wording import KINDS, until
from core.tenancy.scope import scope_of
from core.tenancy.versions import unchanged, version


def assignments(
    session: Session, *, person_id: UUID | None = None, position_id: UUID | None = None
) -> Sequence[Assignment]:
    """The assignments of a person, of a post, or all; the latest first, past ones too."""
    asked = select(Assignment).order_by(Assignment.starts_on.desc(), Assignment.id)
    if person_id is not None:
        asked = asked.where(Assignment.person_id == person_id)
    if position_id is not None:
        asked = asked.where(Assignment.position_id == position_id)
    return session.scalars(asked).all()


def get_assignment(session: Session, assignment_id: UUID) -> Assignment:
    """An assignment. :raises AssignmentUnknown: there is none."""
    return find(session, Assignment, assignment_id, AssignmentUnknown)


def assign(
    session: Session,
    by: Actor | Console,
    *,
    person_id: UUID,
    position_id: UUID,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    order_number: str | None = None,
) -> Assignment:
    """Puts a person in a post; both dates are days in office.

    :raises PositionTaken: somebody holds it in the same way on one of these days; says who and how long.
    :raises AssignedAlready: he himself does.
    :raises PersonUnknown, PositionUnknown, Inactive, WrongWord, WrongDates, WrongText, FarDate: what was asked cannot
        be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    person = find(session, Person, person_id, PersonUnknown)
    position = find(session, Position, position_id, PositionUnknown, lock=True)
    for there, what in ((person.active, f"Akun {person.name}"), (position.active, f'Jabatan "{position.title}"')):
        if not there:
            raise Inactive(what=what)
    assignment = Assignment(
        id=new_id(), person_id=person.id, position_id=position.id,
        kind=chosen(kind, "jenis penugasan", ASSIGNMENT_KINDS),
    )  # fmt: skip
    values = checked(_CHECKS, {"starts_on": starts_on, "ends_on": ends_on, "order_number": order_number})
    _place(session, assignment, position, person, values)
    note(session, by, "assignment.created", position.key, capacity=kind, person=str(person.id))
    return assignment


def update_assignment(
    session: Session, by: Actor | Console, assignment_id: UUID, *, seen: str | None = None, **changes: Any
) -> Assignment:
    """Changes starts_on, ends_on (None: open again) or order_number; never put off into another's time.

    :param seen: the version its editor saw.
    :raises Stale: it has changed since.
    :raises AssignmentUnknown, WrongDates, PositionTaken, AssignedAlready, WrongText, FarDate: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    assignment = find(session, Assignment, assignment_id, AssignmentUnknown, lock=True)
    unchanged(seen, version(Assignment, assignment))
    position = find(session, Position, assignment.position_id, PositionUnknown, lock=True)
    person = find(session, Person, assignment.person_id, PersonUnknown)
    values = checked(_CHECKS, changes)
    dates = {"starts_on": assignment.starts_on, "ends_on": assignment.ends_on}
    _place(session, assignment, position, person, {**dates, **values})
    if changes.keys() == {"ends_on"} and values["ends_on"]:
        note(session, by, "assignment.ended", position.key, until=values["ends_on"].isoformat())
    else:
        note(session, by, "assignment.changed", position.key, person=str(person.id), fields=sorted(changes))
    return assignment


def end_assignment(
    session: Session,
    by: Actor | Console,
    assignment_id: UUID,
    ends_on: date,
    *,
    seen: str | None = None,
) -> Assignment:
    """Sets the last day in office.

    :raises Stale, AssignmentUnknown, WrongDates, PositionTaken, AssignedAlready, FarDate: as update_assignment.
    :raises Forbidden: without `organization.edit`.
    """
    return update_assignment(session, by, assignment_id, seen=seen, ends_on=ends_on)


def cancel_assignment(session: Session, by: Actor | Console, assignment_id: UUID, *, seen: str | None = None) -> None:
    """Takes back an assignment that has not begun; what somebody did in a post keeps its assignment for ever.

    :raises BegunAlready: it has. :raises Stale: it has changed since.
    :raises AssignmentUnknown: there is none.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    assignment = find(session, Assignment, assignment_id, AssignmentUnknown, lock=True)
    unchanged(seen, version(Assignment, assignment))
    position = find(session, Position, assignment.position_id, PositionUnknown)
    person = find(session, Person, assignment.person_id, PersonUnknown)
    if assignment.starts_on <= scope_of(session).today:
        raise BegunAlready(name=person.name, title=position.title, since=spoken_date(assignment.starts_on))
    session.delete(assignment)
    session.flush()
    note(session, by, "assignment.cancelled", position.key, person=str(person.id))


_CHECKS: dict[str, Any] = {
    "starts_on": lambda given: texts.day(given or date.min, "Tanggal mulai"),
    "ends_on": lambda given: texts.day(given, "Tanggal selesai"),
    "order_number": lambda given: texts.blank(given, "Nomor surat keputusan", texts.NUMBER),
}


def _place(
    session: Session, assignment: Assignment, position: Position, person: Person, values: dict[str, Any]
) -> None:
    """Writes an assignment, new or changed, unless its days are another's or his own already."""
    kind, starts_on, ends_on = assignment.kind, values["starts_on"], values["ends_on"]
    asked = (position, kind, starts_on, ends_on)
    if ends_on is not None and ends_on < starts_on:
        raise WrongDates(start=spoken_date(starts_on), end=spoken_date(ends_on))
    for held, _ in _rivals(session, *asked):
        if held.id != assignment.id and held.person_id == person.id:
            raise AssignedAlready(
                name=person.name, title=position.title, kind=KINDS[kind],
                since=spoken_date(held.starts_on), until=until(held.ends_on),
            )  # fmt: skip
    written = assignment.id
    try:
        with session.begin_nested():
            write(assignment, values)
            session.add(assignment)
            session.flush()
    except IntegrityError as error:
        if violated(error).startswith("ex_assignments"):
            raise _taken(session, *asked, besides=written) from error
        raise


def _rivals(
    session: Session, position: Position, kind: str, starts_on: date, ends_on: date | None
) -> Sequence[tuple[Assignment, str]]:
    """Who holds the post so on one of these days, and his name, the earliest first; ix_assignments_position."""
    asked = (
        select(Assignment, Person.name)
        .join(Person, (Person.tenant_id == Assignment.tenant_id) & (Person.id == Assignment.person_id))
        .where(Assignment.position_id == position.id, Assignment.kind == kind)
        .where(Assignment.during.op("&&")(func.daterange(starts_on, ends_on, "[]")))
        .order_by(Assignment.starts_on)
    )
    return [(held, name) for held, name in session.execute(asked)]


def _taken(
    session: Session,
    position: Position,
    kind: str,
    starts_on: date,
    ends_on: date | None,
    besides: UUID | None = None,
) -> PositionTaken:
    """The refusal, naming the holder whose time comes first."""
    for held, name in _rivals(session, position, kind, starts_on, ends_on):
        if held.id != besides:
            return PositionTaken(
                title=position.title, name=name, kind=KINDS[kind],
                since=spoken_date(held.starts_on), until=until(held.ends_on),
            )  # fmt: skip
    # The rival has not committed yet, or has gone in the meantime: its name cannot be told.
    return PositionTaken(
        title=position.title, name="pegawai lain", kind=KINDS[kind],
        since=spoken_date(starts_on), until=until(ends_on),
    )  # fmt: skip
