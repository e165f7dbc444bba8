"""The headers a command carries: the version it was decided on, and the key that makes it safe to repeat."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import request

from core.api.blueprint import described
from core.engine.shell import Request
from core.errors import BadInput, KeyRequired
from core.http.door import actor, visit

View = TypeVar("View", bound=Callable[..., Any])

LONGEST_KEY = 200

KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Kunci perintah ini. Diulang dengan kunci yang sama, perintah dijawab sama, tidak dijalankan lagi.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
}
VERSION = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "ETag tugas yang dibaca; bila tugas sudah berubah sejak itu, jawabannya 412.",
    "schema": {"type": "string"},
    "example": '"3"',
}
ETAG = {"ETag": {"description": "Versi yang dikirim kembali dengan If-Match.", "schema": {"type": "string"}}}


class WrongVersion(BadInput):
    """Kepala If-Match harus berisi ETag yang dibaca, misalnya "3"."""

    status = 400
    type = "if-match-salah"


class WrongKey(BadInput):
    """Kepala Idempotency-Key harus berupa teks 1 sampai 200 huruf, angka, atau tanda baca biasa."""

    status = 400
    type = "kunci-salah"


def keyed(view: View) -> View:
    """Documents that the view asks for `command`: a key, and the conflicts a command may meet."""
    errors = (HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
    return described(view, parameters=[KEY], errors=errors)


def versioned(view: View) -> View:
    """Documents that the view asks for `version`: without it 428, with an older one 412."""
    errors = (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED)
    return described(view, parameters=[VERSION], errors=errors)


def tagged(view: View) -> View:
    """Documents that the answer carries an ETag."""
    statuses = getattr(view, "_apidoc", {}).get("success_status_codes", ())
    return described(view, responses={status: {"headers": ETAG} for status in statuses})


def version() -> int | None:
    """The number in If-Match, None where the header is missing. :raises WrongVersion: it is no ETag of ours."""
    raw = request.headers.get("If-Match")
    if raw is None:
        return None
    number = raw.strip().removeprefix("W/").strip('"')
    if not number.isascii() or not number.isdecimal() or len(number) > 9:
        raise WrongVersion
    return int(number)


def etag(number: int) -> dict[str, str]:
    """The response header that carries a version."""
    return {"ETag": f'"{number}"'}


def command() -> Request:
    """The command of this request: its actor, its time, its key.

    :raises KeyRequired: it has no Idempotency-Key. :raises WrongKey: the key is no plain text.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        raise KeyRequired
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise WrongKey
    return Request(actor(), visit().now, key)
