"""One answer of one field, as a page or the API sends it, to the value that is stored; or why not."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from core.procedures.durations import plain_number
from core.procedures.model import Field
from core.procedures.problems import nearest

_SHORT, _LONG = 500, 20_000
_LARGEST = 10**15
_YES = {"ya": True, "true": True, "1": True, "on": True, "tidak": False, "false": False, "0": False}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Indonesian writing: dots between thousands, a comma before decimals.
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_DECIMAL = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,9})?")
_PHONE = re.compile(r"(?:\+|0)[0-9]{7,15}")


class Unfit(Exception):
    """The answer does not fit its field; the text says why, in Indonesian."""


def clean(field: Field, answer: Any) -> Any:
    """The value to store for an answer that is not empty.

    Texts are stripped; numbers are int or float; money whole rupiah; dates ISO text; phones '+62…'; choices
    keys, several of them in the order of the form.

    :raises Unfit: the answer does not fit.
    """
    if field.type not in _CLEANERS:
        raise Unfit(f"jenis isian {field.type} belum didukung")
    return _CLEANERS[field.type](field, answer)


def _text(field: Field, answer: Any) -> str:
    text = _plain(answer, _SHORT)
    if "\n" in text or "\r" in text:
        raise Unfit("harus satu baris")
    return text


def _long_text(field: Field, answer: Any) -> str:
    return _plain(answer, _LONG).replace("\r\n", "\n")


def _plain(answer: Any, longest: int) -> str:
    if not isinstance(answer, str):
        raise Unfit("harus berupa teks")
    text = answer.strip()
    if len(text) > longest:
        raise Unfit(f"paling panjang {longest} huruf, sekarang {len(text)}")
    if any((ord(char) < 32 and char not in "\n\r\t") or "\ud800" <= char <= "\udfff" for char in text):
        raise Unfit("memuat karakter kendali yang tidak dapat disimpan")
    return text


def _yes_no(field: Field, answer: Any) -> bool:
    if isinstance(answer, bool):
        return answer
    if isinstance(answer, str) and answer.strip().lower() in _YES:
        return _YES[answer.strip().lower()]
    raise Unfit("jawab ya atau tidak")


def _number(field: Field, answer: Any) -> int | float:
    return _within(field, _amount(answer))


def _percent(field: Field, answer: Any) -> int | float:
    amount = _amount(answer.strip().removesuffix("%").strip() if isinstance(answer, str) else answer)
    if not 0 <= amount <= 100:
        raise Unfit("harus antara 0 dan 100")
    return _within(field, amount)


def _money(field: Field, answer: Any) -> int:
    if isinstance(answer, str):
        answer = re.sub(r"^rp\.?\s*", "", answer.strip(), flags=re.IGNORECASE)
        # Rupiah have no decimals here, so a dot before three digits can only group them.
        answer = answer.replace(".", "") if _GROUPED.fullmatch(answer) else answer
    amount = _amount(answer)
    if amount != int(amount) or amount < 0:
        raise Unfit("harus rupiah bulat, tidak kurang dari nol")
    return int(_within(field, int(amount)))


def _amount(answer: Any) -> int | float:
    if isinstance(answer, str):
        answer = _read_number(answer.strip())
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        raise Unfit("harus berupa angka")
    if abs(answer) > _LARGEST or not math.isfinite(answer):
        raise Unfit("angkanya terlalu besar")
    return int(answer) if answer == int(answer) else answer


def _read_number(text: str) -> float | str:
    """A number as Indonesians or browsers write it; '1.234' could be either, so it is asked again."""
    if re.fullmatch(r"-?[0-9]{1,3}\.[0-9]{3}", text):
        raise Unfit(f"'{text}' bermakna ganda: tulis {text.replace('.', '')} atau {text.replace('.', ',')}")
    if _GROUPED.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return float(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else text


def _within(field: Field, amount: int | float) -> int | float:
    if field.minimum is not None and amount < field.minimum:
        raise Unfit(f"tidak boleh kurang dari {plain_number(field.minimum)}")
    if field.maximum is not None and amount > field.maximum:
        raise Unfit(f"tidak boleh lebih dari {plain_number(field.maximum)}")
    return amount


def _date(field: Field, answer: Any) -> str:
    try:
        if isinstance(answer, str) and _DATE.fullmatch(answer.strip()):
            found = date.fromisoformat(answer.strip())
            if 1900 <= found.year <= 2200:
                return found.isoformat()
    except ValueError:
        pass
    raise Unfit("harus tanggal seperti 2026-01-31")


def _choice(field: Field, answer: Any) -> str:
    keys = [choice.key for choice in field.choices]
    if answer in keys:
        return str(answer)
    raise Unfit(_not_a_choice(answer, keys))


def _choices(field: Field, answer: Any) -> list[str]:
    given = [answer] if isinstance(answer, str) else answer
    keys = [choice.key for choice in field.choices]
    if not isinstance(given, list | tuple):
        raise Unfit("harus berupa daftar pilihan")
    for item in given:
        if item not in keys:
            raise Unfit(_not_a_choice(item, keys))
    return [key for key in keys if key in given]


def _checklist(field: Field, answer: Any) -> list[str]:
    ticked = _choices(field, answer)
    missing = [choice.label for choice in field.choices if choice.key not in ticked]
    if field.required is True and missing:
        raise Unfit(f"belum dicentang: {', '.join(missing)}")
    return ticked


def _not_a_choice(answer: Any, keys: list[str]) -> str:
    near = nearest(answer, keys) if isinstance(answer, str) else None
    hint = f"; mungkin maksudnya '{near}'" if near else f" (yang ada: {', '.join(keys)})"
    return f"'{str(answer)[:40]}' bukan pilihan{hint}"


def _url(field: Field, answer: Any) -> str:
    text = _plain(answer, 2000)
    try:
        parts = urlsplit(text)
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        right = False
    if not right:
        raise Unfit("harus alamat lengkap seperti https://contoh.go.id")
    return text


def _phone(field: Field, answer: Any) -> str:
    digits = re.sub(r"[\s().-]", "", _plain(answer, 40))
    if not _PHONE.fullmatch(digits):
        raise Unfit("harus nomor telepon seperti 0812 3456 7890")
    return digits if digits.startswith("+") else f"+62{digits[1:]}"


_CLEANERS: Mapping[str, Callable[[Field, Any], Any]] = {
    "text": _text,
    "long_text": _long_text,
    "yes_no": _yes_no,
    "number": _number,
    "percent": _percent,
    "money": _money,
    "date": _date,
    "choice": _choice,
    "choices": _choices,
    "checklist": _checklist,
    "url": _url,
    "phone": _phone,
}
