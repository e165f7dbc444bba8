"""Edits of the organization: who may, and the audit entry that each leaves."""

from typing import Any

from sqlalchemy.orm import Session

from core.audit.entries import record
from core.identity.actor import Actor, Console

EDIT = "organization.edit"
GRANT = "roles.manage"


def note(session: Session, by: Actor | Console, kind: str, subject: str, **details: Any) -> None:
    """Adds an entry to the scope's audit; `kind` is stable (position.created), `subject` the object's key."""
    console = {"console": by.name} if isinstance(by, Console) else {}
    record(session, kind, by.person_id, subject, {**details, **console})
