"""The headers of every answer: what a browser may load and run, and that nothing of a tenant is kept by others."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
SECURITY = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def register(app: Flask) -> None:
    """Sets them on every answer that does not say otherwise."""
    app.after_request(_complete)


def _complete(response: Response) -> Response:
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)
    # A file that is sent says no-cache by itself, with which a browser may keep it on its disk: that is not enough.
    if response.cache_control.max_age is None and request.endpoint != "api.static":
        response.headers["Cache-Control"] = "no-store"
    return response
