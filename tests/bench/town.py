"""A government as large as a real one, with any number of open tasks: whose list the pages are measured by.

Forty dinas beside the small world of the tests: some 1,300 posts, units, teams and people hold tasks, all of them below
the Sekda, who supervises. The official measured is the head of a bidang and for now of a second one: seven desks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import psycopg
from sqlalchemy import text
from sqlalchemy.orm import Session

from core.database import Database
from core.engine.service import Engine
from core.identity import sessions
from core.identity.models import Person
from core.organization import teams
from core.organization.hierarchy import rebuild_branches
from core.organization.models import Assignment, Position, Team, TeamMember, Unit
from tests.bench.ground import hooks
from tests.conftest import Addresses
from tests.world import BY, LOG_KEY, PEOPLE, SINCE, World

OFFICIAL, SUPERVISOR = "budi", "gita"
OWN = 60  # open tasks of the official's
DINAS, BIDANG, STAFF, TEAMS = 40, 3, 3, 2  # in a dinas so many bidang, in a bidang so many staff
SOPS = 8
PORTION = 10_000

PROCEDURE = """
procedure: umum.laporan
title: Penyusunan Laporan Pelaksanaan Kegiatan
start: {by: [tim], subject: Laporan pelaksanaan kegiatan perangkat daerah triwulan ketiga}
actors:
  tim: {name: Tim, is: team}
  kabid: {name: Kepala Bidang, is: position}
steps:
  - {key: susun, no: "1", activity: Menyusun konsep laporan dari bahan yang diserahkan perangkat daerah;, actor: tim}
  - {key: periksa, no: "2", activity: Memeriksa konsep laporan dan membubuhkan paraf., actor: kabid}
"""


@dataclass(frozen=True)
class Desk:
    """What holds tasks: a position, a unit, a team or a person."""

    kind: str
    id: UUID


class Town:
    """One government in a database of its own."""

    def __init__(self, addresses: Addresses, open_tasks: int) -> None:
        self.addresses, self.open_tasks = addresses, open_tasks
        self.world = World(Database(addresses.app, pool_size=2), Engine(LOG_KEY, hooks()))
        self.slug = self.world.slug
        with self.world.scope() as session:
            _offices(session, self.world)
        codes = [self.world.put_in_force(PROCEDURE, f"laporan-{n}", f"Laporan Kegiatan {n}") for n in range(SOPS)]
        self._models = [self.world.start("ani", code).id for code in codes]
        own, others = self._desks()
        self._fill(own, 1, OWN - SOPS)  # what the copies are made from lies with his team
        self._fill(others, OWN - SOPS + 1, open_tasks - SOPS)
        with psycopg.connect(addresses.admin, autocommit=True) as admin:
            admin.execute("VACUUM ANALYZE")
            admin.execute("CHECKPOINT")

    def log_in(self, name: str) -> str:
        """The secret of a new session of somebody's, as his cookie bears it."""
        with self.world.scope() as session:
            person = session.get_one(Person, (self.world.id, self.world.people[name]))
            secret = sessions.create(session, person, datetime.now(UTC))
        self.world.database.close()  # the clients are forked, and a connection must not be in two processes
        return secret

    def _desks(self) -> tuple[list[Desk], list[Desk]]:
        """What the official answers for, and what anybody else does."""
        with self.world.scope() as session:
            known = [Desk(kind, row) for kind, row in session.execute(text(_DESKS)).tuples()]
        covers = self.world.actor(OFFICIAL).covers
        return [desk for desk in known if desk.id in covers], [desk for desk in known if desk.id not in covers]

    def _fill(self, desks: Sequence[Desk], first: int, last: int) -> None:
        """An open task for each number, spread over the desks, each in a case of its own that has done one step.

        In portions that end before the statements' time does, and as the admin, who may leave foreign keys unasked.
        """
        values = {"models": self._models, "desks": [desk.id for desk in desks], "kinds": [desk.kind for desk in desks]}
        database = Database(self.addresses.admin, pool_size=1)
        for start in range(first, last + 1, PORTION):
            portion = {"first": start, "last": min(last, start + PORTION - 1)}
            with database.session() as session, session.begin():
                session.execute(text("SET LOCAL session_replication_role = replica"))
                for statement in (_CASES, _TASKS, _DONE):
                    session.execute(text(statement), values | portion)
        database.close()


def _offices(session: Session, world: World) -> None:
    """The dinas, and what more the official answers for; rows written at once, since the services look at the whole
    hierarchy after each.
    """
    vacant, *_ = [_dinas(session, world, number) for number in range(DINAS)]
    session.flush()
    rebuild_branches(session)
    world.positions["kosong"] = vacant
    world.assign(session, OFFICIAL, "kosong", "plt")
    teams.add_member(session, BY, world.teams["tim"], position_id=world.positions[PEOPLE[OFFICIAL]])


