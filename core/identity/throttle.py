"""Failed tries at a password or a code: counted, answered with a growing wait, forgotten by themselves.

Two rows count each try (ground.md 19). The account from this address: 5 failures are free, then 30 s, doubling up to
an hour. The account from anywhere (address '*'), against guessing from many addresses: 50 are free, then 30 s doubling
up to 15 minutes. Since a stranger could keep that second lock shut on purpose, it does not hold for an address from
which the same person has logged in within 30 days.

A try is counted BEFORE the password is looked at and taken back when it was right, so tries sent at the same
moment cannot slip through together. A try that meets a lock is not counted: an impatient official does not
lengthen his own wait. A day without failures, or one success, starts anew.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, DateTime, Text, TextClause, Uuid, bindparam, text
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from core.errors import TooMany
from core.identity.addresses import network
from core.tenancy.scope import scope_of

NOWHERE = "-"
FIRST_WAIT = 30
OWN_FREE, OWN_LONGEST = 5, 3600
WIDE_FREE, WIDE_LONGEST = 50, 900


@dataclass(frozen=True)
class Gate:
    """What a try met. `shut`: it is refused unseen. `shuts`: the lock that has begun should this try fail."""

    shut: TooMany | None = None
    shuts: TooMany | None = None


@dataclass(frozen=True)
class Door:
    """The statements over one table of throttles."""

    knock: TextClause
    wait: TextClause
    clear: TextClause
    sweep: TextClause
    tenant: bool


# How many failures there are with this one, and until when they lock: both for the row `t` that is there already.
_COUNT = "CASE WHEN t.last_at < :now - interval '24 hours' THEN 1 ELSE t.failures + 1 END"
_UNTIL = """CASE WHEN {count} > {free}
            THEN :now + interval '1 second' * least({first} * power(2, least({count} - {free} - 1, 20)), {longest})
            END"""

# Counts the try in both rows, the account's row at '*' last, so that two addresses never wait for each other in a
# circle. No row from `own`: the try met a lock and counts nowhere. Index: the primary key.
_KNOCK = """
WITH place AS MATERIALIZED (
  SELECT {known} AS known
), own AS (
  INSERT INTO {table} AS t ({columns}account, address, failures, last_at)
  SELECT {values}:account, :address, 1, :now
    FROM place
   WHERE known OR NOT EXISTS (
           SELECT 1 FROM {table} w WHERE w.account = :account AND w.address = '*' AND w.locked_until > :now)
  ON CONFLICT ({columns}account, address) DO UPDATE
     SET failures = {count}, last_at = :now, locked_until = {own_until}
   WHERE t.locked_until IS NULL OR t.locked_until <= :now
  RETURNING locked_until
), wide AS (
  INSERT INTO {table} AS t ({columns}account, address, failures, last_at)
  SELECT {values}:account, '*', 1, :now FROM own
  ON CONFLICT ({columns}account, address) DO UPDATE
     SET failures = {count}, last_at = :now, locked_until = {wide_until}
   WHERE t.locked_until IS NULL OR t.locked_until <= :now
  RETURNING locked_until
)
SELECT known,
       EXISTS (SELECT 1 FROM own) AS own_counted, (SELECT locked_until FROM own) AS own_until,
       EXISTS (SELECT 1 FROM wide) AS wide_counted, (SELECT locked_until FROM wide) AS wide_until
  FROM place
"""
_WAIT = """
SELECT max(locked_until) FROM {table}
 WHERE account = :account AND (address = :address OR (address = '*' AND NOT :known)) AND locked_until > :now
"""
_CLEAR = "DELETE FROM {table} WHERE account = :account AND address IN (:address, '*')"
_SWEEP = """
DELETE FROM {table}
 WHERE last_at < :now - interval '24 hours' AND (locked_until IS NULL OR locked_until <= :now)
"""
# Index: ix_sessions_person. A session is only ever made after the right password.
_KNOWN = """EXISTS (SELECT 1 FROM sessions s
                 WHERE s.person_id = :person AND s.created_at > :now - interval '30 days'
                   AND s.expires_at > :now - interval '30 days'
                   AND s.address <<= CAST(:network AS inet))"""
_TYPES: dict[str, TypeEngine[Any]] = {
    "account": Text(),
    "address": Text(),
    "network": Text(),
    "now": DateTime(timezone=True),
    "person": Uuid(),
    "known": Boolean(),
}


def _door(table: str, tenant: bool, known: str) -> Door:
    def made(template: str) -> TextClause:
        until = {"count": _COUNT, "first": FIRST_WAIT}
        sql = template.format(
            table=table,
            columns="tenant_id, " if tenant else "",
            values=":tenant, " if tenant else "",
            known=known,
            count=_COUNT,
            own_until=_UNTIL.format(free=OWN_FREE, longest=OWN_LONGEST, **until),
            wide_until=_UNTIL.format(free=WIDE_FREE, longest=WIDE_LONGEST, **until),
        )
        types = [bindparam(name, type_=kind) for name, kind in _TYPES.items() if f":{name}" in sql]
        return text(sql).bindparams(*types)

    return Door(made(_KNOCK), made(_WAIT), made(_CLEAR), made(_SWEEP), tenant)


PEOPLE = _door("login_throttles", True, _KNOWN)
OPERATORS = _door("operator_throttles", False, "false")


def knock(
    session: Session,
    account: str,
    address: str | None,
    now: datetime,
    *,
    person_id: UUID | None = None,
    door: Door = PEOPLE,
) -> Gate:
    """Counts a try at `account` from `address`; the caller clears it when the try was right.

    :param account: what is tried, e.g. `masuk:<person id>`.
    :param person_id: whose known addresses pass the account-wide lock.
    """
    values = _values(session, door, account, address)
    values |= {"now": now, "person": person_id, "network": network(address)}
    row = session.execute(door.knock, values).one()
    if not row.own_counted or not (row.wide_counted or row.known):
        until = session.execute(door.wait, values | {"known": row.known}).scalar()
        return Gate(shut=too_many((until or now) - now))
    until = max(filter(None, (row.own_until, None if row.known else row.wide_until)), default=None)
    return Gate(shuts=too_many(until - now) if until else None)


def clear(session: Session, account: str, address: str | None, *, door: Door = PEOPLE) -> None:
    """Forgets the failures of `account` from this address and from anywhere: the right one has come."""
    session.execute(door.clear, _values(session, door, account, address))


def sweep(session: Session, now: datetime, *, door: Door = PEOPLE) -> None:
    """Removes the rows that no longer count."""
    session.execute(door.sweep, {"now": now})


def unnamed(typed: str) -> str:
    """What a stranger typed as an account, as its hash: people type their password into the first field too."""
    return "?" + hashlib.sha256(typed.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def too_many(wait: timedelta) -> TooMany:
    """The refusal with its wait in words, and in seconds for a Retry-After."""
    seconds = max(1, -int(-wait.total_seconds() // 1))
    return TooMany(wait=in_words(seconds), seconds=seconds)


def in_words(seconds: int) -> str:
    """A wait as people say it, rounded up: 30 detik, 2 menit, 1 jam."""
    if seconds < 60:
        return f"{seconds} detik"
    minutes = -(-seconds // 60)
    return f"{minutes} menit" if minutes < 60 else f"{-(-minutes // 60)} jam"


def _values(session: Session, door: Door, account: str, address: str | None) -> dict[str, Any]:
    values: dict[str, Any] = {"account": account, "address": network(address) or NOWHERE}
    return values | {"tenant": scope_of(session).id} if door.tenant else values
