"""To come."""

from flask import Blueprint

from core.http.door import LOGIN
from core.web.door import page

blueprint = Blueprint("library", __name__)


@blueprint.get("/sop")
@page(LOGIN)
def procedures() -> str:
    return "sop"


@blueprint.get("/sop/<code>")
@page(LOGIN)
def procedure(code: str) -> str:
    return "sop"
