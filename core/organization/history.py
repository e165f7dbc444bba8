"""Assignments as pages show them: who held a post, which posts somebody held; the latest first, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Date, Integer, Row, Uuid
from sqlalchemy.orm import Session

from core.database import typed
from core.organization.models import Assignment
from core.organization.wording import full_title
from core.tenancy.scope import scope_of
from core.tenancy.versions import version

PAGE = 50


class After(NamedTuple):
    """The last assignment of the page before: its first day and its id."""

    starts_on: date
    id: UUID


@dataclass(frozen=True)
class AssignmentView:
    """An assignment with the names of its person and post; `title` as he signs, `when` is past, current or future."""

    id: UUID
    person_id: UUID
    name: str
    position_id: UUID
    title: str
    unit_id: UUID
    unit: str
    kind: str
    order_number: str | None
    starts_on: date
    ends_on: date | None
    when: str
    version: str


def _assignments(where: str) -> Any:
    return typed(
        f"""
        SELECT a.tenant_id, a.id, a.person_id, who.name, a.position_id, p.title, p.unit_id, u.name AS unit, a.kind,
               a.order_number, a.starts_on, a.ends_on
          FROM assignments a
          JOIN people who ON who.tenant_id = a.tenant_id AND who.id = a.person_id
          JOIN positions p ON p.tenant_id = a.tenant_id AND p.id = a.position_id
          JOIN units u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
         WHERE a.tenant_id = :tenant {where}
           AND (CAST(:day AS date) IS NULL OR (a.starts_on, a.id) < (:day, :after))
         ORDER BY a.starts_on DESC, a.id DESC
         LIMIT :limit
        """,
        {"tenant": Integer, "id": Uuid, "day": Date, "after": Uuid, "limit": Integer},
    )


# ix_assignments_position, ix_assignments_person, pk_assignments
_OF_POSITION = _assignments("AND a.position_id = :id")
_OF_PERSON = _assignments("AND a.person_id = :id")
_ONE = _assignments("AND a.id = :id")


def history_of_position(
    session: Session, position_id: UUID, after: After | None = None, limit: int = PAGE
) -> list[AssignmentView]:
    """Who held a post, holds it and will; one statement."""
    return _page(session, _OF_POSITION, position_id, after, limit)


def history_of_person(
    session: Session, person_id: UUID, after: After | None = None, limit: int = PAGE
) -> list[AssignmentView]:
    """Which posts somebody held, holds and will; one statement."""
    return _page(session, _OF_PERSON, person_id, after, limit)


def assignment_view(session: Session, assignment_id: UUID) -> AssignmentView | None:
    """One assignment, None where there is none; one statement."""
    return next(iter(_page(session, _ONE, assignment_id, None, 1)), None)


def _page(session: Session, asked: Any, row_id: UUID, after: After | None, limit: int) -> list[AssignmentView]:
    scope = scope_of(session)
    values = {
        "tenant": scope.id, "id": row_id, "limit": limit,
        "day": after.starts_on if after else None, "after": after.id if after else None,
    }  # fmt: skip
    return _shown(session.execute(asked, values).all(), scope.today)


def _shown(rows: Sequence[Row[Any]], today: date) -> list[AssignmentView]:
    return [
        AssignmentView(
            row.id, row.person_id, row.name, row.position_id, full_title(row.title, row.kind), row.unit_id, row.unit,
            row.kind, row.order_number, row.starts_on, row.ends_on, _when(row, today), version(Assignment, row),
        )
        for row in rows
    ]  # fmt: skip


def _when(row: Row[Any], today: date) -> str:
    if row.starts_on > today:
        return "future"
    return "current" if row.ends_on is None or row.ends_on >= today else "past"
