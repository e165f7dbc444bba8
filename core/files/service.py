"""Files of a tenant: kept once per content, and opened.

The order of things makes a crash harmless at every point: a content without a row is swept later, a row
without its content never comes to be.
"""

import hashlib
from collections.abc import Collection
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import case, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.database import new_id
from core.files.errors import FileLost, Infected, Quarantined, UnknownFile
from core.files.intake import Readable, Received, Scan, receive
from core.files.models import StoredFile
from core.files.storage import Storage
from core.tenancy.scope import scope_of

_LOCK = text("SELECT pg_advisory_xact_lock(:key)")


def store(
    session: Session,
    storage: Storage,
    stream: Readable,
    name: str,
    max_size: int,
    now: datetime,
    *,
    scan: Scan | None = None,
    accept: Collection[str] = (),
) -> StoredFile:
    """Takes a file in and keeps it: core.files.intake.receive, then `keep`, in one call.

    The name to show goes with its use: core.files.types.display_name(name, file.mime).

    :param max_size: in bytes.
    :raises FileRefused: too large, empty, of a wrong kind, broken, infected.
    """
    with receive(stream, name, max_size, scan=scan, accept=accept) as received:
        return keep(session, storage, received, now)


def keep(session: Session, storage: Storage, received: Received, now: datetime) -> StoredFile:
    """The row of this content in the session's tenant, made if there is none, its content durably in storage.

    A content that was here already gets `stored_at` = `now` too: who just uploaded it has a day to use it.

    :raises Infected: a scan has found this very content infected since it was first stored.
    """
    tenant = scope_of(session).id
    session.execute(_LOCK, {"key": lock_key(tenant, received.digest)})
    file = _upsert(session, tenant, received, now)
    if file.scan == "infected":
        raise Infected(name=received.name)
    received.content.seek(0)
    storage.put(tenant, received.content)
    return file


def find_file(session: Session, file_id: UUID) -> StoredFile:
    """The file of this tenant with this id.

    :raises UnknownFile: there is none in this scope.
    """
    file = session.get(StoredFile, (scope_of(session).id, file_id))
    if file is None:
        raise UnknownFile()
    return file


def open_file(session: Session, storage: Storage, file_id: UUID) -> tuple[StoredFile, BinaryIO]:
    """A file and its content, to be closed by the caller, who knows whether this person may read it.

    :raises UnknownFile: there is none in this scope.
    :raises Quarantined: a scan has found it infected; it is kept, and not handed out.
    :raises FileLost: the row stands, the content does not.
    """
    file = find_file(session, file_id)
    if file.scan == "infected":
        raise Quarantined()
    try:
        return file, storage.open(file.tenant_id, file.sha256)
    except FileNotFoundError as error:
        raise FileLost(sha256=file.sha256) from error


def lock_key(tenant: int, digest: str) -> int:
    """The key of the advisory lock that uploads and the sweep of one content take, until their commit."""
    name = hashlib.sha256(f"files:{tenant}:{digest}".encode()).digest()
    return int.from_bytes(name[:8], "big", signed=True)


def _upsert(session: Session, tenant: int, received: Received, now: datetime) -> StoredFile:
    """One statement, safe under concurrency; it locks the row, so that a sweep passes it by.

    Not ON CONFLICT DO NOTHING: that neither locks the row nor refreshes its date, and a sweep could take it
    before the evidence that names it is committed.
    """
    new = insert(StoredFile).values(
        tenant_id=tenant,
        id=new_id(),
        sha256=received.digest,
        size=received.size,
        mime=received.kind.mime,
        scan=received.scan,
        stored_at=now,
    )
    # A scan's word replaces "unscanned"; "infected" is never taken back by an upload.
    word = case((StoredFile.scan == "unscanned", new.excluded.scan), else_=StoredFile.scan)
    statement = new.on_conflict_do_update(
        index_elements=["tenant_id", "sha256"], set_={"stored_at": new.excluded.stored_at, "scan": word}
    ).returning(StoredFile)
    return session.scalars(statement, execution_options={"populate_existing": True}).one()
