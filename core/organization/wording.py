"""Capacities and periods in the words that office papers use."""

from datetime import date

from core.moments import spoken_date
from core.organization.models import TITLES

KINDS = {"definitive": "definitif", "plt": "Plt.", "plh": "Plh.", "pj": "Pj.", "pjs": "Pjs."}


def until(day: date | None) -> str:
    """The end of a period: a date, or that none is set."""
    return spoken_date(day) if day else "waktu yang belum ditentukan"


def full_title(title: str, capacity: str | None) -> str:
    """'Plt. Kepala Dinas …': the title as its holder signs; a definitive holder signs the bare title."""
    return TITLES.get(capacity or "", "") + title
