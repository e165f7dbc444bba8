"""The actor: a person with all he may answer for today, found in one statement.

Every request asks for him, so what he covers, his positions and his rights are resolved here once and travel
with him (field lesson 21: looked up act by act they were most of the load).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, LargeBinary, TextClause, Uuid
from sqlalchemy.orm import Session

from core.database import typed
from core.errors import Forbidden
from core.identity.bearer import digest
from core.prepared import send

# Of two capacities in which one person may do the same, the stronger is recorded.
RANK = ("definitive", "pj", "pjs", "plt", "plh", "team", "superior")

Cover = tuple[UUID | None, str]


@dataclass(frozen=True)
class Actor:
    """Somebody logged in, today, in one tenant.

    `covers`: what a task can be assigned to (a position, team, unit, or himself by his id) -> the position and
    capacity he would act in; a capacity is one of RANK. `positions`: (id, title, capacity), strongest first.
    `must_change`: he was given his password and may do nothing but choose his own. `acting`: the one of his posts in
    which he has chosen to act (core.identity.acting), None for all; it then comes first in `positions`, and in
    `covers` wherever he would act in several. `sign`: the id of the session or the token he came with.
    """

    person_id: UUID
    name: str
    username: str
    tenant_id: int
    must_change: bool
    covers: Mapping[UUID, Cover]
    positions: tuple[tuple[UUID, str, str], ...]
    rights: frozenset[str]
    acting: UUID | None = None
    # Whichever way he came in he is the same actor.
    sign: UUID | None = field(default=None, compare=False)

    def desk_of(self, post: UUID | None) -> list[UUID]:
        """What lies on his desk of all he `covers`: what he answers for from this post, or as himself by name.

        :param post: None: all of it.
        """
        return [
            each
            for each, (position, _) in self.covers.items()
            if post is None or position in (post, None) or each == self.person_id
        ]

    def may(self, right: str) -> bool:
        """Whether he has a right, e.g. `people.manage`."""
        return right in self.rights

    def require(self, right: str) -> None:
        """Denied by default.

        :raises Forbidden: he does not have the right.
        """
        if right not in self.rights:
            raise Forbidden(right=right)


@dataclass(frozen=True)
class Console:
    """Whoever has the server's own command line, and with it the database: no rule of ours could hold him.

    Never made by a page or the API; it stands where an actor is asked, so that no service takes a missing actor
    for a mighty one. `name` is what the audit shows, e.g. `langkah users`.
    """

    name: str
    person_id: UUID | None = None

    def may(self, right: str) -> bool:
        """He may."""
        return True

    def require(self, right: str) -> None:
        """He may."""


# The ways to be somebody. Indexes: uq_sessions_…_secret_hash, uq_api_tokens_…_secret_hash, the keys of people.
_BY_SESSION = """
  SELECT p.tenant_id, p.id, p.name, p.username, p.must_change, s.position_id AS acting, s.id AS sign
    FROM sessions s
    JOIN people p ON p.tenant_id = s.tenant_id AND p.id = s.person_id AND p.active
   WHERE s.secret_hash = :hash AND s.revoked_at IS NULL AND s.expires_at > coalesce(:now, now())
"""
_BY_TOKEN = """
  SELECT p.tenant_id, p.id, p.name, p.username, p.must_change, t.position_id AS acting, t.id AS sign
    FROM api_tokens t
    JOIN people p ON p.tenant_id = t.tenant_id AND p.id = t.person_id AND p.active
   WHERE t.secret_hash = :hash AND t.revoked_at IS NULL
     AND (t.expires_at IS NULL OR t.expires_at > coalesce(:now, now()))
"""
_BY_PERSON = """
  SELECT p.tenant_id, p.id, p.name, p.username, p.must_change, NULL::uuid AS acting, NULL::uuid AS sign
    FROM people p
   WHERE p.id = :person AND p.active
