"""What a text of the organization may be: checked here, so that page, API and command line agree.

HTML is only text: it is stored as typed and shown as typed. What cannot be seen is refused, for two names that
look alike must be alike.
"""

import re
import unicodedata
from datetime import date

from core.errors import BadInput

LONG = 200
SHORT = 40
NUMBER = 100
YEARS = range(1900, 2201)
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_ECHELON = re.compile(r"(?:I|II|III|IV|V)\.[a-e]")


class WrongText(BadInput):
    """{what} harus 1 sampai {longest} huruf dalam satu baris, tanpa karakter tersembunyi. Ketik ulang isian itu."""

    type = "teks-ditolak"


class WrongKeyText(BadInput):
    """Kunci harus 1 sampai 60 huruf kecil, angka, atau garis bawah, diawali huruf. Contoh: kepala_dinas."""

    type = "kunci-organisasi-salah"


class WrongEchelon(BadInput):
    """Eselon harus seperti II.b: angka Romawi I sampai V, titik, lalu huruf a sampai e."""

    type = "eselon-salah"


class FarDate(BadInput):
    """{what} harus antara tahun 1900 dan 2200. Periksa kembali tahunnya."""

    type = "tanggal-di-luar-jangkauan"


def line(typed: str | None, what: str, longest: int = LONG) -> str:
    """A text on one line, in composed letters, its spaces single.

    :param what: the field as its editor knows it, beginning with a capital.
    :raises WrongText: it is empty, too long, or holds what cannot be seen.
    """
    plain = " ".join(unicodedata.normalize("NFC", typed or "").split())
    if not plain or len(plain) > longest or not plain.isprintable():
        raise WrongText(what=what, longest=longest)
    return plain


def blank(typed: str | None, what: str, longest: int = LONG) -> str | None:
    """The same where nothing may stand too: None then.

    :raises WrongText: it is too long, or holds what cannot be seen.
    """
    return line(typed, what, longest) if typed and not typed.isspace() else None


def key(typed: str) -> str:
    """A key as the files of a government know it. :raises WrongKeyText: it is none."""
    if not _KEY.fullmatch(typed):
        raise WrongKeyText
    return typed


def echelon(typed: str | None) -> str | None:
    """An echelon as printed, None where the post has none. :raises WrongEchelon: it is none."""
    plain = (typed or "").strip()
    if plain and not _ECHELON.fullmatch(plain):
        raise WrongEchelon
    return plain or None


def day(given: date | None, what: str) -> date | None:
    """A date the office could mean; beyond the years that PostgreSQL and Python share, a row could not be read again.

    :raises FarDate: its year is before 1900 or after 2200.
    """
    if given is not None and given.year not in YEARS:
        raise FarDate(what=what)
    return given
