"""The offices as pages show them: all of them as a tree with who leads each, and one with everything in it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from uuid import UUID

from sqlalchemy import Integer
from sqlalchemy.orm import Session

from core.database import typed
from core.organization.errors import UnitUnknown
from core.organization.incumbents import Incumbent, incumbents
from core.organization.models import Unit
from core.organization.posts import Post, as_tree, unit_posts
from core.organization.team_view import TeamLine, team_lines
from core.tenancy.scope import scope_of
from core.tenancy.versions import version


@dataclass(frozen=True)
class Office:
    """A unit at a glance: `head_title` leads it, `holders` fill that post today (core.organization.incumbents),
    `post_count` counts its active posts; `below`: the units under it, where it was asked for as a tree."""

    id: UUID
    key: str
    name: str
    short: str | None
    kind: str
    opd: bool
    active: bool
    parent_id: UUID | None
    receiver_id: UUID | None
    head_id: UUID | None
    head_title: str | None
    post_count: int
    version: str
    holders: tuple[Incumbent, ...] = ()
    below: tuple["Office", ...] = ()


@dataclass(frozen=True)
class UnitView:
    """A unit with all that belongs to it.

    :param path: the units above it, the topmost first.
    :param desk: the post that receives for it: its own receiving desk, or its head; None where it has neither.
    :param posts: its active posts as a tree.
    :param below: the active units right below it.
    """

    office: Office
    path: tuple[Office, ...]
    desk: Post | None
    posts: tuple[Post, ...]
    below: tuple[Office, ...]
    teams: tuple[TeamLine, ...]


# All units of one government are a few hundred rows: whoever shows one needs those above it and those below it too.
_OFFICES = typed(
    """
    SELECT u.tenant_id, u.id, u.key, u.name, u.short, u.kind, u.opd, u.active, u.parent_id, u.receiver_id, u.sort,
           head.id AS head_id, head.title AS head_title, coalesce(counted.posts, 0) AS post_count
      FROM units u
      LEFT JOIN positions head
        ON head.tenant_id = u.tenant_id AND head.unit_id = u.id AND head.head AND head.active
      LEFT JOIN (SELECT unit_id, count(*) AS posts FROM positions WHERE tenant_id = :tenant AND active
                  GROUP BY unit_id) counted ON counted.unit_id = u.id
     WHERE u.tenant_id = :tenant
     ORDER BY u.sort, u.name
    """,
    {"tenant": Integer},
)


def unit_tree(session: Session) -> tuple[Office, ...]:
    """The active units as a tree, each with its head; one below an abolished unit stands at the top. Two statements."""
    active = _led(session, [office for office in _offices(session) if office.active])
    below: defaultdict[UUID | None, list[Office]] = defaultdict(list)
    known = {office.id for office in active}
    for office in active:
        below[office.parent_id if office.parent_id in known else None].append(office)
    return _nodes(below, None)


def _nodes(below: Mapping[UUID | None, list[Office]], parent: UUID | None) -> tuple[Office, ...]:
    return tuple(replace(office, below=_nodes(below, office.id)) for office in below.get(parent, ()))


def unit_view(session: Session, unit_id: UUID) -> UnitView:
    """A unit, abolished or not, with all that belongs to it. Five statements.

    :raises UnitUnknown: there is none.
    """
    offices = {office.id: office for office in _offices(session)}
    if unit_id not in offices:
        raise UnitUnknown
    shown = [unit_id, *(o.id for o in offices.values() if o.parent_id == unit_id and o.active)]
    office, *below = _led(session, [offices[each] for each in shown])
    desk = office.receiver_id or office.head_id
    posts = unit_posts(session, unit_id, desk)
    return UnitView(
        office=office,
        path=_path(offices, office),
        desk=next((post for post in posts if post.id == desk), None),
        posts=as_tree([post for post in posts if post.unit_id == unit_id and post.active]),
        below=tuple(below),
        teams=tuple(team_lines(session, unit_id=unit_id)),
    )


def _path(offices: Mapping[UUID, Office], office: Office) -> tuple[Office, ...]:
    path: list[Office] = []
    while office.parent_id is not None:
        office = offices[office.parent_id]
        path.insert(0, office)
    return tuple(path)


def _offices(session: Session) -> list[Office]:
    names = [field.name for field in fields(Office) if field.name not in ("version", "holders", "below")]
    rows = session.execute(_OFFICES, {"tenant": scope_of(session).id})
    return [Office(**{name: getattr(row, name) for name in names}, version=version(Unit, row)) for row in rows]


def _led(session: Session, offices: Sequence[Office]) -> list[Office]:
    """The same with who leads each today; one statement."""
    found = incumbents(session, [office.head_id for office in offices if office.head_id])
    return [replace(office, holders=found.get(office.head_id, ()) if office.head_id else ()) for office in offices]
