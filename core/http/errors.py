"""Every error of a request, found here and told by the face that was asked: a page, or problem+json."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Request, Response, request
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from core.errors import Busy, LangkahError

log = structlog.get_logger()

RETRYABLE = {"40001", "40P01", "55P03"}
# Of Werkzeug's own headers these say more than the status; its Content-Type is a face's matter.
KEPT_HEADERS = ("Allow", "Retry-After")


@dataclass(frozen=True)
class Trouble:
    """What went wrong: its status and stable kind, one sentence for the user where we have one of our own.

    `members` are what the error carries; `messages` are those of a request's validation, by field.
    """

    status: int
    kind: str
    detail: str | None
    error: Exception
    members: Mapping[str, Any] = field(default_factory=dict)
    messages: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


Tell = Callable[[Trouble], Response]


def register(app: Flask, face_of: Callable[[Request], Tell]) -> None:
    """The handlers of the whole application; `face_of` names who tells the trouble of a request."""

    def told(find: Callable[[Any], Trouble]) -> Callable[[Any], Response]:
        return lambda error: face_of(request)(find(error))

    app.register_error_handler(LangkahError, told(of_ours))
    app.register_error_handler(HTTPException, told(of_http))
    app.register_error_handler(DBAPIError, told(of_database))
    app.register_error_handler(Exception, told(of_surprise))


def of_ours(error: LangkahError) -> Trouble:
    """An error of ours; one of status 500 is logged, its cause never shown."""
    if error.status >= 500:
        log.error("request_failed", path=request.path, error=error.type, exc_info=error)
    waits = error.status == HTTPStatus.TOO_MANY_REQUESTS and "seconds" in error.details
    headers = {"Retry-After": str(error.details["seconds"])} if waits else {}
    return Trouble(error.status, error.type, error.message, error, error.details, headers=headers)


def of_http(error: HTTPException) -> Trouble:
    """An error of Flask, or of the validation of a request."""
    status = error.code or 500
    data = getattr(error, "data", None) or {}
    headers = {name: value for name, value in error.get_headers(request.environ) if name in KEPT_HEADERS}
    return Trouble(status, f"http-{status}", None, error, messages=data.get("messages"), headers=headers)


def of_database(error: DBAPIError) -> Trouble:
    """A lock that was not to be had, or two commands in each other's way: try again. Anything else is a fault."""
    if getattr(error.orig, "sqlstate", None) in RETRYABLE:
        return of_ours(Busy())
    return of_surprise(error)


def of_surprise(error: Exception) -> Trouble:
    """What nobody expected: logged whole, told in one sentence."""
    log.error("request_crashed", path=request.path, exc_info=error)
    return Trouble(500, LangkahError.type, LangkahError().message, error)
