"""Pustaka SOP: what the government runs, the sheet of each SOP, its editions, the start of a case."""

import re
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, render_template, request

from core.engine import library, reading
from core.engine.sopfile import SopFile, changes, sopfile, startfile
from core.extensions.titles import domain_title
from core.http.door import Guard, actor, visit
from core.http.transaction import platform
from core.procedures.forms import AnswersRejected
from core.procedures.model import Edition
from core.procedures.sheet import sheet
from core.web import forms
from core.web.changes import told
from core.web.commands import command, fresh_key, whole
from core.web.door import page, refusal, see_other
from core.web.sheet import laid_out

blueprint = Blueprint("library", __name__)

RIGHT = "procedures.read"
OF_A_SOP = Guard(right=RIGHT, finds=library.procedure_of)
NUMBER = f"<int(min=1, max={2**31 - 1}):number>"


@blueprint.get("/sop")
@page(Guard(right=RIGHT))
def procedures() -> str:
    """All SOPs, by domain; a further page where there are very many."""
    text = request.args.get("cari") or None
    rows = library.shelf(visit().session, actor(), text, request.args.get("lanjut") or None)
    grouped = groupby(rows, key=lambda row: row.plugin)
    domains = [(domain_title(platform().extensions, plugin), list(found)) for plugin, found in grouped]
    following = rows[-1].code if len(rows) == library.A_SHELF else None
    return render_template("library/shelf.html", domains=domains, text=text, following=following)


@blueprint.get("/sop/<code>")
@page(OF_A_SOP)
def procedure(code: str) -> str:
    """A SOP as its officials know the sheet: the edition in force, or the latest where none is."""
    file = _file(code)
    latest = library.latest_cases(visit().session, actor(), file.sop.id)
    cases = [reading.case_row(row) for row in latest]
    return render_template("library/sop.html", cases=cases, **_shown(file))


@blueprint.get(f"/sop/<code>/edisi/{NUMBER}")
@page(OF_A_SOP)
def edition(code: str, number: int) -> str:
    """One edition, and what changed since another: the one before, or the one that was chosen."""
    file = _file(code, number)
    found = changes(visit().session, file.row, _number("banding"))
    since, difference = found or (None, None)
    return render_template("library/edition.html", since=since, difference=difference, told=told, **_shown(file))


@blueprint.get("/sop/<code>/mulai")
@page(OF_A_SOP)
def ask_start(code: str) -> str:
    """What the start asks, what the case will be called, and who gets its first task."""
    file = startfile(visit().session, platform().engine.editions, actor(), code, visit().now)
    error = refusal()
    asks = file.edition.start.asks
    values = forms.filled(asks, {"draft": None, "former": None}, request.form if error else None)
    return render_template(
        "library/start.html",
        sop=file.sop, edition=file.edition, opening=file.opening, values=values,
        problems=error.fields if isinstance(error, AnswersRejected) else {},
        subject=_subject(file.edition, values), command_key=fresh_key(),
    )  # fmt: skip


@blueprint.post("/sop/<code>/mulai")
@page(OF_A_SOP, again=ask_start)
def start(code: str) -> Response:
    """Opens a case of the edition in force."""
    answer = platform().engine.start(visit().session, command(), code, forms.given(request.form))
    return see_other("cases.one", "mulai", case_id=answer["case"]["id"])


def _file(code: str, number: int | None = None) -> SopFile:
    here = visit()
    before = _number("sebelum")
    return sopfile(here.session, platform().engine.editions, actor(), code, here.now, number, before)


def _shown(file: SopFile) -> dict[str, Any]:
    """What both pages of a SOP show."""
    more = len(file.editions) == library.EDITIONS and file.editions[-1].number > 1
    return {
        "file": file,
        "sop": file.sop,
        "row": file.row,
        "edition": file.edition,
        "domain": domain_title(platform().extensions, file.sop.plugin),
        "sheet": laid_out(sheet(file.edition)),
        "further": file.editions[-1].number if more else None,
    }


def _number(name: str) -> int | None:
    """The number of an edition that the address names; anything else names none."""
    return whole(request.args.get(name, ""))


def _subject(edition: Edition, values: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """The subject in pieces, each with whether it is still to be filled in: then it is the question's own name."""
    template = edition.start.subject or edition.title
    labels = {field.key: field.label for field in edition.start.asks}
    pieces = re.split(r"\{(\w+)\}", template)
    found = [(text, False) for text in pieces]
    for place in range(1, len(pieces), 2):
        value = values.get(pieces[place])
        found[place] = (str(value), False) if value else (labels.get(pieces[place], pieces[place]), True)
    return [piece for piece in found if piece[0]]
