"""What all measurements share: one server, one government, and open tasks in any number."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import select, text

from core.database import Database
from core.embedded import EmbeddedPostgres
from core.engine.models import Event
from core.engine.service import Engine
from core.extensions import Extensions
from core.identity import tokens
from core.platform import read_procedure
from tests.conftest import Addresses, Server
from tests.world import LOG_KEY, Run, World

# Every completion of the first step closes one task and opens one.
PROCEDURE = """
procedure: umum.ukur
title: Ukur
start: {by: [tim], subject: Ukur}
actors:
  tim: {name: Tim, is: team}
  kabid: {name: Kepala Bidang, is: position}
steps:
  - {key: tulis, no: "1", activity: Menulis, actor: tim}
  - {key: baca, no: "2", activity: Membaca, actor: kabid}
"""
WHO = "ani"


@dataclass(frozen=True)
class Item:
    """One completion to be made."""

    case: UUID
    task: UUID


@dataclass(frozen=True)
class Example:
    """The rows one real completion wrote, as plain values: what the floor writes again for other cases."""

    tenant: int
    person: str
    position: str
    assignee: str
    today: str
    state: str
    response: str
    body_hash: str
    events: list[dict[str, Any]]

    def dump(self) -> str:
        """As JSON, for another process."""
        return json.dumps(self.__dict__)


class Ground:
    """The server's tenant; everything of it goes to other processes as plain values."""

    def __init__(self, addresses: Addresses, folder: Path) -> None:
        self.addresses = addresses
        self.folder = folder
        self.world = World(Database(addresses.app, pool_size=2), Engine(LOG_KEY, hooks()))
        self.code = self.world.put_in_force(PROCEDURE)
        self.model = self.world.start(WHO, self.code)
        self.example = self._example()
        self.actor = self.world.actor(WHO)
        self.token = self._token()
        self._made = 0
        self._age()

    def items(self, count: int) -> list[Item]:
        """So many new cases at their first step: copies of one, since a log's links are not looked at on the way."""
        first, self._made = self._made + 1, self._made + count
        with self.world.scope() as session:
            for statement in _COPIES:
                session.execute(text(statement), {"case": self.model.id, "first": first, "last": self._made})
        with psycopg.connect(self.addresses.admin, autocommit=True) as admin:
            admin.execute("ANALYZE")
            admin.execute("CHECKPOINT")
        # The clients are forked from here, and a connection must not be in two processes.
        self.world.database.close()
        return [Item(_id(f"c{n}"), _id(f"t{n}")) for n in range(first, self._made + 1)]

    def _age(self) -> None:
        """A week's keys, so that the server knows what it has to look through."""
        with self.world.scope() as session:
            session.execute(text(_KEYS))

    def _example(self) -> Example:
        """Completes a case by the engine and reads what that wrote."""
        run = self.world.start(WHO, self.code)
        before = run.row.head_seq
        answer = run.complete(WHO, "tulis", key="contoh", how={"version": 1, "demanded": True})
        done, opened = run.task("tulis"), run.task("baca")
        return Example(
            tenant=self.world.id,
            person=str(self.world.people[WHO]),
            position=str(done.position_id),
            assignee=str(opened.assignee_id),
            today=date.today().isoformat(),
            state=json.dumps(run.row.state),
            response=json.dumps(answer),
            body_hash=hashlib.sha256(b"").hexdigest(),
            events=self._written(run, before),
        )

    def _written(self, run: Run, before: int) -> list[dict[str, Any]]:
        with self.world.scope() as session:
            asked = select(Event).where(Event.case_id == run.id, Event.seq > before).order_by(Event.seq)
            return [
                {"seq": e.seq, "kind": e.kind, "body": json.dumps(e.body), "prev": e.prev_mac.hex(), "mac": e.mac.hex()}
                for e in session.scalars(asked)
            ]

    def _token(self) -> str:
        with self.world.scope() as session:
            return tokens.issue(session, self.world.people[WHO], "ukur", None, datetime.now(UTC))[1]


@contextmanager
def server() -> Iterator[tuple[Server, Path]]:
    """A server of this run's own in a folder that goes with it; fsync is on, as the embedded server has it."""
    with TemporaryDirectory(prefix="langkah-bench-") as name:
        folder = Path(name)
        embedded = EmbeddedPostgres(folder / "postgres")
        try:
            yield Server(embedded.url()), folder
        finally:
            embedded.stop()


def hooks() -> Any:
    """The plugins' hooks, as the platform wires them."""
    return Extensions.load(read_procedure).for_tenant


def _id(name: str) -> UUID:
    return UUID(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest())


_KEYS = """
    INSERT INTO idempotency_keys SELECT copy.* FROM idempotency_keys k, generate_series(1, 20000) n,
           LATERAL jsonb_populate_record(k, jsonb_build_object('key', 'kunci ' || n)) AS copy
"""
_SERIES = "generate_series(CAST(:first AS int), CAST(:last AS int)) n"
_COPIES = (
    f"""
    INSERT INTO cases SELECT copy.* FROM cases c, {_SERIES}, LATERAL jsonb_populate_record(
        c, jsonb_build_object('id', md5('c' || n), 'number', c.number || '-' || n)) AS copy
     WHERE c.id = :case
    """,
    f"""
    INSERT INTO tasks SELECT copy.* FROM tasks t, {_SERIES}, LATERAL jsonb_populate_record(
        t, jsonb_build_object('id', md5('t' || n), 'case_id', md5('c' || n))) AS copy
     WHERE t.case_id = :case
    """,
    f"""
    INSERT INTO events SELECT copy.* FROM events e, {_SERIES}, LATERAL jsonb_populate_record(
        e, jsonb_build_object('case_id', md5('c' || n))) AS copy
     WHERE e.case_id = :case
    """,
)
