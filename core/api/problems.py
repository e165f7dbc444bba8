"""Every error as problem+json (RFC 9457), in one shape: type, title, status, detail, and what the error carries."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, request
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from core.api.wording import DETAILS, TITLES, in_indonesian
from core.errors import Busy, LangkahError

log = structlog.get_logger()

TYPE_PREFIX = "urn:langkah:"
MEDIA_TYPE = "application/problem+json"
RETRYABLE = {"40001", "40P01", "55P03"}
UNKNOWN = "Permintaan tidak dapat dilayani"
# Of Werkzeug's own headers these say more than the status; its Content-Type is a page's.
KEPT_HEADERS = ("Allow", "Retry-After")


def register(app: Flask) -> None:
    """The handlers of the whole application; pages come with their own fragments."""
    app.register_error_handler(LangkahError, from_error)
    app.register_error_handler(HTTPException, from_http)
    app.register_error_handler(DBAPIError, from_database)
    app.register_error_handler(Exception, from_surprise)


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


def from_error(error: LangkahError) -> Response:
    """An error of ours; one of status 500 is logged, its cause never shown."""
    if error.status >= 500:
        log.error("request_failed", path=request.path, error=error.type, exc_info=error)
    response = problem(error.status, error.type, error.message, error.details)
    if error.status == HTTPStatus.TOO_MANY_REQUESTS and "seconds" in error.details:
        response.headers["Retry-After"] = str(error.details["seconds"])
    return response


def from_http(error: HTTPException) -> Response:
    """An error of Flask, or of the validation of a request (its messages by field under `errors`)."""
    status = error.code or 500
    data = getattr(error, "data", None) or {}
    members = {"errors": in_indonesian(data["messages"])} if "messages" in data else {}
    detail = DETAILS.get(status, TITLES.get(status, UNKNOWN) + ".")
    if members:
        detail = "Isian permintaan belum benar. Perbaiki yang disebut pada errors, lalu kirim kembali."
    response = problem(status, f"http-{status}", detail, members)
    for name, value in error.get_headers(request.environ):
        if name in KEPT_HEADERS:
            response.headers[name] = value
    return response


def from_database(error: DBAPIError) -> Response:
    """A lock that was not to be had, or two commands in each other's way: try again. Anything else is a fault."""
    if getattr(error.orig, "sqlstate", None) in RETRYABLE:
        return from_error(Busy())
    return from_surprise(error)


def from_surprise(error: Exception) -> Response:
    """What nobody expected: logged whole, told in one sentence."""
    log.error("request_crashed", path=request.path, exc_info=error)
    return problem(500, LangkahError.type, LangkahError().message)
