"""Which cases a person may see: one condition, used by every list, search, count, export and print.

biasa: the tenant's people. terbatas: who takes part, and his superiors. rahasia: who takes part, nobody else.
To take part is to have opened the case, or closed or been offered a task of it, or to answer today for what
a task was given to. `cases.read_all` (auditors) opens biasa and terbatas; rahasia only to one who takes part.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.identity.actor import Actor

READ_ALL = "cases.read_all"

# To be put into a WHERE over `cases c`; binds :person, :covers, :positions, :read_all (Viewer.parameters).
# The cheap tests come first, so an ordinary case costs no look at its tasks. Everything hangs on keys:
# (tenant_id, case_id) of tasks, (tenant_id, superior_id, position_id) of position_branches. OFFSET 0 keeps the planner
# from reading all tasks of the tenant into a hash first, as it would for a page of cases.
PARTICIPATES = """(
    c.opened_by = CAST(:person AS uuid)
    OR EXISTS (
        SELECT 1 FROM tasks t
         WHERE t.tenant_id = c.tenant_id AND t.case_id = c.id
           AND (t.closed_by = CAST(:person AS uuid) OR t.offered_to = CAST(:person AS uuid)
                OR t.assignee_id = ANY(CAST(:covers AS uuid[])))
        OFFSET 0))"""

# The posts from which the case is or was worked on: a task's own, those of its team, the desk of its unit,
# the post it was closed from, and what the opener and a person it was handed to hold today.
_POSTS = """
    SELECT coalesce(t.position_id, t.assignee_id) FROM tasks t
     WHERE t.tenant_id = c.tenant_id AND t.case_id = c.id
    UNION ALL
    SELECT t.assignee_id FROM tasks t
     WHERE t.tenant_id = c.tenant_id AND t.case_id = c.id AND t.assignee_kind = 'position'
    UNION ALL
    SELECT m.position_id FROM tasks t
      JOIN team_members m ON m.tenant_id = t.tenant_id AND m.team_id = t.assignee_id
     WHERE t.tenant_id = c.tenant_id AND t.case_id = c.id AND t.assignee_kind = 'team'
    UNION ALL
    SELECT coalesce(u.receiver_id, head.id) FROM tasks t
      JOIN units u ON u.tenant_id = t.tenant_id AND u.id = t.assignee_id
      LEFT JOIN positions head
        ON head.tenant_id = u.tenant_id AND head.unit_id = u.id AND head.head AND head.active
     WHERE t.tenant_id = c.tenant_id AND t.case_id = c.id AND t.assignee_kind = 'unit'
    UNION ALL
    SELECT a.position_id FROM current_assignments a
     WHERE a.tenant_id = c.tenant_id AND a.person_id = c.opened_by
    UNION ALL
    SELECT a.position_id FROM tasks t
      JOIN current_assignments a ON a.tenant_id = t.tenant_id AND a.person_id IN (t.assignee_id, t.closed_by)
     WHERE t.tenant_id = c.tenant_id AND t.case_id = c.id AND t.position_id IS NULL"""

VISIBLE = f"""(
    c.secrecy = 'biasa'
    OR (c.secrecy = 'terbatas' AND CAST(:read_all AS boolean))
    OR {PARTICIPATES}
    OR (c.secrecy = 'terbatas' AND EXISTS (
        SELECT 1 FROM position_branches b
         WHERE b.tenant_id = c.tenant_id AND b.distance > 0
           AND b.superior_id = ANY(CAST(:positions AS uuid[]))
           AND b.position_id IN ({_POSTS}))))"""


@dataclass(frozen=True)
class Viewer:
    """Who looks: the person, what he answers for, the positions he holds, whether he may read all."""

    person: UUID
    covers: tuple[UUID, ...] = ()
    positions: tuple[UUID, ...] = ()
    read_all: bool = False

    def parameters(self) -> dict[str, Any]:
        """The binds of VISIBLE and PARTICIPATES."""
        return {
            "person": self.person,
            "covers": list(self.covers),
            "positions": list(self.positions),
            "read_all": self.read_all,
        }


def viewer(actor: Actor) -> Viewer:
    """The viewer an actor is."""
    return Viewer(
        person=actor.person_id,
        covers=tuple(actor.covers),
        positions=tuple(position for position, _, _ in actor.positions),
        read_all=actor.may(READ_ALL),
    )