"""

# `(SELECT id FROM who)` and not a join: as a value known before the view opens, it reaches the person's index inside
# each branch of `post_holders`; a join would resolve the holders of the whole tenant first. What `holders` adds to
# that is built here from its rows: through `holders`, a tenant whose tables have no statistics yet (just
# synchronised) resolved the mayor's vacant posts once for every unit, 63 ms instead of 1.6. A test holds the two
# together for people all over an office.
_ACTOR = """
WITH who AS MATERIALIZED ({who}),
today AS MATERIALIZED (SELECT NULLIF(current_setting('langkah.today', true), '')::date AS today),
posts AS MATERIALIZED (
  SELECT a.position_id, p.title, a.kind
    FROM current_assignments a
    JOIN positions p ON p.tenant_id = a.tenant_id AND p.id = a.position_id
   WHERE a.person_id = (SELECT id FROM who)
   ORDER BY array_position({rank}, a.kind), p.sort, p.id
), answers AS MATERIALIZED (
  SELECT h.tenant_id, h.post_id, h.position_id, h.capacity
    FROM post_holders h
   WHERE h.person_id = (SELECT id FROM who)
), seats AS (
  SELECT m.tenant_id, m.team_id, posts.position_id, posts.kind AS capacity
    FROM posts JOIN team_members m ON m.position_id = posts.position_id
   UNION ALL
  SELECT m.tenant_id, m.team_id, NULL, 'team' FROM team_members m WHERE m.person_id = (SELECT id FROM who)
), covers AS (
  SELECT post_id AS assignee_id, position_id, capacity FROM answers
   UNION ALL
  SELECT s.team_id, s.position_id, s.capacity
    FROM today, seats s
    JOIN teams t ON t.tenant_id = s.tenant_id AND t.id = s.team_id AND t.active
   WHERE coalesce(t.starts_on <= today, true) AND coalesce(t.ends_on >= today, true)
   UNION ALL
  SELECT u.id, a.position_id, a.capacity
    FROM answers a JOIN units u ON u.tenant_id = a.tenant_id AND u.receiver_id = a.post_id
   UNION ALL
  SELECT u.id, a.position_id, a.capacity
    FROM answers a
    JOIN positions head ON head.tenant_id = a.tenant_id AND head.id = a.post_id AND head.head AND head.active
    JOIN units u ON u.tenant_id = head.tenant_id AND u.id = head.unit_id AND u.receiver_id IS NULL
), granted AS (
  SELECT r.id FROM roles r WHERE r.everyone
   UNION
  SELECT g.role_id FROM today, role_grants g
   WHERE g.person_id = (SELECT id FROM who)
     AND coalesce(g.starts_on <= today, true) AND coalesce(g.ends_on >= today, true)
   UNION
  SELECT g.role_id FROM today, posts JOIN role_grants g ON g.position_id = posts.position_id
   WHERE coalesce(g.starts_on <= today, true) AND coalesce(g.ends_on >= today, true)
)
SELECT who.id, who.name, who.username, who.tenant_id, who.must_change, who.acting, who.sign,
       covered.assignees, covered.positions AS cover_positions, covered.capacities,
       held.ids, held.titles, held.kinds,
       ARRAY(SELECT DISTINCT rr.right FROM granted JOIN role_rights rr ON rr.role_id = granted.id) AS rights
  FROM who,
       (SELECT array_agg(assignee_id) AS assignees, array_agg(position_id) AS positions,
               array_agg(capacity) AS capacities FROM covers) covered,
       (SELECT array_agg(position_id) AS ids, array_agg(title) AS titles, array_agg(kind) AS kinds FROM posts) held
"""


def _statement(who: str) -> TextClause:
    sql = _ACTOR.format(who=who, rank=f"ARRAY[{', '.join(map(repr, RANK))}]")
    return typed(sql, {"hash": LargeBinary(), "person": Uuid(), "now": DateTime(timezone=True)})


BY_SESSION = _statement(_BY_SESSION)
BY_TOKEN = _statement(_BY_TOKEN)
BY_PERSON = _statement(_BY_PERSON)


def by_session(session: Session, secret: str, now: datetime | None = None) -> Actor | None:
    """Who bears this session's cookie; None where it is unknown HERE, revoked or over, or its person disabled."""
    return _found(session, BY_SESSION, {"hash": digest(secret), "now": now})


def by_token(session: Session, secret: str, now: datetime | None = None) -> Actor | None:
    """Who bears this API token; None where it is unknown HERE, revoked or over, or its person disabled."""
    return _found(session, BY_TOKEN, {"hash": digest(secret), "now": now})


def by_person(session: Session, person_id: UUID) -> Actor | None:
    """The actor a person would be: for the command line, jobs and tests; None where unknown or disabled."""
    return _found(session, BY_PERSON, {"person": person_id})


def _found(session: Session, statement: TextClause, values: dict[str, Any]) -> Actor | None:
    row = send(session, statement, values)
    if row is None:
        return None
    acting = row.acting if row.acting in (row.ids or ()) else None  # a post that he has left is no choice any more
    held = zip(row.ids or (), row.titles or (), row.kinds or (), strict=True)
    positions = tuple(sorted(held, key=lambda post: post[0] != acting))  # stable: the others stay strongest first
    covers = _best(zip(row.assignees or (), row.cover_positions or (), row.capacities or (), strict=True), acting)
    covers[row.id] = (positions[0][0], positions[0][2]) if positions else (None, "definitive")
    return Actor(
        row.id,
        row.name,
        row.username,
        row.tenant_id,
        row.must_change,
        covers,
        positions,
        frozenset(row.rights),
        acting,
        row.sign,
    )


def _best(rows: Iterable[tuple[UUID, UUID | None, str]], acting: UUID | None) -> dict[UUID, Cover]:
    """The best capacity for each: in the post he acts in, or else by name, or else the strongest; of equals the
    position made first, so that two requests agree.
    """
    covers: dict[UUID, Cover] = {}
    for assignee, position, capacity in rows:
        known = covers.get(assignee)
        if known is None or _order((position, capacity), acting) < _order(known, acting):
            covers[assignee] = (position, capacity)
    return covers


def _order(cover: Cover, acting: UUID | None) -> tuple[int, int, str]:
    position, capacity = cover
    aside = 0 if acting is None or position == acting else 1 if position is None else 2
    return aside, RANK.index(capacity), str(position)
