"""Cursors of pages that can grow: the last row's moment and id, opaque to whoever follows them."""

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


def after(cursor: str | None) -> After | None:
    """Where the list goes on. :raises WrongCursor: it is none of ours."""
    if cursor is None:
        return None
    try:
        moment, _, key = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        at = datetime.fromisoformat(moment)
        if at.tzinfo is None:
            raise WrongCursor
        return After(at.astimezone(UTC), UUID(key))
    except (ValueError, OverflowError) as error:
        raise WrongCursor from error


def following(rows: Sequence[Any], limit: int) -> str | None:
    """The cursor after a full page; None where the list has ended."""
    if len(rows) < limit:
        return None
    last = rows[-1]
    return base64.urlsafe_b64encode(f"{last.opened_at.isoformat()}|{last.id}".encode()).decode()
