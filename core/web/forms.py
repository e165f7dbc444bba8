"""The form of a step on a page: what its fields hold, and what a browser sent of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from core.procedures.model import Choice, Field
from core.web.formats import number, rupiah

PREFIX = "isian."
SEVERAL = ("choices", "checklist")
NUMBERS = ("number", "percent", "money")


def given(form: MultiDict[str, str]) -> dict[str, Any]:
    """What was filled in, by field, as core.procedures.forms checks it: what was left empty is left out."""
    found: dict[str, Any] = {}
    for name in form:
        values = [value for value in form.getlist(name) if value.strip()]
        if name.startswith(PREFIX) and values:
            found[name.removeprefix(PREFIX)] = values[0] if len(values) == 1 else values
    return found


def filled(fields: Sequence[Field], task: Mapping[str, Any], sent: MultiDict[str, str] | None) -> dict[str, Any]:
    """What the form shows: what was just sent and refused, else the draft, else the answers of the visit before."""
    if sent is not None:
        typed = given(sent)
        return {field.key: shown(field, typed.get(field.key)) for field in fields}
    kept = task["draft"] or task["former"] or {}
    return {field.key: shown(field, kept.get(field.key, field.default)) for field in fields}


def shown(field: Field, value: Any) -> Any:
    """The value as its input takes it: a number as it is typed here, with a comma; of several choices the list."""
    if field.type in SEVERAL:
        return [] if value is None else value if isinstance(value, list) else [value]
    if value is None:
        return ""
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
        return rupiah(value) if field.type == "money" else number(value) + (" %" if field.type == "percent" else "")
    if field.choices:
        labels = {choice.key: choice.label for choice in field.choices}
        keys = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(key, str(key)) for key in keys)
    return str(value)


def pairs(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    """The choices as key and label."""
    return [(choice.key, choice.label) for choice in choices]
