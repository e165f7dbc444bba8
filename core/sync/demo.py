"""The invented people of demo.yaml: NIP beginning 0000, all with one password. Never part of an ordinary sync."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.audit.entries import record
from core.database import Database, new_id
from core.errors import Conflict
from core.identity import passwords
from core.identity.models import Person
from core.organization.models import Assignment, Position, Team, TeamMember
from core.procedures.problems import Problem, Report
from core.procedures.reader import Document
from core.sync.apply import BY
from core.sync.files import Folder, folders
from core.sync.inspection import FilesRefused, open_file
from core.sync.request import refused
from core.tenancy.scope import scope_of, tenant_transaction

FILE = "demo.yaml"


class DemoClash(Conflict):
    """Orang contoh {tenant} tidak dapat dimuat: {reason}.
    Muat orang contoh hanya di basis data yang belum dipakai."""

    type = "orang-contoh-bertabrakan"


@dataclass(frozen=True)
class DemoPeople:
    """What was loaded for one government: user names of the new people, and how many were there already."""

    tenant: str
    loaded: tuple[str, ...]
    known: int


def load_demo(database: Database, root: Path, password: str, tenant: str | None = None) -> list[DemoPeople]:
    """Adds the invented people of each folder that has a demo.yaml, with their posts and seats.

    Somebody who is there already, by his NIP, is left as he is: the database is the truth.

    :param password: for all of them, to be printed; they need not change it.
    :raises FilesRefused: a file is wrong; nobody was added anywhere.
    :raises DemoClash: somebody real has one of the accounts or posts; nobody was added to that government.
    """
    passwords.check(password)
    kept = passwords.hashed(password)
    found = [folder for folder in folders(root, tenant) if FILE in folder.files]
    documents = _read(database, found)
    return [_load_one(database, folder, documents[folder.slug].data["people"], kept) for folder in found]


def _read(database: Database, found: Iterable[Folder]) -> Mapping[str, Document]:
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for folder in found:
        document, wrong = open_file(folder.files[FILE], folder.name(FILE), "demo")
        problems += wrong
        if document:
            documents[folder.slug] = document
            with tenant_transaction(database, folder.slug) as session:
                problems += _Check(document, _Keys(session)).problems()
    if problems:
        raise FilesRefused(problems)
    return documents


class _Keys:
    """The ids of what the file may name."""

    def __init__(self, session: Session) -> None:
        self.positions = dict(session.execute(select(Position.key, Position.id)).all())
        self.teams = dict(session.execute(select(Team.key, Team.id)).all())


class _Check:
    """Whether what the file names is there, nobody stands in it twice, and no post is held twice at a time."""

    def __init__(self, document: Document, keys: _Keys) -> None:
        self._report = Report(document.places)
        self._people = document.data["people"]
        self._keys = keys
        self._seen: dict[tuple[str, str], int] = {}
        self._held: list[tuple[str, str, date, date]] = []

    def problems(self) -> list[Problem]:
        """Every fault, in the file's order."""
        for number, person in enumerate(self._people):
            place = ("people", number)
            self._once(("NIP", person["nip"]), (*place, "nip"))
            self._once(("nama pengguna", person["username"]), (*place, "username"))
            if person.get("email"):
                self._once(("e-mail", person["email"]), (*place, "email"))
            for index, held in enumerate(person.get("positions", ())):
                self._post(held, (*place, "positions", index))
            for index, seat in enumerate(person.get("teams", ())):
                if seat["team"] not in self._keys.teams:
                    path = (*place, "teams", index, "team")
                    self._report.add(path, f"tim '{seat['team']}' tidak ada", seat["team"], sorted(self._keys.teams))
        return self._report.problems

    def _once(self, word: tuple[str, str], path: tuple[Any, ...]) -> None:
        if word in self._seen:
            self._report.add(path, f"{word[0]} '{word[1]}' sudah ada di baris {self._seen[word]}")
        self._seen.setdefault(word, self._report.place(path).line)

    def _post(self, held: Mapping[str, Any], path: tuple[Any, ...]) -> None:
        key, kind = held["position"], held["kind"]
        if key not in self._keys.positions:
            known = sorted(self._keys.positions)
            self._report.add((*path, "position"), f"jabatan '{key}' tidak ada", key, known)
        starts, ends = date.fromisoformat(held["from"]), _day(held.get("until")) or date.max
        if ends < starts:
            self._report.add((*path, "until"), "tanggal selesai mendahului tanggal mulai")
        if kind in ("definitive", "plt"):
            if any(other[:2] == (key, kind) and starts <= other[3] and other[2] <= ends for other in self._held):
                self._report.add(path, f"jabatan '{key}' dipegang dua orang ({kind}) pada waktu yang sama")
            self._held.append((key, kind, starts, ends))


def _load_one(database: Database, folder: Folder, people: Sequence[Mapping[str, Any]], kept: str) -> DemoPeople:
    with tenant_transaction(database, folder.slug) as session:
        there = set(session.scalars(select(Person.nip)))
        fresh = {new_id(): person for person in people if person["nip"] not in there}
        try:
            _insert(session, fresh, kept)
        except IntegrityError as error:
            raise DemoClash(tenant=folder.slug, reason=refused(error)) from error
        if fresh:
            record(session, "demo.loaded", None, folder.slug, {"console": BY.name, "people": len(fresh)})
    names = tuple(person["username"] for person in fresh.values())
    return DemoPeople(folder.slug, names, len(people) - len(names))


def _insert(session: Session, fresh: Mapping[UUID, Mapping[str, Any]], kept: str) -> None:
    tenant, keys = scope_of(session).id, _Keys(session)
    accounts = [
        {
            "tenant_id": tenant, "id": who, "name": one["name"], "nip": one["nip"], "username": one["username"],
            "email": one.get("email"), "phone": one.get("phone"), "password_hash": kept, "must_change": False,
            "active": True,
        }
        for who, one in fresh.items()
    ]  # fmt: skip
    held = [
        {
            "tenant_id": tenant, "id": new_id(), "person_id": who, "position_id": keys.positions[post["position"]],
            "kind": post["kind"], "order_number": post.get("order"),
            "starts_on": date.fromisoformat(post["from"]), "ends_on": _day(post.get("until")),
        }
        for who, one in fresh.items()
        for post in one.get("positions", ())
    ]  # fmt: skip
    seats = [
        {
            "tenant_id": tenant, "id": new_id(), "team_id": keys.teams[seat["team"]], "person_id": who,
            "position_id": None, "function": seat.get("function"), "head": False,
        }
        for who, one in fresh.items()
        for seat in one.get("teams", ())
    ]  # fmt: skip
    for model, rows in ((Person, accounts), (Assignment, held), (TeamMember, seats)):
        if rows:
            session.execute(insert(model), rows)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
