"""`langkah audit verify`: the log of every case against its chain, its head, its state and the anchors.

What it finds is named by case and number. It reads one case at a time, so its memory does not grow with history.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from core.audit import chain, sealing
from core.audit.models import Anchor
from core.engine.events import event_from_json
from core.engine.flows import Editions
from core.engine.machine import evolve
from core.engine.models import Case, Event, EventPayload
from core.engine.state import State
from core.tenancy.scope import scope_of

BATCH = 500


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: the case's number, the event's number (None: the case itself), what is wrong."""

    case: str | None
    seq: int | None
    problem: str


def verify(session: Session, log_key: bytes, editions: Editions) -> Iterator[Finding]:
    """Checks every case of the scope, what the anchors saw of them, and the anchors and audit entries themselves."""
    for case in _cases(session):
        links = _links(session, case.id)
        yield from _check_chain(session, log_key, case, links)
        yield from _check_state(session, editions, case, links)
    yield from _check_heads(session)
    for problem in sealing.check(session, log_key):
        yield Finding(None, None, problem)


def seal(session: Session, log_key: bytes, now: datetime) -> Anchor:
    """Anchors the heads of all cases that changed since the seal before, with an hour of overlap.

    The overlap is for commands that had taken their time before that seal and committed after it.
    """
    last = sealing.last_anchor(session)
    since = last.sealed_at - timedelta(hours=1) if last else datetime.min.replace(tzinfo=UTC)
    changed = select(Case.id, Case.number, Case.head_seq, Case.head_mac).where(
        Case.tenant_id == scope_of(session).id, Case.updated_at >= since
    )
    heads = [[str(row.id), row.number, row.head_seq, bytes(row.head_mac).hex()] for row in session.execute(changed)]
    return sealing.seal(session, log_key, heads, now)


def _cases(session: Session) -> Iterator[Case]:
    tenant, after = scope_of(session).id, UUID(int=0)
    while batch := session.scalars(
        select(Case).where(Case.tenant_id == tenant, Case.id > after).order_by(Case.id).limit(BATCH)
    ).all():
        yield from batch
        after = batch[-1].id
        session.expunge_all()


def _links(session: Session, case_id: UUID) -> list[Row[Any]]:
    mine = (Event.tenant_id == scope_of(session).id) & (Event.case_id == case_id)
    same = (
        (EventPayload.tenant_id == Event.tenant_id)
        & (EventPayload.case_id == Event.case_id)
        & (EventPayload.seq == Event.seq)
    )
    return list(
        session.execute(
            select(Event.__table__, EventPayload.seq.label("told"), EventPayload.value, EventPayload.salt)
            .outerjoin(EventPayload, same)
            .where(mine)
            .order_by(Event.seq)
        )
    )


def _check_chain(session: Session, log_key: bytes, case: Case, links: list[Row[Any]]) -> Iterator[Finding]:
    head = chain.START
    for link in links:
        if link.seq != head.seq + 1:
            yield Finding(case.number, head.seq + 1, "catatan hilang dari log")
            return
        stamp = chain.Stamp(scope_of(session).id, case.id, link.at, link.person_id, link.position_id, link.capacity)
        mac = chain.mac_of(log_key, stamp, link.seq, link.kind, link.body, _bytes(link.payload_hash), head.mac)
        if mac != bytes(link.mac):
            yield Finding(case.number, link.seq, "catatan diubah atau tidak dibuat oleh aplikasi")
            return
        if _payload_differs(link):
            yield Finding(case.number, link.seq, "isi catatan (teks atau isian) diubah")
        head = chain.Head(link.seq, mac)
    if (head.seq, head.mac) != (case.head_seq, bytes(case.head_mac)):
        yield Finding(case.number, head.seq + 1, "akhir log terpotong: pelaksanaan mencatat lebih banyak kejadian")


def _payload_differs(link: Row[Any]) -> bool:
    """An erased payload has neither value nor salt and is no finding; a missing or changed one is."""
    if link.payload_hash is None or link.told is None:
        return (link.payload_hash is None) != (link.told is None)
    if link.value is None or link.salt is None:
        return False
    return chain.payload_hash(link.value, bytes(link.salt)) != bytes(link.payload_hash)


def _check_state(session: Session, editions: Editions, case: Case, links: list[Row[Any]]) -> Iterator[Finding]:
    flow = editions.get(session, case.edition_id).flow
    state = State()
    try:
        for link in links:
            state = evolve(flow, state, event_from_json(link.kind, link.body))
    except (KeyError, TypeError, AttributeError, ValueError, AssertionError):
        yield Finding(case.number, None, "log tidak dapat dijalankan ulang")
        return
    if state.to_json() != case.state:
        yield Finding(case.number, None, "keadaan pelaksanaan berbeda dari yang dihasilkan lognya")


# A tail cut together with the case's head is betrayed by an anchor that saw more (pk_events).
_DIFFERENT = text(
    """
    SELECT h.head ->> 1 AS number, (h.head ->> 2)::int AS seq, a.day
      FROM anchors a
     CROSS JOIN LATERAL jsonb_array_elements(a.heads) AS h(head)
      LEFT JOIN events e ON e.tenant_id = a.tenant_id AND e.case_id = (h.head ->> 0)::uuid
                        AND e.seq = (h.head ->> 2)::int
     WHERE a.tenant_id = :tenant AND encode(e.mac, 'hex') IS DISTINCT FROM h.head ->> 3
     ORDER BY a.number
    """
)


def _check_heads(session: Session) -> Iterator[Finding]:
    for row in session.execute(_DIFFERENT, {"tenant": scope_of(session).id}):
        yield Finding(row.number, row.seq, f"berbeda dari segel tanggal {row.day}: log dipotong atau diganti")


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)
