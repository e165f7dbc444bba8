"""The form of a step on a page: what its fields hold, and what a browser sent of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from core.procedures.model import Choice, Field
from core.procedures.words import ATTACHED
from core.web.formats import number

PREFIX = "isian."
SEVERAL = ("choices", "checklist")
NUMBERS = ("number", "percent", "money")


def given(fields: Sequence[Field], form: MultiDict[str, str]) -> dict[str, Any]:
    """The answers as core.procedures.forms checks them; fields that were left empty are left out."""
    found: dict[str, Any] = {}
    for field in fields:
        name = PREFIX + field.key
        if field.type in SEVERAL:
            found[field.key] = form.getlist(name)
        elif field.type not in ATTACHED and form.get(name, "").strip():
            found[field.key] = form[name]
    return {key: value for key, value in found.items() if value}


def filled(fields: Sequence[Field], task: Mapping[str, Any], sent: MultiDict[str, str] | None) -> dict[str, Any]:
    """What the form shows: what was just sent and refused, else the draft, else the answers of the visit before."""
    if sent is not None:
        return given(fields, sent)
    kept = task["draft"] or task["former"] or {}
    return {field.key: shown(field, kept.get(field.key, field.default)) for field in fields}


def shown(field: Field, value: Any) -> Any:
    """The value as its input takes it; a number as it is typed here, with a comma."""
    if value is None:
        return [] if field.type in SEVERAL else ""
    if field.type == "yes_no" and isinstance(value, bool):
        return "ya" if value else "tidak"
    if field.type in NUMBERS and isinstance(value, int | float):
        return f"{value}".replace(".", ",")
    return value


def spoken(field: Field, value: Any) -> str:
    """An answer as it is read, once it was given."""
    if field.type == "yes_no":
        return "Ya" if value in (True, "ya") else "Tidak"
    if field.type in NUMBERS and isinstance(value, int | float):
        amount = number(value)
        return {"percent": f"{amount} %", "money": f"Rp{amount}"}.get(field.type, amount)
    if field.choices:
        labels = {choice.key: choice.label for choice in field.choices}
        keys = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(key, str(key)) for key in keys)
    return str(value)


def pairs(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    """The choices as key and label."""
    return [(choice.key, choice.label) for choice in choices]
