"""Requirements and form fields from plain data."""

from collections.abc import Iterable
from typing import Any

from core.procedures.model import Choice, Field, Requirement

# Names that `start.asks` may write alone, with what they ask for.
_ASKED = {
    "tahun": ("Tahun", 2000, 2100),
    "semester": ("Semester", 1, 2),
    "triwulan": ("Triwulan", 1, 4),
    "bulan": ("Bulan", 1, 12),
}


def build_requirements(items: Iterable[Any]) -> tuple[Requirement, ...]:
    """The kelengkapan of a step, in printed order."""
    return tuple(_requirement(item) for item in items)


def _requirement(item: str | dict[str, Any]) -> Requirement:
    if isinstance(item, str):
        return Requirement(item)
    case, _, origin = item.get("from", "").rpartition("/")
    step, _, field = origin.partition(".")
    return Requirement(
        text=item["text"],
        step=step or None,
        field=field or None,
        case=case or None,
        blocking=item.get("blocking", False),
        uncertain=item.get("uncertain"),
    )


def build_form(items: Iterable[dict[str, Any]]) -> tuple[Field, ...]:
    """The fields of a form, or the columns of a table."""
    return tuple(_field(item) for item in items)


def build_asks(items: Iterable[Any]) -> tuple[Field, ...]:
    """What is asked when a case starts; a bare name is a required field, a known one a number in its range."""
    return tuple(_asked(item) if isinstance(item, str) else _field(item) for item in items)


def _asked(name: str) -> Field:
    if name in _ASKED:
        label, least, most = _ASKED[name]
        return Field(name, label, "number", required=True, minimum=float(least), maximum=float(most))
    return Field(name, name.replace("_", " ").capitalize(), "text", required=True)


def _field(item: dict[str, Any]) -> Field:
    return Field(
        key=item["key"],
        label=item["label"],
        type=item["type"],
        required=item.get("required", False),
        many=item.get("many", False),
        choices=tuple(_choice(choice) for choice in item.get("choices", ())),
        accept=tuple(kind.lower().lstrip(".") for kind in item.get("accept", ())),
        max_mb=_number(item.get("max_mb")),
        help=item.get("help"),
        fields=build_form(item.get("fields", ())),
        default=item.get("default"),
        prefill=item.get("prefill"),
        minimum=_number(item.get("min")),
        maximum=_number(item.get("max")),
        register=item.get("register"),
        among=item.get("among"),
    )


def _choice(item: str | dict[str, Any]) -> Choice:
    if isinstance(item, str):
        return Choice(item, item)
    return Choice(item["key"], item["label"], _number(item.get("weight")))


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)
