"""Passwords: how they are kept, and which may be chosen. Knows neither database nor people.

Argon2id at 32 MiB, two passes, one lane: 41 ms on one of the two cores we are made for, above the minimum of
OWASP's Password Storage Cheat Sheet (19 MiB, two passes). Eight threads that all verify at once take 256 MiB.
More lanes would not help: the other core serves somebody else.
"""

import re
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.errors import BadInput

MIN_LENGTH = 12
MAX_LENGTH = 256
MIN_DISTINCT = 5
_HASHER = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1)


class PasswordRefused(BadInput):
    """Kata sandi ini belum dapat dipakai: {reason}"""

    type = "kata-sandi-lemah"


def hashed(password: str) -> str:
    """The Argon2 hash of a password, with its parameters and salt."""
    return _HASHER.hash(_bytes(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one.

    Without a stored hash (no such account, or none chosen yet) it verifies against a decoy and says no, so that
    the time of the answer does not tell which accounts exist.
    """
    try:
        return _HASHER.verify(stored or _decoy(), _bytes(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's, so that the next log-in renews it."""
    return _HASHER.check_needs_rehash(stored)


def check(password: str, *own: str | None) -> None:
    """Whether a password may be chosen.

    :param own: the account's name, NIP, user name and e-mail: their words do not count towards the length.
    :raises PasswordRefused: says why, and what to choose instead.
    """
    plain = unicodedata.normalize("NFKC", password)
    if len(plain) < MIN_LENGTH:
        raise PasswordRefused(
            reason=f"sedikitnya {MIN_LENGTH} karakter, karena yang lebih pendek dapat ditebak mesin dalam "
            "hitungan jam. Tiga atau empat kata yang hanya Anda ingat sudah cukup."
        )
    if len(plain) > MAX_LENGTH:
        raise PasswordRefused(reason=f"paling panjang {MAX_LENGTH} karakter.")
    if len(set(plain)) < MIN_DISTINCT or plain.isdecimal():
        raise PasswordRefused(reason="angka saja atau karakter yang berulang mudah ditebak. Pakailah beberapa kata.")
    if _own_words_carry(plain, own):
        raise PasswordRefused(
            reason="nama, NIP, nama pengguna, dan e-mail Anda sendiri ditebak lebih dulu, jadi tidak dihitung; "
            f"tambahkan kata lain sampai {MIN_LENGTH} karakter."
        )


def _own_words_carry(plain: str, own: tuple[str | None, ...]) -> bool:
    """Whether it is long enough only by the account's own words, with or without spaces between."""
    squeezed = "".join(plain.casefold().split())
    rest = squeezed
    for word in sorted({word for text in own if text for word in _words(text)}, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != squeezed and len(rest) < MIN_LENGTH


def _words(text: str) -> list[str]:
    """Budi Santoso, S.Kom. -> budi, santoso, kom; budi@contoh.go.id -> budi."""
    return [word for word in re.split(r"[\W_]+", text.casefold().partition("@")[0]) if len(word) > 2]


def _bytes(password: str) -> bytes:
    """Keyboards differ in how they compose a letter; the hash must not. A huge text is cut, and so never right."""
    plain = unicodedata.normalize("NFKC", password[: 8 * MAX_LENGTH])
    return plain[: MAX_LENGTH + 1].encode("utf-8", "surrogatepass")


@cache
def _decoy() -> str:
    return hashed("tidak ada akun yang memakai ini")
