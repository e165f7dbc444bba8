"""The version of a row of the organization in HTTP: ETag on reading, If-Match on changing (core.tenancy.versions)."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import request

from core.api.blueprint import described
from core.errors import VersionRequired

View = TypeVar("View", bound=Callable[..., Any])

SEEN = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "ETag data yang dibaca; bila data sudah berubah sejak itu, jawabannya 412.",
    "schema": {"type": "string"},
    "example": '"5f2d0c7f9a1b3c4d5e6f7a8b"',
}


def editing(view: View) -> View:
    """Documents that the view asks for `seen_version`: without it 428, with an older one 412, in the way 409."""
    errors = (HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED)
    return described(view, parameters=[SEEN], errors=errors)


def conflicting(view: View) -> View:
    """Documents that something may be in the way: what is to be made is there already, or it is needed still."""
    return described(view, errors=(HTTPStatus.CONFLICT,))


def seen_version() -> str:
    """The version in If-Match; whatever is no version of ours matches no row. :raises VersionRequired: none is sent."""
    raw = request.headers.get("If-Match")
    if raw is None:
        raise VersionRequired
    return raw.strip().removeprefix("W/").strip('"')


def row_etag(version: str) -> dict[str, str]:
    """The response header that carries the version of a row."""
    return {"ETag": f'"{version}"'}
