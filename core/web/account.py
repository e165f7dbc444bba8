"""To come."""

from flask import Blueprint

from core.http.door import LOGIN
from core.web.door import page

blueprint = Blueprint("account", __name__)


@blueprint.get("/akun")
@page(LOGIN)
def overview() -> str:
    return "akun"


@blueprint.post("/akun/jabatan")
@page(LOGIN)
def act_as() -> str:
    return "jabatan"
