"""What every edit of the organization checks alike: the row is there, the word is known, the key is free."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import INTEGER
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.database import TenantTable
from core.errors import NotFound
from core.organization import texts
from core.organization.errors import Inactive, KeyTaken, WrongWord
from core.organization.keys import made_key
from core.organization.models import Position, Team, Unit, UnitSet
from core.tenancy.scope import scope_of

Row = TypeVar("Row", bound=TenantTable)
Keyed = Unit | Position | Team | UnitSet

# How a new row is called in refusals.
SAID: dict[type[Keyed], str] = {Unit: "unit", Position: "jabatan", Team: "tim", UnitSet: "himpunan"}
TRIES = 5

# Who moves a unit or a post waits for who is moving another: each must see the tree as it will stand, or two moves,
# each right in itself, make a circle. The lock ends with the transaction; lock_timeout holds for it too.
_STRUCTURE = text("SELECT pg_advisory_xact_lock(hashtext('langkah.structure'), :tenant)").bindparams(
    bindparam("tenant", type_=INTEGER)
)


def find(session: Session, kind: type[Row], row_id: UUID, unknown: type[NotFound], *, lock: bool = False) -> Row:
    """The row of this scope.

    :param lock: until the transaction ends nobody else changes it, nor what belongs to it; it is read anew.
    :raises unknown: there is none.
    """
    if lock:
        session.flush()
    here = (scope_of(session).id, row_id)
    row = session.get(kind, here, with_for_update={"key_share": True} if lock else None, populate_existing=lock)
    if row is None:
        raise unknown
    return row


def living(session: Session, kind: type[Unit | Position], row_id: UUID | None, unknown: type[NotFound]) -> UUID | None:
    """The id itself, if it is None or its row is in this scope and active.

    :raises unknown: there is no such row. :raises Inactive: it was abolished.
    """
    if row_id is None:
        return None
    row = find(session, kind, row_id, unknown)
    if not row.active:
        raise Inactive(what=f'{SAID[kind].capitalize()} "{row.title if isinstance(row, Position) else row.name}"')
    return row.id


def chosen(word: str, what: str, choices: Sequence[str]) -> str:
    """The word, if it is one of the choices.

    :raises WrongWord: it is none; lists them.
    """
    if word not in choices:
        raise WrongWord(word=word, what=what, choices=", ".join(choices))
    return word


def checked(checks: dict[str, Callable[[Any], Any]], changes: dict[str, Any]) -> dict[str, Any]:
    """The changes as they may be kept; a name that `checks` does not have is a programming error."""
    unknown = changes.keys() - checks.keys()
    if unknown:
        raise TypeError(f"nothing here is called {', '.join(sorted(unknown))}")
    return {name: checks[name](value) for name, value in changes.items()}


def write(row: TenantTable, values: dict[str, Any]) -> None:
    """Puts checked values into the row."""
    for name, value in values.items():
        setattr(row, name, value)


def take_key(session: Session, row: Keyed, key: str | None, name: str, twin: Callable[[], None]) -> None:
    """Adds a row under the key given, or under one made from its name.

    A key that was given is there once. Where none was, `twin` refuses a row like it: it is asked again whenever
    somebody else took the key meanwhile, so that a double click does not make two.

    :raises KeyTaken: another row of its kind has the key.
    """
    for _ in range(TRIES):
        if key is None:
            twin()
        row.key = made_key(session, type(row), name) if key is None else texts.key(key)
        try:
            with session.begin_nested():
                session.add(row)
                session.flush()
        except IntegrityError as error:
            if not violated(error).endswith("_tenant_id_key"):
                raise
            if key is not None:
                raise KeyTaken(key=key, what=SAID[type(row)]) from error
        else:
            return
    raise KeyTaken(key=row.key, what=SAID[type(row)])


def lock_structure(session: Session) -> None:
    """Until the transaction ends nobody else moves a unit or a post of this government."""
    session.execute(_STRUCTURE, {"tenant": scope_of(session).id})


def violated(error: IntegrityError) -> str:
    """The name of the constraint that refused, or ''."""
    return getattr(getattr(error.orig, "diag", None), "constraint_name", None) or ""
