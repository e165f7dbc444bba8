"""Pelaksanaan: the list of cases, the page of one, its log; comments, and what ends or steers a case as a whole."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request

from core.engine import casefile, library, queries, reading
from core.engine.service import Completion
from core.http import cursors
from core.http.door import LOGIN, actor, visit
from core.http.transaction import platform
from core.organization import units
from core.web import casepage, narrative
from core.web.commands import command, identifier, whole
from core.web.door import page, see_other

blueprint = Blueprint("cases", __name__)

A_PAGE = 25
# After the last event that any log can have.
LATEST = 2**31 - 1
STATUSES = ("open", "done", "cancelled")


@blueprint.get("/pelaksanaan")
@page(LOGIN)
def found() -> str:
    """The cases the reader may see, the newest first."""
    here, given = visit(), request.args
    after = cursors.after(given.get("lanjut") or None)
    status = given.get("keadaan") if given.get("keadaan") in STATUSES else None
    wanted = queries.Wanted(status, given.get("sop") or None, given.get("plugin") or None, given.get("cari") or None)
    rows = queries.cases(here.session, actor(), after, A_PAGE, wanted)
    search = {name: given[name] for name in ("keadaan", "sop", "plugin", "cari") if given.get(name)}
    following = cursors.following(rows, A_PAGE)
    values: dict[str, Any] = {
        "items": [reading.case_row(row) for row in rows], "search": search, "following": following,
    }  # fmt: skip
    if request.headers.get("HX-Request") and after:
        return render_template("cases/rows.html", **values)
    return render_template("cases/found.html", codes=library.names(here.session), **values)


@blueprint.get("/pelaksanaan/<uuid:case_id>")
@page(LOGIN)
def one(case_id: UUID) -> str:
    """A case; the task at hand is the first open one that the reader answers for."""
    return casepage.of_case(case_id)


@blueprint.get("/pelaksanaan/<uuid:case_id>/catatan")
@page(LOGIN)
def log(case_id: UUID) -> str:
    """The log further back, page by page."""
    start = whole(request.args.get("sebelum", "")) or LATEST
    editions = platform().engine.editions
    row, events, names = casefile.earlier(visit().session, editions, actor(), case_id, start)
    edition = editions.get(visit().session, row.edition_id).edition
    values = {
        "case": row,
        "story": [narrative.told(event, edition, names) for event in events],
        "earlier": events[-1]["seq"] if len(events) == casefile.TAIL else None,
    }
    return render_template("cases/story.html" if request.headers.get("HX-Request") else "cases/log.html", **values)


@blueprint.post("/pelaksanaan/<uuid:case_id>/komentar")
@page(LOGIN, again=one)
def comment(case_id: UUID) -> Any:
    """A comment, into the log."""
    platform().engine.comment(visit().session, command(), case_id, request.form.get("teks", ""))
    return see_other("cases.one", "komentar", case_id=case_id, _anchor="catatan")


@blueprint.get("/pelaksanaan/<uuid:case_id>/batal")
@page(LOGIN)
def ask_cancel(case_id: UUID) -> str:
    """Asks before a case is cancelled, and says what follows."""
    row = queries.case(visit().session, actor(), case_id)
    return render_template("cases/cancel.html", case=row)


@blueprint.post("/pelaksanaan/<uuid:case_id>/batal")
@page(LOGIN, again=ask_cancel)
def cancel(case_id: UUID) -> Any:
    """Ends the case unfinished, with a reason."""
    platform().engine.cancel(visit().session, command(), case_id, request.form.get("alasan"))
    return see_other("cases.one", "batal", case_id=case_id)


@blueprint.get("/pelaksanaan/<uuid:case_id>/peserta/<step>")
@page(LOGIN)
def ask_member(case_id: UUID, step: str) -> str:
    """Which unit is to join a step that is open."""
    row = queries.case(visit().session, actor(), case_id)
    return render_template(
        "cases/member.html", case=row, step=step, units=[(unit.id, unit.name) for unit in units.units(visit().session)]
    )


@blueprint.post("/pelaksanaan/<uuid:case_id>/peserta/<step>")
@page(LOGIN, again=ask_member)
def add_member(case_id: UUID, step: str) -> Any:
    """Lets a unit join."""
    platform().engine.add_member(visit().session, command(), case_id, step, identifier("unit"))
    return see_other("cases.one", "peserta", case_id=case_id)


@blueprint.post("/pelaksanaan/<uuid:case_id>/putuskan")
@page(LOGIN, again=one)
def conclude(case_id: UUID) -> Any:
    """Its supervisor decides how a step goes on that waits for him."""
    given = request.form
    how = Completion(
        outcome=given.get("keputusan") or None,
        reason=given.get("alasan"),
        target=given.get("tujuan") or None,
        members=tuple(given.getlist("peserta")),
    )
    number = whole(given.get("kunjungan", "")) or 0
    platform().engine.conclude(visit().session, command(), case_id, given.get("langkah", ""), number, how)
    return see_other("cases.one", "putusan", case_id=case_id)
