"""A tenant as its database has it now, in the shape that sync compares: all rows of a kind in one statement."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from core.legal.registry import local_rules
from core.organization.models import (
    Position,
    Role,
    RoleGrant,
    RoleRight,
    Team,
    TeamMember,
    Unit,
    UnitSet,
    UnitSetMember,
)
from core.procedures.models import EditionRow, Procedure
from core.sync import objects
from core.sync.objects import Content, Object, hashed
from core.tenancy.models import SyncObject

FINGERPRINT = Object("files", "")


@dataclass
class Present:
    """The database's side. `ids` has every row by kind and key, the abolished ones too; `contents` only living ones.

    Of a SOP only the hash is known: that of its latest edition, unless it was taken out of force.
    """

    ids: dict[str, dict[str, UUID]] = field(default_factory=lambda: {kind: {} for kind in objects.KINDS})
    contents: dict[Object, Content] = field(default_factory=dict)
    hashes: dict[Object, str] = field(default_factory=dict)
    applied: dict[Object, str] = field(default_factory=dict)
    drafts: dict[str, UUID] = field(default_factory=dict)
    effective: set[str] = field(default_factory=set)

    def hash_of(self, found: Object) -> str | None:
        """The hash of the object's content, or None where it is not or no longer there."""
        return self.hashes.get(found)

    def own(self) -> dict[str, frozenset[str]]:
        """By kind the keys that no file ever brought: an office made them in the application, files may name them."""
        own: defaultdict[str, set[str]] = defaultdict(set)
        for found in self.contents:
            if found not in self.applied:
                own[found.kind].add(found.key)
        return {kind: frozenset(keys) for kind, keys in own.items()}

    def add(self, kind: str, key: str, row_id: UUID, content: Content | None) -> None:
        """Notes a row; without content where it is abolished."""
        self.ids[kind][key] = row_id
        if content is not None:
            self.contents[Object(kind, key)] = content
            self.hashes[Object(kind, key)] = hashed(content)


def load(session: Session, *, lock: bool = False) -> Present:
    """The tenant of the session's scope.

    :param lock: until the transaction ends nobody else changes what was read, so that no edit is lost.
    """
    present = Present()
    for kind, key, applied in session.execute(select(SyncObject.kind, SyncObject.key, SyncObject.applied)):
        present.applied[Object(kind, key)] = applied
    reader = _Reader(session, lock, present)
    reader.offices()
    reader.teams()
    reader.sets()
    reader.roles()
    reader.rules()
    reader.procedures()
    return present


