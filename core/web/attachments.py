"""Evidence on a page: uploaded while the form is still being filled in, looked at, taken out again."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request, send_file
from werkzeug.datastructures import FileStorage

from core.engine import evidence, queries
from core.http.door import LOGIN, actor, visit
from core.http.transaction import platform
from core.web import casepage
from core.web.commands import command
from core.web.door import asks_no_page, page, see_other
from core.web.forms import PREFIX

blueprint = Blueprint("attachments", __name__)

# What a browser may show itself; all else is only ever downloaded.
VIEWED = ("application/pdf", "image/png", "image/jpeg", "image/webp")


@blueprint.post("/tugas/<uuid:task_id>/berkas")
@page(LOGIN)
def upload(task_id: UUID) -> Response:
    """One file from the script, into the field it names: the field's files again, the new version in a header."""
    field, file = request.form.get("bidang", ""), request.files.get("berkas")
    answer = _attach(task_id, field, file or FileStorage(), "")
    return _field_again(task_id, field, answer["task"]["version"])


@blueprint.get("/tugas/<uuid:task_id>/berkas/<uuid:evidence_id>")
@page(LOGIN)
def download(task_id: UUID, evidence_id: UUID) -> Any:
    """The file itself; a picture or PDF is shown where ?lihat asks for it, and runs nothing."""
    parts = platform()
    found, file, stream = evidence.content(
        visit().session, parts.engine.editions, parts.storage, actor(), task_id, evidence_id
    )
    inline = "lihat" in request.args and file.mime in VIEWED
    return send_file(stream, file.mime, as_attachment=not inline, download_name=found.name)


@blueprint.post("/tugas/<uuid:task_id>/berkas/<uuid:evidence_id>/hapus")
@page(LOGIN, again=lambda task_id, evidence_id: casepage.of_task(task_id))
def remove(task_id: UUID, evidence_id: UUID) -> Response:
    """Takes a file out of the form."""
    answer = evidence.remove(platform().engine, visit().session, command(), task_id, evidence_id)
    if asks_no_page():
        return _field_again(task_id, request.form.get("bidang", ""), answer["task"]["version"])
    return see_other("acts.task", "berkas", task_id=task_id)


def attach_sent(task_id: UUID) -> int:
    """Attaches the files that came with a form, for whoever has no script; how many they were."""
    sent = [
        (name.removeprefix(PREFIX), file)
        for name in request.files
        for file in request.files.getlist(name)
        if name.startswith(PREFIX) and file.filename
    ]
    for place, (field, file) in enumerate(sent):
        _attach(task_id, field, file, f"-berkas-{place}")
    return len(sent)


def _attach(task_id: UUID, field: str, file: FileStorage, part: str) -> Any:
    parts = platform()
    return evidence.attach(
        parts.engine, visit().session, command(part), parts.storage, task_id, field, file.stream,
        file.filename or "berkas", parts.config.max_upload,
    )  # fmt: skip


def _field_again(task_id: UUID, field: str, version: int) -> Response:
    row = queries.task(visit().session, actor(), task_id)
    files = [found for found in row.evidence or () if found["field"] == field]
    text = render_template("cases/files.html", files=files, field=field, task_id=task_id, editable=True)
    response = make_response(text)
    response.headers["X-Versi"] = str(version)
    return response
