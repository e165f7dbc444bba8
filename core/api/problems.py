"""Trouble as problem+json (RFC 9457), in one shape: type, title, status, detail, and what the error carries."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response

from core.api.wording import DETAILS, in_indonesian
from core.http.errors import Trouble
from core.http.wording import TITLES, UNKNOWN

TYPE_PREFIX = "urn:langkah:"
MEDIA_TYPE = "application/problem+json"


def tell(trouble: Trouble) -> Response:
    """The trouble of an API request."""
    response = problem(trouble.status, trouble.kind, _detail(trouble), _members(trouble))
    response.headers.update(trouble.headers)
    return response


def problem(status: int, kind: str, detail: str, members: Mapping[str, Any] | None = None) -> Response:
    """The response; `members` go out beside the standard ones and never in their place."""
    body = {
        **(members or {}),
        "type": TYPE_PREFIX + kind,
        "title": TITLES.get(status, UNKNOWN),
        "status": status,
        "detail": detail,
    }
    # What a message quotes of the request may be no text at all: half a surrogate pair is shown as a question mark.
    content = json.dumps(body, ensure_ascii=False, default=str).encode("utf-8", "replace")
    response = Response(content, status=status)
    response.content_type = MEDIA_TYPE
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _members(trouble: Trouble) -> Mapping[str, Any]:
    if trouble.messages is None:
        return trouble.members
    return {"errors": in_indonesian(trouble.messages)}


def _detail(trouble: Trouble) -> str:
    if trouble.detail is not None:
        return trouble.detail
    if trouble.messages is not None:
        return "Isian permintaan belum benar. Perbaiki yang disebut pada errors, lalu kirim kembali."
    return DETAILS.get(trouble.status, TITLES.get(trouble.status, UNKNOWN) + ".")
