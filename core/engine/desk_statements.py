"""The statements of the lists of "Tugas Saya" (core.engine.desk), with the indexes that serve them."""

from typing import Any

from sqlalchemy import ARRAY, Boolean, DateTime, Integer, Text, Uuid
from sqlalchemy.sql.elements import TextClause

from core.database import typed
from core.organization.secrecy import VISIBLE

# As many of each are counted; more are "99+".
MOST = 100
SOON = "interval '3 days'"

_TYPES: dict[str, Any] = {
    "tenant": Integer, "person": Uuid, "covers": ARRAY(Uuid), "positions": ARRAY(Uuid), "read_all": Boolean,
    "desks": ARRAY(Uuid), "posts": ARRAY(Uuid), "post": Uuid, "limit": Integer, "at": DateTime(timezone=True),
    "since": Text, "until": Text, "after": Uuid, "code": Text, "pattern": Text,
}  # fmt: skip


def _statement(sql: str) -> TextClause:
    return typed(sql, _TYPES)


# As in the index: LEAST passes over null. COALESCE would say the same, but the planner does not take it for leakproof,
# so below row security every open task of a desk would be read to filter it.
_URGENCY = "LEAST({0}.due_at, 'infinity'::timestamptz)"
_PLACE = _URGENCY.format("o")
_DUE_SOON = f"(o.warn_at <= :at OR {_PLACE} < :at + {SOON})"

_COLUMNS = """
    o.id, o.case_id, o.step_key, o.member, o.visit, o.label, o.status, o.version, o.assignee_kind, o.assignee_id,
    o.offered_to, o.opened_at, o.started_at, o.closed_at, o.due_at, o.warn_at, o.outcome
"""

# The case of each task of the page, by its key: OFFSET 0 keeps the planner from hashing all cases of the tenant.
_SHOWN = "t.*, c.number, c.subject, c.edition_id, p.code, p.title"
_CASE = """
     CROSS JOIN LATERAL (SELECT * FROM cases c WHERE c.tenant_id = :tenant AND c.id = t.case_id OFFSET 0) c
      JOIN procedures p ON p.tenant_id = :tenant AND p.id = c.procedure_id
"""

# A search looks at the cases of the tasks one by one (pk_cases): contains is no operator an index could serve here.
_SOUGHT = r"""
    (CAST(:code AS text) IS NULL
     OR c.procedure_id = (SELECT s.id FROM procedures s WHERE s.tenant_id = :tenant AND s.code = :code))
    AND (CAST(:pattern AS text) IS NULL OR c.number ILIKE :pattern OR c.subject ILIKE :pattern)
"""


def _of_a_case(*conditions: str) -> str:
    """The task's case fits."""
    fitting = " AND ".join(f"({condition})" for condition in conditions)
    return f"EXISTS (SELECT 1 FROM cases c WHERE c.tenant_id = :tenant AND c.id = o.case_id AND {fitting} OFFSET 0)"


# What a superior sees of a case below him: never a secret one (core.organization.secrecy).
_FOR_SUPERIORS = ("c.secrecy <> 'rahasia'", VISIBLE)

# Whose tasks he supervises without answering for them himself: the positions below his (pk_position_branches), units
# with their desk or head in his branch, teams he or one in his branch is head of or whose office is his, and people in
# posts below his, for what was handed to one of them.
_BELOW = """
    branch AS MATERIALIZED (
        SELECT b.position_id, min(b.distance) AS distance FROM position_branches b
         WHERE b.tenant_id = :tenant AND b.superior_id = ANY (:posts) GROUP BY b.position_id),
    offices AS MATERIALIZED (
        SELECT h.unit_id FROM branch b
          JOIN positions h ON h.tenant_id = :tenant AND h.id = b.position_id AND h.head AND h.active),
    below AS MATERIALIZED (
        SELECT d.desk FROM (
            SELECT b.position_id AS desk FROM branch b WHERE b.distance > 0
             UNION
            SELECT unit_id FROM offices
             UNION
            SELECT u.id FROM branch b
              JOIN units u ON u.tenant_id = :tenant AND u.receiver_id = b.position_id
             WHERE b.distance > 0
             UNION
            SELECT m.id FROM offices f JOIN teams m ON m.tenant_id = :tenant AND m.unit_id = f.unit_id
             UNION
            SELECT m.team_id FROM branch b
              JOIN team_members m ON m.tenant_id = :tenant AND m.position_id = b.position_id AND m.head
             UNION
            SELECT m.team_id FROM team_members m
             WHERE m.tenant_id = :tenant AND m.person_id = :person AND m.head
             UNION
            SELECT a.person_id FROM branch b
              JOIN current_assignments a ON a.tenant_id = :tenant AND a.position_id = b.position_id
             WHERE b.distance > 0) d
         WHERE d.desk <> ALL (:covers))
"""
_MINE = "unnest(:desks) AS d(desk)"


_BY_URGENCY = f"{_URGENCY.format('t')}, t.id"


