"""The API's own page, its specification, and a sign of life.

The page is our own template, rendered here: nothing is loaded from another host and no script is needed.
"""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template
from sqlalchemy import select, text

from core.http.transaction import platform
from core.tenancy.models import Tenant

blueprint = Blueprint("api", __name__, static_folder="static", static_url_path="/api/aset", template_folder="templates")

METHODS = ("get", "post", "put", "patch", "delete")
SCHEMES = {"token": "token", "operator": "kuki operator"}


@blueprint.get("/api")
def page() -> str:
    """The API's page."""
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
    """The operations by tag, in the order they were mounted; `base` is what all their addresses begin with."""
    groups: dict[str, dict[str, Any]] = {
        tag["name"]: {"key": tag["name"], "title": tag["description"], "base": "", "operations": []}
        for tag in document["tags"]
    }
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                group = groups[item[method]["tags"][0]]
                group["base"] = "/".join(path.split("/")[:4])
                group["operations"].append(_shown(method, path.removeprefix(group["base"]), item[method]))
    return list(groups.values())


def _shown(method: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
    """One operation; `needs` are the scheme and the headers it must come with."""
    headers = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "header"]
    schemes = [SCHEMES[name] for scheme in operation["security"] for name in scheme]
    return {"method": method.upper(), "path": path, "summary": operation["summary"], "needs": [*schemes, *headers]}
