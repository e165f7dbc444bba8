"""What every edit of the organization checks alike: the row is there, the word is known, the key is free."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.database import TenantTable
from core.errors import NotFound
from core.organization.errors import KeyTaken, WrongWord
from core.tenancy.scope import scope_of

Row = TypeVar("Row", bound=TenantTable)


def find(session: Session, kind: type[Row], row_id: UUID, unknown: type[NotFound], *, lock: bool = False) -> Row:
    """The row of this scope.

    :param lock: until the transaction ends nobody else changes it, nor what belongs to it.
    :raises unknown: there is none.
    """
    row = session.get(kind, (scope_of(session).id, row_id), with_for_update={"key_share": True} if lock else None)
    if row is None:
        raise unknown
    return row


def present(session: Session, kind: type[Row], row_id: UUID | None, unknown: type[NotFound]) -> UUID | None:
    """The id itself, if it is None or its row is in this scope.

    :raises unknown: there is no such row.
    """
    return None if row_id is None else find(session, kind, row_id, unknown).id


def chosen(word: str, what: str, choices: Sequence[str]) -> str:
    """The word, if it is one of the choices.

    :raises WrongWord: it is none; lists them.
    """
    if word not in choices:
        raise WrongWord(word=word, what=what, choices=", ".join(choices))
    return word


def take_key(session: Session, row: TenantTable, what: str) -> None:
    """Adds a row that has a key of its own.

    :raises KeyTaken: another row of its kind has the key.
    """
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as error:
        if violated(error).endswith("_key"):
            raise KeyTaken(key=row.key, what=what) from error  # type: ignore[attr-defined]
        raise


def violated(error: IntegrityError) -> str:
    """The name of the constraint that refused, or ''."""
    return getattr(getattr(error.orig, "diag", None), "constraint_name", None) or ""
