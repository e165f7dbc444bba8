"""To whom somebody may hand a task: the people of his own branch (the branch rule, office.md)."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Boolean, Integer, Uuid
from sqlalchemy.orm import Session

from core.database import typed
from core.engine.gathering import SUPERVISE
from core.identity.actor import Actor
from core.organization.wording import full_title
from core.tenancy.scope import scope_of

# One row per post held today below one of his (pk_position_branches); all posts for who may hand over anything.
_RECEIVERS = typed(
    """
    SELECT p.id, p.name, q.title, a.kind
      FROM current_assignments a
      JOIN people p ON p.tenant_id = a.tenant_id AND p.id = a.person_id AND p.active
      JOIN positions q ON q.tenant_id = a.tenant_id AND q.id = a.position_id
     WHERE a.tenant_id = :tenant
       AND (:everybody OR EXISTS (
             SELECT 1 FROM position_branches b
               JOIN current_assignments mine ON mine.tenant_id = b.tenant_id AND mine.position_id = b.superior_id
              WHERE b.tenant_id = a.tenant_id AND b.position_id = a.position_id AND mine.person_id = :person))
     ORDER BY q.sort, p.name, q.id
     LIMIT 500
    """,
    {"tenant": Integer, "person": Uuid, "everybody": Boolean},
)


@dataclass(frozen=True)
class Receiver:
    """Somebody a task can be handed to, and a post he holds today, as he signs."""

    person_id: UUID
    name: str
    title: str


def receivers(session: Session, actor: Actor) -> list[Receiver]:
    """Whom the actor may hand a task to, each once, in the order of the office."""
    values = {"tenant": scope_of(session).id, "person": actor.person_id, "everybody": actor.may(SUPERVISE)}
    found: dict[UUID, Receiver] = {}
    for row in session.execute(_RECEIVERS, values):
        found.setdefault(row.id, Receiver(row.id, row.name, full_title(row.title, row.kind)))
    return list(found.values())