def _page(desks: str, *conditions: str) -> str:
    """One short range of ix_tasks_inbox per desk, the most urgent first; then the first of them all."""
    return f"""
        (SELECT t.* FROM {desks} CROSS JOIN LATERAL (
            SELECT {_COLUMNS} {_of_a_desk(*conditions)}
             LIMIT :limit) t
         ORDER BY {_BY_URGENCY}
         LIMIT :limit) t
    """


def _of_a_desk(*conditions: str) -> str:
    """What of the list lies on desk d, from where the list goes on."""
    fitting = "".join(f" AND {condition}" for condition in conditions)
    return f"""
              FROM tasks o
             WHERE o.tenant_id = :tenant AND o.status = 'open' AND o.assignee_id = d.desk
               AND ({_PLACE}, o.id) > (CAST(:since AS timestamptz), :after)
               AND {_PLACE} <= CAST(:until AS timestamptz)
               AND (CAST(:at AS timestamptz) IS NULL OR {_DUE_SOON}){fitting}
             ORDER BY {_PLACE}, o.id
    """


def _leading(desks: str, *conditions: str) -> str:
    """Of many desks those that can have a row on the page: a page of desks, by the first row of each. Whatever lies on
    another comes after as many first rows as the page holds. The Sekda looks down on more than a thousand desks: a page
    of each would be tens of thousands of rows.
    """
    return f"""
        (SELECT d.desk FROM {desks} CROSS JOIN LATERAL (
            SELECT {_PLACE} AS place, o.id {_of_a_desk(*conditions)}
             LIMIT 1) t
         ORDER BY t.place, t.id
         LIMIT :limit) d
    """


def _waiting(*conditions: str) -> TextClause:
    """What waits on his own desks."""
    return _statement(f"SELECT {_SHOWN} FROM {_page(_MINE, *conditions)} {_CASE} ORDER BY {_BY_URGENCY}")


def _supervised(*conditions: str) -> TextClause:
    """The same over the desks below him; whose task it is, in words."""
    fitting = _of_a_case(*_FOR_SUPERIORS, *conditions)
    return _statement(
        f"""
        WITH {_BELOW}
        SELECT {_SHOWN}, coalesce(q.title, u.short, u.name, m.name, n.name) AS assignee
          FROM {_page(_leading("below d", fitting), fitting)} {_CASE}
          LEFT JOIN positions q ON q.tenant_id = :tenant AND q.id = t.assignee_id
          LEFT JOIN units u ON u.tenant_id = :tenant AND u.id = t.assignee_id
          LEFT JOIN teams m ON m.tenant_id = :tenant AND m.id = t.assignee_id
          LEFT JOIN people n ON n.tenant_id = :tenant AND n.id = t.assignee_id
         ORDER BY {_BY_URGENCY}
        """
    )


def _done(*conditions: str) -> TextClause:
    """What he closed himself, the newest first: a range of ix_tasks_closed_by."""
    fitting = "".join(f" AND {condition}" for condition in conditions)
    return _statement(
        f"""
        SELECT {_SHOWN}
          FROM (SELECT {_COLUMNS} FROM tasks o
                 WHERE o.tenant_id = :tenant AND o.closed_by = :person
                   AND (o.closed_at, o.id) < (CAST(:since AS timestamptz), :after)
                   AND (CAST(:post AS uuid) IS NULL OR o.position_id = :post){fitting}
                 ORDER BY o.closed_at DESC, o.id DESC
                 LIMIT :limit) t {_CASE}
         ORDER BY t.closed_at DESC, t.id DESC
        """
    )


_PLAIN, _SEARCHED = _waiting(), _waiting(_of_a_case(_SOUGHT))

# By list, and whether something is sought in it: a condition that is not there costs nothing.
LISTS: dict[tuple[str, bool], TextClause] = {
    **{(which, False): _PLAIN for which in ("menunggu", "terlambat", "tenggat")},
    **{(which, True): _SEARCHED for which in ("menunggu", "terlambat", "tenggat")},
    ("diawasi", False): _supervised(),
    ("diawasi", True): _supervised(_SOUGHT),
    ("selesai", False): _done(),
    ("selesai", True): _done(_of_a_case(_SOUGHT)),
}


def _count(desks: str, *conditions: str) -> str:
    """How many of these desks' tasks fit, at most MOST: the ranges of ix_tasks_inbox, until there are enough."""
    fitting = "".join(f" AND {condition}" for condition in conditions)
    return f"""
        (SELECT count(*) FROM (
            SELECT 1 FROM {desks} CROSS JOIN LATERAL (
                SELECT 1 FROM tasks o
                 WHERE o.tenant_id = :tenant AND o.status = 'open' AND o.assignee_id = d.desk{fitting}
                 LIMIT {MOST}) fits
             LIMIT {MOST}) counted)
    """


_LATE = f"{_PLACE} < :at"

TALLY = _statement(
    f"""
    WITH {_BELOW}
    SELECT {_count(_MINE, _LATE)} AS late,
           {_count(_MINE, f"{_PLACE} >= :at", f"{_PLACE} < 'infinity'", _DUE_SOON)} AS soon,
           {_count(_MINE)} AS open,
           {_count("below d", _LATE, _of_a_case(*_FOR_SUPERIORS))} AS supervised_late
    """
)
