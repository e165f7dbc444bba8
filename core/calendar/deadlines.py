"""When a task is due: a pure function of its norm, the moment it arrived and the tenant's timezone.

The calendar is provisional: every Monday to Friday is a working day and ends at 16.00. Holidays and joint leave, a
tenant's own hours and the stops of a task's clock come with calendars as data; until then a deadline may fall on a
holiday and is never moved. What holds already (PermenPANRB 35/2012 leaves the unit to the office):

- `menit` and `jam` say how long the work takes, not how long it may wait: under one working day such a task falls due
  at the end of the next one and does not warn. Longer ones count in whole working days of 7.5 hours (Perpres 21/2023).
- `hari` are working days; day one is the one after the arrival.
- `minggu` and `bulan` are spans of the calendar: to the same date, or the month's last day, then on to a working day.
- A range ("1-2 minggu") warns at its lower and falls due at its upper bound.
- Without a norm, or with one per item ("15 menit/berkas"), whose number of items is not known yet, nothing is due.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Protocol
from zoneinfo import ZoneInfo

CLOSING = time(16)
MINUTES_A_DAY = 450
_WORKING_DAYS = 5
_FRIDAY = 4


class Norm(Protocol):
    """A norm time, as the language of procedures has it: `low` to `high` times `unit`, `per` item where that is set."""

    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def low(self) -> float: ...  # noqa: D102
    @property
    def high(self) -> float: ...  # noqa: D102
    @property
    def per(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True)
class Deadline:
    """When a task is due; `warn_at` comes before it, None where there is nothing to warn of. Both in UTC."""

    warn_at: datetime | None
    due_at: datetime


def deadline(norm: Norm | None, opened_at: datetime, timezone: str) -> Deadline | None:
    """When a task that opened at this moment is due; None where its norm sets no deadline, or one beyond year 9999."""
    if norm is None or norm.per is not None:
        return None
    zone = ZoneInfo(timezone)
    arrived = opened_at.astimezone(zone).date()
    try:
        warn_at, due_at = (_closing(_LAST_DAY[norm.unit](arrived, much), zone) for much in (norm.low, norm.high))
    except (OverflowError, ValueError):
        return None
    return Deadline(warn_at if warn_at < due_at else None, due_at)


def _after(day: date, count: int) -> date:
    """The count-th working day after a day; reckoned and not walked, as this runs whenever a task opens."""
    place = min(day.weekday(), _FRIDAY)
    weeks, left = divmod(count, _WORKING_DAYS)
    weekend = 2 if place + left > _FRIDAY else 0
    return day + timedelta(days=place - day.weekday() + weeks * 7 + left + weekend)


def _forward(day: date) -> date:
    """The day itself, or the Monday after where it falls on a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > _FRIDAY else day


def _months_after(day: date, amount: float) -> date:
    """The same date so many months later, or that month's last day; part of a month is that part of thirty days."""
    whole = int(amount)
    years, month = divmod(day.month - 1 + whole, 12)
    year = day.year + years
    moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return moved + timedelta(days=ceil((amount - whole) * 30))


def _closing(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, CLOSING, zone).astimezone(UTC)


# The working day at whose end so much of a unit is over, from the day of the arrival.
_LAST_DAY: Mapping[str, Callable[[date, float], date]] = {
    "menit": lambda arrived, amount: _after(arrived, ceil(amount / MINUTES_A_DAY)),
    "jam": lambda arrived, amount: _after(arrived, ceil(amount * 60 / MINUTES_A_DAY)),
    "hari": lambda arrived, amount: _after(arrived, ceil(amount)),
    "minggu": lambda arrived, amount: _forward(arrived + timedelta(days=ceil(amount * 7))),
    "bulan": lambda arrived, amount: _forward(_months_after(arrived, amount)),
}
