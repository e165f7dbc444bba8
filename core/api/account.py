"""One's own account: who am I here and in which post, tokens, sessions, password; and the codes an admin hands out."""

from typing import Any
from uuid import UUID

from core.api.access import shown, throttled
from core.api.blueprint import Blueprint
from core.api.door import door
from core.api.schemas import (
    ActingSchema,
    CodeSchema,
    MeSchema,
    PasswordChange,
    SessionSchema,
    TokenRequest,
    TokenSchema,
)
from core.http.door import LOGIN, Guard, actor, visit
from core.http.transaction import address, settled
from core.identity import accounts, login, reset, sessions, tokens
from core.identity.agents import spoken_agent

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
        "acting": mine.acting,
        "rights": sorted(mine.rights),
    }


@blueprint.route("/me/acting", methods=["PUT"])
@door(LOGIN)
@blueprint.arguments(ActingSchema)
@blueprint.response(204)
def act_as(given: dict[str, Any]) -> None:
    """Memilih jabatan saya bertindak dengan token ini; null untuk semua jabatan saya."""
    here, mine = visit(), actor()
    tokens.act_as(here.session, mine, mine.sign, given["position_id"], here.now, address())


@blueprint.route("/tokens")
@door(LOGIN)
@blueprint.response(200, TokenSchema(many=True))
def own_tokens() -> list[dict[str, Any]]:
    """Token saya yang masih berlaku."""
    found = tokens.own(visit().session, actor().person_id, visit().now)
    return [shown(token) | {"current": token.id == actor().sign} for token in found]


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


@blueprint.route("/sessions")
@door(LOGIN)
@blueprint.response(200, SessionSchema(many=True))
def own_sessions() -> list[dict[str, Any]]:
    """Sesi saya yang masih terbuka: dengan peramban apa, dari mana, sejak kapan."""
    here = visit()
    names = ("id", "address", "created_at", "expires_at")
    return [
        {name: getattr(row, name) for name in names} | {"browser": spoken_agent(row.agent)}
        for row in sessions.own(here.session, actor().person_id, here.now)
    ]


@blueprint.route("/sessions", methods=["DELETE"])
@door(LOGIN)
@blueprint.response(204)
def revoke_sessions() -> None:
    """Mengakhiri semua sesi peramban saya; mengulanginya tidak mengubah apa pun."""
    here, mine = visit(), actor()
    sessions.revoke_others(here.session, mine.person_id, mine.sign, here.now, address())


@blueprint.route("/sessions/<uuid:session_id>", methods=["DELETE"])
@door(LOGIN)
@blueprint.response(204)
def revoke_session(session_id: UUID) -> None:
    """Mengakhiri satu sesi saya."""
    sessions.revoke(visit().session, actor().person_id, session_id, visit().now, address())


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
