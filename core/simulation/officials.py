"""Who of the tenant's people could do a task, the most fitting first; whether he may is the engine's to say."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from core.engine.facts import Assignee
from core.organization.holders import holders_of


def able(
    session: Session, assignees: Collection[Assignee], busy: Collection[UUID], before: UUID | None = None
) -> list[UUID]:
    """The persons who answer for these assignees today.

    :param busy: who has acted in the case; others come first, so that a case goes through many hands.
    :param before: who did the visit before: a returned task is his.
    """
    found = holders_of(session, [UUID(each.id) for each in assignees if each.kind != "person"])
    ranks: dict[UUID, tuple[bool, bool, bool]] = {}
    for holder in (each for holders in found.values() for each in holders):
        rank = (holder.person_id != before, holder.capacity == "superior", holder.person_id in busy)
        ranks[holder.person_id] = min(rank, ranks.get(holder.person_id, rank))
    persons = [UUID(each.id) for each in assignees if each.kind == "person"]
    return [*persons, *sorted(ranks, key=lambda person: ranks[person])]
