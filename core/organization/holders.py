"""Who answers today for a position, team or unit, each with the capacity; the other way round is the Actor.

The views behind this (migration 0001) count from the date where the tenant lives.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from core.organization.wording import full_title


@dataclass(frozen=True)
class Holder:
    """One person who answers for something.

    `capacity` is definitive, plt, plh, pj, pjs, 'superior' (the post is vacant) or 'team' (a member by name,
    without a position). `position_id` and `title` are those he acts from; `title` is as he signs.
    """

    person_id: UUID
    name: str
    position_id: UUID | None
    title: str | None
    capacity: str


_HOLDERS = text(
    """
    SELECT h.assignee_id, h.person_id, p.name, h.position_id, post.title, h.capacity
      FROM holders h
      JOIN people p ON p.tenant_id = h.tenant_id AND p.id = h.person_id
      LEFT JOIN positions post ON post.tenant_id = h.tenant_id AND post.id = h.position_id
     WHERE p.active AND h.assignee_id = ANY(CAST(:assignees AS uuid[]))
     ORDER BY h.capacity = 'superior', h.capacity, p.name
    """
)


def holders_of(session: Session, assignees: Collection[UUID]) -> Mapping[UUID, list[Holder]]:
    """Today's holders of each position, team or unit by its id; an id that nobody answers for is left out."""
    found: defaultdict[UUID, list[Holder]] = defaultdict(list)
    for row in session.execute(_HOLDERS, {"assignees": list(assignees)}):
        title = full_title(row.title, row.capacity) if row.title else None
        found[row.assignee_id].append(Holder(row.person_id, row.name, row.position_id, title, row.capacity))
    return dict(found)
