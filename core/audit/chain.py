"""The keyed hash chain of a log: what each event's MAC covers, and how one event hangs on the one before.

An HMAC-SHA256 whose key is in the configuration and not in the database (ground.md 15): who can write the
tables still cannot forge a link. Free text and personal data stand apart as a payload; the chain covers only
their salted hash, so a value can be erased and the chain still holds.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

Payload = Mapping[str, Any]

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


@dataclass(frozen=True)
class Head:
    """The last link of a chain: its number, from 1, and its MAC. `START` is the head of an empty chain."""

    seq: int
    mac: bytes


START = Head(0, bytes(32))


@dataclass(frozen=True)
class Stamp:
    """What the links of one act share: whose log it is, when it happened, who acted and in which capacity."""

    tenant: int
    case: UUID
    at: datetime
    person: UUID | None
    position: UUID | None
    capacity: str | None

    @cached_property
    def covered(self) -> tuple[list[Any], list[Any]]:
        """Its part in a MAC, before the event's number and kind and after them."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return [self.tenant, str(self.case)], [_text(self.person), _text(self.position), self.capacity, at]


@dataclass(frozen=True)
class Link:
    """One event as it is stored; `payload_hash` is None where it carries no payload."""

    seq: int
    kind: str
    body: Mapping[str, Any]
    payload: Payload | None
    salt: bytes | None
    payload_hash: bytes | None
    prev_mac: bytes
    mac: bytes


def append(
    key: bytes, stamp: Stamp, head: Head, happened: Iterable[tuple[str, Mapping[str, Any], Payload | None]]
) -> tuple[list[Link], Head]:
    """The links that (kind, body, payload) add after `head`, and the new head."""
    links: list[Link] = []
    for kind, body, payload in happened:
        salt = secrets.token_bytes(16) if payload is not None else None
        hashed = payload_hash(payload, salt) if payload is not None and salt is not None else None
        mac = mac_of(key, stamp, head.seq + 1, kind, body, hashed, head.mac)
        links.append(Link(head.seq + 1, kind, body, payload, salt, hashed, head.mac, mac))
        head = Head(head.seq + 1, mac)
    return links, head


def mac_of(
    key: bytes,
    stamp: Stamp,
    seq: int,
    kind: str,
    body: Mapping[str, Any],
    hashed: bytes | None,
    prev_mac: bytes,
) -> bytes:
    """The MAC of one link; every part is covered, in one canonical form."""
    before, after = stamp.covered
    covered = [*before, seq, kind, *after, body, hashed and hashed.hex(), prev_mac.hex()]
    return hmac.digest(key, canonical(covered), "sha256")


def payload_hash(payload: Payload, salt: bytes) -> bytes:
    """The salted hash that stays when the value is erased."""
    return hashlib.sha256(salt + canonical(payload)).digest()


def canonical(value: Any) -> bytes:
    """The one JSON text of a value, the same before it enters jsonb and after it comes back."""
    return _ENCODER.encode(_as_stored(value)).encode()


def _as_stored(value: Any) -> Any:
    """jsonb keeps a number as its decimal text, so 1e23 comes back as that integer, which int(1e23) is not."""
    if isinstance(value, float):
        return int(Decimal(repr(value))) if value.is_integer() else value
    if isinstance(value, dict):
        return {key: _as_stored(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_as_stored(each) for each in value]
    return value


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
