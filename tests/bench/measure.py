"""So many client processes at once, for so many seconds."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from typing import Any

from tests.bench.ground import Item

# What a client does with one item, made in the client's own process.
Act = Callable[[Item], None]
Client = Callable[[], Act]

WARM = 20

_fork = multiprocessing.get_context("fork")


class Exhausted(Exception):
    """A client ran out of open tasks before its time was over: more must be prepared."""


def rate(client: Client, clients: int, seconds: float, items: Sequence[Item]) -> float:
    """Completions a second of all clients together, once each has warmed up and all begin together."""
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


def _run(client: Client, seconds: float, items: Sequence[Item], gate: Any, answers: Any) -> None:
    try:
        act = client()
        for item in items[:WARM]:
            act(item)
        gate.wait()
        answers.put(_paced(act, seconds, items[WARM:]))
    except BaseException as error:
        gate.abort()
        answers.put(error)


def _paced(act: Act, seconds: float, items: Sequence[Item]) -> float:
    began, done = time.perf_counter(), 0
    for item in items:
        act(item)
        done += 1
        if time.perf_counter() - began >= seconds:
            return done / (time.perf_counter() - began)
    raise Exhausted(f"{done} completions in {time.perf_counter() - began:.1f} s")
