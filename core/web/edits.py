"""A form that makes or changes a row of the organization: what it shows, what was sent, what somebody else changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import request

from core.errors import BadInput, Stale
from core.web.commands import identifier
from core.web.door import refusal

YES = "ya"


class UnreadableDay(BadInput):
    """{what} tidak dapat dibaca. Pilih dari kalender, atau tulis tahun-bulan-hari, misalnya 2026-11-20."""

    type = "tanggal-tidak-terbaca"


@dataclass(frozen=True)
class Field:
    """A field as the row has it: its name in the form, its label, what the field holds, and that in words."""

    name: str
    label: str
    value: str
    words: str


@dataclass(frozen=True)
class Draft:
    """A form as it is shown: `values` by field, the version it was filled in on, and where somebody else has changed
    the row meanwhile (`stale`), what now stands where something else was typed, as label and words."""

    values: Mapping[str, str]
    version: str
    stale: bool = False
    standing: tuple[tuple[str, str], ...] = ()


def draft(present: Sequence[Field], version: str) -> Draft:
    """The row as it stands; after a refusal what was typed, on the version it was typed on.

    Of a row that has changed meanwhile the form takes up the new version, and shows what stands: whoever sends it once
    more has seen what he writes over.
    """
    error = refusal()
    if error is None:
        return Draft({field.name: field.value for field in present}, version)
    typed = {field.name: request.form.get(field.name, "") for field in present}
    if not isinstance(error, Stale):
        return Draft(typed, seen())
    standing = tuple((field.label, field.words) for field in present if typed[field.name] != field.value)
    return Draft(typed, version, True, standing)


def begun(**start: str) -> Mapping[str, str]:
    """A form for a new row: what was typed and refused, else what the address brought, else the start."""
    given = asked()
    return {name: given.get(name, value) for name, value in start.items()}


def asked() -> Mapping[str, str]:
    """What the reader has chosen so far: in a form that was refused, or in the address of a form that goes on."""
    return request.form if refusal() is not None else request.args


def seen() -> str:
    """The version that the form was filled in on; one that is none of ours matches no row."""
    return request.form.get("versi", "")


def text(name: str) -> str:
    """What was typed into a field."""
    return request.form.get(name, "")


def ticked(name: str) -> bool:
    """Whether a box was ticked."""
    return request.form.get(name) == YES


def chosen(name: str) -> UUID | None:
    """The row that a list of choices names, None for none. :raises FormIncomplete: it is no id."""
    return identifier(name) if request.form.get(name) else None


def day(name: str, label: str) -> date | None:
    """The day of a field, None where it is empty. :raises UnreadableDay: it holds something else."""
    raw = request.form.get(name, "").strip()
    if not raw:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        raise UnreadableDay(what=label) from error


def differing(row: object, **given: Any) -> dict[str, Any]:
    """What of it differs from the row: only that is a change, and only that the audit is to name."""
    return {name: value for name, value in given.items() if getattr(row, name) != value}
