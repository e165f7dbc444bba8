"""Cases: start, find, follow, comment, cancel; and the log of each."""

from typing import Any
from uuid import UUID

from core.api.blueprint import Blueprint
from core.api.casefile_schemas import CaseFileSchema
from core.api.door import door
from core.api.headers import command, etag, keyed, tagged
from core.api.schemas import (
    AnswerSchema,
    CaseDetail,
    CasePage,
    CaseQuery,
    CaseStart,
    CommentSchema,
    ConclusionSchema,
    EventPage,
    EventQuery,
    MemberSchema,
    ReasonSchema,
)
from core.engine import casefile, queries, reading
from core.engine.service import Completion
from core.http import cursors
from core.http.door import LOGIN, actor, visit
from core.http.transaction import platform

blueprint = Blueprint("cases", __name__, description="Pelaksanaan")


@blueprint.route("/cases")
@door(LOGIN)
@blueprint.arguments(CaseQuery, location="query")
@blueprint.response(200, CasePage)
def list_cases(asked: dict[str, Any]) -> Any:
    """Pelaksanaan yang boleh saya lihat, yang terbaru lebih dahulu."""
    after = cursors.after(asked["cursor"])
    wanted = queries.Wanted(asked["status"], asked["code"], asked["plugin"], asked["text"])
    rows = queries.cases(visit().session, actor(), after, asked["limit"], wanted)
    return {"items": [reading.case_row(row) for row in rows], "next": cursors.following(rows, asked["limit"])}


@blueprint.route("/cases", methods=["POST"])
@door(LOGIN)
@keyed
@blueprint.arguments(CaseStart)
@blueprint.response(201, AnswerSchema)
def start_case(given: dict[str, Any]) -> Any:
    """Memulai pelaksanaan SOP yang berlaku."""
    return platform().engine.start(visit().session, command(), given["code"], given["answers"])


@blueprint.route("/cases/<uuid:case_id>")
@door(LOGIN)
@tagged
@blueprint.response(200, CaseDetail)
def one_case(case_id: UUID) -> Any:
    """Satu pelaksanaan: di langkah mana, siapa yang memegang, apa yang sudah selesai."""
    shown = reading.case_detail(visit().session, platform().engine.editions, actor(), case_id)
    return shown, 200, etag(shown["head_seq"])


@blueprint.route("/cases/<uuid:case_id>/file")
@door(LOGIN)
@blueprint.response(200, CaseFileSchema)
def case_file(case_id: UUID) -> Any:
    """Satu pelaksanaan seperti halamannya: tugas saya, pemegang yang terbuka, data dukung, yang dapat saya lakukan."""
    here = visit()
    file = casefile.of_case(here.session, platform().engine.editions, actor(), case_id, here.now)
    return {
        "case": file.case, "task": file.task, "mine": [task.id for task in file.mine], "evidence": file.files,
        "open": [_open(task, file) for task in file.open], "options": file.options, "recent": file.tail,
    }  # fmt: skip


def _open(task: Any, file: casefile.CaseFile) -> dict[str, Any]:
    names = ("id", "member", "label", "due_at")
    shown = {name: getattr(task, name) for name in names}
    return shown | {"step": task.step_key, "holders": file.holders.get(task.assignee_id, [])}


@blueprint.route("/cases/<uuid:case_id>/events")
@door(LOGIN)
@blueprint.arguments(EventQuery, location="query")
@blueprint.response(200, EventPage)
def case_events(asked: dict[str, Any], case_id: UUID) -> Any:
    """Catatan kejadian, berurutan; isian orang lain hanya terbaca oleh yang berhak."""
    session, limit = visit().session, asked["limit"]
    items = reading.log(session, platform().engine.editions, actor(), case_id, asked["after"], limit)
    return {"items": items, "next": items[-1]["seq"] if len(items) == limit else None}


@blueprint.route("/cases/<uuid:case_id>/comments", methods=["POST"])
@door(LOGIN)
@keyed
@blueprint.arguments(CommentSchema)
@blueprint.response(201, AnswerSchema)
def comment(given: dict[str, Any], case_id: UUID) -> Any:
    """Menulis komentar pada pelaksanaan."""
    return platform().engine.comment(visit().session, command(), case_id, given["text"])


@blueprint.route("/cases/<uuid:case_id>/cancel", methods=["POST"])
@door(LOGIN)
@keyed
@blueprint.arguments(ReasonSchema)
@blueprint.response(200, AnswerSchema)
def cancel(given: dict[str, Any], case_id: UUID) -> Any:
    """Membatalkan pelaksanaan, dengan alasan; semua tugasnya yang terbuka ikut ditutup."""
    return platform().engine.cancel(visit().session, command(), case_id, given["reason"])


@blueprint.route("/cases/<uuid:case_id>/members", methods=["POST"])
@door(LOGIN)
@keyed
@blueprint.arguments(MemberSchema)
@blueprint.response(200, AnswerSchema)
def add_member(given: dict[str, Any], case_id: UUID) -> Any:
    """Menambahkan unit sebagai peserta pada langkah yang sedang berjalan."""
    return platform().engine.add_member(visit().session, command(), case_id, given["step"], given["unit_id"])


@blueprint.route("/cases/<uuid:case_id>/conclude", methods=["POST"])
@door(LOGIN)
@keyed
@blueprint.arguments(ConclusionSchema)
@blueprint.response(200, AnswerSchema)
def conclude(given: dict[str, Any], case_id: UUID) -> Any:
    """Memutuskan kelanjutan langkah yang pesertanya tidak lengkap."""
    how = Completion(
        outcome=given["outcome"],
        reason=given["reason"],
        target=given["target"],
        members=tuple(map(str, given["members"])),
    )
    return platform().engine.conclude(visit().session, command(), case_id, given["step"], given["visit"], how)
