"""One's own account: who am I here, tokens, password; and the one-time codes an admin hands out."""

from typing import Any
from uuid import UUID

from core.api.access import shown, throttled
from core.api.blueprint import Blueprint
from core.api.door import door
from core.api.schemas import CodeSchema, MeSchema, PasswordChange, TokenRequest, TokenSchema
from core.http.door import LOGIN, Guard, actor, visit
from core.http.transaction import address, settled
from core.identity import accounts, login, reset, tokens

blueprint = Blueprint("account", __name__, description="Akun saya")


@blueprint.route("/me")
@door(Guard(unchanged=True))
@blueprint.response(200, MeSchema)
def me() -> dict[str, Any]:
    """Siapa saya di daerah ini: jabatan hari ini dan hak saya."""
    mine = actor()
    return {
        "id": mine.person_id,
        "name": mine.name,
        "username": mine.username,
        "must_change": mine.must_change,
        "positions": [dict(zip(("id", "title", "capacity"), held, strict=True)) for held in mine.positions],
        "rights": sorted(mine.rights),
    }


@blueprint.route("/tokens")
@door(LOGIN)
@blueprint.response(200, TokenSchema(many=True))
def own_tokens() -> list[dict[str, Any]]:
    """Token saya yang masih berlaku."""
    return [shown(token) for token in tokens.own(visit().session, actor().person_id, visit().now)]


@blueprint.route("/tokens", methods=["POST"])
@door(LOGIN)
@blueprint.arguments(TokenRequest)
@blueprint.response(201, TokenSchema)
def issue_token(given: dict[str, Any]) -> dict[str, Any]:
    """Token baru untuk aplikasi lain; rahasianya hanya ditampilkan sekali."""
    here = visit()
    token, secret = tokens.issue(here.session, actor().person_id, given["name"], given["days"], here.now, address())
    return shown(token) | {"secret": secret}


@blueprint.route("/tokens/<uuid:token_id>", methods=["DELETE"])
@door(LOGIN)
@blueprint.response(204)
def revoke_token(token_id: UUID) -> None:
    """Mencabut token saya."""
    tokens.revoke(visit().session, actor().person_id, token_id, visit().now, address())


@blueprint.route("/password", methods=["PUT"])
@door(Guard(unchanged=True))
@throttled
@blueprint.arguments(PasswordChange)
@blueprint.response(204)
def change_password(given: dict[str, Any]) -> None:
    """Mengganti kata sandi saya; semua sesi lain berakhir."""
    here = visit()
    settled(login.change_password(here.session, actor(), given["old"], given["new"], here.now, address=address()))


@blueprint.route("/people/<uuid:person_id>/reset-code", methods=["POST"])
@door(Guard(right=accounts.MANAGE, finds=accounts.get))
@blueprint.response(201, CodeSchema)
def reset_code(person_id: UUID) -> dict[str, Any]:
    """Kode sekali pakai untuk pegawai yang tidak dapat masuk; berlaku 24 jam, ditampilkan sekali."""
    here = visit()
    code = reset.issue(here.session, actor(), person_id, here.now, address())
    return {"code": code, "expires_at": here.now + reset.LIFETIME}
