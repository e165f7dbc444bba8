"""The shell around the pure machine: locks, asks it, and writes what it decided, once.

One command is one transaction of the caller: a locking read, the machine, one write (core.engine.statements).
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from core.audit import chain
from core.calendar.deadlines import Deadline
from core.engine import rows, statements
from core.engine.events import Event
from core.engine.facts import ActorFacts, Assignee, Cover
from core.engine.state import State
from core.errors import BadInput, Busy, KeyReused
from core.identity.actor import Actor
from core.prepared import Record, send
from core.tenancy.scope import scope_of

LOCK_NOT_AVAILABLE = "55P03"
LONGEST_DRAFT = 256 * 1024
# NUL as JSON writes it, and not a backslash that somebody typed before u0000.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class UnusableText(BadInput):
    """Teks memuat karakter yang tidak dapat disimpan. Ketik ulang teks itu tanpa karakter khusus."""

    type = "teks-tidak-dapat-disimpan"


class DraftTooLong(BadInput):
    """Isian yang disimpan terlalu panjang (lebih dari 256 kB). Lampirkan naskah yang panjang sebagai berkas."""

    type = "simpanan-terlalu-panjang"


@dataclass(frozen=True)
class Request:
    """One command as it arrived: who, when, and the key under which its answer is remembered.

    `asked` is everything the command says, for telling a repeated request from another one under the same key.
    """

    actor: Actor
    now: datetime
    key: str | None = None
    asked: tuple[Any, ...] = ()

    @property
    def body_hash(self) -> bytes:
        """What makes two requests the same."""
        return hashlib.sha256(chain.canonical(list(self.asked))).digest()


@dataclass(frozen=True)
class Decision:
    """What the machine decided, and what goes with it into the rows.

    `payload` (free text, form values) belongs to the event of kind `told_by`, or to the first one where the command
    led to none of that kind. `cover`: in which position and capacity the actor acted. `labels`: members' names.
    `deadlines`: by step, when what opens is due.
    """

    events: Sequence[Event]
    state: State
    cover: tuple[UUID | None, str | None]
    labels: Mapping[str, str]
    reason: str | None = None
    answers: Mapping[str, Any] | None = None
    payload: Mapping[str, Any] | None = None
    told_by: str = ""
    deadlines: Mapping[str, Deadline] = field(default_factory=dict)

    def happened(self) -> list[tuple[str, dict[str, Any], Mapping[str, Any] | None]]:
        """(kind, body, payload) per event, as the log takes them."""
        kinds = [event.kind for event in self.events]
        teller = kinds.index(self.told_by) if self.told_by in kinds else 0
        return [
            (event.kind, event.to_json(), self.payload if place == teller else None)
            for place, event in enumerate(self.events)
        ]


def lock(session: Session, request: Request, statement: Any, **parameters: Any) -> Record | None:
    """Runs a locking read; None where the row does not exist in this scope.

    :raises Busy: somebody else has held the case for two seconds.
    """
    values = {"tenant": scope_of(session).id, "person": request.actor.person_id, "key": request.key} | parameters
    try:
        return send(session, statement, values)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) == LOCK_NOT_AVAILABLE:
            raise Busy from error
        raise


def remembered(request: Request, row: Record | None) -> dict[str, Any] | None:
    """The first answer under this key, if there is one.

    :raises KeyReused: the key was used for another request.
    """
    if request.key is None or row is None or row.response is None:
        return None
    if bytes(row.body_hash) != request.body_hash:
        raise KeyReused
    answer: dict[str, Any] = row.response
    return answer


def remembered_meanwhile(session: Session, request: Request) -> dict[str, Any] | None:
    """The answer written while this request waited for the lock: a double click, or a retry on a slow line."""
    if request.key is None:
        return None
    values = {"tenant": scope_of(session).id, "person": request.actor.person_id, "key": request.key}
    return remembered(request, send(session, statements.FIND_KEY, values))


def write(
    session: Session,
    request: Request,
    log_key: bytes,
    case_id: UUID,
    head: chain.Head,
    decision: Decision,
    answer: dict[str, Any],
    opening: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Writes everything the decision changes, in one statement; `opening` has the columns of a new case.

    :returns: the answer, completed with the case's state and the tasks that opened; the key remembers it.
    """
    state = decision.state
    opened = rows.opened(decision.events, decision.labels, decision.deadlines)
    answer = {**answer, **outcome(case_id, state, opened)}
    position, capacity = decision.cover
    stamp = chain.Stamp(scope_of(session).id, case_id, request.now, request.actor.person_id, position, capacity)
    links, head = chain.append(log_key, stamp, head, decision.happened())
    values = {
        "tenant": stamp.tenant, "case": case_id, "at": request.now, "person": stamp.person, "position": position,
        "capacity": capacity, "events": rows.logged(links), "opened": opened,
        "key": request.key, "body_hash": request.body_hash if request.key else None, "response": answer,
        "state": state.to_json(), "status": _status(state), "ended": state.ended,
        "head_seq": head.seq, "head_mac": head.mac,
    }  # fmt: skip
    if opening is None:
        values["changes"] = rows.changed(decision.events, request.now, decision.reason, decision.answers)
    _execute(session, statements.WRITE if opening is None else statements.WRITE_START, {**values, **(opening or {})})
    return answer


