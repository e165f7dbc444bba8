"""The floor: the rows of one completion written by bare psycopg, one prepared statement per table, one transaction.

It reads nothing, locks nothing, decides nothing; what it writes was decided once, by the engine (Ground.example).
"""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg

from core.database import new_id
from tests.bench.ground import Example, Item

SCOPE = "SELECT set_config('langkah.tenant', %s, true), set_config('langkah.today', %s, true)"
EVENT = """
    INSERT INTO events (tenant_id, case_id, seq, kind, at, person_id, position_id, capacity, body, prev_mac, mac)
    VALUES (%s, %s, %s, %s, %s, %s, %s, 'definitive', %s, %s, %s)
"""
OPENED = """
    INSERT INTO tasks (tenant_id, id, case_id, step_key, member, visit, status, version, assignee_kind, assignee_id,
                       opened_at)
    VALUES (%s, %s, %s, 'baca', '', 1, 'open', 1, 'position', %s, %s)
"""
DONE = """
    UPDATE tasks SET status = 'done', version = version + 1, started_at = %s, closed_at = %s, closed_by = %s,
                     position_id = %s, capacity = 'definitive', outcome = 'selesai'
     WHERE tenant_id = %s AND id = %s
"""
CASE = """
    UPDATE cases SET state = %s, head_seq = %s, head_mac = %s, updated_at = %s WHERE tenant_id = %s AND id = %s
"""
KEY = """
    INSERT INTO idempotency_keys (tenant_id, person_id, key, body_hash, response, created_at)
    VALUES (%s, %s, %s, %s, %s, %s)
"""


class Floor:
    """One connection that writes what a completion writes, and asks nothing."""

    def __init__(self, url: str, example: Example) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        self._cursor = self._connection.cursor()
        self._example = example
        self._mac = bytes.fromhex(example.events[-1]["mac"])
        self._hash = bytes.fromhex(example.body_hash)

    def complete(self, item: Item) -> None:
        """Writes the rows of one completion."""
        known, at, send = self._example, datetime.now(UTC), self._send
        with self._connection.transaction():
            send(SCOPE, str(known.tenant), known.today)
            self._cursor.executemany(EVENT, [self._event(item, event, at) for event in known.events])
            send(OPENED, known.tenant, new_id(), item.case, known.assignee, at)
            send(DONE, at, at, known.person, known.position, known.tenant, item.task)
            send(CASE, known.state, known.events[-1]["seq"], self._mac, at, known.tenant, item.case)
            send(KEY, known.tenant, known.person, str(uuid4()), self._hash, known.response, at)

    def _event(self, item: Item, event: dict[str, Any], at: datetime) -> tuple[Any, ...]:
        known = self._example
        return (
            known.tenant, item.case, event["seq"], event["kind"], at, known.person, known.position, event["body"],
            bytes.fromhex(event["prev"]), bytes.fromhex(event["mac"]),
        )  # fmt: skip

    def _send(self, statement: str, *values: Any) -> None:
        self._connection.execute(statement, values, prepare=True)
