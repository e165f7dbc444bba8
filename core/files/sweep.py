"""The sweep: files that nothing uses go, in bounded batches, and never one that is being uploaded.

Uploads and the sweep of one content wait for each other (an advisory lock that ends with the transaction), so
a sweep does not take what an upload is just about to name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, cast

from sqlalchemy import ARRAY, Text, bindparam, delete, exists, select, text
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from core.files.models import Evidence, StoredFile
from core.files.service import lock_key
from core.files.storage import Storage
from core.tenancy.scope import scope_of

# As long as somebody may sit before a form with an uploaded file not yet handed in.
AGE = timedelta(hours=24)
BATCH = 200

# MATERIALIZED: each lock is asked for once, and only for the digests given.
_TRY_LOCKS = text(
    """
    WITH tried AS MATERIALIZED (
        SELECT a.digest, pg_try_advisory_xact_lock(a.key) AS got
          FROM unnest(CAST(:digests AS text[]), CAST(:keys AS bigint[])) AS a(digest, key)
    )
    SELECT digest FROM tried WHERE got
    """
)
_KNOWN = text("SELECT sha256 FROM files WHERE tenant_id = :tenant AND sha256 = ANY(:digests)").bindparams(
    bindparam("digests", type_=ARRAY(Text))
)


@dataclass(frozen=True)
class Swept:
    """What one batch removed, and where the next begins; `after` is None when the tenant is done."""

    rows: int
    contents: int
    after: str | None


def sweep(
    session: Session,
    storage: Storage,
    now: datetime,
    older_than: timedelta = AGE,
    *,
    after: str = "",
    batch: int = BATCH,
) -> Swept:
    """Removes up to `batch` rows without evidence, or else the rowless ones among the next `batch` contents.

    One batch is one transaction of the caller's, who commits and goes on with `after` until it is None. Rows
    go first and their contents in a later transaction: were both in one, a rollback could keep a row whose
    content is gone. Removed evidence (`removed_at`) still counts as use. Running it twice, or two at once,
    does no harm.
    """
    before = now - older_than
    rows = _sweep_rows(session, before, batch)
    if rows:
        return Swept(rows, 0, after)
    tenant = scope_of(session).id
    if not after:
        storage.discard_partial(tenant, before)
    page = list(islice(storage.iterate(tenant, after), batch))
    contents = _sweep_contents(session, storage, [held.digest for held in page if held.since < before])
    return Swept(0, contents, page[-1].digest if len(page) == batch else None)


def _sweep_rows(session: Session, before: datetime, batch: int) -> int:
    used = exists().where(Evidence.tenant_id == StoredFile.tenant_id, Evidence.file_id == StoredFile.id)
    # A row that an upload or new evidence is just locking is passed by; what got evidence in between is seen
    # by the DELETE, whose snapshot is younger than the locks.
    idle = (
        select(StoredFile.id)
        .where(StoredFile.stored_at < before, ~used)
        .order_by(StoredFile.id)
        .limit(batch)
        .with_for_update(skip_locked=True)
    )
    ids = session.scalars(idle).all()
    if not ids:
        return 0
    gone = delete(StoredFile).where(StoredFile.id.in_(ids), ~used)
    result = session.execute(gone, execution_options={"synchronize_session": False})
    return cast(CursorResult[Any], result).rowcount


def _sweep_contents(session: Session, storage: Storage, digests: list[str]) -> int:
    """Those without a row are locked, and looked up once more under the lock, before they go."""
    tenant = scope_of(session).id
    orphans = _without_row(session, tenant, digests)
    keys = [lock_key(tenant, digest) for digest in orphans]
    locked = session.scalars(_TRY_LOCKS, {"digests": orphans, "keys": keys}).all() if orphans else []
    doomed = _without_row(session, tenant, list(locked))
    for digest in doomed:
        storage.delete(tenant, digest)
    return len(doomed)


def _without_row(session: Session, tenant: int, digests: list[str]) -> list[str]:
    if not digests:
        return []
    known = set(session.scalars(_KNOWN, {"tenant": tenant, "digests": digests}))
    return [digest for digest in digests if digest not in known]
