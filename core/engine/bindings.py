"""Who the actors of an edition are here today: the post, team, unit or set of each, and who answers for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Integer, Row, Uuid
from sqlalchemy.orm import Session

from core.database import typed
from core.organization.holders import Holder, holders_of
from core.procedures.model import Actor, Edition
from core.procedures.models import EditionRow
from core.tenancy.scope import scope_of


@dataclass(frozen=True)
class Desk:
    """What a task can be given to: a post, a team, a unit; `holders` answer for it today.

    :param active: the organization still has it.
    """

    id: UUID
    name: str
    active: bool
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True)
class Binding:
    """An actor of the edition as this government fulfils him.

    :param kind: position, team, unit, set; units, positions, party, parties, public, system are nobody's desk;
        None: he is not mapped.
    :param head: only the head of the team acts.
    :param name: what he is bound to. :param desks: that itself, or the units of a set in their order.
    """

    key: str
    actor: str
    kind: str | None
    head: bool
    name: str | None
    desks: tuple[Desk, ...]
    uncertain: str | None


# Everything the actors are bound to, by its key; a set (pk_unit_set_members) with its units in order.
_BOUND = typed(
    """
    SELECT p.id AS bound, p.title AS name, p.id AS desk, p.title AS desk_name, p.active, 0 AS sort
      FROM positions p WHERE p.tenant_id = :tenant AND p.id = ANY(:ids)
     UNION ALL
    SELECT t.id, t.name, t.id, t.name, t.active, 0 FROM teams t WHERE t.tenant_id = :tenant AND t.id = ANY(:ids)
     UNION ALL
    SELECT u.id, u.name, u.id, u.name, u.active, 0 FROM units u WHERE u.tenant_id = :tenant AND u.id = ANY(:ids)
     UNION ALL
    SELECT s.id, s.name, u.id, u.name, u.active, m.sort
      FROM unit_sets s
      LEFT JOIN unit_set_members m ON m.tenant_id = s.tenant_id AND m.set_id = s.id
      LEFT JOIN units u ON u.tenant_id = m.tenant_id AND u.id = m.unit_id
     WHERE s.tenant_id = :tenant AND s.id = ANY(:ids)
     ORDER BY sort
    """,
    {"tenant": Integer, "ids": ARRAY(Uuid)},
)


def bindings(session: Session, row: EditionRow, edition: Edition) -> list[Binding]:
    """The actors in the order of the sheet's columns; two statements, however many there are."""
    bound = _bound(session, row)
    desks = {each.desk for rows in bound.values() for each in rows if each.desk}
    holders = holders_of(session, desks)
    return [_binding(actor, bound.get(actor.key, []), holders) for actor in edition.actors.values()]


def bound_names(session: Session, row: EditionRow) -> Mapping[str, str]:
    """What each actor is bound to, by his key; one statement."""
    return {actor: rows[0].name for actor, rows in _bound(session, row).items()}


def _bound(session: Session, row: EditionRow) -> dict[str, list[Row[Any]]]:
    ids = {actor: UUID(target["id"]) for actor, target in row.targets.items()}
    found = session.execute(_BOUND, {"tenant": scope_of(session).id, "ids": list(ids.values())}).all()
    return {actor: rows for actor, of in ids.items() if (rows := [each for each in found if each.bound == of])}


def _binding(actor: Actor, rows: list[Row[Any]], holders: Mapping[UUID, list[Holder]]) -> Binding:
    target = actor.target
    return Binding(
        key=actor.key,
        actor=actor.name,
        kind=target.kind if target else None,
        head=bool(target and target.who == "head"),
        name=rows[0].name if rows else None,
        desks=tuple(_desks(rows, holders)),
        uncertain=actor.uncertain,
    )


def _desks(rows: list[Row[Any]], holders: Mapping[UUID, list[Holder]]) -> Iterator[Desk]:
    """An empty set has a row without a desk."""
    for each in rows:
        if each.desk is not None:
            yield Desk(each.desk, each.desk_name, each.active, tuple(holders.get(each.desk, ())))
