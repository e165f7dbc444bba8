"""`make bench`: what people do most, each beside its floor, all in one run on one server.

Rounds alternate, so that whatever else the machine does falls on all alike; medians are printed, nothing is written.
Ends with 1 where a target is missed (ground.md 1, issue 3).
"""

import argparse
from collections.abc import Callable, Mapping, Sequence

from tests.bench import pages, steps

# Each measures, prints, and names the targets that were missed.
PARTS: Mapping[str, Callable[[int, float], list[str]]] = {"steps": steps.measure, "page": pages.measure}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, and says by its exit code whether the targets are met."""
    asked = _asked(arguments)
    missed = [PARTS[part](asked.rounds, asked.seconds) for part in asked.only or PARTS]
    return 1 if any(missed) else 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="this part alone; both where none is named")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4, help="of each measurement in each round")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
