"""Counts the statements a piece of code sends: BEGIN and COMMIT are the driver's and not counted (ground.md 1)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from core.database import Database


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements sent through `database` while inside, in order, as SQL; `len()` of it is the count."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
