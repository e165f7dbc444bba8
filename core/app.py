"""The application: its parts in order, as a table of contents."""

from flask import Flask, Request
from werkzeug.middleware.proxy_fix import ProxyFix

from core.api import mount as api
from core.api import page, problems
from core.config import Config, load
from core.http import compression, door, errors, headers
from core.logging import configure
from core.platform import Platform, build
from core.web import errors as trouble_pages
from core.web import mount as pages
from core.web.assets import serving as assets


def create_app(config: Config | None = None, platform: Platform | None = None) -> Flask:
    """The WSGI application.

    :param platform: the parts to serve with; built from the configuration where none are given.
    """
    configure()
    parts = platform or build(config or load())
    app = Flask("langkah", static_folder=None)
    app.config.update(
        SECRET_KEY=parts.config.secret_key,
        MAX_CONTENT_LENGTH=parts.config.max_upload + 64 * 1024,
        API_TITLE="Langkah",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
    )
    app.extensions["langkah"] = parts
    if parts.config.trusted_proxies:
        hops = parts.config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]

    door.register(app)
    errors.register(app, _face_of)
    headers.register(app)
    compression.register(app)
    assets.register(app)
    app.register_blueprint(page.blueprint)
    api.mount(app)
    pages.mount(app)
    return app


def _face_of(request: Request) -> errors.Tell:
    """Who tells what went wrong: by the address, since one that does not exist has no blueprint."""
    return problems.tell if request.path.startswith("/api/") else trouble_pages.tell
