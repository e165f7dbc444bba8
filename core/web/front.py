"""Before the log-in: the governments of this instance, and the face of each."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, send_from_directory
from sqlalchemy import select

from core.http.door import PUBLIC, visit
from core.http.transaction import platform
from core.tenancy.models import Tenant
from core.web.color import style_sheet
from core.web.door import page

blueprint = Blueprint("front", __name__)

A_DAY = 24 * 3600
# An own policy for a picture that an operator put there: whatever is in it, it runs nothing.
INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@blueprint.get("/")
def home() -> str:
    """The governments of this instance, in the order of the Ministry's codes."""
    with platform().database.session() as session:
        tenants = session.scalars(select(Tenant).where(Tenant.active).order_by(Tenant.code)).all()
    return render_template("front.html", tenants=tenants)


@blueprint.get("/<tenant>/lambang.svg")
@page(PUBLIC)
def crest() -> Any:
    """The government's crest, from its folder."""
    scope = visit().scope
    response = send_from_directory(platform().config.tenants_dir / scope.slug, scope.crest, max_age=A_DAY)
    response.headers["Content-Security-Policy"] = INERT
    return response


@blueprint.get("/<tenant>/warna.css")
@page(PUBLIC)
def colors() -> Response:
    """The government's colour as a style sheet."""
    response = make_response(style_sheet(visit().scope.color))
    response.mimetype = "text/css"
    response.cache_control.max_age = A_DAY
    response.cache_control.public = True
    return response
