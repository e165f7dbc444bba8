"""The door of every address of a tenant: whose scope it is, who comes, what he may; then one transaction.

The order of answers is ground.md 11: unknown tenant 404, public routes for anybody, not logged in here 401, no such
thing 404, wrong right 403. How somebody shows who he is (a token, a cookie) is the face's matter.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast

from flask import Flask, Request, Response, g
from flask.sessions import SessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy.orm import Session

from core.errors import Forbidden, NotFound, NotLoggedIn
from core.http.texts import storable
from core.http.transaction import transaction
from core.identity.actor import Actor
from core.tenancy import scope
from core.tenancy.scope import TenantScope

# Who a request's own sign of identity names in the scope of the session; None where it has none.
Identify = Callable[[Session], Actor | None]


class PasswordMustChange(Forbidden):
    """Kata sandi Anda masih yang diberikan admin. Ganti dahulu kata sandi itu, lalu lanjutkan."""

    type = "ganti-kata-sandi"


@dataclass(frozen=True)
class Guard:
    """Who may pass: anybody, whoever is logged in here, or who holds `right` as well.

    `unchanged` lets those through who have still to choose a password of their own. `finds` looks up what the
    address names, and raises NotFound: it is asked where the right is missing, as 404 goes before 403.
    """

    public: bool = False
    right: str | None = None
    unchanged: bool = False
    finds: Callable[..., Any] | None = None


PUBLIC = Guard(public=True)
LOGIN = Guard()


@dataclass(frozen=True)
class Visit:
    """One request inside its tenant: its transaction, its scope, its actor (None on a public route)."""

    session: Session
    scope: TenantScope
    actor: Actor | None
    now: datetime


class NoCookie(SessionInterface):
    """In place of Flask's signed cookie, which nobody uses: a session of ours is a row (ground.md 10)."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin:
        """An empty one that refuses to be written."""
        return self.make_null_session(app)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing is kept."""


class Visitor(UserMixin):  # type: ignore[misc]  # flask-login is not typed
    """The actor as flask-login knows him."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor


def visit() -> Visit:
    """The request's visit; inside a guarded route only."""
    return cast(Visit, g.visit)


def actor() -> Actor:
    """The request's actor; inside a route that asks for one."""
    found = visit().actor
    if found is None:
        raise NotLoggedIn
    return found


def register(app: Flask) -> None:
    """Teaches flask-login to ask the face, in the scope the door has opened."""
    app.session_interface = NoCookie()
    # No template asks who is there: what it shows came with the visit, and an error's page is made after its end.
    manager = LoginManager(app, add_context_processor=False)
    manager.session_protection = None
    manager.request_loader(_identified)


def _identified(_: Request) -> Visitor | None:
    if "identify" not in g:
        return None
    found = g.identify(g.session)
    return None if found is None else Visitor(found)


@contextmanager
def opened(tenant: str, guard: Guard, named: dict[str, Any], identify: Identify) -> Iterator[None]:
    """One request past the door; what it raises takes back what it wrote.

    :param named: what the address names, for Guard.finds.
    :raises UnknownTenant, NotLoggedIn, NotFound, PasswordMustChange, Forbidden: in this order.
    """
    if not all(storable(text) for text in (tenant, *named.values()) if isinstance(text, str)):
        raise NotFound
    with transaction() as session:
        g.session, g.identify = session, identify
        # The visit stands before anybody is admitted: whoever is refused reads so in the frame of his own government.
        g.visit = Visit(session, scope.enter(session, tenant), None, datetime.now(UTC))
        if not guard.public:
            _admit(guard, named)
        yield


def _admit(guard: Guard, named: dict[str, Any]) -> None:
    if not current_user.is_authenticated:
        raise NotLoggedIn
    who: Actor = current_user.actor
    g.visit = replace(visit(), actor=who)
    if who.must_change and not guard.unchanged:
        raise PasswordMustChange
    if guard.right is not None and not who.may(guard.right):
        if guard.finds is not None:
            guard.finds(visit().session, **named)
        raise Forbidden(right=guard.right)
