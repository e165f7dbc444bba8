"""So many client processes at once, for so many seconds, and what is compared measured in turn."""

import multiprocessing
import sys
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar

Key = TypeVar("Key", bound=Hashable)

# What a client does with one item, made in the client's own process.
Act = Callable[[Any], None]
Client = Callable[[], Act]

WARM = 20

_fork = multiprocessing.get_context("fork")


class Exhausted(Exception):
    """A client ran out of items before its time was over: more must be prepared."""


def in_turn(measures: Mapping[Key, Callable[[], float]], rounds: int) -> Mapping[Key, list[float]]:
    """Each measured once a round, so that whatever else the machine does falls on all alike."""
    found: dict[Key, list[float]] = {key: [] for key in measures}
    for number in range(rounds):
        for key, measure in measures.items():
            print(f"\rround {number + 1} of {rounds}: {key}".ljust(79)[:79], end="", file=sys.stderr, flush=True)
            found[key].append(measure())
    print("\r" + " " * 79 + "\r", end="", file=sys.stderr)
    return found


def rate(client: Client, clients: int, seconds: float, items: Sequence[Any]) -> float:
    """Acts a second of all clients together, once each has warmed up and all begin together."""
    gate, answers = _fork.Barrier(clients), _fork.Queue()
    shares = [items[place::clients] for place in range(clients)]
    processes = [_fork.Process(target=_run, args=(client, seconds, share, gate, answers)) for share in shares]
    for process in processes:
        process.start()
    found = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    for each in found:
        if isinstance(each, BaseException):
            raise each
    return sum(found)


def _run(client: Client, seconds: float, items: Sequence[Any], gate: Any, answers: Any) -> None:
    try:
        act = client()
        _warm(act, seconds, items[:WARM])
        gate.wait()
        answers.put(_paced(act, seconds, items[WARM:]))
    except BaseException as error:
        gate.abort()
        answers.put(error)


def _warm(act: Act, seconds: float, items: Sequence[Any]) -> None:
    """Connections are opened, statements prepared; what takes long is not warmed for longer than it is measured."""
    until = time.perf_counter() + seconds
    for item in items:
        act(item)
        if time.perf_counter() > until:
            return


def _paced(act: Act, seconds: float, items: Sequence[Any]) -> float:
    began, done = time.perf_counter(), 0
    for item in items:
        act(item)
        done += 1
        if time.perf_counter() - began >= seconds:
            return done / (time.perf_counter() - began)
    raise Exhausted(f"{done} acts in {time.perf_counter() - began:.1f} s")