class _Reader:
    def __init__(self, session: Session, lock: bool, present: Present) -> None:
        self._session, self._lock, self._present = session, lock, present
        self._keys: dict[UUID | None, str | None] = {None: None}

    def _rows(self, asked: Any) -> list[Any]:
        return list(self._session.execute(asked.with_for_update(key_share=True) if self._lock else asked))

    def _key(self, row_id: UUID | None) -> Any:
        return self._keys[row_id]

    def offices(self) -> None:
        """Units and positions name each other, so all keys are known first."""
        units = self._rows(
            select(Unit.id, Unit.key, Unit.name, Unit.short, Unit.kind, Unit.parent_id, Unit.opd, Unit.receiver_id,
                   Unit.active).order_by(Unit.sort)
        )  # fmt: skip
        posts = self._rows(
            select(Position.id, Position.key, Position.title, Position.unit_id, Position.kind, Position.echelon,
                   Position.superior_id, Position.head, Position.active).order_by(Position.sort)
        )  # fmt: skip
        self._keys |= {row.id: row.key for row in (*units, *posts)}
        for row in units:
            content = objects.unit(
                name=row.name, short=row.short, kind=row.kind, parent=self._key(row.parent_id), opd=row.opd,
                receives=self._key(row.receiver_id),
            )  # fmt: skip
            self._present.add("unit", row.key, row.id, content if row.active else None)
        for row in posts:
            content = objects.position(
                title=row.title, unit=self._key(row.unit_id), kind=row.kind, echelon=row.echelon,
                superior=self._key(row.superior_id), head=row.head,
            )  # fmt: skip
            self._present.add("position", row.key, row.id, content if row.active else None)

    def teams(self) -> None:
        """Seats of persons are the database's alone and no part of what is compared."""
        members: defaultdict[UUID, list[tuple[str, str | None, bool]]] = defaultdict(list)
        rows = self._rows(
            select(Team.id, Team.key, Team.name, Team.unit_id, Team.decree_number, Team.decree_date, Team.starts_on,
                   Team.ends_on, Team.active)
        )  # fmt: skip
        seats = select(TeamMember.team_id, TeamMember.position_id, TeamMember.function, TeamMember.head)
        for seat in self._rows(seats.where(TeamMember.position_id.is_not(None))):
            members[seat.team_id].append((self._key(seat.position_id), seat.function, seat.head))
        for row in rows:
            content = objects.team(
                name=row.name,
                unit=self._key(row.unit_id),
                decree=objects.decree(row.decree_number, _iso(row.decree_date), _iso(row.starts_on), _iso(row.ends_on)),
                members=members[row.id],
            )
            self._present.add("team", row.key, row.id, content if row.active else None)

    def sets(self) -> None:
        members: defaultdict[UUID, list[str]] = defaultdict(list)
        rows = self._rows(select(UnitSet.id, UnitSet.key, UnitSet.name))
        asked = select(UnitSetMember.set_id, UnitSetMember.unit_id).order_by(UnitSetMember.sort)
        for member in self._rows(asked):
            members[member.set_id].append(self._key(member.unit_id))
        for row in rows:
            self._present.add("set", row.key, row.id, objects.unit_set(name=row.name, units=members[row.id]))

    def roles(self) -> None:
        rights: defaultdict[UUID, list[str]] = defaultdict(list)
        rows = self._rows(select(Role.id, Role.key, Role.name, Role.everyone))
        for given in self._rows(select(RoleRight.role_id, RoleRight.right)):
            rights[given.role_id].append(given.right)
        for row in rows:
            self._keys[row.id] = row.key
            content = objects.role(name=row.name, everyone=row.everyone, rights=rights[row.id])
            self._present.add("role", row.key, row.id, content)
        grants = select(
            RoleGrant.id, RoleGrant.role_id, RoleGrant.position_id, RoleGrant.starts_on, RoleGrant.ends_on
        ).where(RoleGrant.position_id.is_not(None))
        for row in self._rows(grants):
            key = f"{self._key(row.role_id)}/{self._key(row.position_id)}"
            self._present.add("grant", key, row.id, objects.grant(_iso(row.starts_on), _iso(row.ends_on)))

    def rules(self) -> None:
        for rule in local_rules(self._session, lock=self._lock).values():
            assert rule.row_id is not None
            self._present.add("regulation", rule.id, rule.row_id, rule.content())

    def procedures(self) -> None:
        """The latest edition speaks for the SOP; one that was taken out of force is not there."""
        for row in self._rows(select(Procedure.id, Procedure.code, Procedure.effective_id)):
            self._present.ids["procedure"][row.code] = row.id
            if row.effective_id is not None:
                self._present.effective.add(row.code)
        latest = (
            select(Procedure.code, EditionRow.id, EditionRow.status, EditionRow.content_hash)
            .join(
                EditionRow,
                (EditionRow.tenant_id == Procedure.tenant_id) & (EditionRow.procedure_id == Procedure.id),
            )
            .order_by(Procedure.code, EditionRow.number.desc())
            .ext(distinct_on(Procedure.code))
        )
        for row in self._session.execute(latest):
            if row.status != "retired":
                self._present.hashes[Object("procedure", row.code)] = row.content_hash
            if row.status == "draft":
                self._present.drafts[row.code] = row.id


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
