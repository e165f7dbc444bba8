"""The API's way through the door: a bearer token, and what the specification says of it.

A token at another tenant's address is unknown there, and so answered with 404.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar, cast

from flask import request
from sqlalchemy.orm import Session

from core.api.blueprint import described
from core.api.bodies import receive
from core.errors import NotFound, NotLoggedIn
from core.http.door import Guard, opened
from core.identity import actor as actors
from core.identity import tokens
from core.identity.actor import Actor

View = TypeVar("View", bound=Callable[..., Any])

SECURITY = [{"token": list[str]()}]


class TokenOver(NotLoggedIn):
    """Token ini sudah dicabut atau lewat masanya. Masuklah kembali untuk mendapat token baru."""

    type = "token-berakhir"


class TokenUnknown(NotFound):
    """Token ini tidak dikenal di alamat ini. Periksa nama daerah pada alamatnya, lalu tokennya."""

    type = "token-tidak-dikenal"


def bearer(session: Session) -> Actor | None:
    """Whoever bears the token; None where there is none.

    :raises TokenOver: it was issued here, and opens nothing any more. :raises TokenUnknown: it was not issued here.
    """
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret:
        return None
    found = actors.by_token(session, secret.strip())
    if found is None:
        raise TokenOver if tokens.issued_here(session, secret.strip()) else TokenUnknown
    return found


def door(guard: Guard) -> Callable[[View], View]:
    """Guards a view of a tenant's address; the view is called without the tenant, inside its transaction."""

    def guarded(view: View) -> View:
        @wraps(view)
        def passed(*args: Any, tenant: str, **kwargs: Any) -> Any:
            receive(request)
            with opened(tenant, guard, kwargs, bearer):
                return view(*args, **kwargs)

        passed.guard = guard  # type: ignore[attr-defined]
        return cast(View, _documented(passed, guard))

    return guarded


def _documented(view: Callable[..., Any], guard: Guard) -> Callable[..., Any]:
    """What the specification says of a guard."""
    if guard.public:
        return described(view, errors=(HTTPStatus.NOT_FOUND,), security=[])
    errors = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
    return described(view, errors=errors, security=SECURITY)
