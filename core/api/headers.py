"""The headers a command carries: the version it was decided on, and the key that makes it safe to repeat."""

from flask import request

from core.api.door import actor, visit
from core.engine.shell import Request
from core.errors import BadInput, KeyRequired

LONGEST_KEY = 200


class WrongVersion(BadInput):
    """Kepala If-Match harus berisi ETag yang dibaca, misalnya "3"."""

    status = 400
    type = "if-match-salah"


class WrongKey(BadInput):
    """Kepala Idempotency-Key harus berupa teks 1 sampai 200 huruf, angka, atau tanda baca biasa."""

    status = 400
    type = "kunci-salah"


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
