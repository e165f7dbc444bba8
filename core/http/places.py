"""Cursors of lists that go by name or by day: the last row's own key, opaque to whoever follows them."""

import base64
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.http.cursors import WrongCursor
from core.http.texts import storable
from core.identity.accounts import Place
from core.organization.history import After


def after_name(cursor: str | None) -> Place | None:
    """Where a list by name goes on. :raises WrongCursor: it is none of ours."""
    if cursor is None:
        return None
    name, key = _read(cursor)
    return Place(name, key)


def after_day(cursor: str | None) -> After | None:
    """Where a list of assignments goes on. :raises WrongCursor: it is none of ours."""
    if cursor is None:
        return None
    day, key = _read(cursor)
    try:
        return After(date.fromisoformat(day), key)
    except ValueError as error:
        raise WrongCursor from error


def following_name(rows: Sequence[Any], limit: int) -> str | None:
    """The cursor after a full page of people; None where the list has ended."""
    return _written(rows[-1].name, rows[-1].id) if len(rows) == limit else None


def following_day(rows: Sequence[Any], limit: int) -> str | None:
    """The cursor after a full page of assignments; None where the list has ended."""
    return _written(rows[-1].starts_on.isoformat(), rows[-1].id) if len(rows) == limit else None


def _written(place: str, key: UUID) -> str:
    return base64.urlsafe_b64encode(f"{key}|{place}".encode()).decode()


def _read(cursor: str) -> tuple[str, UUID]:
    try:
        key, _, place = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        found = UUID(key)
    except ValueError as error:
        raise WrongCursor from error
    if not storable(place):
        raise WrongCursor
    return place, found
