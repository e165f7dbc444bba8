"""Tugas Saya as a page, in a government with ten thousand and in one with two hundred thousand open tasks.

The floor is a bare Flask route under the same gunicorn, which sets the scope and runs the same query of the list by
bare psycopg (tests.bench.bare_list); the page finds out who asks, counts the tabs, lists the SOPs, makes the HTML and
compresses it as a browser wants it. The list of what a supervisor of everybody supervises has no target.
"""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from sqlalchemy import event

from core.database import Database
from core.web.cookies import session_name
from core.web.tasks import A_PAGE
from tests.bench import bare_list, web
from tests.bench.bare_list import Query
from tests.bench.ground import server
from tests.bench.measure import Act, Client, in_turn, rate
from tests.bench.town import OFFICIAL, SUPERVISOR, Town
from tests.conftest import Server

SIZES = (10_000, 200_000)
FACTOR, GROWTH = 10, 1.2
# More requests than anybody makes in the time; they are not prepared, so any number will do.
ENDLESS = range(10**9)
BROWSER = {"Accept": "text/html,*/*;q=0.8", "Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "id"}


@dataclass(frozen=True)
class Reader:
    """Whose page is measured, which of his lists, at how many clients, and whether it has a target."""

    name: str
    list: str
    clients: tuple[int, ...]
    held: bool


READERS = (Reader(OFFICIAL, "menunggu", (1, 8), True), Reader(SUPERVISOR, "diawasi", (8,), False))


@dataclass(frozen=True)
class Place:
    """One thing measured: the page or its floor, for a reader, in the town of so many tasks, at so many clients."""

    reader: Reader
    size: int
    clients: int
    floor: bool

    def __str__(self) -> str:
        kind = "floor" if self.floor else "page"
        return f"{self.reader.list}, {self.size} open tasks, {self.clients} clients, {kind}"


@dataclass(frozen=True)
class Address:
    """Where a client asks, and with which headers."""

    port: int
    path: str
    headers: Mapping[str, str]


Rates = Mapping[Place, list[float]]


def measure(rounds: int, seconds: float) -> list[str]:
    """Measures and prints; the targets that were missed."""
    with server() as (postgres, folder), ExitStack() as stack:
        addresses: dict[tuple[Reader, int, bool], Address] = {}
        counts: dict[Reader, int] = {}
        for size in SIZES:
            for (reader, floor), (address, count) in stack.enter_context(_town(postgres, folder, size)).items():
                addresses[reader, size, floor] = address
                counts[reader] = max(count, counts.get(reader, 0))
        places = [Place(reader, size, many, floor) for reader, size, floor in addresses for many in reader.clients]
        clients = {place: _client(addresses[place.reader, place.size, place.floor]) for place in places}
        found = in_turn({p: partial(rate, clients[p], p.clients, seconds, ENDLESS) for p in places}, rounds)
    return _report(found, counts)


@contextmanager
def _town(postgres: Server, folder: Path, size: int) -> Iterator[Mapping[tuple[Reader, bool], tuple[Address, int]]]:
    """A town, served: each reader's page and its floor, with the number of the page's statements."""
    town = Town(postgres.addresses(postgres.clone()), size)
    settings = web.settings(town.addresses, folder)
    found: dict[tuple[Reader, bool], tuple[Address, int]] = {}
    with ExitStack() as stack:
        port = stack.enter_context(web.served("wsgi:app", settings))
        for reader in READERS:
            headers = {**BROWSER, "Cookie": f"{session_name(town.slug)}={town.log_in(reader.name)}"}
            page = Address(port, f"/{town.slug}/tugas?lihat={reader.list}", headers)
            sent = _asked(settings, page)
            query = _written(folder / f"{size}-{reader.list}.pickle", sent)
            bare = {**settings, bare_list.URL: town.addresses.app, bare_list.QUERY: str(query)}
            floor = stack.enter_context(web.served("tests.bench.bare_list:create()", bare))
            found[reader, False] = page, len(sent)
            found[reader, True] = Address(floor, "/tugas", {}), 0
        yield found


def _asked(settings: Mapping[str, str], page: Address) -> list[Query]:
    """What the page asks the server, once the editions of its tasks have been read; the page is what it should be."""
    name, _, secret = page.headers["Cookie"].partition("=")
    with web.in_process(settings) as (client, database):
        client.set_cookie(name, secret, path="/")
        for _ in range(2):
            with _sent(database) as sent:
                answer = client.get(page.path)
    assert answer.status_code == 200 and answer.text.count('class="pokok"') == A_PAGE, answer.text
    return sent


@contextmanager
def _sent(database: Database) -> Iterator[list[Query]]:
    found: list[Query] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        found.append(Query(statement, dict(values)))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def _written(file: Path, sent: Sequence[Query]) -> Path:
    """The query of the list, for the floor: the only one that goes on after a row."""
    (query,) = [each for each in sent if "since" in each.values]
    query.write(file)
    return file


def _client(address: Address) -> Client:
    """A client that keeps its connection, as a browser does."""
    return lambda: _getting(HTTPConnection("127.0.0.1", address.port, timeout=30), address)


def _getting(connection: HTTPConnection, address: Address) -> Act:
    headers = dict(address.headers)

    def get(_: Any) -> None:
        connection.request("GET", address.path, headers=headers)
        response = connection.getresponse()
        answer = response.read()
        if response.status != 200:
            raise RuntimeError(f"{response.status}: {answer.decode(errors='replace')[:400]}")

    return get


def _report(found: Rates, counts: Mapping[Reader, int]) -> list[str]:
    print(f"{'Tugas Saya':12}{'open tasks':>12}{'clients':>9}{'pages/s':>9}{'floor/s':>9}{'factor':>8}{'lowest':>8}"
          f"{'highest':>9}{'growth':>8}{'statements':>12}")  # fmt: skip
    missed = []
    for place in (each for each in found if not each.floor):
        pages, floors = found[place], found[_beside(place, floor=True)]
        factors = [by / mine for mine, by in zip(pages, floors, strict=True)]
        factor = statistics.median(floors) / statistics.median(pages)
        grown = _growth(found, place)
        print(f"{place.reader.list:12}{place.size:>12,}{place.clients:>9}{statistics.median(pages):>9.0f}"
              f"{statistics.median(floors):>9.0f}{factor:>8.2f}{min(factors):>8.2f}{max(factors):>9.2f}"
              f"{grown:>8.2f}{counts[place.reader]:>12}")  # fmt: skip
        if place.reader.held and (factor > FACTOR or grown > GROWTH):
            missed.append(str(place))
    print(f"targets for what waits: a factor of at most {FACTOR}, growth at most {GROWTH}: "
          f"{'missed by ' + '; '.join(missed) if missed else 'met'}")  # fmt: skip
    return missed


def _beside(place: Place, *, size: int | None = None, floor: bool = False) -> Place:
    return Place(place.reader, size or place.size, place.clients, floor)


def _growth(found: Rates, place: Place) -> float:
    """A page's time here by its time in the smallest town, in the same round: the median."""
    smallest = found[_beside(place, size=SIZES[0])]
    return statistics.median(small / here for small, here in zip(smallest, found[place], strict=True))
