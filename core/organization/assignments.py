"""Assignments: who holds which post from when to when, by which order.

The database refuses a second definitive holder, and a second Plt, at one time (ground.md 9); here it is
said in words.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.identity.actor import Actor, Console
from core.identity.models import Person
from core.moments import spoken_date
from core.organization.changes import chosen, find, violated
from core.organization.errors import (
    AssignmentUnknown,
    PersonUnknown,
    PositionTaken,
    PositionUnknown,
    WrongDates,
)
from core.organization.journal import EDIT, note
from core.organization.models import ASSIGNMENT_KINDS, Assignment, Position
from core.organization.wording import KINDS, until


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
    :raises PersonUnknown, PositionUnknown, WrongWord, WrongDates: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    person = find(session, Person, person_id, PersonUnknown)
    position = find(session, Position, position_id, PositionUnknown)
    chosen(kind, "jenis penugasan", ASSIGNMENT_KINDS)
    _in_order(starts_on, ends_on)
    assignment = Assignment(
        person_id=person.id, position_id=position.id, kind=kind, order_number=order_number,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(assignment)
            session.flush()
    except IntegrityError as error:
        if violated(error).startswith("ex_assignments"):
            raise _taken(session, position, kind, starts_on, ends_on) from error
        raise
    note(session, by, "assignment.created", position.key, capacity=kind, person=str(person.id))
    return assignment


def end_assignment(
    session: Session,
    by: Actor | Console,
    assignment_id: UUID,
    ends_on: date,
) -> Assignment:
    """Sets the last day in office; never put off into another's time.

    :raises AssignmentUnknown, WrongDates, PositionTaken: what was asked cannot be.
    :raises Forbidden: without `organization.edit`.
    """
    by.require(EDIT)
    assignment = find(session, Assignment, assignment_id, AssignmentUnknown, lock=True)
    _in_order(assignment.starts_on, ends_on)
    position = find(session, Position, assignment.position_id, PositionUnknown)
    kind, since = assignment.kind, assignment.starts_on
    try:
        with session.begin_nested():
            assignment.ends_on = ends_on
            session.flush()
    except IntegrityError as error:
        if violated(error).startswith("ex_assignments"):
            raise _taken(session, position, kind, since, ends_on, besides=assignment_id) from error
        raise
    note(session, by, "assignment.ended", position.key, until=ends_on.isoformat())
    return assignment


def _in_order(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise WrongDates(start=spoken_date(starts_on), end=spoken_date(ends_on))


def _taken(
    session: Session,
    position: Position,
    kind: str,
    starts_on: date,
    ends_on: date | None,
    besides: UUID | None = None,
) -> PositionTaken:
    """The refusal, naming the holder whose time comes first."""
    asked = (
        select(Assignment, Person.name)
        .join(Person, (Person.tenant_id == Assignment.tenant_id) & (Person.id == Assignment.person_id))
        .where(Assignment.position_id == position.id, Assignment.kind == kind)
        .where(Assignment.during.op("&&")(func.daterange(starts_on, ends_on, "[]")))
        .order_by(Assignment.starts_on)
    )
    for held, name in session.execute(asked):
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
