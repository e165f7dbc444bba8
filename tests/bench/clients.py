"""The four kinds of client: the floor, the service, and either over HTTP."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from http.client import HTTPConnection
from uuid import uuid4

from core.database import Database
from core.engine.service import Completion, Engine, Request
from core.tenancy.scope import tenant_transaction
from tests.bench.floor import Floor
from tests.bench.ground import Ground, Item, hooks
from tests.bench.measure import Act, Client
from tests.statements import counted
from tests.world import LOG_KEY

BODY = json.dumps({"outcome": None, "answers": {}}).encode()


def floor(ground: Ground) -> Client:
    """Bare psycopg."""
    return lambda: Floor(ground.addresses.app, ground.example).complete


def service(ground: Ground) -> Client:
    """The engine's service, as page, API and command line call it."""
    return lambda: _completing(ground, Database(ground.addresses.app, pool_size=1))


def _completing(ground: Ground, database: Database) -> Act:
    engine, actor, slug = Engine(LOG_KEY, hooks()), ground.actor, ground.world.slug

    def complete(item: Item) -> None:
        request = Request(actor, datetime.now(UTC), str(uuid4()))
        with tenant_transaction(database, slug) as session:
            engine.complete(session, request, item.task, Completion(version=1, demanded=True))
        engine.deliver(session)

    return complete


def statements(ground: Ground) -> int:
    """How many statements a completion through the service sends, once the edition has been read."""
    database, (first, second) = Database(ground.addresses.app, pool_size=1), ground.items(2)
    complete = _completing(ground, database)
    complete(first)
    with counted(database) as sent:
        complete(second)
    database.close()
    return len(sent)


def over_http(port: int, path: Callable[[Item], str], token: str = "") -> Client:
    """A client that keeps its connection, as a browser does."""
    return lambda: _posting(HTTPConnection("127.0.0.1", port, timeout=30), path, token)


def _posting(connection: HTTPConnection, path: Callable[[Item], str], token: str) -> Act:
    shared = {"Content-Type": "application/json", "Authorization": f"Bearer {token}", "If-Match": '"1"'}

    def complete(item: Item) -> None:
        connection.request("POST", path(item), BODY, {**shared, "Idempotency-Key": str(uuid4())})
        response = connection.getresponse()
        answer = response.read()
        if response.status != 200:
            raise RuntimeError(f"{response.status}: {answer.decode()[:400]}")

    return complete
