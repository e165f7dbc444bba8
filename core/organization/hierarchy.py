"""The hierarchy of positions as its closure, and the branch rule: a superior acts in his own branch only."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from core.organization.changes import lock_structure
from core.organization.errors import GoesInCircles

# The closure is computed, written and checked in one statement: what is no longer true goes, what is new or
# has moved is written, all else stays untouched. CYCLE stops a circle after one turn and reports it.
_REBUILD = text(
    """
    WITH RECURSIVE climb AS (
        SELECT tenant_id, id AS position_id, id AS superior_id, 0 AS distance FROM positions
        UNION ALL
        SELECT climb.tenant_id, climb.position_id, p.superior_id, climb.distance + 1
          FROM climb
          JOIN positions p ON p.tenant_id = climb.tenant_id AND p.id = climb.superior_id
         WHERE p.superior_id IS NOT NULL
    ) CYCLE superior_id SET circles USING path,
    closure AS (SELECT tenant_id, superior_id, position_id, distance FROM climb WHERE NOT circles),
    gone AS (
        DELETE FROM position_branches b
         WHERE NOT EXISTS (SELECT 1 FROM closure c
                            WHERE c.tenant_id = b.tenant_id AND c.superior_id = b.superior_id
                              AND c.position_id = b.position_id)
    ),
    written AS (
        INSERT INTO position_branches (tenant_id, superior_id, position_id, distance)
        SELECT tenant_id, superior_id, position_id, distance FROM closure
        ON CONFLICT (tenant_id, superior_id, position_id) DO UPDATE SET distance = excluded.distance
         WHERE position_branches.distance <> excluded.distance
    )
    SELECT position_id FROM climb WHERE circles AND superior_id = position_id
     ORDER BY position_id LIMIT 1
    """
)

_CHAIN = text(
    """
    WITH RECURSIVE climb AS (
        SELECT tenant_id, id, title, superior_id, 0 AS place FROM positions WHERE id = :position
        UNION ALL
        SELECT p.tenant_id, p.id, p.title, p.superior_id, climb.place + 1
          FROM climb JOIN positions p ON p.tenant_id = climb.tenant_id AND p.id = climb.superior_id
    ) CYCLE id SET circles USING path
    SELECT title FROM climb ORDER BY place
    """
)

_IN_BRANCH = text(
    """
    SELECT EXISTS (
        SELECT 1 FROM position_branches b
          JOIN current_assignments a ON a.tenant_id = b.tenant_id AND a.position_id = b.superior_id
         WHERE b.position_id = :position AND a.person_id = :person AND b.distance >= :nearest)
    """
)

_BRANCH = text(
    """
    SELECT DISTINCT b.position_id FROM position_branches b
      JOIN current_assignments a ON a.tenant_id = b.tenant_id AND a.position_id = b.superior_id
     WHERE a.person_id = :person AND b.distance >= :nearest
    """
)


def rebuild_branches(session: Session) -> None:
    """Makes position_branches the closure of the positions as they now stand.

    Inactive positions stay in it: a post that was abolished has no holder, and its tasks climb on through it.

    :raises GoesInCircles: the hierarchy has a circle; names the titles on it. The caller rolls back.
    """
    lock_structure(session)
    session.flush()
    circle = session.execute(_REBUILD).first()
    if circle is not None:
        titles = session.execute(_CHAIN, {"position": circle.position_id}).scalars()
        raise GoesInCircles(what="atasan jabatan", chain=" → ".join(titles))


def in_branch(session: Session, person_id: UUID, position_id: UUID, *, own: bool = False) -> bool:
    """Whether the position lies below one that the person holds today, in whatever capacity.

    :param own: counts the positions he himself holds too; nobody supervises himself, so not by default.
    """
    values = {"person": person_id, "position": position_id, "nearest": 0 if own else 1}
    return bool(session.execute(_IN_BRANCH, values).scalar_one())


def branch_positions(session: Session, person_id: UUID, *, own: bool = False) -> frozenset[UUID]:
    """The ids of all positions for which `in_branch` holds."""
    values = {"person": person_id, "nearest": 0 if own else 1}
    return frozenset(session.execute(_BRANCH, values).scalars())
