"""Pegawai: the directory for everybody here, and one person with his posts and teams; his roles to who may know."""

from uuid import UUID

from flask import Blueprint, render_template, request

from core.http import places
from core.http.door import Guard, actor, visit
from core.identity import accounts
from core.organization.directory import directory
from core.organization.history import PAGE, history_of_person
from core.organization.person_view import person_view
from core.web import terms
from core.web.door import page

blueprint = Blueprint("people", __name__)

READ = Guard(right="organization.read")
READ_PERSON = Guard(right="organization.read", finds=accounts.get)
A_PAGE = 50


@blueprint.get("/organisasi/pegawai")
@page(READ)
def listed() -> str:
    """People by name with their posts today, page by page."""
    text = request.args.get("cari") or None
    rows = directory(visit().session, places.after_name(request.args.get("lanjut") or None), A_PAGE, text)
    values = {"rows": rows, "following": places.following_name(rows, A_PAGE), "text": text}
    return render_template("organization/directory.html", **values)


@blueprint.get("/organisasi/pegawai/<uuid:person_id>")
@page(READ_PERSON)
def one(person_id: UUID) -> str:
    """One person; for who manages accounts his account too."""
    session = visit().session
    view = person_view(session, actor(), person_id)
    account = accounts.get(session, person_id) if actor().may(accounts.MANAGE) else None
    state = accounts.state(account) if account else None
    return render_template(
        "organization/person.html", view=view, account=account, state=state, states=terms.STATES,
        capacities=terms.CAPACITIES, following=places.following_day(view.history, PAGE),
    )  # fmt: skip


@blueprint.get("/organisasi/pegawai/<uuid:person_id>/riwayat")
@page(READ_PERSON)
def history(person_id: UUID) -> str:
    """His posts further back, page by page."""
    session = visit().session
    person = accounts.get(session, person_id)
    rows = history_of_person(session, person_id, places.after_day(request.args.get("lanjut") or None))
    values = {"rows": rows, "following": places.following_day(rows, PAGE), "capacities": terms.CAPACITIES}
    return render_template("organization/person_history.html", id=person.id, name=person.name, **values)
