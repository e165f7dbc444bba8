"""Tasks: what waits for me, and everything that can be done with one."""

from typing import Any
from uuid import UUID

from flask import send_file

from core.api.blueprint import Blueprint, View, described
from core.api.door import door
from core.api.headers import command, etag, keyed, tagged, version, versioned
from core.api.schemas import (
    AnswerSchema,
    AttachmentSchema,
    CompletionSchema,
    DraftSchema,
    FieldSchema,
    FileSchema,
    ReasonSchema,
    ReassignSchema,
    ReturnSchema,
)
from core.api.task_schemas import TallyQuery, TallySchema, TaskDetail, TaskPage, TaskQuery
from core.engine import desk, evidence, reading
from core.engine.service import Answer, Completion
from core.http import cursors
from core.http.door import LOGIN, actor, visit
from core.http.transaction import platform

blueprint = Blueprint("tasks", __name__, description="Tugas")


def multipart(view: View) -> View:
    """Documents the one body that has a field and a file; flask-smorest knows bodies of one schema only."""
    return described(view, requestBody={"content": {"multipart/form-data": {"schema": AttachmentSchema}}})


@blueprint.route("/tasks")
@door(LOGIN)
@blueprint.arguments(TaskQuery, location="query")
@blueprint.response(200, TaskPage)
def my_tasks(given: dict[str, Any]) -> Any:
    """Tugas saya: yang menunggu, terlambat, mendekati tenggat, diawasi, atau selesai."""
    here, done = visit(), given["which"] == "selesai"
    after = cursors.after(given.pop("cursor"), undated=not done)
    asked = desk.Asked(here.now, after=after, **given)
    items, rows = reading.tasks(here.session, platform().engine.editions, actor(), asked)
    return {"items": items, "next": cursors.following(rows, asked.limit, "closed_at" if done else "due_at")}


@blueprint.route("/tasks/summary")
@door(LOGIN)
@blueprint.arguments(TallyQuery, location="query")
@blueprint.response(200, TallySchema)
def summary(given: dict[str, Any]) -> Any:
    """Banyaknya tugas saya yang terlambat, mendekati tenggat, dan terbuka, serta yang terlambat di lingkungan saya."""
    here = visit()
    return desk.tally(here.session, actor(), here.now, given["position"])


@blueprint.route("/tasks/<uuid:task_id>")
@door(LOGIN)
@tagged
@blueprint.response(200, TaskDetail)
def one_task(task_id: UUID) -> Any:
    """Satu tugas: apa yang diperlukan, isiannya, data dukungnya, dan apa yang dapat saya lakukan sekarang."""
    here = visit()
    shown = reading.task_detail(here.session, platform().engine.editions, actor(), task_id, here.now)
    return shown, 200, etag(shown["version"])


@blueprint.route("/tasks/<uuid:task_id>/begin", methods=["POST"])
@door(LOGIN)
@keyed
@tagged
@blueprint.response(200, AnswerSchema)
def begin(task_id: UUID) -> Any:
    """Mulai mengerjakan; mengulanginya tidak mengubah apa pun."""
    return _versioned(platform().engine.begin(visit().session, command(), task_id))


@blueprint.route("/tasks/<uuid:task_id>/draft", methods=["PUT"])
@door(LOGIN)
@keyed
@tagged
@blueprint.arguments(DraftSchema)
@blueprint.response(200, AnswerSchema)
def save_draft(given: dict[str, Any], task_id: UUID) -> Any:
    """Menyimpan isian yang sedang diketik; simpanan pertama sekaligus tanda mulai."""
    return _versioned(platform().engine.save_draft(visit().session, command(), task_id, given["answers"]))


@blueprint.route("/tasks/<uuid:task_id>/complete", methods=["POST"])
@door(LOGIN)
@keyed
@versioned
@tagged
@blueprint.arguments(CompletionSchema)
@blueprint.response(200, AnswerSchema)
def complete(given: dict[str, Any], task_id: UUID) -> Any:
    """Menyelesaikan tugas, tepat satu kali."""
    how = Completion(version(), True, given["outcome"], given["answers"], given["reason"])
    return _versioned(platform().engine.complete(visit().session, command(), task_id, how))


