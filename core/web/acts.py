"""What is done with a task: begin, keep, complete, give back, hand over, take back, excuse."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request

from core.engine import queries, supervision
from core.engine.service import Completion
from core.http.door import LOGIN, actor, visit
from core.http.transaction import platform
from core.web import casepage, forms
from core.web.attachments import attach_sent
from core.web.commands import command, identifier, version
from core.web.door import asks_no_page, page, see_other

blueprint = Blueprint("acts", __name__)


@blueprint.get("/tugas/<uuid:task_id>")
@page(LOGIN)
def task(task_id: UUID) -> str:
    """A task, on the page of its case."""
    return casepage.of_task(task_id)


@blueprint.post("/tugas/<uuid:task_id>/mulai")
@page(LOGIN, again=task)
def begin(task_id: UUID) -> Any:
    """The official takes the task up."""
    platform().engine.begin(visit().session, command(), task_id)
    return see_other("acts.task", task_id=task_id)


@blueprint.post("/tugas/<uuid:task_id>/simpan")
@page(LOGIN, again=task)
def save(task_id: UUID) -> Any:
    """Keeps the form as it is; the script asks for no page and reads the new version from a header."""
    answer = platform().engine.save_draft(visit().session, command(), task_id, forms.given(request.form))
    if asks_no_page():
        response = make_response("", 204)
        response.headers["X-Versi"] = str(answer["task"]["version"])
        return response
    attach_sent(task_id)
    return see_other("acts.task", "simpan", task_id=task_id)


@blueprint.post("/tugas/<uuid:task_id>/selesai")
@page(LOGIN, again=task)
def complete(task_id: UUID) -> Response:
    """Finishes the task; files that were chosen and not yet uploaded go in first."""
    seen = version() + attach_sent(task_id)
    how = Completion(
        seen, True, request.form.get("keputusan") or None, forms.given(request.form), request.form.get("alasan")
    )
    answer = platform().engine.complete(visit().session, command(), task_id, how)
    return _onward(answer, "selesai")


@blueprint.post("/tugas/<uuid:task_id>/kembali")
@page(LOGIN, again=task)
def give_back(task_id: UUID) -> Response:
    """Returns to an earlier step with a reason; after an `each` to the members chosen."""
    given = request.form
    how = Completion(
        version(), True, given.get("keputusan") or None, {}, given.get("alasan"), given.get("tujuan") or None,
        tuple(given.getlist("peserta")),
    )  # fmt: skip
    answer = platform().engine.complete(visit().session, command(), task_id, how)
    return _onward(answer, "kembali")


@blueprint.post("/tugas/<uuid:task_id>/tarik")
@page(LOGIN, again=task)
def withdraw(task_id: UUID) -> Response:
    """Takes one's completion back while nobody has read or started what it opened."""
    answer = platform().engine.withdraw(visit().session, command(), task_id, request.form.get("alasan"))
    return _onward(answer, "tarik")


@blueprint.get("/tugas/<uuid:task_id>/alihkan")
@page(LOGIN)
def ask_reassign(task_id: UUID) -> str:
    """To whom of the reader's branch the task may be handed."""
    row = queries.task(visit().session, actor(), task_id)
    people = supervision.receivers(visit().session, actor())
    return render_template("cases/reassign.html", row=row, people=people)


@blueprint.post("/tugas/<uuid:task_id>/alihkan")
@page(LOGIN, again=ask_reassign)
def reassign(task_id: UUID) -> Response:
    """Hands the task to one person, with a reason."""
    how = Completion(version(), True, reason=request.form.get("alasan"))
    platform().engine.reassign(visit().session, command(), task_id, identifier("pegawai"), how)
    return see_other("acts.task", "alih", task_id=task_id)


@blueprint.get("/tugas/<uuid:task_id>/kecualikan")
@page(LOGIN)
def ask_excuse(task_id: UUID) -> str:
    """Asks before a member is let off, and says what follows."""
    return render_template("cases/excuse.html", row=queries.task(visit().session, actor(), task_id))


@blueprint.post("/tugas/<uuid:task_id>/kecualikan")
@page(LOGIN, again=ask_excuse)
def excuse(task_id: UUID) -> Response:
    """Lets the step go on without this member, with a reason."""
    answer = platform().engine.excuse(visit().session, command(), task_id, request.form.get("alasan"))
    return _onward(answer, "kecuali")


def _onward(answer: Mapping[str, Any], news: str) -> Response:
    """To the case, where what follows is seen: the next task where it is one's own too."""
    return see_other("cases.one", news, case_id=answer["case"]["id"])
