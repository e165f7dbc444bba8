"""One request, one transaction: what every door opens and closes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from flask import current_app, request
from sqlalchemy.orm import Session

from core.errors import LangkahError
from core.identity.attempts import Attempt
from core.platform import Platform

T = TypeVar("T")


class Kept(Exception):
    """A refusal whose traces stay: the transaction commits (a failed log-in is counted), then the error is raised."""

    def __init__(self, error: LangkahError) -> None:
        super().__init__(str(error))
        self.error = error


def settled(attempt: Attempt[T]) -> T:
    """What an attempt won. :raises Kept: it was refused; the refusal is raised after the commit."""
    if attempt.error is not None:
        raise Kept(attempt.error)
    return attempt.result()


@contextmanager
def transaction() -> Iterator[Session]:
    """The transaction of a request, without a scope; it commits unless anything but Kept is raised."""
    refusal: LangkahError | None = None
    with platform().database.session() as session:
        with session.begin():
            try:
                yield session
            except Kept as kept:
                refusal = kept.error
        if "tenant" in session.info:
            platform().engine.deliver(session)
    if refusal is not None:
        raise refusal


def platform() -> Platform:
    """What this process serves with."""
    return cast(Platform, current_app.extensions["langkah"])


def address() -> str:
    """Where the request comes from, as the server in front of us tells it."""
    return request.remote_addr or "tidak diketahui"
