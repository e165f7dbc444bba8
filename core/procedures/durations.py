"""Norm times as sheets print them: '5 menit', '1-2 minggu', '30 Hari kerja', '15 menit/ Elemen Data'.

The forms are those of the seeds (PermenPANRB 35/2012 leaves the unit to the office). `hari` are working
days with or without the word 'kerja'; `minggu` and `bulan` are calendar spans (engine.md, Time).
"""

import re

from core.errors import BadInput
from core.procedures.model import Duration, Unit
from core.procedures.problems import nearest

UNITS: tuple[Unit, ...] = ("menit", "jam", "hari", "minggu", "bulan")
_NUMBER = r"[0-9]{1,5}(?:[.,][0-9]{1,3})?"
_FORM = re.compile(
    rf"""(?P<low>{_NUMBER}) \s*
         (?:(?:-|–|s\.d\.|s/d|sampai) \s* (?P<high>{_NUMBER}) \s*)?
         (?P<unit>[a-z]+)
         (?:\s+(?P<working>kerja))?
         \s* (?:(?:/|\bper\b) \s* (?P<per>\S.*))?""",
    re.IGNORECASE | re.VERBOSE,
)


class BadDuration(BadInput):
    """Waktu '{text}' tidak terbaca: {reason}"""

    type = "waktu-tidak-terbaca"

    def __init__(self, text: str, reason: str, suggestion: str | None = None) -> None:
        self.reason = reason
        self.suggestion = suggestion
        super().__init__(text=text, reason=reason)


def parse(text: str | None) -> Duration | None:
    """The norm of one step; a blank cell is None. The printed text is kept.

    :raises BadDuration: the text has none of the known forms.
    """
    printed = (text or "").strip()
    if not printed:
        return None
    form = _FORM.fullmatch(printed)
    if form is None:
        raise BadDuration(printed, "tulis seperti '30 menit', '1-2 minggu' atau '15 menit/ berkas'")
    unit = _unit(printed, form["unit"])
    low = _amount(form["low"])
    high = _amount(form["high"]) if form["high"] else low
    if low <= 0:
        raise BadDuration(printed, "waktu harus lebih dari nol; kosongkan bila tidak tercetak")
    if high < low:
        raise BadDuration(printed, "batas atas lebih kecil daripada batas bawah")
    if form["working"] and unit in ("minggu", "bulan"):
        raise BadDuration(printed, f"'{unit} kerja' tidak dikenal; gunakan hari kerja")
    return Duration(printed, unit, low, high, form["per"] and form["per"].strip(), bool(form["working"]))


def show(duration: Duration) -> str:
    """The duration in our own spelling, for pages: '1–2 minggu', '30 hari kerja', '15 menit/berkas'."""
    amount = plain_number(duration.low)
    if duration.high != duration.low:
        amount = f"{amount}–{plain_number(duration.high)}"
    working = " kerja" if duration.working else ""
    per = f"/{duration.per}" if duration.per else ""
    return f"{amount} {duration.unit}{working}{per}"


def _unit(printed: str, word: str) -> Unit:
    for unit in UNITS:
        if word.lower() == unit:
            return unit
    raise BadDuration(printed, f"satuan '{word}' tidak dikenal", nearest(word, UNITS))


def _amount(digits: str) -> float:
    return float(digits.replace(",", "."))


def plain_number(amount: float) -> str:
    """A number as Indonesians write it: '1,5', '30'."""
    return str(int(amount)) if amount == int(amount) else f"{amount:.9g}".replace(".", ",")
