"""The library of SOPs: what a government runs, its editions, its latest cases; one set of queries for both faces.

How many cases of a SOP run now is never counted beyond MOST, and only among those the reader may see.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Integer, Row, Text, Uuid, select
from sqlalchemy.orm import Session

from core.database import typed
from core.engine.desk import MOST
from core.engine.errors import NoSuchProcedure
from core.engine.search import containing
from core.errors import NotFound
from core.identity.actor import Actor
from core.organization.secrecy import VISIBLE, viewer
from core.procedures.models import EditionRow, Procedure
from core.tenancy.scope import scope_of

A_SHELF = 100
EDITIONS = 20
LATEST = 5
# Of secret cases that are not his a reader's page looks at no more than the newest of these.
LOOKED_AT = 1000


class NoSuchEdition(NotFound):
    """Edisi ini tidak ada di sini. Pilih edisi dari halaman SOP-nya."""

    type = "edisi-tidak-ada"


_TYPES: dict[str, Any] = {
    "tenant": Integer, "person": Uuid, "covers": ARRAY(Uuid), "positions": ARRAY(Uuid), "read_all": Boolean,
    "code": Text, "pattern": Text, "after": Text, "limit": Integer, "procedure": Uuid,
}  # fmt: skip

# The newest cases of a SOP in one status, in the order of ix_cases_procedure.
_NEWEST = f"""
    SELECT n.* FROM cases n
     WHERE n.tenant_id = :tenant AND n.procedure_id = {{procedure}} AND n.status = {{status}}
     ORDER BY n.opened_at DESC, n.id DESC
     LIMIT {LOOKED_AT}
"""

# The sheet's number as it is printed, where that differs from what the flow needed.
_NUMBER = "coalesce(e.content #>> '{cover,printed,number}', e.content #>> '{cover,number}')"

_SOPS = f"""
    SELECT p.id, p.code, p.title, p.plugin, p.effective_id, {_NUMBER} AS number, e.number AS edition, e.effective_on,
           (SELECT count(*)
              FROM (SELECT 1 FROM ({_NEWEST.format(procedure="p.id", status="'open'")}) c
                     WHERE {VISIBLE} LIMIT {MOST}) found) AS running
      FROM procedures p
      LEFT JOIN editions e ON e.tenant_id = p.tenant_id AND e.id = p.effective_id
     WHERE p.tenant_id = :tenant
"""

# A government has some hundred SOPs: a search passes over them all, the list goes on after a SOP's code.
_SHELF = typed(
    f"""
    {_SOPS}
       AND (CAST(:pattern AS text) IS NULL OR p.title ILIKE :pattern OR p.code ILIKE :pattern
            OR {_NUMBER} ILIKE :pattern)
       AND (CAST(:after AS text) IS NULL OR (p.plugin, p.title, p.code) >
            (SELECT a.plugin, a.title, a.code FROM procedures a WHERE a.tenant_id = :tenant AND a.code = :after))
     ORDER BY p.plugin, p.title, p.code
     LIMIT :limit
    """,
    _TYPES,
)

_SOP = typed(f"{_SOPS} AND p.code = :code", _TYPES)

_LATEST = typed(
    f"""
    SELECT c.id, c.number, c.subject, c.status, c.ended, c.secrecy, c.opened_at, c.closed_at, p.code, p.title
      FROM procedures p, (VALUES ('open'), ('done'), ('cancelled')) AS s(status),
           LATERAL (SELECT * FROM ({_NEWEST.format(procedure="p.id", status="s.status")}) c
                     WHERE {VISIBLE} ORDER BY c.opened_at DESC, c.id DESC LIMIT {LATEST}) c
     WHERE p.tenant_id = :tenant AND p.id = :procedure
     ORDER BY c.opened_at DESC, c.id DESC
     LIMIT {LATEST}
    """,
    _TYPES,
)


def shelf(
    session: Session, actor: Actor, text: str | None = None, after: str | None = None, limit: int = A_SHELF
) -> Sequence[Row[Any]]:
    """SOPs by plugin and title, each with its edition in force and how many of its cases run; one statement.

    :param text: only those that have it in title, code or SOP number. :param after: the last code of the page before.
    :raises UnusableText: the text has characters that no text here can have.
    """
    values = {"pattern": containing(text), "after": after, "limit": limit}
    return session.execute(_SHELF, _seen_by(session, actor) | values).all()


def on_shelf(session: Session, actor: Actor, code: str) -> Row[Any]:
    """One SOP as `shelf` has it. :raises NoSuchProcedure: there is none of this code here."""
    found = session.execute(_SOP, _seen_by(session, actor) | {"code": code}).one_or_none()
    if found is None:
        raise NoSuchProcedure(code=code)
    return found


def names(session: Session) -> list[tuple[str, str]]:
    """(code, title) of every SOP, by title: what a list is narrowed by."""
    rows = session.execute(select(Procedure.code, Procedure.title).order_by(Procedure.title))
    return [(code, title) for code, title in rows]


def procedure_of(session: Session, code: str, **_: Any) -> Procedure:
    """The SOP of this code. :raises NoSuchProcedure: there is none here."""
    found = session.scalars(select(Procedure).where(Procedure.code == code)).one_or_none()
    if found is None:
        raise NoSuchProcedure(code=code)
    return found


def editions_of(
    session: Session, procedure_id: UUID, before: int | None = None, limit: int = EDITIONS
) -> Sequence[Any]:
    """The editions of a SOP without their content, the latest first; `before` a number the list goes on with."""
    heads = (
        EditionRow.id, EditionRow.number, EditionRow.status, EditionRow.effective_on, EditionRow.retired_on,
        EditionRow.content_hash,
    )  # fmt: skip
    asked = select(*heads).where(EditionRow.procedure_id == procedure_id)
    if before is not None:
        asked = asked.where(EditionRow.number < before)
    return session.execute(asked.order_by(EditionRow.number.desc()).limit(limit)).all()


def edition_of(session: Session, edition_id: UUID) -> EditionRow:
    """The edition of this id. :raises NoSuchEdition: there is none here."""
    return _edition(session, EditionRow.id == edition_id)


def edition_numbered(session: Session, procedure_id: UUID, number: int) -> EditionRow:
    """The edition of this number. :raises NoSuchEdition: the SOP has none."""
    return _edition(session, (EditionRow.procedure_id == procedure_id) & (EditionRow.number == number))


def edition_shown(session: Session, sop: Row[Any]) -> EditionRow:
    """The edition in force, or the latest where none is. :raises NoSuchEdition: the SOP has none at all."""
    if sop.effective_id is not None:
        return edition_of(session, sop.effective_id)
    return _edition(session, EditionRow.procedure_id == sop.id)


def latest_cases(session: Session, actor: Actor, procedure_id: UUID) -> Sequence[Row[Any]]:
    """The latest cases of a SOP that he may see, running or ended; one statement."""
    return session.execute(_LATEST, _seen_by(session, actor) | {"procedure": procedure_id}).all()


def _edition(session: Session, which: Any) -> EditionRow:
    found = session.scalars(select(EditionRow).where(which).order_by(EditionRow.number.desc()).limit(1)).one_or_none()
    if found is None:
        raise NoSuchEdition
    return found


def _seen_by(session: Session, actor: Actor) -> dict[str, Any]:
    return {"tenant": scope_of(session).id, **viewer(actor).parameters()}
