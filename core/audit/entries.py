"""Entries of the audit: what is no case act. Sealing chains them afterwards (ground.md 15)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from core.audit.models import AuditEntry


def record(
    session: Session,
    kind: str,
    person_id: UUID | None = None,
    subject: str | None = None,
    details: Mapping[str, Any] | None = None,
    address: str | None = None,
) -> AuditEntry:
    """Adds an entry in the session's tenant; it is kept or lost with the transaction, at the database's time.

    :param kind: what happened, e.g. `login.failed`; `<thing>.<past participle>`.
    :param person_id: who did it; None for a stranger or the server's command line.
    :param subject: to whom or what, an id as text.
    :param details: never a password, a code, a token, nor what somebody typed where one was asked.
    """
    entry = AuditEntry(kind=kind, person_id=person_id, subject=subject, details=dict(details or {}), address=address)
    session.add(entry)
    return entry
