"""Choosing a person or a post in a form: people by a search that works without a script, posts by their units."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from core.errors import BadInput
from core.identity import accounts
from core.organization import positions, units
from core.organization.directory import Entry, directory, held_today
from core.organization.models import Position, Unit
from core.web import edits

A_LIST = 8

Grouped = Sequence[tuple[str, Sequence[tuple[UUID, str]]]]


class NobodyChosen(BadInput):
    """Pilih dahulu pegawainya: cari namanya, lalu pilih dari hasil pencarian."""

    type = "pegawai-belum-dipilih"


@dataclass(frozen=True)
class Picker:
    """People to choose from: what was searched, whom it found, who is chosen; `more`: a search would find others."""

    search: str
    people: tuple[Entry, ...]
    chosen: UUID | None
    more: bool


def picker(session: Session) -> Picker:
    """The people whose name fits the search, or the first of all; who is chosen stands before them.

    Two statements, four where the chosen one is not among those found. :raises UnknownPerson: he is not of here.
    """
    given = edits.asked()
    search, chosen = given.get("cari_pegawai", ""), _id(given.get("pegawai", ""))
    found = directory(session, None, A_LIST + 1, search)
    people = found[:A_LIST]
    if chosen is not None and chosen not in [entry.id for entry in people]:
        people.insert(0, _entry(session, chosen))
    return Picker(search, tuple(people), chosen, len(found) > A_LIST)


def picked() -> UUID:
    """Who was chosen. :raises NobodyChosen: nobody. :raises FormIncomplete: the form was tampered with."""
    chosen = edits.chosen("pegawai")
    if chosen is None:
        raise NobodyChosen
    return chosen


def grouped(session: Session, keep: UUID | None = None) -> Grouped:
    """The active posts by unit, in the office's order; two statements.

    :param keep: a post that is chosen already and stays to be seen, though it may be abolished.
    """
    titles: dict[UUID, list[tuple[UUID, str]]] = {}
    for post in positions.positions(session, inactive=True):
        if post.active or post.id == keep:
            titles.setdefault(post.unit_id, []).append((post.id, called(post)))
    return [(unit.name, titles[unit.id]) for unit in units.units(session, inactive=True) if unit.id in titles]


def nested(known: Iterable[Unit], keep: UUID | None = None, besides: UUID | None = None) -> list[tuple[UUID, str]]:
    """The active units as a list to choose from, each set in below the one above it.

    :param besides: a unit that is left out with all below it, since it cannot stand below itself.
    """
    shown = [unit for unit in known if unit.id != besides and (unit.active or unit.id == keep)]
    held = {unit.id for unit in shown} | {besides}
    below: dict[UUID | None, list[Unit]] = {}
    for unit in shown:
        below.setdefault(unit.parent_id if unit.parent_id in held else None, []).append(unit)
    return list(_indented(below, None, 0))


def _indented(below: Mapping[UUID | None, list[Unit]], parent: UUID | None, depth: int) -> Iterable[tuple[UUID, str]]:
    for unit in below.get(parent, ()):
        yield unit.id, "\u2003" * depth + called(unit)
        yield from _indented(below, unit.id, depth + 1)


def called(row: Unit | Position) -> str:
    """A unit or a post in a list of choices; one that was abolished says so."""
    name = row.title if isinstance(row, Position) else row.name
    return name if row.active else f"{name} (nonaktif)"


def _entry(session: Session, person_id: UUID) -> Entry:
    person = accounts.get(session, person_id)
    return Entry(person.id, person.name, held_today(session, [person_id]).get(person_id, ()))


def _id(raw: str) -> UUID | None:
    try:
        return UUID(raw)
    except ValueError:
        return None
