"""The daily seal: chains the audit entries and anchors the heads of the case logs (ground.md 15).

Anchors chain in turn, each over the one before, so that none can be taken out or made later unseen.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from core.audit.chain import START, canonical
from core.audit.models import Anchor, AuditEntry
from core.tenancy.scope import scope_of

# [case id, case number, seq, MAC in hex]
HeadRow = list[Any]

BATCH = 1000

_WRITE_SEALS = text(
    """
    UPDATE audit_entries a SET seq = x.seq, mac = decode(x.mac, 'hex')
      FROM jsonb_to_recordset(CAST(:seals AS jsonb)) AS x(id uuid, seq int, mac text)
     WHERE a.tenant_id = :tenant AND a.id = x.id
    """
)


def seal(session: Session, key: bytes, heads: Sequence[HeadRow], now: datetime) -> Anchor:
    """Seals what is unsealed and anchors these heads; running it twice in a day makes two anchors, both true."""
    seq, mac = _seal_entries(session, key)
    last = last_anchor(session)
    anchor = Anchor(
        number=last.number + 1 if last else 1,
        day=scope_of(session).today,
        sealed_at=now,
        heads=list(heads),
        audit_seq=seq,
        audit_mac=mac,
    )
    anchor.mac = _anchor_mac(key, scope_of(session).id, anchor, bytes(last.mac) if last else START.mac)
    session.add(anchor)
    session.flush()
    return anchor


def last_anchor(session: Session) -> Anchor | None:
    """The newest seal of the scope."""
    tenant = scope_of(session).id
    return session.scalars(
        select(Anchor).where(Anchor.tenant_id == tenant).order_by(Anchor.number.desc()).limit(1)
    ).first()


def check(session: Session, key: bytes) -> Iterator[str]:
    """What does not hold in the anchors and the sealed audit entries, one sentence each."""
    yield from _check_entries(session, key)
    tenant, before, expected = scope_of(session).id, START.mac, 1
    for anchor in session.scalars(select(Anchor).where(Anchor.tenant_id == tenant).order_by(Anchor.number)):
        if anchor.number != expected:
            yield f"segel nomor {expected} hilang"
            return
        if _anchor_mac(key, tenant, anchor, before) != bytes(anchor.mac):
            yield f"segel nomor {anchor.number} tanggal {anchor.day} diubah"
            return
        before, expected = bytes(anchor.mac), expected + 1


def _seal_entries(session: Session, key: bytes) -> tuple[int, bytes]:
    seq, mac = _last_entry(session)
    tenant = scope_of(session).id
    while batch := session.scalars(
        select(AuditEntry)
        .where(AuditEntry.tenant_id == tenant, AuditEntry.seq.is_(None))
        .order_by(AuditEntry.id)
        .limit(BATCH)
        .with_for_update()
    ).all():
        seals = []
        for entry in batch:
            seq, mac = seq + 1, _entry_mac(key, entry, seq + 1, mac)
            seals.append({"id": str(entry.id), "seq": seq, "mac": mac.hex()})
        session.execute(_WRITE_SEALS, {"tenant": tenant, "seals": canonical(seals).decode()})
        session.expire_all()
    return seq, mac


def _last_entry(session: Session) -> tuple[int, bytes]:
    row = session.execute(
        select(AuditEntry.seq, AuditEntry.mac)
        .where(AuditEntry.tenant_id == scope_of(session).id, AuditEntry.seq.is_not(None))
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    ).one_or_none()
    return (int(row.seq or 0), bytes(row.mac or b"")) if row else (0, START.mac)


def _check_entries(session: Session, key: bytes) -> Iterator[str]:
    tenant, seq, mac = scope_of(session).id, 0, START.mac
    sealed = (
        select(AuditEntry)
        .where(AuditEntry.tenant_id == tenant, AuditEntry.seq.is_not(None))
        .order_by(AuditEntry.seq)
        .execution_options(yield_per=BATCH)
    )
    with closing(session.scalars(sealed)) as entries:
        for entry in entries:
            if entry.seq != seq + 1:
                yield f"catatan audit nomor {seq + 1} hilang"
                return
            mac = _entry_mac(key, entry, seq + 1, mac)
            if mac != bytes(entry.mac or b""):
                yield f"catatan audit nomor {seq + 1} diubah"
                return
            seq += 1
    last = last_anchor(session)
    if last and last.audit_seq > seq:
        yield f"catatan audit sesudah nomor {seq} terpotong: segel terakhir mencatat {last.audit_seq}"


def _entry_mac(key: bytes, entry: AuditEntry, seq: int, before: bytes) -> bytes:
    covered = [
        entry.tenant_id, seq, str(entry.id), entry.at.astimezone(UTC).isoformat(timespec="microseconds"), entry.kind,
        str(entry.person_id), entry.subject, entry.details, entry.address, before.hex(),
    ]  # fmt: skip
    return hmac.new(key, canonical(covered), hashlib.sha256).digest()


def _anchor_mac(key: bytes, tenant: int, anchor: Anchor, before: bytes) -> bytes:
    covered = [
        tenant, anchor.number, anchor.day.isoformat(), anchor.sealed_at.astimezone(UTC).isoformat(), anchor.heads,
        anchor.audit_seq, anchor.audit_mac.hex() if anchor.audit_mac else None, before.hex(),
    ]  # fmt: skip
    return hmac.new(key, canonical(covered), hashlib.sha256).digest()
