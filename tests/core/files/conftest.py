"""Storage in a folder of the test's own, a clock that stands still, and a task that evidence can hang on."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from core.database import new_id
from core.engine.models import Case, Task
from core.files.models import Evidence, StoredFile
from core.files.storage import FolderStorage
from core.identity.models import Person
from core.procedures.models import EditionRow, Procedure

NOW = datetime.now(UTC)


@pytest.fixture
def storage(tmp_path):
    return FolderStorage(tmp_path / "files")


def attach(session: Session, file: StoredFile, removed_at: datetime | None = None) -> UUID:
    """Evidence of this file on a task of its own, with all that must stand behind it."""
    person, procedure, edition, case, task, evidence = (new_id() for _ in range(6))
    code = str(case)
    rows = [
        Person(id=person, name="Uji", username=code, created_at=NOW),
        Procedure(id=procedure, code=code, title="Uji", plugin="uji", procedure="uji"),
        EditionRow(
            id=edition,
            procedure_id=procedure,
            number=1,
            status="draft",
            content={},
            content_hash="",
            targets={},
            plugin_version="0",
        ),
        Case(
            id=case,
            procedure_id=procedure,
            edition_id=edition,
            number=code,
            subject="Uji",
            answers={},
            status="open",
            secrecy="biasa",
            state={},
            head_seq=0,
            head_mac=b"",
            opened_at=NOW,
            opened_by=person,
            updated_at=NOW,
        ),
        Task(
            id=task,
            case_id=case,
            step_key="uji",
            member="",
            visit=1,
            status="open",
            version=1,
            assignee_kind="person",
            assignee_id=person,
            opened_at=NOW,
        ),
        Evidence(
            id=evidence,
            case_id=case,
            task_id=task,
            file_id=file.id,
            field="bukti",
            name="bukti.pdf",
            attached_by=person,
            attached_at=NOW,
            removed_at=removed_at,
        ),
    ]
    for row in rows:
        session.add(row)
        session.flush()
    return evidence
