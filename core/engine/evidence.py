"""Evidence: files attached to a task's form, and taken out again while it is open; each an event of the log."""

from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import new_id
from core.engine import queries
from core.engine.conduct import Told
from core.engine.flows import Editions
from core.engine.models import Task
from core.engine.privacy import reads_all, reads_task
from core.engine.service import Answer, Engine, Request
from core.errors import BadInput, NotFound
from core.files.intake import Readable, Received, Scan, receive
from core.files.models import Evidence, StoredFile
from core.files.service import keep, open_file
from core.files.storage import Storage
from core.identity.actor import Actor
from core.procedures.model import Field
from core.procedures.words import ATTACHED

MEGABYTE = 1024 * 1024


class NoSuchField(BadInput):
    """Isian "{field}" tidak menerima berkas pada tugas ini. Pilih salah satu: {valid}."""

    type = "isian-berkas-tidak-ada"


class OneFileOnly(BadInput):
    """{label} hanya menerima satu berkas. Hapus dahulu berkas yang ada, lalu unggah penggantinya."""

    type = "hanya-satu-berkas"


class NoSuchEvidence(NotFound):
    """Berkas ini tidak ada pada tugas tersebut, atau sudah dihapus. Muat ulang halaman."""

    type = "data-dukung-tidak-ada"


def attach(
    engine: Engine,
    session: Session,
    request: Request,
    storage: Storage,
    task_id: UUID,
    field: str,
    stream: Readable,
    name: str,
    max_size: int,
    scan: Scan | None = None,
) -> Answer:
    """Takes a file into a field of the task's form.

    :param max_size: in bytes; the field may ask for less.
    :raises NoSuchTask, NoSuchField, OneFileOnly, FileRefused: and what the machine refuses.
    :returns: the answer, with `evidence` {id, name, mime, size, sha256}.
    """
    task = queries.task(session, request.actor, task_id)
    asked = _field(engine.editions.get(session, task.edition_id).step(task.step_key).form, field)
    limit = min(max_size, int(asked.max_mb * MEGABYTE)) if asked.max_mb else max_size
    with receive(stream, name, limit, scan=scan, accept=asked.accept) as received:
        return _attached(engine, session, request, storage, task, asked, received)


def _attached(
    engine: Engine,
    session: Session,
    request: Request,
    storage: Storage,
    task: queries.TaskRow,
    asked: Field,
    received: Received,
) -> Answer:
    evidence = new_id()
    facts = {"name": received.name, "mime": received.kind.mime, "size": received.size, "sha256": received.digest}
    told = Told({"berkas": facts}, {"evidence": {"id": str(evidence), "field": asked.key, **facts}})
    answer = engine.attach(session, request, task.id, asked.key, received.digest, told)
    if answer["evidence"]["id"] != str(evidence):
        return answer
    if not asked.many and any(item["field"] == asked.key for item in task.evidence or ()):
        raise OneFileOnly(label=asked.label)
    file = keep(session, storage, received, request.now)
    session.add(
        Evidence(
            id=evidence,
            case_id=task.case_id,
            task_id=task.id,
            file_id=file.id,
            field=asked.key,
            name=received.name,
            attached_by=request.actor.person_id,
            attached_at=request.now,
            removed_at=None,
        )
    )
    session.flush()
    return answer


def remove(engine: Engine, session: Session, request: Request, task_id: UUID, evidence_id: UUID) -> Answer:
    """Takes a file out of the task's form; what an earlier visit was closed with stays in the log.

    :raises NoSuchTask, NoSuchEvidence: and what the machine refuses.
    """
    evidence = _find(session, request.actor, task_id, evidence_id)
    gone = {"id": str(evidence_id), "removed_at": request.now.isoformat()}
    told = Told({"berkas": {"name": evidence.name}}, {"evidence": gone})
    answer = engine.detach(session, request, task_id, evidence.field, str(evidence_id), told)
    if answer["evidence"] != gone:  # the first answer of a repeated request
        return answer
    if evidence.removed_at is not None:
        raise NoSuchEvidence
    evidence.removed_at = request.now
    session.flush()
    return answer


def content(
    session: Session, editions: Editions, storage: Storage, actor: Actor, task_id: UUID, evidence_id: UUID
) -> tuple[Evidence, StoredFile, BinaryIO]:
    """The file itself, for who may read the task's answers. :raises NoSuchTask, NoSuchEvidence, FileLost."""
    task = queries.task(session, actor, task_id)
    if not (reads_task(actor, task) or reads_all(actor, editions.get(session, task.edition_id), task.opened_by)):
        raise NoSuchEvidence
    evidence = _find(session, actor, task_id, evidence_id)
    if evidence.removed_at is not None:
        raise NoSuchEvidence
    file, stream = open_file(session, storage, evidence.file_id)
    return evidence, file, stream


def _find(session: Session, actor: Actor, task_id: UUID, evidence_id: UUID) -> Evidence:
    """The file of any visit of the task, taken out or not."""
    task = queries.task(session, actor, task_id)
    same = (Task.case_id == task.case_id, Task.step_key == task.step_key, Task.member == task.member)
    of_task = select(Task.id).where(*same)
    found = session.scalars(select(Evidence).where(Evidence.id == evidence_id, Evidence.task_id.in_(of_task)))
    evidence = found.one_or_none()
    if evidence is None:
        raise NoSuchEvidence
    return evidence


def _field(form: tuple[Field, ...], key: str) -> Field:
    asked = {field.key: field for field in form if field.type in ATTACHED}
    if key not in asked:
        raise NoSuchField(field=key, valid=", ".join(asked) or "tidak ada")
    return asked[key]
