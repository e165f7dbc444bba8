"""The headers of every answer: what a browser may load and run, and that nothing of a tenant is kept by others."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
# The style sheet of the API's own page, the same for all.
STATIC = "api.static"
SECURITY = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def register(app: Flask) -> None:
    """Sets them on every answer; only one that says for how long may be kept by a browser."""
    app.after_request(_complete)


def _complete(response: Response) -> Response:
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)
    if request.endpoint != STATIC and response.cache_control.max_age is None:
        response.headers["Cache-Control"] = "no-store"
    return response