def _dinas(session: Session, world: World, number: int) -> UUID:
    """A dinas with a head, bidang with their heads and staff, and teams; gives the post of its first bidang's head,
    which in the first dinas is vacant.
    """
    office = _unit(session, f"dinas-{number}", None)
    head = _post(session, f"kadis-{number}", office, world.positions["sekda"], head=True)
    heads = []
    for part in range(BIDANG):
        bidang = _unit(session, f"bidang-{number}-{part}", office.id)
        vacant = (number, part) == (0, 0)
        heads.append(_post(session, f"kabid-{number}-{part}", bidang, head, head=True, vacant=vacant))
        staff = [_post(session, f"staf-{number}-{part}-{n}", bidang, heads[-1]) for n in range(STAFF)]
        if part < TEAMS:
            _team(session, f"tim-{number}-{part}", bidang, [heads[-1], *staff])
    return heads[0]


def _unit(session: Session, key: str, parent: UUID | None) -> Unit:
    unit = Unit(key=key, name=f"Unit {key}", short=key, kind="bidang" if parent else "dinas", parent_id=parent)
    session.add(unit)
    session.flush()
    return unit


def _post(session: Session, key: str, unit: Unit, superior: UUID, *, head: bool = False, vacant: bool = False) -> UUID:
    post = Position(
        key=key, title=f"Jabatan {key}", unit_id=unit.id, superior_id=superior, kind="struktural", head=head
    )
    session.add(post)
    session.flush()
    if not vacant:
        person = Person(name=f"Pegawai {key}", username=key, must_change=False)
        session.add(person)
        session.flush()
        session.add(Assignment(person_id=person.id, position_id=post.id, kind="definitive", starts_on=SINCE))
    return post.id


def _team(session: Session, key: str, unit: Unit, seats: Sequence[UUID]) -> None:
    team = Team(key=key, name=f"Tim {key}", unit_id=unit.id)
    session.add(team)
    session.flush()
    session.add_all(TeamMember(team_id=team.id, position_id=seat, head=seat == seats[0]) for seat in seats)


_DESKS = """
    SELECT 'position' AS kind, id FROM positions
     UNION ALL SELECT 'unit', id FROM units
     UNION ALL SELECT 'team', id FROM teams
     UNION ALL SELECT 'person', id FROM people
     ORDER BY id
"""

_SERIES = "FROM generate_series(CAST(:first AS int), CAST(:last AS int)) n"
_MODEL = "(CAST(:models AS uuid[]))[1 + n % cardinality(CAST(:models AS uuid[]))]"
# Deadlines from ten days past to thirty ahead, every sixth task without one; each opened some days ago.
_DUE = "CASE WHEN n % 6 > 0 THEN now() + ((n * 7919) % 960 - 240) * interval '1 hour' END"
_OPENED = "now() - (240 + (n * 7877) % 960) * interval '1 hour'"

_CASES = f"""
    INSERT INTO cases SELECT copy.* {_SERIES}
      JOIN cases c ON c.id = {_MODEL}, LATERAL jsonb_populate_record(c, jsonb_build_object(
           'id', md5('c' || n), 'number', c.number || '-' || n, 'opened_at', {_OPENED},
           'secrecy', CASE n % 40 WHEN 7 THEN 'rahasia' WHEN 3 THEN 'terbatas' WHEN 17 THEN 'terbatas'
                      ELSE 'biasa' END)) AS copy
"""
_TASKS = f"""
    INSERT INTO tasks SELECT copy.* {_SERIES}
      JOIN tasks t ON t.case_id = {_MODEL} AND t.status = 'open', LATERAL jsonb_populate_record(t, jsonb_build_object(
           'id', md5('t' || n), 'case_id', md5('c' || n), 'step_key', 'periksa', 'opened_at', {_OPENED},
           'due_at', {_DUE}, 'warn_at', {_DUE} - interval '1 day',
           'assignee_kind', (CAST(:kinds AS text[]))[1 + n % cardinality(CAST(:kinds AS text[]))],
           'assignee_id', (CAST(:desks AS uuid[]))[1 + n % cardinality(CAST(:desks AS uuid[]))])) AS copy
"""
_DONE = f"""
    INSERT INTO tasks SELECT copy.* {_SERIES}
      JOIN tasks t ON t.case_id = {_MODEL} AND t.status = 'open', LATERAL jsonb_populate_record(t, jsonb_build_object(
           'id', md5('d' || n), 'case_id', md5('c' || n), 'status', 'done', 'opened_at', {_OPENED},
           'closed_at', now() - interval '1 day', 'outcome', 'selesai')) AS copy
"""
