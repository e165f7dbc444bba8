"""What still hangs on a unit, a post or a team, so that it is not abolished under people's hands.

The organization lies below procedures and engine and imports neither (arrows point down), yet every face that
abolishes something must be told the same. So their tables are asked here by name, as core.organization.secrecy does:
`tasks` (status, assignee_id) and `procedures.effective_id` with `editions.targets` ({actor: {"kind", "id"}}). A file
that leaves something out (langkah tenants sync) is the office's word and does not ask.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Date, Integer, Row, Text, Uuid
from sqlalchemy.orm import Session

from core.database import typed
from core.organization.errors import StillNeeded
from core.organization.wording import KINDS
from core.tenancy.scope import scope_of

# Of one kind only so many are looked for and named; where there are more, that is said.
NAMED = 5
COUNTED = 100

# ix_tasks_inbox; a desk may have thousands of open tasks, so counting ends early.
_TASKS = """
    SELECT 1 AS place, 'tasks' AS what, count(*)::text AS name, '' AS more
      FROM (SELECT 1 FROM tasks WHERE tenant_id = :tenant AND status = 'open' AND assignee_id = :id LIMIT :counted) t
    HAVING count(*) > 0"""
# The editions in force are as many as the government has SOPs; each has a handful of targets.
_ACTORS = """
    SELECT 2, 'actor', coalesce((SELECT actor ->> 'name' FROM jsonb_array_elements(e.content -> 'actors') actor
                                  WHERE actor ->> 'key' = target.key), target.key), p.code
      FROM procedures p
      JOIN editions e ON e.tenant_id = p.tenant_id AND e.id = p.effective_id
     CROSS JOIN LATERAL jsonb_each(e.targets) target
     WHERE p.tenant_id = :tenant AND target.value ->> 'id' = CAST(:id AS text)"""
# ix_assignments_position; who begins later counts too.
_HELD = """
    (SELECT 3, 'holder', who.name, a.kind
       FROM assignments a
       JOIN people who ON who.tenant_id = a.tenant_id AND who.id = a.person_id
      WHERE a.tenant_id = :tenant AND a.position_id = :id AND (a.ends_on IS NULL OR a.ends_on >= :today)
      LIMIT :named)"""
# ix_units_receiver
_DESKS = """
    (SELECT 4, 'desk', name, '' FROM units
      WHERE tenant_id = :tenant AND receiver_id = :id AND active LIMIT :named)"""
# ix_team_members_position
_SEATS = """
    (SELECT 5, 'seat', t.name, ''
       FROM team_members m
       JOIN teams t ON t.tenant_id = m.tenant_id AND t.id = m.team_id
      WHERE m.tenant_id = :tenant AND m.position_id = :id AND t.active
        AND (t.ends_on IS NULL OR t.ends_on >= :today)
      LIMIT :named)"""
# ix_positions_unit, ix_units_parent, ix_teams_unit, ix_unit_set_members_unit
_POSTS = """
    (SELECT 3, 'post', title, '' FROM positions
      WHERE tenant_id = :tenant AND unit_id = :id AND active ORDER BY sort LIMIT :named)"""
_BELOW = """
    (SELECT 4, 'unit', name, '' FROM units
      WHERE tenant_id = :tenant AND parent_id = :id AND active ORDER BY sort LIMIT :named)"""
_TEAMS = """
    (SELECT 5, 'team', name, '' FROM teams WHERE tenant_id = :tenant AND unit_id = :id AND active LIMIT :named)"""
_SETS = """
    (SELECT 6, 'set', s.name, ''
       FROM unit_set_members m
       JOIN unit_sets s ON s.tenant_id = m.tenant_id AND s.id = m.set_id
      WHERE m.tenant_id = :tenant AND m.unit_id = :id LIMIT :named)"""

_TYPES = {"tenant": Integer, "id": Uuid, "today": Date, "named": Integer, "counted": Integer, "text": Text}


def _all(*parts: str) -> Any:
    return typed(" UNION ALL ".join(parts) + " ORDER BY place, name", _TYPES)


ON_POSITION = _all(_TASKS, _ACTORS, _HELD, _DESKS, _SEATS)
ON_UNIT = _all(_TASKS, _ACTORS, _POSTS, _BELOW, _TEAMS, _SETS)
ON_TEAM = _all(_TASKS, _ACTORS)


def not_needed(session: Session, asked: Any, row_id: UUID, what: str, name: str) -> None:
    """Refuses to abolish what something still hangs on; one statement.

    :param asked: ON_POSITION, ON_UNIT or ON_TEAM.
    :raises StillNeeded: names what hangs on it.
    """
    values = {
        "tenant": scope_of(session).id, "id": row_id, "today": scope_of(session).today, "named": NAMED + 1,
        "counted": COUNTED + 1,
    }  # fmt: skip
    binds = asked._bindparams
    rows = session.execute(asked, {key: value for key, value in values.items() if key in binds}).all()
    if rows:
        raise StillNeeded(what=what, name=name, reasons=_told(rows))


def _told(rows: Any) -> str:
    kinds: dict[str, list[str]] = {}
    for row in rows:
        kinds.setdefault(row.what, []).append(_SAID[row.what](row))
    return "; ".join(", ".join(_capped(told)) for told in kinds.values())


def _capped(told: list[str]) -> list[str]:
    return told if len(told) <= NAMED else [*told[:NAMED], "dan lainnya"]


def _tasks(row: Row[Any]) -> str:
    return f"lebih dari {COUNTED} tugas terbuka" if int(row.name) > COUNTED else f"{row.name} tugas terbuka"


_SAID: dict[str, Any] = {
    "tasks": _tasks,
    "actor": lambda row: f'pelaksana "{row.name}" pada SOP {row.more} yang berlaku',
    "holder": lambda row: f"{row.name} yang bertugas ({KINDS[row.more]})",
    "desk": lambda row: f'meja penerima unit "{row.name}"',
    "seat": lambda row: f'anggota tim "{row.name}"',
    "post": lambda row: f'jabatan "{row.name}"',
    "unit": lambda row: f'unit bawahan "{row.name}"',
    "team": lambda row: f'tim "{row.name}"',
    "set": lambda row: f'anggota himpunan "{row.name}"',
}
