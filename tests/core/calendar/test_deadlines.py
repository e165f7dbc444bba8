"""When a task is due, by examples an official would reckon himself, and by what holds for every norm and moment."""

from calendar import monthrange
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar.deadlines import Deadline, deadline
from core.procedures.durations import UNITS, parse
from core.procedures.model import Duration

WIB, WIT = "Asia/Jakarta", "Asia/Jayapura"
MONDAY = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo(WIB))


def due(text, opened_at=MONDAY, timezone=WIB):
    """(warns on, due on) in the tenant's own words, e.g. '2026-10-06 16:00'."""
    found = deadline(parse(text), opened_at, timezone)
    return found and tuple(
        at and f"{at.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M}" for at in (found.warn_at, found.due_at)
    )


@pytest.mark.parametrize(
    ("norm", "expected"),
    [
        ("15 menit", "2026-10-06 16:00"),
        ("3 jam", "2026-10-06 16:00"),
        ("180 menit", "2026-10-06 16:00"),
        ("30-60 menit", "2026-10-06 16:00"),
        ("15 jam", "2026-10-07 16:00"),
        ("1 hari", "2026-10-06 16:00"),
        ("3 hari kerja", "2026-10-08 16:00"),
        ("5 hari", "2026-10-12 16:00"),
        ("30 hari", "2026-11-16 16:00"),
        ("1 minggu", "2026-10-12 16:00"),
        ("1 bulan", "2026-11-05 16:00"),
        ("2 bulan", "2026-12-07 16:00"),
    ],
)
def test_a_task_that_arrives_on_monday_morning_is_due_at_a_closing_time(norm, expected):
    assert due(norm) == (None, expected)


def test_a_range_warns_at_its_lower_bound_and_falls_due_at_its_upper():
    assert due("1-2 minggu") == ("2026-10-12 16:00", "2026-10-19 16:00")
    assert due("2 - 5 hari") == ("2026-10-07 16:00", "2026-10-12 16:00")


def test_a_blank_norm_has_no_deadline_and_one_per_item_none_yet():
    assert due("") is None
    assert due("15 menit/ Elemen Data") is None


@pytest.mark.parametrize(
    ("arrived", "expected"),
    [
        (datetime(2026, 10, 9, 17, 30), "2026-10-12 16:00"),  # Friday after hours
        (datetime(2026, 10, 10, 10, 0), "2026-10-12 16:00"),  # Saturday
        (datetime(2026, 10, 11, 23, 59), "2026-10-12 16:00"),  # Sunday, a minute before midnight
        (datetime(2026, 10, 12, 0, 0), "2026-10-13 16:00"),  # Monday
    ],
)
def test_day_one_is_the_working_day_after_the_arrival(arrived, expected):
    assert due("1 hari", arrived.replace(tzinfo=ZoneInfo(WIB))) == (None, expected)


def test_the_day_of_the_arrival_is_the_tenants_own():
    """At ten in the evening in Jakarta it is Tuesday already in Jayapura."""
    late = datetime(2026, 10, 5, 22, 30, tzinfo=ZoneInfo(WIB))
    assert due("1 hari", late) == (None, "2026-10-06 16:00")
    assert due("1 hari", late, WIT) == (None, "2026-10-07 16:00")


def test_a_month_ends_at_the_months_last_day_where_it_has_no_such_date():
    assert due("1 bulan", datetime(2028, 1, 31, 9, tzinfo=UTC)) == (None, "2028-02-29 16:00")
    assert due("1 bulan", datetime(2026, 1, 31, 9, tzinfo=UTC)) == (None, "2026-03-02 16:00")


def test_a_norm_of_thousands_of_years_sets_no_deadline():
    assert due("99999 bulan") is None
    assert due("99999 hari") == (None, "2410-01-22 16:00")


amounts = st.floats(0.001, 400, allow_nan=False)
norms = st.builds(
    lambda unit, one, other: Duration("", unit, min(one, other), max(one, other)),
    st.sampled_from(UNITS),
    amounts,
    amounts,
)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
zones = st.sampled_from([WIB, "Asia/Pontianak", "Asia/Makassar", WIT])


@given(norms, moments, zones)
def test_whatever_the_norm_it_ends_at_a_closing_time_of_a_later_working_day(norm, opened_at, zone):
    found = deadline(norm, opened_at, zone)
    assert isinstance(found, Deadline)
    for at in filter(None, (found.warn_at, found.due_at)):
        local = at.astimezone(ZoneInfo(zone))
        assert local.weekday() < 5 and local.time() == time(16)
        assert local.date() > opened_at.astimezone(ZoneInfo(zone)).date()
    assert found.warn_at is None or found.warn_at < found.due_at


@given(norms, moments, zones)
def test_it_warns_only_where_the_bounds_differ(norm, opened_at, zone):
    exact = Duration("", norm.unit, norm.high, norm.high)
    found = deadline(norm, opened_at, zone)
    assert deadline(exact, opened_at, zone) == Deadline(None, found.due_at)


@given(st.sampled_from(UNITS), amounts, amounts, moments, zones)
def test_a_longer_norm_is_never_due_earlier(unit, one, other, opened_at, zone):
    short, long = (deadline(Duration("", unit, n, n), opened_at, zone).due_at for n in sorted((one, other)))
    assert short <= long


@given(norms, moments, st.timedeltas(timedelta(0), timedelta(days=60)), zones)
def test_what_arrives_later_is_never_due_earlier(norm, opened_at, later, zone):
    assert deadline(norm, opened_at, zone).due_at <= deadline(norm, opened_at + later, zone).due_at


@given(st.integers(1, 200), moments)
def test_days_are_counted_as_one_would_count_them_on_a_wall_calendar(count, opened_at):
    day, left = opened_at.astimezone(ZoneInfo(WIB)).date(), count
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    found = deadline(Duration("", "hari", count, count), opened_at, WIB)
    assert found.due_at.astimezone(ZoneInfo(WIB)).date() == day


@given(st.integers(1, 36), moments)
def test_months_end_on_the_same_date_or_the_last_of_the_month_or_the_monday_after(count, opened_at):
    arrived = opened_at.astimezone(ZoneInfo(WIB)).date()
    ends = deadline(Duration("", "bulan", count, count), opened_at, WIB).due_at.astimezone(ZoneInfo(WIB)).date()
    years, month = divmod(arrived.month - 1 + count, 12)
    last = monthrange(arrived.year + years, month + 1)[1]
    meant = arrived.replace(year=arrived.year + years, month=month + 1, day=min(arrived.day, last))
    assert 0 <= (ends - meant).days <= 2 and (ends == meant or (meant.weekday() > 4 and ends.weekday() == 0))
