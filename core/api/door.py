"""The door of every route of a tenant: whose scope it is, who comes, what he may; then one transaction around the act.

The order of answers is ground.md 11: unknown tenant 404, public routes for anybody, not logged in here 401, no such
thing 404, wrong right 403. A token at another tenant's address is unknown there, and so answered with 404.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar, cast

from flask import Flask, Request, Response, g, request
from flask.sessions import SessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy.orm import Session

from core.api.blueprint import described
from core.api.bodies import receive, storable
from core.api.transaction import transaction
from core.errors import Forbidden, NotFound, NotLoggedIn
from core.identity import actor as actors
from core.identity import tokens
from core.identity.actor import Actor
from core.tenancy import scope
from core.tenancy.scope import TenantScope

View = TypeVar("View", bound=Callable[..., Any])

SECURITY = [{"token": list[str]()}]


class PasswordMustChange(Forbidden):
    """Kata sandi Anda masih yang diberikan admin. Ganti dahulu kata sandi itu, lalu lanjutkan."""

    type = "ganti-kata-sandi"


class TokenOver(NotLoggedIn):
    """Token ini sudah dicabut atau lewat masanya. Masuklah kembali untuk mendapat token baru."""

    type = "token-berakhir"


class TokenUnknown(NotFound):
    """Token ini tidak dikenal di alamat ini. Periksa nama daerah pada alamatnya, lalu tokennya."""

    type = "token-tidak-dikenal"


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


def register(app: Any) -> None:
    """Teaches flask-login to read the bearer token, in the scope the door has opened."""
    app.session_interface = NoCookie()
    manager = LoginManager(app)
    manager.session_protection = None
    manager.request_loader(_bearer)


def _bearer(incoming: Any) -> Visitor | None:
    """Whoever bears the token; None where there is none, or outside a tenant's address.

    :raises TokenOver: it was issued here, and opens nothing any more. :raises TokenUnknown: it was not issued here.
    """
    kind, _, secret = incoming.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret or "session" not in g:
        return None
    found = actors.by_token(g.session, secret.strip())
    if found is None:
        raise TokenOver if tokens.issued_here(g.session, secret.strip()) else TokenUnknown
    return Visitor(found)


def door(guard: Guard) -> Callable[[View], View]:
    """Guards a view of a tenant's address; the view is called without the tenant, inside its transaction."""

    def guarded(view: View) -> View:
        @wraps(view)
        def passed(*args: Any, tenant: str, **kwargs: Any) -> Any:
            receive(request)
            with _open(tenant, guard, kwargs):
                return view(*args, **kwargs)

        passed.guard = guard  # type: ignore[attr-defined]
        return cast(View, _documented(passed, guard))

    return guarded


@contextmanager
def _open(tenant: str, guard: Guard, named: dict[str, Any]) -> Iterator[None]:
    if not all(storable(text) for text in (tenant, *named.values()) if isinstance(text, str)):
        raise NotFound
    with transaction() as session:
        g.session = session
        entered = scope.enter(session, tenant)
        admitted = None if guard.public else _admit(guard, session, named)
        g.visit = Visit(session, entered, admitted, datetime.now(UTC))
        yield


def _admit(guard: Guard, session: Session, named: dict[str, Any]) -> Actor:
    if not current_user.is_authenticated:
        raise NotLoggedIn
    admitted: Actor = current_user.actor
    if admitted.must_change and not guard.unchanged:
        raise PasswordMustChange
    if guard.right is not None and not admitted.may(guard.right):
        if guard.finds is not None:
            guard.finds(session, **named)
        raise Forbidden(right=guard.right)
    return admitted


def _documented(view: Callable[..., Any], guard: Guard) -> Callable[..., Any]:
    """What the specification says of a guard."""
    if guard.public:
        return described(view, errors=(HTTPStatus.NOT_FOUND,), security=[])
    errors = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
    return described(view, errors=errors, security=SECURITY)
