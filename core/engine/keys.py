"""Idempotency keys end: a key lives seven days, and then its command may be carried out anew (ground.md 12)."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import text
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from core.tenancy.scope import scope_of

LIFETIME = timedelta(days=7)
BATCH = 10_000

# By ix_idempotency_keys_created, the oldest first; keys that another purge holds are left to it.
_FORGET = text(
    """
    DELETE FROM idempotency_keys k
     USING (SELECT tenant_id, person_id, key FROM idempotency_keys
             WHERE tenant_id = :tenant AND created_at < :before
             ORDER BY created_at LIMIT :batch FOR UPDATE SKIP LOCKED) old
     WHERE k.tenant_id = :tenant AND k.person_id = old.person_id AND k.key = old.key
    """
)


def forget(session: Session, now: datetime, batch: int = BATCH) -> int:
    """Removes up to `batch` keys older than seven days; how many went. The caller commits, and goes on until 0."""
    values = {"tenant": scope_of(session).id, "before": now - LIFETIME, "batch": batch}
    return cast(CursorResult[Any], session.execute(_FORGET, values)).rowcount
