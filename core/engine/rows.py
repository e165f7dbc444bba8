"""From events to rows: what one command's events open and change in the tasks table."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from core.audit.chain import Link
from core.calendar.deadlines import Deadline
from core.database import new_id
from core.engine.events import (
    Event,
    EvidenceAttached,
    EvidenceRemoved,
    MemberExcused,
    StepReturned,
    TaskClosed,
    TaskCompleted,
    TaskOpened,
    TaskReassigned,
    TaskStarted,
    TaskWithdrawn,
)

Row = dict[str, Any]

_CLOSED = {
    "tidak diperlukan": "not_needed",
    "dikembalikan": "returned",
    "dibatalkan": "cancelled",
    "ditarik": "withdrawn",
}


def opened(events: Iterable[Event], labels: Mapping[str, str], deadlines: Mapping[str, Deadline]) -> list[Row]:
    """The rows of tasks that began; `labels` names the members of an `each`, `deadlines` are by step."""
    return [
        {
            "id": str(new_id()),
            "step": event.step,
            "member": event.member,
            "visit": event.visit,
            "label": labels.get(event.member),
            "assignee_kind": "person" if event.reassigned_to else event.assignee.kind,
            "assignee_id": event.reassigned_to or event.assignee.id,
            "offered_to": event.offered_to,
            **_due(deadlines.get(event.step)),
        }
        for event in events
        if isinstance(event, TaskOpened)
    ]


def _due(deadline: Deadline | None) -> Row:
    if deadline is None:
        return {}
    return {
        "due_at": deadline.due_at.isoformat(),
        "warn_at": deadline.warn_at.isoformat() if deadline.warn_at else None,
    }


def changed(events: Iterable[Event], at: datetime, reason: str | None, answers: Mapping[str, Any] | None) -> list[Row]:
    """What changes in tasks that are there, one row per task however many events touch it."""
    rows: dict[tuple[str, str, int], Row] = {}
    returned = {event.source for event in events if isinstance(event, StepReturned)}
    for event in events:
        change = _change(event, at.isoformat(), reason, answers)
        if change is not None:
            if change.get("status") == "done" and change["step"] in returned:
                change["status"] = "returned"
            rows.setdefault((change["step"], change["member"], change["visit"]), {}).update(change)
    return list(rows.values())


def _change(event: Event, at: str, reason: str | None, answers: Mapping[str, Any] | None) -> Row | None:
    match event:
        case TaskStarted():
            return _of(event, started_at=at)
        case EvidenceAttached() | EvidenceRemoved():
            return _of(event)
        case TaskCompleted():
            return _of(
                event, status="done", started_at=at, closed_at=at, closed_by=event.by, position_id=event.position,
                capacity=event.capacity, outcome=event.outcome, reason=reason, answers=answers,
            )  # fmt: skip
        case TaskClosed():
            return _of(event, status=_CLOSED[event.why], closed_at=at)
        case TaskWithdrawn() if event.member or event.visit:
            return _of(event, status="withdrawn", closed_at=at)
        case MemberExcused():
            return _of(event, status="excused", closed_at=at, reason=reason)
        case TaskReassigned():
            return _of(event, assignee_kind="person", assignee_id=event.to)
    return None


def _of(event: Any, **values: Any) -> Row:
    row = {"step": event.step, "member": event.member, "visit": event.visit}
    return row | {name: value for name, value in values.items() if value is not None}


def logged(links: Sequence[Link]) -> list[Row]:
    """The rows of the log, bytes in hex as jsonb carries them."""
    return [
        {
            "seq": link.seq,
            "kind": link.kind,
            "body": link.body,
            "payload": link.payload,
            "salt": link.salt.hex() if link.salt else None,
            "payload_hash": link.payload_hash.hex() if link.payload_hash else None,
            "prev_mac": link.prev_mac.hex(),
            "mac": link.mac.hex(),
        }
        for link in links
    ]
