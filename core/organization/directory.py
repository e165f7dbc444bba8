"""The people of a government for everybody in it: name and titles today; never NIP, telephone or e-mail."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, Integer, Uuid, select, tuple_
from sqlalchemy.orm import Session

from core.database import typed
from core.identity.accounts import Place, named_like
from core.identity.actor import RANK
from core.identity.models import Person
from core.organization.wording import full_title
from core.tenancy.scope import scope_of


@dataclass(frozen=True)
class Seat:
    """A post that somebody holds today: `title` as he signs, its unit, and in which capacity."""

    position_id: UUID
    title: str
    capacity: str
    unit_id: UUID
    unit: str


@dataclass(frozen=True)
class Entry:
    """A person with the posts he holds today, the strongest capacity first."""

    id: UUID
    name: str
    positions: tuple[Seat, ...]


# ix_assignments_person
_HELD = typed(
    """
    SELECT a.person_id, a.kind, p.id, p.title, p.unit_id, u.name AS unit
      FROM current_assignments a
      JOIN positions p ON p.tenant_id = a.tenant_id AND p.id = a.position_id
      JOIN units u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
     WHERE a.tenant_id = :tenant AND a.person_id = ANY(:people)
     ORDER BY p.sort, p.id
    """,
    {"tenant": Integer, "people": ARRAY(Uuid)},
)


def directory(session: Session, after: Place | None = None, limit: int = 50, search: str | None = None) -> list[Entry]:
    """A page of the people with an open account, by name. Two statements.

    :param after: the last person of the page before.
    :param search: the beginning of any word of the name.
    """
    asked = select(Person.id, Person.name).where(Person.active).order_by(Person.name, Person.id).limit(limit)
    if after is not None:
        asked = asked.where(tuple_(Person.name, Person.id) > tuple_(after.name, after.id))
    if search and not search.isspace():
        asked = asked.where(named_like(search))
    rows = session.execute(asked).all()
    held = held_today(session, [row.id for row in rows])
    return [Entry(row.id, row.name, held.get(row.id, ())) for row in rows]


def held_today(session: Session, people: Collection[UUID]) -> Mapping[UUID, tuple[Seat, ...]]:
    """The posts that each of these people holds today, by person; one statement."""
    found: defaultdict[UUID, list[Seat]] = defaultdict(list)
    for row in session.execute(_HELD, {"tenant": scope_of(session).id, "people": list(people)}):
        title = full_title(row.title, row.kind)
        found[row.person_id].append(Seat(row.id, title, row.kind, row.unit_id, row.unit))
    return {person: tuple(sorted(seats, key=lambda seat: RANK.index(seat.capacity))) for person, seats in found.items()}
