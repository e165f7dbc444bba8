"""Posts as pages show them: with unit, superior and who fills them today, and as a tree by superior."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Row, Uuid
from sqlalchemy.orm import Session

from core.database import typed
from core.organization.incumbents import SUPERIOR, Incumbent, incumbents
from core.tenancy.scope import scope_of


@dataclass(frozen=True)
class Post:
    """A post today. `holders`: who fills it, or where it is vacant who answers instead (capacity 'superior');
    `below`: the posts under it, where it was asked for as a tree."""

    id: UUID
    key: str
    title: str
    kind: str
    echelon: str | None
    head: bool
    active: bool
    unit_id: UUID
    unit: str
    superior_id: UUID | None
    superior: str | None
    holders: tuple[Incumbent, ...] = ()
    below: tuple["Post", ...] = ()

    @property
    def vacant(self) -> bool:
        """Whether nobody holds it today in any capacity of its own."""
        return all(holder.capacity == SUPERIOR for holder in self.holders)


def _posts(where: str) -> Any:
    return typed(
        f"""
        SELECT p.id, p.key, p.title, p.kind, p.echelon, p.head, p.active, p.unit_id, u.name AS unit,
               p.superior_id, s.title AS superior
          FROM positions p
          JOIN units u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
          LEFT JOIN positions s ON s.tenant_id = p.tenant_id AND s.id = p.superior_id
         WHERE p.tenant_id = :tenant {where}
         ORDER BY p.sort, p.title
        """,
        {"tenant": Integer, "id": Uuid, "desk": Uuid},
    )


_ALL = _posts("")
# ix_positions_unit, and the unit's receiving desk, which may stand in another.
_OF_UNIT = _posts("AND (p.unit_id = :id AND p.active OR p.id = :desk)")
# pk_positions, ix_positions_superior
_WITH_BELOW = _posts("AND (p.id = :id OR p.superior_id = :id AND p.active)")


def government_tree(session: Session) -> tuple[Post, ...]:
    """Every active post with who fills it, below its superior; one whose superior was abolished stands below the next
    one up. Two statements."""
    rows = session.execute(_ALL, {"tenant": scope_of(session).id}).all()
    above = {row.id: row.superior_id for row in rows}
    living = {row.id for row in rows if row.active}
    filled = fill(session, (row for row in rows if row.active))
    return as_tree([replace(post, superior_id=_nearest(post.superior_id, above, living)) for post in filled])


def _nearest(superior: UUID | None, above: Mapping[UUID, UUID | None], living: set[UUID]) -> UUID | None:
    while superior is not None and superior not in living:
        superior = above[superior]
    return superior


def unit_posts(session: Session, unit_id: UUID, desk: UUID | None) -> list[Post]:
    """The active posts of a unit, and the post of its receiving desk wherever that stands. Two statements."""
    values = {"tenant": scope_of(session).id, "id": unit_id, "desk": desk}
    return fill(session, session.execute(_OF_UNIT, values))


def post_with_below(session: Session, position_id: UUID) -> Post | None:
    """A post, abolished or not, with the active ones right below it; None where there is none. Two statements."""
    found = fill(session, session.execute(_WITH_BELOW, {"tenant": scope_of(session).id, "id": position_id}))
    below = tuple(post for post in found if post.id != position_id)
    return next((replace(post, below=below) for post in found if post.id == position_id), None)


def fill(session: Session, rows: Iterable[Row[Any]]) -> list[Post]:
    """The posts of these rows with who fills them today; one statement."""
    asked = list(rows)
    found = incumbents(session, [row.id for row in asked])
    return [Post(**row._mapping, holders=found.get(row.id, ())) for row in asked]


def as_tree(posts: Sequence[Post]) -> tuple[Post, ...]:
    """The posts below each other, in their order; one whose superior is not among them stands at the top."""
    known = {post.id for post in posts}
    below: defaultdict[UUID | None, list[Post]] = defaultdict(list)
    for post in posts:
        below[post.superior_id if post.superior_id in known else None].append(post)
    return _nodes(below, None)


def _nodes(below: Mapping[UUID | None, list[Post]], superior: UUID | None) -> tuple[Post, ...]:
    return tuple(replace(post, below=_nodes(below, post.id)) for post in below.get(superior, ()))
