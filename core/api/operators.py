"""The operators' own door, outside every tenant: what this instance serves, never what a tenant has in it.

An operator proves password and authenticator code, and bears a cookie that no other site's request carries along.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from flask import Response, after_this_request, g, request
from marshmallow import Schema, fields, validate
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.api.access import throttled
from core.api.blueprint import Blueprint, View, described
from core.api.bodies import receive
from core.errors import NotLoggedIn
from core.http.transaction import address, platform, settled, transaction
from core.identity import operators
from core.tenancy.models import Tenant

COOKIE = "langkah_platform"
SECURITY = [{"operator": list[str]()}]

blueprint = Blueprint("operators", __name__, description="Operator instans")


class NotOperator(NotLoggedIn):
    """Anda belum masuk sebagai operator, atau sesi Anda sudah berakhir. Silakan masuk kembali."""

    type = "belum-masuk-operator"


@dataclass(frozen=True)
class OperatorGuard:
    """Who may pass: anybody, or an operator logged in by his cookie."""

    public: bool = False


class OperatorLogin(Schema):
    """Both factors at once."""

    username = fields.String(required=True, validate=validate.Length(min=1, max=200))
    password = fields.String(required=True, validate=validate.Length(min=1, max=1024))
    code = fields.String(required=True, validate=validate.Length(min=1, max=40))


class OperatorSchema(Schema):
    """Who has logged in, and until when the cookie opens anything."""

    username = fields.String(required=True)
    name = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)


class TenantSchema(Schema):
    """A government on this instance; nothing of its content."""

    slug = fields.String(required=True)
    name = fields.String(required=True)
    code = fields.String(required=True)
    kind = fields.String(required=True)
    plugins = fields.List(fields.String(), required=True)
    active = fields.Boolean(required=True)


class LoadedSchema(Schema):
    """A plugin that runs."""

    name = fields.String(required=True)
    title = fields.String(required=True)
    version = fields.String(required=True)


class RefusedSchema(Schema):
    """A plugin that was found and not taken: why, and what to do about it."""

    name = fields.String(required=True)
    reason = fields.String(required=True)
    remedy = fields.String(required=True)


class PluginsSchema(Schema):
    """All plugins that are installed."""

    loaded = fields.List(fields.Nested(LoadedSchema), required=True)
    refused = fields.List(fields.Nested(RefusedSchema), required=True)


def operator_door(guard: OperatorGuard) -> Callable[[View], View]:
    """Guards a view of the platform, and opens one transaction around it that sees no tenant's rows."""

    def guarded(view: View) -> View:
        @wraps(view)
        def passed(*args: Any, **kwargs: Any) -> Any:
            receive(request)
            with transaction() as session:
                if not guard.public and operators.by_session(session, _cookie()) is None:
                    raise NotOperator
                g.session = session
                return view(*args, **kwargs)

        passed.guard = guard  # type: ignore[attr-defined]
        if guard.public:
            return cast(View, described(passed, security=[]))
        return cast(View, described(passed, errors=(HTTPStatus.UNAUTHORIZED,), security=SECURITY))

    return guarded


@blueprint.route("/login", methods=["POST"])
@operator_door(OperatorGuard(public=True))
@throttled
@blueprint.arguments(OperatorLogin)
@blueprint.response(201, OperatorSchema)
def log_in(given: dict[str, Any]) -> dict[str, Any]:
    """Masuk sebagai operator dengan kata sandi dan kode autentikator; sesinya ditaruh pada kuki."""
    session, now = _session(), datetime.now(UTC)
    attempt = operators.attempt(session, given["username"], given["password"], given["code"], address(), now)
    operator = settled(attempt)
    secret = operators.open_session(session, operator, now)
    after_this_request(lambda response: _with_cookie(response, secret))
    return {"username": operator.username, "name": operator.name, "expires_at": now + operators.LIFETIME}


@blueprint.route("/logout", methods=["POST"])
@operator_door(OperatorGuard())
@blueprint.response(204)
def log_out() -> None:
    """Keluar; kukinya tidak membuka apa pun lagi."""
    operators.leave(_session(), _cookie(), datetime.now(UTC))
    after_this_request(_without_cookie)


@blueprint.route("/tenants")
@operator_door(OperatorGuard())
@blueprint.response(200, TenantSchema(many=True))
def list_tenants() -> Any:
    """Pemerintah daerah pada instans ini, tanpa isinya."""
    return _session().scalars(select(Tenant).order_by(Tenant.code)).all()


@blueprint.route("/plugins")
@operator_door(OperatorGuard())
@blueprint.response(200, PluginsSchema)
def list_plugins() -> Any:
    """Plugin yang berjalan, dan yang ditolak beserta perbaikannya."""
    extensions = platform().extensions
    return {"loaded": list(extensions.plugins.values()), "refused": extensions.refused}


def _session() -> Session:
    return cast(Session, g.session)


def _cookie() -> str:
    return request.cookies.get(COOKIE, "")


def _with_cookie(response: Response, secret: str) -> Response:
    seconds = int(operators.LIFETIME.total_seconds())
    response.set_cookie(COOKIE, secret, seconds, secure=request.is_secure, httponly=True, samesite="Strict")
    return response


def _without_cookie(response: Response) -> Response:
    response.delete_cookie(COOKIE, secure=request.is_secure, httponly=True, samesite="Strict")
    return response
