"""The door of every route: whose scope it is, who comes, what he may; then one transaction around the act.

The order of answers is ground.md 11: unknown tenant 404, not logged in here 401, no such thing 404, wrong
right 403. A token opens nothing at another tenant's address: there it is nobody's.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar, cast

from flask import current_app, g, request
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy.orm import Session

from core.errors import Forbidden, LangkahError, NotLoggedIn
from core.identity import actor as actors
from core.identity.actor import Actor
from core.identity.attempts import Attempt
from core.platform import Platform
from core.tenancy import scope
from core.tenancy.scope import TenantScope

T = TypeVar("T")
View = TypeVar("View", bound=Callable[..., Any])


class PasswordMustChange(Forbidden):
    """Kata sandi Anda masih yang diberikan admin. Ganti dahulu kata sandi itu, lalu lanjutkan."""

    type = "ganti-kata-sandi"


@dataclass(frozen=True)
class Guard:
    """Who may pass: anybody, whoever is logged in here, or who holds `right` as well.

    `unchanged` lets those through who have still to choose a password of their own.
    """

    public: bool = False
    right: str | None = None
    unchanged: bool = False


PUBLIC = Guard(public=True)
LOGIN = Guard()


@dataclass(frozen=True)
class Visit:
    """One request inside its tenant: its transaction, its scope, its actor (None on a public route)."""

    session: Session
    scope: TenantScope
    actor: Actor | None
    now: datetime


class Visitor(UserMixin):  # type: ignore[misc]  # flask-login is not typed
    """The actor as flask-login knows him."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor


def platform() -> Platform:
    """What this process serves with."""
    return cast(Platform, current_app.extensions["langkah"])


def visit() -> Visit:
    """The request's visit; inside a guarded route only."""
    return cast(Visit, g.visit)


def actor() -> Actor:
    """The request's actor; inside a route that asks for one."""
    found = visit().actor
    if found is None:
        raise NotLoggedIn
    return found


def register(app: Any) -> None:
    """Teaches flask-login to read the bearer token, in the scope the door has opened."""
    manager = LoginManager(app)
    manager.request_loader(_bearer)


def _bearer(incoming: Any) -> Visitor | None:
    kind, _, secret = incoming.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret or "session" not in g:
        return None
    found = actors.by_token(g.session, secret.strip())
    return Visitor(found) if found else None


def door(guard: Guard) -> Callable[[View], View]:
    """Guards a view of a tenant's address; the view is called without the tenant, inside its transaction."""

    def guarded(view: View) -> View:
        @wraps(view)
        def passed(*args: Any, tenant: str, **kwargs: Any) -> Any:
            with _open(tenant, guard):
                return view(*args, **kwargs)

        passed.guard = guard  # type: ignore[attr-defined]
        return cast(View, passed)

    return guarded


class Kept(Exception):
    """A refusal whose traces stay: the transaction commits (a failed log-in is counted), then the error is raised."""

    def __init__(self, error: LangkahError) -> None:
        super().__init__(str(error))
        self.error = error


def settled(attempt: Attempt[T]) -> T:
    """What an attempt won. :raises Kept: it was refused; the door raises the refusal after the commit."""
    if attempt.error is not None:
        raise Kept(attempt.error)
    return attempt.result()


@contextmanager
def _open(tenant: str, guard: Guard) -> Iterator[None]:
    refusal: LangkahError | None = None
    with platform().database.session() as session:
        with session.begin():
            g.session = session
            entered = scope.enter(session, tenant)
            g.visit = Visit(session, entered, None if guard.public else _admit(guard), datetime.now(UTC))
            try:
                yield
            except Kept as kept:
                refusal = kept.error
        platform().engine.deliver(session)
    if refusal is not None:
        raise refusal


def _admit(guard: Guard) -> Actor:
    if not current_user.is_authenticated:
        raise NotLoggedIn
    admitted: Actor = current_user.actor
    if admitted.must_change and not guard.unchanged:
        raise PasswordMustChange
    if guard.right is not None:
        admitted.require(guard.right)
    return admitted


def address() -> str:
    """Where the request comes from, as the server in front of us tells it."""
    return request.remote_addr or "tidak diketahui"
