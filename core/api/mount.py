"""Mounts the blueprints of the API, in the order the documentation shows them."""

from typing import Any

from flask import Flask
from flask_smorest import Api

from core.api import access, account, cases, organization, procedures, tasks
from core.api.schemas import Problem

TENANT = "/api/v1/<tenant>"

INFO = {
    "description": (
        "Setiap alamat memuat nama daerah, misalnya /api/v1/pangkalpinang/tasks. Sertakan token pada kepala "
        "Authorization: Bearer. Perintah menyertakan Idempotency-Key (satu kunci untuk satu perintah) dan If-Match "
        "berisi ETag tugas yang dibaca. Kesalahan berbentuk application/problem+json (RFC 9457)."
    ),
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}


class Interface(Api):  # type: ignore[misc]  # flask-smorest is not typed
    """flask-smorest without its own error page: core.api.problems answers for page and API alike."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        """Errors are core.api.problems' matter."""


def mount(app: Flask) -> Any:
    """Registers all blueprints and gives back the flask-smorest Api with its specification."""
    api = Interface(app, spec_kwargs={"info": INFO})
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    for module in (access, account, organization, procedures, cases, tasks):
        api.register_blueprint(module.blueprint, url_prefix=TENANT)
    app.extensions["langkah_api"] = api
    return api
