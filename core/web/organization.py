"""To come."""

from flask import Blueprint

from core.http.door import LOGIN
from core.web.door import page

blueprint = Blueprint("organization", __name__)


@blueprint.get("/organisasi")
@page(LOGIN)
def overview() -> str:
    return "org"
