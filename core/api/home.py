"""The pages outside any tenant: the API's own page, its specification, a sign of life; and every answer's headers.

The page is our own template, rendered here: nothing is loaded from another host and no script is needed.
"""

from typing import Any

from flask import Blueprint, Flask, Response, current_app, jsonify, render_template, request
from sqlalchemy import select, text

from core.api.transaction import platform
from core.tenancy.models import Tenant

blueprint = Blueprint("home", __name__, static_folder="static", static_url_path="/aset", template_folder="templates")

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
METHODS = ("get", "post", "put", "patch", "delete")


def register(app: Flask) -> None:
    """Mounts the pages and sets the headers of every answer."""
    app.register_blueprint(blueprint)
    app.after_request(_headers)


def _headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if request.endpoint != "home.static":
        response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/")
def home() -> str:
    """The API's page, until the pages for officials are here."""
    with platform().database.session() as session:
        tenants = session.scalars(select(Tenant).where(Tenant.active).order_by(Tenant.code)).all()
    return render_template("api.html", tenants=tenants, groups=_groups(_specification()))


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    """The specification, OpenAPI 3.1."""
    return jsonify(_specification())


@blueprint.get("/sehat")
def healthy() -> Response:
    """A sign of life: the process answers and its database does."""
    with platform().database.session() as session:
        session.execute(text("SELECT 1"))
    return jsonify({"status": "sehat"})


def _specification() -> dict[str, Any]:
    document: dict[str, Any] = current_app.extensions["langkah_api"].spec.to_dict()
    return document


def _groups(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The operations by tag, in the order they were mounted."""
    groups: dict[str, dict[str, Any]] = {
        tag["name"]: {"title": tag.get("description", tag["name"]), "operations": []} for tag in document["tags"]
    }
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                operation = item[method]
                groups[operation["tags"][0]]["operations"].append(
                    {"method": method.upper(), "path": path, "summary": operation.get("summary", "")}
                    | {"answers": sorted(code for code in operation["responses"] if code.isdigit())}
                )
    return list(groups.values())
