"""How people's numbers and names are written: what is typed, and the one form in which it is kept."""

import re
import unicodedata
from datetime import date

from core.errors import BadInput

LONGEST = 254
WORKING_AGE = range(15, 71)
PPPK = "21"
SAMPLE = "0000"
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")
_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
_PHONE = re.compile(r"\+[1-9][0-9]{7,14}")


class WrongNip(BadInput):
    """NIP tidak sah: {reason} Salinlah 18 angkanya dari SK atau kartu pegawai; spasi boleh ikut."""

    type = "nip-tidak-sah"


def normalise(account: str) -> str:
    """One form of what is typed as an account at the log-in: spaces, case and width make no difference.

    Every account is plain ASCII; another letter becomes a question mark, which no account has.
    """
    plain = unicodedata.normalize("NFKC", account[:LONGEST]).lower()
    letters = (letter for letter in plain if letter.isprintable() and not letter.isspace())
    return "".join(letter if letter.isascii() else "?" for letter in letters)


def nip(typed: str) -> str:
    """The 18 digits of a NIP or NI PPPK.

    Born YYYYMMDD, appointed YYYYMM, sex 1 or 2, three digits of order; an NI PPPK has 21 for the month (sop-ap.md,
    Tata Naskah). A number that begins 0000 is an invented person's and always valid: nobody was born in that year.

    :raises WrongNip: says which part cannot be.
    """
    digits = normalise(typed)
    if not re.fullmatch(r"[0-9]{18}", digits):
        raise WrongNip(reason=f"harus 18 angka, yang diisi {len(digits)} karakter.")
    if digits.startswith(SAMPLE):
        return digits
    born = _date(digits[:8])
    if born is None or born.year < 1900:
        raise WrongNip(reason=f"delapan angka pertama ({digits[:8]}) bukan tanggal lahir.")
    if int(digits[8:12]) - born.year not in WORKING_AGE:
        raise WrongNip(reason=f"tahun pengangkatan ({digits[8:12]}) tidak cocok dengan tahun lahir.")
    if digits[12:14] != PPPK and int(digits[12:14]) not in range(1, 13):
        raise WrongNip(reason=f"angka ke-13 dan ke-14 ({digits[12:14]}) harus bulan 01–12, atau 21 untuk PPPK.")
    if digits[14] not in "12":
        raise WrongNip(reason=f"angka ke-15 ({digits[14]}) harus 1 (laki-laki) atau 2 (perempuan).")
    return digits


def name(typed: str) -> str:
    """A person's name with its titles as he writes it; 1 to 200 characters on one line.

    :raises BadInput: it is empty, too long or not text.
    """
    plain = " ".join(unicodedata.normalize("NFC", typed).split())
    if not plain or len(plain) > 200 or not plain.isprintable():
        raise BadInput(reason="nama harus 1 sampai 200 huruf; tulislah nama lengkap beserta gelarnya.")
    return plain


def username(typed: str) -> str:
    """A user name: it begins with a letter, so that it is never taken for a NIP or a telephone.

    :raises BadInput: says which characters are allowed.
    """
    plain = normalise(typed)
    if not _USERNAME.fullmatch(plain):
        raise BadInput(
            reason="nama pengguna harus 3 sampai 40 karakter, diawali huruf; boleh huruf, angka, titik, garis. "
            "Contoh: budi.santoso."
        )
    return plain


def email(typed: str) -> str:
    """An e-mail address in lower case.

    :raises BadInput: it is none.
    """
    plain = normalise(typed)
    if not _EMAIL.fullmatch(plain):
        raise BadInput(reason="alamat e-mail tidak lengkap. Contoh: budi@contoh.go.id.")
    return plain


def phone(typed: str) -> str:
    """A mobile number in international form: 0812-3456-7890 becomes +6281234567890.

    :raises BadInput: it is none.
    """
    plain = re.sub(r"[().-]", "", normalise(typed))
    plain = re.sub(r"^(0|62)", "+62", plain)
    if not _PHONE.fullmatch(plain):
        raise BadInput(reason="nomor ponsel tidak lengkap. Contoh: 0812-3456-7890.")
    return plain


def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
