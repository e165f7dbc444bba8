"""How values are written on a page: dates and times in the government's own, numbers as Indonesians write them."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g

from core.moments import MONTHS, spoken, spoken_date
from core.organization.wording import full_title
from core.web.language import _

MINUTE, HOUR, DAY = 60, 3600, 86400


def register(app: Flask) -> None:
    """The filters of every template."""
    app.jinja_env.filters.update(
        tanggal=day, waktu=moment, ringkas=short_moment, lalu=ago, sisa=remaining,
        ukuran=size, inisial=initials, jabatan=post_title, kegiatan=activity,
    )  # fmt: skip


def timezone() -> str:
    """The zone of the government whose page this is; outside any, that of Jakarta."""
    return g.visit.scope.timezone if "visit" in g else "Asia/Jakarta"


def local(at: datetime) -> datetime:
    """The moment on the government's own clock."""
    return at.astimezone(ZoneInfo(timezone()))


def day(value: date | datetime | str | None) -> str:
    """'20 November 2026'; of a moment the day it was there."""
    if value is None or value == "":
        return "–"
    if isinstance(value, str):
        value = date.fromisoformat(value)
    return spoken_date(local(value) if isinstance(value, datetime) else value)


def moment(value: datetime | str | None) -> str:
    """'20 November 2026 pukul 14.05 WIB'."""
    return "–" if value is None else spoken(_read(value), timezone())


def short_moment(value: datetime | str | None) -> str:
    """'20 Nov 2026, 14.05', for lists."""
    if value is None:
        return "–"
    here = local(_read(value))
    return f"{here.day} {MONTHS[here.month - 1][:3]} {here.year}, {here:%H.%M}"


def ago(value: datetime | str | None) -> str:
    """How long since, in one unit: '3 jam lalu'."""
    if value is None:
        return "–"
    seconds = (g.visit.now - _read(value)).total_seconds()
    return _("baru saja") if seconds < MINUTE else _("%(span)s lalu", span=_span(seconds))


def remaining(value: datetime) -> str:
    """How long until a deadline: '2 hari lagi', or 'terlambat 3 hari'."""
    seconds = (value - g.visit.now).total_seconds()
    if seconds < 0:
        return _("terlambat %(span)s", span=_span(-seconds))
    days = (local(value).date() - g.visit.scope.today).days
    if days == 0:
        return _("hari ini pukul %(time)s", time=f"{local(value):%H.%M}")
    return _("besok") if days == 1 else _("%(count)s hari lagi", count=days)


def _span(seconds: float) -> str:
    if seconds < HOUR:
        return _("%(count)s menit", count=max(1, int(seconds // MINUTE)))
    if seconds < DAY:
        return _("%(count)s jam", count=int(seconds // HOUR))
    return _("%(count)s hari", count=int(seconds // DAY))


def number(value: Any) -> str:
    """'1.234,5'."""
    text = f"{value:,}" if isinstance(value, int | float) else str(value)
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def rupiah(value: float) -> str:
    """'Rp1.250.000'."""
    return f"Rp{number(value)}"


def size(count: int) -> str:
    """A file's size: '830 kB', '2,4 MB'."""
    if count < 1000:
        return _("%(count)s byte", count=count)
    if count < 1_000_000:
        return f"{count // 1000} kB"
    return f"{number(round(count / 1_000_000, 1))} MB"


def initials(name: str) -> str:
    """Two letters for a person's mark: of his first and last name."""
    words = [word for word in name.split() if word[:1].isalpha()]
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:])) or "?"


def activity(text: str | None) -> str:
    """A step's activity as a heading: the sheet ends its rows with a semicolon or a full stop."""
    return (text or "").rstrip(" ;.,")


def post_title(post: tuple[Any, str, str]) -> str:
    """A post as its holder signs, 'Plt. Kepala Dinas …'; `post` as core.identity.actor has it."""
    return full_title(post[1], post[2])


def _read(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value
