"""A command as a form sends it: its key and the version it was decided on are hidden fields (ground.md 12)."""

from uuid import UUID, uuid4

from flask import request

from core.engine.service import Request
from core.errors import BadInput
from core.http.door import actor, visit

LONGEST_KEY = 100


class FormIncomplete(BadInput):
    """Formulir ini tidak lengkap terkirim. Muat ulang halamannya, lalu kirim kembali."""

    type = "formulir-tidak-lengkap"


def command(part: str = "") -> Request:
    """The command of this form: its actor, its time, its key.

    :param part: tells the commands of one form apart (each file that comes along, then the form itself).
    :raises FormIncomplete: the form has no key; nothing of ours sends such a one.
    """
    key = request.form.get("kunci", "")
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise FormIncomplete
    return Request(actor(), visit().now, key + part)


def fresh_key() -> str:
    """A key for a form that is being shown."""
    return str(uuid4())


def version() -> int:
    """The version of the task that the form was filled in on. :raises FormIncomplete: it says none."""
    number = whole(request.form.get("versi", ""))
    if number is None:
        raise FormIncomplete
    return number


def whole(text: str) -> int | None:
    """The whole number of up to nine digits that a form or an address names; None where it names none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def identifier(name: str) -> UUID:
    """The id that a field of the form holds. :raises FormIncomplete: it is none."""
    try:
        return UUID(request.form.get(name, ""))
    except ValueError as error:
        raise FormIncomplete from error
