"""Plausible answers to a form, by the type of each field and the kind of the step; nothing knows a certain SOP."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from core.procedures import conditions
from core.procedures.model import Field
from core.procedures.words import ATTACHED

_SENTENCES = {
    "dispose": "Setuju. Tindak lanjuti sesuai ketentuan dan laporkan hasilnya.",
    "verify": "Data sudah diperiksa satu per satu dan dinyatakan lengkap.",
    "meet": "Rapat dihadiri seluruh anggota. Data dibahas satu per satu dan hasilnya disepakati bersama.",
    "upload": "Data sesuai keadaan terakhir di perangkat daerah kami.",
    "send": "Surat sudah dikirim dan tanda terimanya disimpan.",
    "publish": "Dokumen sudah siap dan dapat digunakan.",
}
_SENTENCE = "Dilaksanakan sesuai prosedur tanpa kendala."


def filled(fields: Iterable[Field], kind: str, today: date) -> dict[str, Any]:
    """An answer to every field that is typed or chosen; files are handed in apart (`demanded`)."""
    return {field.key: _answer(field, kind, today) for field in fields if field.type not in ATTACHED}


def demanded(fields: Iterable[Field], answers: Mapping[str, Any]) -> Iterator[Field]:
    """The file fields that must not stay empty, given these answers."""
    for field in fields:
        if field.type in ATTACHED and _is_required(field, answers):
            yield field


def _is_required(field: Field, answers: Mapping[str, Any]) -> bool:
    if isinstance(field.required, str):
        return conditions.evaluate(conditions.parse(field.required), answers)
    return field.required


def _answer(field: Field, kind: str, today: date) -> Any:
    if field.default is not None:
        return field.default
    if field.type in ("choice", "choices", "checklist"):
        keys = [choice.key for choice in field.choices]
        return keys[0] if field.type == "choice" else keys[:1] if field.type == "choices" else keys
    return _BY_TYPE[field.type](field, kind, today)


def _text(field: Field, _kind: str, today: date) -> str:
    return f"000/{today:%m%d}/SIM/{today.year}" if "nomor" in field.label.lower() else f"{field.label} (simulasi)"


def _number(field: Field, _kind: str, today: date) -> float:
    if field.minimum is not None and field.maximum is not None:
        return round((field.minimum + field.maximum) / 2, 2)
    if "tahun" in field.key:
        return today.year
    return next((limit for limit in (field.minimum, field.maximum) if limit is not None), 10)


_BY_TYPE: Mapping[str, Callable[[Field, str, date], Any]] = {
    "text": _text,
    "long_text": lambda _field, kind, _today: _SENTENCES.get(kind, _SENTENCE),
    "yes_no": lambda *_: True,
    "number": _number,
    "percent": lambda field, _kind, _today: (
        field.minimum if field.minimum is not None else min(85, field.maximum or 85)
    ),
    "money": lambda field, _kind, _today: int(field.minimum or min(1_500_000, field.maximum or 1_500_000)),
    "date": lambda _field, _kind, today: today.isoformat(),
    "url": lambda *_: "https://contoh.example.id/dokumen",
    "phone": lambda *_: "0812 0000 0000",
}