@blueprint.route("/tasks/<uuid:task_id>/return", methods=["POST"])
@door(LOGIN)
@keyed
@versioned
@tagged
@blueprint.arguments(ReturnSchema)
@blueprint.response(200, AnswerSchema)
def give_back(given: dict[str, Any], task_id: UUID) -> Any:
    """Mengembalikan ke langkah sebelumnya, dengan alasan; bila perlu kepada peserta tertentu saja."""
    members = tuple(map(str, given["members"]))
    how = Completion(version(), True, given["outcome"], {}, given["reason"], given["target"], members)
    return _versioned(platform().engine.complete(visit().session, command(), task_id, how))


@blueprint.route("/tasks/<uuid:task_id>/withdraw", methods=["POST"])
@door(LOGIN)
@keyed
@blueprint.arguments(ReasonSchema)
@blueprint.response(200, AnswerSchema)
def withdraw(given: dict[str, Any], task_id: UUID) -> Any:
    """Menarik kembali yang baru saya selesaikan, selama penerimanya belum membaca atau memulai."""
    return platform().engine.withdraw(visit().session, command(), task_id, given["reason"])


@blueprint.route("/tasks/<uuid:task_id>/reassign", methods=["POST"])
@door(LOGIN)
@keyed
@versioned
@tagged
@blueprint.arguments(ReassignSchema)
@blueprint.response(200, AnswerSchema)
def reassign(given: dict[str, Any], task_id: UUID) -> Any:
    """Mengalihkan tugas kepada pegawai lain di lingkungan saya, dengan alasan."""
    how = Completion(version(), True, reason=given["reason"])
    return _versioned(platform().engine.reassign(visit().session, command(), task_id, given["person_id"], how))


@blueprint.route("/tasks/<uuid:task_id>/excuse", methods=["POST"])
@door(LOGIN)
@keyed
@blueprint.arguments(ReasonSchema)
@blueprint.response(200, AnswerSchema)
def excuse(given: dict[str, Any], task_id: UUID) -> Any:
    """Mengecualikan satu peserta agar langkah dapat berlanjut tanpa dirinya."""
    return platform().engine.excuse(visit().session, command(), task_id, given["reason"])


def _versioned(answer: Answer) -> Any:
    task = answer.get("task")
    return (answer, 200, etag(task["version"])) if task else answer


@blueprint.route("/tasks/<uuid:task_id>/evidence", methods=["POST"])
@door(LOGIN)
@keyed
@multipart
@tagged
@blueprint.arguments(FieldSchema, location="form")
@blueprint.arguments(FileSchema, location="files")
@blueprint.response(201, AnswerSchema)
def attach(given: dict[str, Any], files: dict[str, Any], task_id: UUID) -> Any:
    """Melampirkan satu berkas pada isian formulir tugas."""
    parts, file = platform(), files["file"]
    answer = evidence.attach(
        parts.engine, visit().session, command(), parts.storage, task_id, given["field"], file.stream,
        file.filename or "berkas", parts.config.max_upload,
    )  # fmt: skip
    return answer, 201, etag(answer["task"]["version"])


@blueprint.route("/tasks/<uuid:task_id>/evidence/<uuid:evidence_id>")
@door(LOGIN)
@blueprint.response(200, content_type="application/octet-stream")
def download(task_id: UUID, evidence_id: UUID) -> Any:
    """Mengunduh data dukung; hanya untuk yang boleh membaca isian tugas itu."""
    found, file, stream = evidence.content(
        visit().session, platform().engine.editions, platform().storage, actor(), task_id, evidence_id
    )
    return send_file(stream, file.mime, as_attachment=True, download_name=found.name)


@blueprint.route("/tasks/<uuid:task_id>/evidence/<uuid:evidence_id>", methods=["DELETE"])
@door(LOGIN)
@keyed
@tagged
@blueprint.response(200, AnswerSchema)
def remove(task_id: UUID, evidence_id: UUID) -> Any:
    """Menghapus berkas dari isian tugas yang masih terbuka."""
    return _versioned(evidence.remove(platform().engine, visit().session, command(), task_id, evidence_id))
