"""Mounts the blueprints of the API, in the order the documentation shows them."""

from http import HTTPStatus
from typing import Any

from flask import Flask
from flask_smorest import Api

from core.api import (
    access,
    account,
    assignments,
    cases,
    operators,
    organization,
    people,
    procedures,
    roles,
    tasks,
    teams,
)
from core.api.problems import MEDIA_TYPE
from core.api.schemas import Problem
from core.http.wording import TITLES

TENANT = "/api/v1/<tenant>"
PLATFORM = "/api/v1/platform"

INFO = {
    "description": (
        "Setiap alamat memuat nama daerah, misalnya /api/v1/pangkalpinang/tasks. Sertakan token pada kepala "
        "Authorization: Bearer. Perintah menyertakan Idempotency-Key (satu kunci untuk satu perintah) dan If-Match "
        "berisi ETag tugas yang dibaca; perubahan data organisasi dan akun menyertakan If-Match berisi ETag data itu. "
        "Kesalahan berbentuk application/problem+json (RFC 9457)."
    ),
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}
SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "description": "Token dari /login atau /tokens daerah itu."},
    "operator": {"type": "apiKey", "in": "cookie", "name": operators.COOKIE, "description": "Kuki operator."},
}


class Interface(Api):  # type: ignore[misc]  # flask-smorest is not typed
    """flask-smorest without its own error page: core.api.problems answers for page and API alike."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        """Errors are core.api.problems' matter."""

    def _register_responses(self) -> None:
        """The errors by their name in http.HTTPStatus, as core.api.problems gives them; only those used are shown."""
        content = {MEDIA_TYPE: {"schema": Problem}}
        for status in HTTPStatus:
            if status >= HTTPStatus.BAD_REQUEST:
                told = {"description": TITLES.get(status, status.phrase), "content": content}
                self.spec.components.response(status.name, told, lazy=True)
        other = {"description": "Kesalahan lain", "content": content}
        self.spec.components.response(self.DEFAULT_ERROR_RESPONSE_NAME, other, lazy=True)


def mount(app: Flask) -> Any:
    """Registers all blueprints and gives back the flask-smorest Api with its specification."""
    api = Interface(app, spec_kwargs={"info": INFO})
    for name, scheme in SCHEMES.items():
        api.spec.components.security_scheme(name, scheme)
    for module in (access, account, organization, assignments, teams, people, roles, procedures, cases, tasks):
        api.register_blueprint(module.blueprint, url_prefix=TENANT)
    api.register_blueprint(operators.blueprint, url_prefix=PLATFORM)
    app.extensions["langkah_api"] = api
    return api
