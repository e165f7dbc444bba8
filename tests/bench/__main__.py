"""`make bench`: completed steps a second, each beside its floor, all in one run on one server.

The floor of the service is the same rows written by bare psycopg; the floor of HTTP is a bare Flask route around that
under the same gunicorn. Rounds alternate, so that whatever else the machine does falls on all alike; medians are
printed, nothing is written. Ends with 1 where a target is missed (ground.md 1).
"""

import argparse
import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.bench import clients, web
from tests.bench.ground import Ground, prepared
from tests.bench.measure import WARM, Client, rate

SHARE = 0.5
MOST_STATEMENTS, MOST_OVER_HTTP = 4, 6


@dataclass(frozen=True)
class Pair:
    """Something measured and what it is measured by, at so many clients."""

    name: str
    clients: int
    ours: Client
    floor: Client


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, and says by its exit code whether the targets are met."""
    asked = _asked(arguments)
    with (
        prepared() as ground,
        web.served(ground, "wsgi:app") as ours,
        web.served(ground, "tests.bench.bare:create()") as floor,
    ):
        counts = {"service": clients.statements(ground), "HTTP": web.statements(ground)}
        found = _rounds(ground, _pairs(ground, ours, floor), asked.rounds, asked.seconds)
    return _report(found, counts)


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4, help="of each measurement in each round")
    return parser.parse_args(arguments)


def _pairs(ground: Ground, ours: int, floor: int) -> list[Pair]:
    http = clients.over_http(ours, lambda item: f"/api/v1/{ground.world.slug}/tasks/{item.task}/complete", ground.token)
    bare = clients.over_http(floor, lambda item: f"/complete/{item.case}/{item.task}")
    kinds = (("service", clients.service(ground), clients.floor(ground)), ("HTTP", http, bare))
    return [Pair(name, many, client, by) for name, client, by in kinds for many in (1, 8)]


def _rounds(ground: Ground, pairs: list[Pair], rounds: int, seconds: float) -> Mapping[Pair, list[tuple[float, float]]]:
    """Per pair and round (ours, floor) in completions a second."""
    found: dict[Pair, list[tuple[float, float]]] = {pair: [] for pair in pairs}
    for number in range(rounds):
        for pair in pairs:
            print(f"\rround {number + 1} of {rounds}: {pair.name}, {pair.clients} clients   ", end="", file=sys.stderr)
            ours = _measured(ground, pair.ours, pair.clients, seconds)
            found[pair].append((ours, _measured(ground, pair.floor, pair.clients, seconds)))
    print("\r" + " " * 60 + "\r", end="", file=sys.stderr)
    return found


def _measured(ground: Ground, client: Client, many: int, seconds: float) -> float:
    """Enough tasks for any of the clients we know: none does two thousand a second, nor eight together five."""
    most = int(seconds * (2_000 if many == 1 else 5_000)) + many * WARM
    return rate(client, many, seconds, ground.items(most))


def _report(found: Mapping[Pair, list[tuple[float, float]]], counts: Mapping[str, int]) -> int:
    print(
        f"{'':10}{'clients':>8}{'steps/s':>10}{'floor/s':>10}{'share':>8}{'lowest':>8}{'highest':>9}{'statements':>12}"
    )
    missed = []
    for pair, rounds in found.items():
        ours, floor = (statistics.median(side) for side in zip(*rounds, strict=True))
        shares = [mine / by for mine, by in rounds]
        count, most = counts[pair.name], MOST_STATEMENTS if pair.name == "service" else MOST_OVER_HTTP
        print(f"{pair.name:10}{pair.clients:>8}{ours:>10.0f}{floor:>10.0f}{ours / floor:>8.2f}"
              f"{min(shares):>8.2f}{max(shares):>9.2f}{count:>12}")  # fmt: skip
        if count > most or (pair.clients == 8 and ours / floor < SHARE):
            missed.append(f"{pair.name} at {pair.clients}")
    print(f"targets: at 8 clients a share of at least {SHARE}; at most {MOST_STATEMENTS} statements, over HTTP "
          f"{MOST_OVER_HTTP}: {'missed by ' + ', '.join(missed) if missed else 'met'}")  # fmt: skip
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
