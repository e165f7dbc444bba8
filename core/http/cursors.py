"""Cursors of pages that can grow: the last row's moment and id, opaque to whoever follows them.

A task without a deadline is due never, which is "infinity" as PostgreSQL writes it.
"""

import base64
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from core.engine.queries import After
from core.errors import BadInput


class WrongCursor(BadInput):
    """Penanda halaman (cursor) tidak dikenal. Mulailah dari halaman pertama."""

    type = "penanda-halaman-salah"


NEVER = "infinity"


def after(cursor: str | None, undated: bool = False) -> After | None:
    """Where the list goes on; a list of tasks may go on after an `undated` one.

    :raises WrongCursor: it is none of ours.
    """
    if cursor is None:
        return None
    try:
        moment, _, key = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        if undated and moment == NEVER:
            return After(None, UUID(key))
        at = datetime.fromisoformat(moment)
        if at.tzinfo is None:
            raise WrongCursor
        return After(at.astimezone(UTC), UUID(key))
    except (ValueError, OverflowError) as error:
        raise WrongCursor from error


def following(rows: Sequence[Any], limit: int, by: str = "opened_at") -> str | None:
    """The cursor after a full page of a list in the order of that column; None where the list has ended."""
    if len(rows) < limit:
        return None
    last = rows[-1]
    at = getattr(last, by)
    return base64.urlsafe_b64encode(f"{at.isoformat() if at else NEVER}|{last.id}".encode()).decode()
