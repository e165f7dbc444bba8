"""A small government of one's own on the real database, made through the real services; no pytest in here.

People go by their first name, offices and steps by their key. Everything is committed.

    world = World(database)
    world.put_in_force(EDARAN)
    case = world.start("ani", "edaran", perihal="Cuti bersama")
    case.complete("ani", "konsep", isi="Dengan hormat")
    assert case.open == ["periksa"]
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.engine import desk, verification
from core.engine.models import Case, Task
from core.engine.service import Answer, Completion, Engine, Request
from core.identity import accounts
from core.identity.actor import Actor, Console, by_person
from core.organization import assignments, positions, sets, teams, units
from core.procedures import editions
from core.procedures.binding import Organization, bind
from core.procedures.loader import load_binding, load_procedure
from core.tenancy.scope import scope_of, tenant_transaction
from tests.conftest import make_tenant

BY = Console("uji")
LOG_KEY = b"kunci catatan untuk uji, bukan rahasia"
SINCE = date(2024, 1, 2)

# key: (kind, parent)
UNITS = {
    "setda": ("setda", None),
    "dinas": ("dinas", None),
    "sekretariat": ("sekretariat", "dinas"),
    "bidang": ("bidang", "dinas"),
    "dinkes": ("dinas", None),
    "disdik": ("dinas", None),
    "dishub": ("dinas", None),
}
OPD = ("dinkes", "disdik", "dishub")

# key: (unit, superior, whether it heads the unit)
POSITIONS = {
    "sekda": ("setda", None, True),
    "kadis": ("dinas", "sekda", True),
    "sekretaris": ("sekretariat", "kadis", True),
    "kabid": ("bidang", "kadis", True),
    "analis": ("bidang", "kabid", False),
    "staf": ("bidang", "kabid", False),
    "kadinkes": ("dinkes", "sekda", True),
    "kadisdik": ("disdik", "sekda", True),
    "kadishub": ("dishub", "sekda", True),
    "loket": ("dishub", "kadishub", False),
}
# Dishub's post is received at its counter, the others' by their heads.
RECEIVERS = {"dishub": "loket"}

PEOPLE = {
    "gita": "sekda", "hadi": "kadis", "sari": "sekretaris", "budi": "kabid", "ani": "analis", "tono": "staf",
    "dewi": "kadinkes", "eko": "kadisdik", "fajar": "kadishub", "lila": "loket",
}  # fmt: skip
TEAMS = {"tim": ("bidang", ("analis", "staf")), "tim_kota": ("dinas", ("sekda", "sekretaris"))}

# What fulfils an actor of a procedure here.
FULFIL: dict[str, dict[str, str]] = {
    "tim": {"team": "tim"},
    "tim_kota": {"team": "tim_kota"},
    "kabid": {"position": "kabid"},
    "kadis": {"position": "kadis"},
    "sekretariat": {"unit": "sekretariat"},
    "opd": {"set": "opd"},
}


class World:
    """One tenant with its offices, its people and an engine."""

    def __init__(self, database: Database, engine: Engine | None = None) -> None:
        self.database = database
        self.engine = engine or Engine(LOG_KEY)
        tenant = make_tenant(database)
        self.id, self.slug = tenant.id, tenant.slug
        self.units: dict[str, UUID] = {}
        self.positions: dict[str, UUID] = {}
        self.teams: dict[str, UUID] = {}
        self.people: dict[str, UUID] = {}
        with self.scope() as session:
            self._found(session)

    @contextmanager
    def scope(self, today: date | None = None) -> Iterator[Session]:
        """One committed transaction in this tenant."""
        with tenant_transaction(self.database, self.slug, today) as session:
            yield session

    def _found(self, session: Session) -> None:
        for key, (kind, parent) in UNITS.items():
            above = self.units[parent] if parent else None
            unit = units.create_unit(
                session, BY, key=key, name=f"Unit {key}", short=key.title(), kind=kind, parent_id=above, opd=key in OPD
            )
            self.units[key] = unit.id
        for key, (unit_key, superior, head) in POSITIONS.items():
            self.add_position(session, key, unit_key, superior, head)
        for key, receiver in RECEIVERS.items():
            units.update_unit(session, BY, self.units[key], receiver_id=self.positions[receiver])
        for key, (unit_key, members) in TEAMS.items():
            team = teams.create_team(session, BY, key=key, name=f"Tim {key}", unit_id=self.units[unit_key])
            self.teams[key] = team.id
            for place, member in enumerate(members):
                teams.add_member(session, BY, team.id, position_id=self.positions[member], head=place == 0)
        sets.create_set(session, BY, key="opd", name="Semua OPD", units=[self.units[key] for key in OPD])
        for name, position in PEOPLE.items():
            self.add_person(session, name, position)

    def add_position(
        self, session: Session, key: str, unit: str, superior: str | None = None, head: bool = False
    ) -> UUID:
        """A further post."""
        self.positions[key] = positions.create_position(
            session,
            BY,
            key=key,
            title=f"Jabatan {key}",
            unit_id=self.units[unit],
            kind="struktural",
            superior_id=self.positions[superior] if superior else None,
            head=head,
        ).id
        return self.positions[key]

    def add_person(self, session: Session, name: str, position: str | None = None, kind: str = "definitive") -> UUID:
        """A further person, in a post where one is named."""
        nip = f"0000{len(self.people):014d}"
        self.people[name] = accounts.create(
            session, BY, name=f"{name.title()} Contoh", username=name, nip=nip, must_change=False
        ).id
        if position:
            self.assign(session, name, position, kind)
        return self.people[name]

    def assign(self, session: Session, name: str, position: str, kind: str = "definitive", since: date = SINCE) -> UUID:
        """Puts a person in a post."""
        return assignments.assign(
            session,
            BY,
            person_id=self.people[name],
            position_id=self.positions[position],
            kind=kind,
            starts_on=since,
        ).id

    def vacate(self, session: Session, name: str) -> None:
        """Ends all posts of a person."""
        for held in assignments.assignments(session, person_id=self.people[name]):
            assignments.end_assignment(session, BY, held.id, SINCE)

    def put_in_force(self, source: str | Path, code: str | None = None, title: str | None = None) -> str:
        """Binds a procedure (YAML text or file) to this office and puts the edition into force; gives its code."""
        procedure = load_procedure(source, "uji.yaml")
        code = code or procedure.key.partition(".")[2]
        actors = {key: FULFIL[key] for key in procedure.actors}
        binding = {"procedure": procedure.key, "code": code, "title": title or procedure.title, "actors": actors}
        with self.scope() as session:
            known = Organization(
                self.slug, frozenset(self.positions), frozenset(self.teams), frozenset(self.units), frozenset({"opd"})
            )
            edition = bind(procedure, load_binding(yaml.safe_dump(binding), "bind.yaml"), known, "1")
            row = editions.draft(session, BY, edition)
            editions.put_into_force(session, BY, row, scope_of(session).today)
        return code

    def actor(self, name: str) -> Actor:
        """The person with all he answers for today."""
        with self.scope() as session:
            return self.actor_in(session, name)

    def actor_in(self, session: Session, name: str) -> Actor:
        """The same within a transaction."""
        actor = by_person(session, self.people[name])
        assert actor is not None
        return actor

    def request(self, session: Session, name: str, key: str | None = None) -> Request:
        """A command of that person, now."""
        return Request(self.actor_in(session, name), datetime.now(UTC), key)

    def start(self, by: str, code: str, key: str | None = None, **asked: Any) -> "Run":
        """Opens a case."""
        with self.scope() as session:
            answer = self.engine.start(session, self.request(session, by, key), code, asked)
            self.engine.deliver(session)
        return Run(self, UUID(answer["case"]["id"]), answer)

    def inbox(self, name: str, limit: int = 50) -> list[str]:
        """What lies on that person's desk, as 'step' or 'step/unit'."""
        with self.scope() as session:
            found = desk.page(session, self.actor_in(session, name), desk.Asked(datetime.now(UTC), limit=limit))
            return [self.place(row.step_key, row.member) for row in found]

    def findings(self) -> list[verification.Finding]:
        """What `langkah audit verify` finds here."""
        with self.scope() as session:
            return list(verification.verify(session, LOG_KEY, self.engine.editions))

    def place(self, step: str, member: str, visit: int = 1) -> str:
        """'step', 'step/unit', with '#visit' from the second on."""
        known = {str(unit): key for key, unit in self.units.items()}
        return step + (f"/{known[member]}" if member else "") + (f"#{visit}" if visit > 1 else "")

    def member(self, key: str) -> str:
        """A unit as an `each` step's member."""
        return str(self.units[key]) if key else ""


