"""Ways in: a token for account and password, a new password by a one-time code. Open to everybody, and throttled."""

from http import HTTPStatus
from typing import Any

from core.api.blueprint import Blueprint, View, described
from core.api.door import door
from core.api.schemas import LoginSchema, Redemption, TokenSchema
from core.http.door import PUBLIC, visit
from core.http.transaction import address, settled
from core.identity import login, reset, tokens

blueprint = Blueprint("access", __name__, description="Masuk")


def throttled(view: View) -> View:
    """Documents that the view proves a password or a code: wrong 401, too often 429."""
    return described(view, errors=(HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS))


@blueprint.route("/login", methods=["POST"])
@door(PUBLIC)
@throttled
@blueprint.arguments(LoginSchema)
@blueprint.response(201, TokenSchema)
def log_in(given: dict[str, Any]) -> dict[str, Any]:
    """Masuk dengan NIP, nama pengguna, atau e-mail; jawabannya token yang hanya ditampilkan sekali."""
    here = visit()
    person = settled(login.attempt(here.session, given["account"], given["password"], address(), here.now))
    token, secret = tokens.issue(here.session, person.id, given["name"], given["days"], here.now, address())
    return shown(token) | {"secret": secret, "must_change": person.must_change}


@blueprint.route("/password/redeem", methods=["POST"])
@door(PUBLIC)
@throttled
@blueprint.arguments(Redemption)
@blueprint.response(204)
def redeem(given: dict[str, Any]) -> None:
    """Menetapkan kata sandi baru dengan kode sekali pakai dari admin instansi."""
    here = visit()
    settled(reset.redeem(here.session, given["account"], given["code"], given["new"], address(), here.now))


def shown(token: Any) -> dict[str, Any]:
    """A token without its secret."""
    return {name: getattr(token, name) for name in ("id", "name", "hint", "created_at", "expires_at")}
