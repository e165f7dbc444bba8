"""Completed steps a second, by the engine's service and over HTTP.

The floor of the service is the same rows written by bare psycopg; the floor of HTTP is a bare Flask route around that
under the same gunicorn.
"""

import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from tests.bench import bare, clients, web
from tests.bench.ground import Ground, server
from tests.bench.measure import WARM, Client, in_turn, rate
from tests.statements import counted

SHARE = 0.5
MOST_STATEMENTS, MOST_OVER_HTTP = 4, 6


@dataclass(frozen=True)
class Side:
    """One of a pair: what is measured, or what it is measured by."""

    pair: "Pair"
    floor: bool

    def __str__(self) -> str:
        return f"{self.pair.name}, {self.pair.clients} clients, {'floor' if self.floor else 'ours'}"

    @property
    def client(self) -> Client:
        return self.pair.floor if self.floor else self.pair.ours


@dataclass(frozen=True)
class Pair:
    """Something measured and what it is measured by, at so many clients."""

    name: str
    clients: int
    ours: Client
    floor: Client


Found = Mapping[Side, list[float]]


def measure(rounds: int, seconds: float) -> list[str]:
    """Measures and prints; the targets that were missed."""
    with server() as (postgres, folder):
        ground = Ground(postgres.addresses(postgres.clone()), folder)
        environment = _environment(ground)
        with (
            web.served("wsgi:app", environment) as ours,
            web.served("tests.bench.bare:create()", environment) as floor,
        ):
            counts = {"service": clients.statements(ground), "HTTP": _statements(ground, environment)}
            pairs = _pairs(ground, ours, floor)
            sides = [Side(pair, floor_too) for pair in pairs for floor_too in (False, True)]
            found = in_turn({side: partial(_measured, ground, side, seconds) for side in sides}, rounds)
    return _report(pairs, found, counts)


def _environment(ground: Ground) -> dict[str, str]:
    """What both applications read their settings from."""
    example = ground.folder / "example.json"
    example.write_text(ground.example.dump())
    known = web.settings(ground.addresses, ground.folder)
    return {**known, bare.URL: ground.addresses.app, bare.EXAMPLE: str(example)}


def _pairs(ground: Ground, ours: int, floor: int) -> list[Pair]:
    http = clients.over_http(ours, lambda item: f"/api/v1/{ground.world.slug}/tasks/{item.task}/complete", ground.token)
    bare_route = clients.over_http(floor, lambda item: f"/complete/{item.case}/{item.task}")
    kinds = (("service", clients.service(ground), clients.floor(ground)), ("HTTP", http, bare_route))
    return [Pair(name, many, client, by) for name, client, by in kinds for many in (1, 8)]


def _measured(ground: Ground, side: Side, seconds: float) -> float:
    """Enough tasks for any of the clients we know: none does two thousand a second, nor eight together five."""
    many = side.pair.clients
    most = int(seconds * (2_000 if many == 1 else 5_000)) + many * WARM
    return rate(side.client, many, seconds, ground.items(most))


def _statements(ground: Ground, environment: Mapping[str, str]) -> int:
    """How many statements a completion over HTTP sends, once the edition has been read."""
    first, second = ground.items(2)
    with web.in_process(environment) as (client, database):

        def post(task: object, key: str) -> int:
            headers = {"Authorization": f"Bearer {ground.token}", "If-Match": '"1"', "Idempotency-Key": key}
            where = f"/api/v1/{ground.world.slug}/tasks/{task}/complete"
            answer = client.post(where, data=clients.BODY, headers=headers, content_type="application/json")
            return answer.status_code

        assert post(first.task, "satu") == 200
        with counted(database) as sent:
            assert post(second.task, "dua") == 200
    return len(sent)


def _report(pairs: list[Pair], found: Found, counts: Mapping[str, int]) -> list[str]:
    print(
        f"{'':10}{'clients':>8}{'steps/s':>10}{'floor/s':>10}{'share':>8}{'lowest':>8}{'highest':>9}{'statements':>12}"
    )
    missed = []
    for pair in pairs:
        ours, floor = found[Side(pair, False)], found[Side(pair, True)]
        mine, by = statistics.median(ours), statistics.median(floor)
        shares = [one / other for one, other in zip(ours, floor, strict=True)]
        count, most = counts[pair.name], MOST_STATEMENTS if pair.name == "service" else MOST_OVER_HTTP
        print(f"{pair.name:10}{pair.clients:>8}{mine:>10.0f}{by:>10.0f}{mine / by:>8.2f}"
              f"{min(shares):>8.2f}{max(shares):>9.2f}{count:>12}")  # fmt: skip
        if count > most or (pair.clients == 8 and mine / by < SHARE):
            missed.append(f"{pair.name} at {pair.clients}")
    print(f"targets: at 8 clients a share of at least {SHARE}; at most {MOST_STATEMENTS} statements, over HTTP "
          f"{MOST_OVER_HTTP}: {'missed by ' + ', '.join(missed) if missed else 'met'}")  # fmt: skip
    return missed