@dataclass
class Run:
    """One case as a story: every command is a transaction of its own."""

    world: World
    id: UUID
    answer: Answer = field(default_factory=dict)

    def tasks(self) -> list[Task]:
        """All visits, the oldest first."""
        with self.world.scope() as session:
            asked = select(Task).where(Task.case_id == self.id).order_by(Task.opened_at, Task.id)
            return list(session.scalars(asked))

    def task(self, step: str, member: str = "", visit: int | None = None) -> Task:
        """The latest visit of a task, or the one asked for."""
        found = [t for t in self.tasks() if (t.step_key, t.member) == (step, self.world.member(member))]
        return max((t for t in found if visit in (None, t.visit)), key=lambda t: t.visit)

    @property
    def row(self) -> Case:
        """The case as it stands."""
        with self.world.scope() as session:
            return session.scalars(select(Case).where(Case.id == self.id)).one()

    @property
    def open(self) -> list[str]:
        """Open tasks as 'step', 'step/unit', with '#visit' from the second on."""
        rows = [t for t in self.tasks() if t.status == "open"]
        return sorted(self.world.place(t.step_key, t.member, t.visit) for t in rows)

    def command(self, by: str, act: Callable[[Session, Request], Answer], key: str | None = None) -> Answer:
        """Any command of the engine, carried out and delivered."""
        with self.world.scope() as session:
            answer = act(session, self.world.request(session, by, key))
            self.world.engine.deliver(session)
        return answer

    def complete(
        self,
        by: str,
        step: str,
        member: str = "",
        *,
        key: str | None = None,
        task: UUID | None = None,
        how: Mapping[str, Any] | None = None,
        **answers: Any,
    ) -> Answer:
        """Finishes the latest visit of a task; `how` are further fields of Completion."""
        task_id = task or self.task(step, member).id
        completion = Completion(answers=answers, **(how or {}))
        return self.command(by, lambda s, r: self.engine.complete(s, r, task_id, completion), key)

    def give_back(
        self,
        by: str,
        step: str,
        members: Sequence[str] = (),
        reason: str | None = "belum lengkap",
        key: str | None = None,
    ) -> Answer:
        """Returns with 'dikembalikan', after an `each` to these units."""
        how = {"outcome": "dikembalikan", "reason": reason, "members": tuple(map(self.world.member, members))}
        return self.complete(by, step, key=key, how=how)

    def begin(self, by: str, step: str, member: str = "", key: str | None = None) -> Answer:
        """Mulai."""
        task_id = self.task(step, member).id
        return self.command(by, lambda s, r: self.engine.begin(s, r, task_id), key)

    def withdraw(
        self, by: str, step: str, member: str = "", reason: str | None = "keliru", key: str | None = None
    ) -> Answer:
        """Takes the latest visit's completion back."""
        task_id = self.task(step, member).id
        return self.command(by, lambda s, r: self.engine.withdraw(s, r, task_id, reason), key)

    def reassign(
        self, by: str, step: str, to: str, member: str = "", reason: str | None = "cuti", key: str | None = None
    ) -> Answer:
        """Gives the task to one person."""
        task_id, person = self.task(step, member).id, self.world.people[to]
        how = Completion(reason=reason)
        return self.command(by, lambda s, r: self.engine.reassign(s, r, task_id, person, how), key)

    def excuse(
        self, by: str, step: str, member: str, reason: str | None = "tidak menjawab", key: str | None = None
    ) -> Answer:
        """Lets a member off."""
        task_id = self.task(step, member).id
        return self.command(by, lambda s, r: self.engine.excuse(s, r, task_id, reason), key)

    def add_member(self, by: str, step: str, unit: str, key: str | None = None) -> Answer:
        """Lets a unit join an `each`."""
        unit_id = self.world.units[unit]
        return self.command(by, lambda s, r: self.engine.add_member(s, r, self.id, step, unit_id), key)

    def cancel(self, by: str, reason: str | None = "salah buka", key: str | None = None) -> Answer:
        """Ends the case unfinished."""
        return self.command(by, lambda s, r: self.engine.cancel(s, r, self.id, reason), key)

    def comment(self, by: str, text: str, key: str | None = None) -> Answer:
        """Writes a comment."""
        return self.command(by, lambda s, r: self.engine.comment(s, r, self.id, text), key)

    @property
    def engine(self) -> Engine:
        """The world's engine."""
        return self.world.engine