def _execute(session: Session, statement: Any, values: Mapping[str, Any]) -> None:
    """Writes; the same key at the same moment is told to come again, and is then given the first answer."""
    try:
        send(session, statement, values)
    except IntegrityError as error:
        if "pk_idempotency_keys" in str(error.orig):
            raise Busy from error
        raise


def outcome(case_id: UUID, state: State, opened: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The part of an answer that tells the case's state and the tasks that opened."""
    shown = ("id", "step", "member", "visit", "label")
    return {
        "case": {"id": str(case_id), "status": _status(state), "ended": state.ended},
        "opened": [{name: row[name] for name in shown} for row in opened],
    }


def _status(state: State) -> str:
    return state.status if state.status in ("done", "cancelled") else "open"


def actor_facts(actor: Actor) -> ActorFacts:
    """The actor as the machine knows him."""
    position, capacity = main_cover(actor)
    return ActorFacts(
        person=str(actor.person_id),
        position=str(position) if position else None,
        capacity=capacity,
        covers={
            str(assignee): Cover(str(position) if position else None, capacity)
            for assignee, (position, capacity) in actor.covers.items()
        },
        rights=actor.rights,
    )


def main_cover(actor: Actor) -> tuple[UUID | None, str | None]:
    """The position he acts from where the act belongs to no particular task."""
    if not actor.positions:
        return None, None
    position = actor.positions[0]
    return position[0], position[2]


def cover_of(actor: Actor, assignee: Assignee | None) -> tuple[UUID | None, str | None]:
    """In which position and capacity he answers for the assignee."""
    if assignee is None:
        return main_cover(actor)
    return actor.covers.get(UUID(assignee.id), main_cover(actor))


def plain(text: str | None) -> str | None:
    """Free text as the database can keep it, without surrounding white space; empty becomes None.

    :raises UnusableText: it has NUL or lone surrogates.
    """
    if text is None or not text.strip():
        return None
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise UnusableText
    return text.strip()


def storable(draft: Mapping[str, Any]) -> dict[str, Any]:
    """A form as it is being typed, as the database can keep it: nothing else is asked of it yet.

    :raises UnusableText: as `plain`. :raises DraftTooLong: it has more than 256 kB.
    """
    try:
        text = json.dumps(draft, ensure_ascii=False, allow_nan=False).encode()
    except ValueError as error:
        raise UnusableText from error
    if _NUL.search(text):
        raise UnusableText
    if len(text) > LONGEST_DRAFT:
        raise DraftTooLong
    return dict(draft)
