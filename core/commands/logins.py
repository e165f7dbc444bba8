"""Who can log in to the demo, and what each does there."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.commands import screen
from core.commands.governments import walked
from core.commands.seeding import PASSWORD
from core.engine.flows import LoadedEdition
from core.identity.models import Person
from core.organization.holders import holders_of
from core.organization.models import Assignment, Position, Role, RoleGrant, Unit, UnitSetMember
from core.platform import Platform
from core.simulation.editions import in_force
from core.tenancy.scope import tenant_transaction


def show_logins(platform: Platform, address: str) -> None:
    """Prints the address, and per government the user names with what they do, in words."""
    rows = []
    for slug in walked(platform.database):
        with tenant_transaction(platform.database, slug) as session:
            rows += [(slug, *row) for row in _people(session, platform)]
    screen.table(("Daerah", "Nama pengguna", "Nama", "Peran"), rows)
    click.echo(f"Kata sandi semua akun contoh: {PASSWORD}")
    click.echo(f"Langkah melayani di {address} – hentikan dengan Ctrl+C.")


def _people(session: Session, platform: Platform) -> Iterator[tuple[str, str, str]]:
    """Whoever acts in a SOP or holds a role; where there is no SOP yet, everybody by his post."""
    told: defaultdict[UUID, dict[str, None]] = defaultdict(dict)
    editions = [platform.engine.editions.get(session, edition.id) for edition in in_force(session)]
    for edition in editions:
        for person, words in _actors(session, edition):
            told[person][words] = None
    for person, words in _roles(session) if editions else _posts(session):
        told[person][words] = None
    names = {
        row.id: row for row in session.execute(select(Person.id, Person.username, Person.name).where(Person.active))
    }
    for person, words_of in told.items():
        if person in names:
            yield names[person].username, names[person].name, "; ".join(words_of)


def _actors(session: Session, edition: LoadedEdition) -> Iterator[tuple[UUID, str]]:
    """(person, what he is in the SOP), actors in the sheet's column order; of a set each unit by its short name."""
    for actor in edition.edition.actors.values():
        if actor.key in edition.sets:
            named = {unit: f"{actor.name} {short}" for unit, short in _units(session, UUID(edition.sets[actor.key]))}
        elif actor.key in edition.assignees:
            named = {UUID(edition.assignees[actor.key].id): actor.name}
        else:
            continue
        found = holders_of(session, named)
        for assignee, name in named.items():
            for holder in found.get(assignee, ()):
                yield holder.person_id, f"{name} ({holder.title})" if holder.title else name


def _units(session: Session, set_id: UUID) -> Iterator[tuple[UUID, str]]:
    query = (
        select(Unit.id, Unit.short, Unit.name)
        .join(UnitSetMember, (UnitSetMember.tenant_id == Unit.tenant_id) & (UnitSetMember.unit_id == Unit.id))
        .where(UnitSetMember.set_id == set_id)
        .order_by(UnitSetMember.sort)
    )
    for row in session.execute(query):
        yield row.id, row.short or row.name


def _roles(session: Session) -> Iterator[tuple[UUID, str]]:
    """(person, the name of a role that his post has)."""
    query = (
        select(RoleGrant.position_id, Role.name)
        .join(Role, (Role.tenant_id == RoleGrant.tenant_id) & (Role.id == RoleGrant.role_id))
        .order_by(Role.name)
    )
    granted = [(position, name) for position, name in session.execute(query).tuples() if position is not None]
    found = holders_of(session, [position for position, _ in granted])
    for position, name in granted:
        for holder in found.get(position, ()):
            yield holder.person_id, name


def _posts(session: Session) -> Iterator[tuple[UUID, str]]:
    query = (
        select(Assignment.person_id, Position.title)
        .join(Position, (Position.tenant_id == Assignment.tenant_id) & (Position.id == Assignment.position_id))
        .order_by(Position.sort)
    )
    yield from session.execute(query).tuples()
