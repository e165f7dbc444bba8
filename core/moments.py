"""Dates and times as people here write them: "20 November 2026 pukul 14.05 WIB"."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip

# Asia/Pontianak reports WIB and Asia/Makassar WITA by themselves; the names come with the zone data.


def spoken_date(day: date) -> str:
    """A date in words, e.g. "20 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def spoken(moment: datetime, timezone: str) -> str:
    """A moment in the tenant's own time, e.g. "20 November 2026 pukul 14.05 WIB"."""
    local = moment.astimezone(ZoneInfo(timezone))
    return f"{spoken_date(local)} pukul {local:%H.%M} {local.tzname()}"
