"""Who fills a post today: person, capacity, since when and by which order; a vacant post names who answers instead."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Date, Integer, Row, Uuid
from sqlalchemy.orm import Session

from core.database import typed
from core.identity.actor import RANK
from core.organization.wording import full_title
from core.tenancy.scope import scope_of

SUPERIOR = "superior"


@dataclass(frozen=True)
class Incumbent:
    """One person who answers for a post today.

    :param active: whether he can log in; a disabled account still holds its post until the assignment is ended.
    :param capacity: definitive, plt, plh, pj, pjs; 'superior': the post is vacant and he answers from his own.
    :param position_id: the post he acts from, with `title` as he signs.
    :param assignment_id: with the days in office and the order; None for a superior.
    """

    person_id: UUID
    name: str
    active: bool
    capacity: str
    position_id: UUID
    title: str
    assignment_id: UUID | None
    starts_on: date | None
    ends_on: date | None
    order_number: str | None


# What the view post_holders says (migration 0001; a test holds the two together), one look up the branch for each post
# asked: through the view most of a large tree's time went to superiors of posts that are filled. Materialized, for on
# stale statistics the planner looked for the nearest once per post and holder. ix_position_branches_position,
# ix_assignments_position.
_INCUMBENTS = typed(
    """
    WITH nearest AS MATERIALIZED (
        SELECT wanted.post_id, found.superior_id, found.distance
          FROM unnest(:posts) AS wanted(post_id)
         CROSS JOIN LATERAL (
               SELECT b.superior_id, b.distance
                 FROM position_branches b
                 JOIN assignments h ON h.tenant_id = b.tenant_id AND h.position_id = b.superior_id
                WHERE b.tenant_id = :tenant AND b.position_id = wanted.post_id
                  AND h.starts_on <= :today AND (h.ends_on IS NULL OR h.ends_on >= :today)
                ORDER BY b.distance
                LIMIT 1) found)
    SELECT nearest.post_id, nearest.distance, a.person_id, who.name, who.active, a.kind, a.position_id, p.title,
           a.id AS assignment_id, a.starts_on, a.ends_on, a.order_number
      FROM nearest
      JOIN assignments a ON a.tenant_id = :tenant AND a.position_id = nearest.superior_id
       AND a.starts_on <= :today AND (a.ends_on IS NULL OR a.ends_on >= :today)
      JOIN people who ON who.tenant_id = a.tenant_id AND who.id = a.person_id
      JOIN positions p ON p.tenant_id = a.tenant_id AND p.id = a.position_id
     ORDER BY who.name, a.starts_on
    """,
    {"tenant": Integer, "posts": ARRAY(Uuid), "today": Date},
)


def incumbents(session: Session, posts: Collection[UUID]) -> Mapping[UUID, tuple[Incumbent, ...]]:
    """By post, the strongest capacity first; one nobody answers for is left out. One statement."""
    scope = scope_of(session)
    found: defaultdict[UUID, list[Incumbent]] = defaultdict(list)
    for row in session.execute(_INCUMBENTS, {"tenant": scope.id, "posts": list(posts), "today": scope.today}):
        found[row.post_id].append(_stand_in(row) if row.distance else _holder(row))
    return {post: tuple(sorted(each, key=lambda one: RANK.index(one.capacity))) for post, each in found.items()}


def _holder(row: Row[Any]) -> Incumbent:
    return Incumbent(
        row.person_id, row.name, row.active, row.kind, row.position_id, full_title(row.title, row.kind),
        row.assignment_id, row.starts_on, row.ends_on, row.order_number,
    )  # fmt: skip


def _stand_in(row: Row[Any]) -> Incumbent:
    """A superior answers as he signs in his own post; by which order he holds that is not this post's matter."""
    title = full_title(row.title, row.kind)
    return Incumbent(row.person_id, row.name, row.active, SUPERIOR, row.position_id, title, None, None, None, None)
