"""Serves the assets before the application is asked: as set-up compressed them, to be kept by browsers for ever."""

from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

from core.http.headers import SECURITY
from core.web.assets.manifest import PREFIX, Assets


def register(app: Flask, assets: Assets | None = None) -> None:
    """Gives the templates `asset(name)`, and browsers the files; only what the manifest names is served."""
    built = assets or Assets()
    app.jinja_env.globals["asset"] = built.address
    # The name of a file changes with its content: whoever has it need never ask again.
    served = WhiteNoise(
        app.wsgi_app,
        immutable_file_test=lambda _path, _url: True,
        allow_all_origins=False,
        add_headers_function=_secure,
    )
    for file in built.names.values():
        served.add_file_to_dictionary(PREFIX + file, str(built.folder / file))
    app.wsgi_app = served  # type: ignore[method-assign]


def _secure(headers: Headers, _path: str, _url: str) -> None:
    for name, value in SECURITY.items():
        headers[name] = value
