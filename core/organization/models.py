"""Tables of the organization: units, positions, assignments, teams, sets, roles and rights."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    Index,
    PrimaryKeyConstraint,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import DATERANGE, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, TenantTable, tenant_fk

POSITION_KINDS = ("struktural", "fungsional", "pelaksana")
ASSIGNMENT_KINDS = ("definitive", "plt", "plh", "pj", "pjs")
TITLES = {"definitive": "", "plt": "Plt. ", "plh": "Plh. ", "pj": "Pj. ", "pjs": "Pjs. "}


class Unit(TenantTable):
    """An office: a dinas, a bidang, a seksi, the Setda.

    `opd` marks a perangkat daerah, addressed as one. `receiver_id` is its receiving desk (penerima); where it is
    empty its head receives.
    """

    __tablename__ = "units"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        tenant_fk("parent_id", "units"),
        tenant_fk("receiver_id", "positions", cycle="fk_units_receiver"),
        Index("ix_units_parent", "tenant_id", "parent_id"),
        Index("ix_units_receiver", "tenant_id", "receiver_id"),
    )

    key: Mapped[str]
    name: Mapped[str]
    short: Mapped[str | None]
    kind: Mapped[str]
    parent_id: Mapped[UUID | None]
    receiver_id: Mapped[UUID | None]
    opd: Mapped[bool] = mapped_column(default=False)
    sort: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class Position(TenantTable):
    """A post in a unit; positions form the hierarchy by `superior_id`. `echelon` as printed, e.g. II.b."""

    __tablename__ = "positions"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        CheckConstraint("kind IN ('struktural', 'fungsional', 'pelaksana')", name="kind"),
        CheckConstraint("superior_id <> id", name="superior"),
        tenant_fk("unit_id", "units"),
        tenant_fk("superior_id", "positions"),
        Index("ix_positions_unit", "tenant_id", "unit_id"),
        Index("ix_positions_superior", "tenant_id", "superior_id"),
        Index("uq_positions_head", "tenant_id", "unit_id", unique=True, postgresql_where=text("head AND active")),
    )

    key: Mapped[str]
    title: Mapped[str]
    unit_id: Mapped[UUID]
    superior_id: Mapped[UUID | None]
    kind: Mapped[str]
    echelon: Mapped[str | None]
    head: Mapped[bool] = mapped_column(default=False)
    sort: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class PositionBranch(Base):
    """The closure of the hierarchy: `position` lies `distance` levels below `superior` (0 is itself).

    Rewritten for the tenant whenever its hierarchy changes, so that the branch rule is one indexed look-up.
    """

    __tablename__ = "position_branches"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "superior_id", "position_id"),
        tenant_fk("superior_id", "positions", ondelete="CASCADE"),
        tenant_fk("position_id", "positions", ondelete="CASCADE"),
        Index("ix_position_branches_position", "tenant_id", "position_id", "distance"),
    )

    tenant_id: Mapped[int]
    superior_id: Mapped[UUID]
    position_id: Mapped[UUID]
    distance: Mapped[int]


def _one_at_a_time(name: str, kind: str) -> ExcludeConstraint:
    """At most one such holder of a position on any day, without an extension (ground.md 9)."""
    return ExcludeConstraint(
        (text("int4range(tenant_id, tenant_id, '[]')"), "&&"),
        (text("uuidrange(position_id, position_id, '[]')"), "&&"),
        (text("during"), "&&"),
        name=name,
        where=text(f"kind = '{kind}'"),
        using="gist",
    )


class Assignment(TenantTable):
    """A person in a position from–to (dates inclusive), by a numbered order.

    kind: definitive, plt (vacant post), plh (holder away), pj (acting head of government), pjs (campaign leave).
    """

    __tablename__ = "assignments"
    __table_args__ = (
        CheckConstraint("kind IN ('definitive', 'plt', 'plh', 'pj', 'pjs')", name="kind"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
        tenant_fk("person_id", "people"),
        tenant_fk("position_id", "positions"),
        _one_at_a_time("ex_assignments_definitive", "definitive"),
        _one_at_a_time("ex_assignments_plt", "plt"),
        Index("ix_assignments_person", "tenant_id", "person_id"),
        Index("ix_assignments_position", "tenant_id", "position_id"),
    )

    person_id: Mapped[UUID]
    position_id: Mapped[UUID]
    kind: Mapped[str]
    order_number: Mapped[str | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    during: Mapped[Any] = mapped_column(DATERANGE, Computed("daterange(starts_on, ends_on, '[]')", persisted=True))


class Team(TenantTable):
    """A team by decree: number, date, period; its members come from any unit."""

    __tablename__ = "teams"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        tenant_fk("unit_id", "units"),
        Index("ix_teams_unit", "tenant_id", "unit_id"),
    )

    key: Mapped[str]
    name: Mapped[str]
    unit_id: Mapped[UUID]
    decree_number: Mapped[str | None]
    decree_date: Mapped[date | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    active: Mapped[bool] = mapped_column(default=True)


class TeamMember(TenantTable):
    """A seat in a team: a position (whoever holds it) or one person by name; `function` as in the decree."""

    __tablename__ = "team_members"
    __table_args__ = (
        CheckConstraint("num_nonnulls(position_id, person_id) = 1", name="who"),
        UniqueConstraint("tenant_id", "team_id", "position_id"),
        UniqueConstraint("tenant_id", "team_id", "person_id"),
        tenant_fk("team_id", "teams", ondelete="CASCADE"),
        tenant_fk("position_id", "positions"),
        tenant_fk("person_id", "people"),
        Index("ix_team_members_position", "tenant_id", "position_id"),
        Index("ix_team_members_person", "tenant_id", "person_id"),
    )

    team_id: Mapped[UUID]
    position_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    function: Mapped[str | None]
    head: Mapped[bool] = mapped_column(default=False)


class UnitSet(TenantTable):
    """A named set of units, such as the OPDs an `each` step asks."""

    __tablename__ = "unit_sets"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    key: Mapped[str]
    name: Mapped[str]


class UnitSetMember(Base):
    """A unit in a set, in the set's order."""

    __tablename__ = "unit_set_members"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "set_id", "unit_id"),
        tenant_fk("set_id", "unit_sets", ondelete="CASCADE"),
        tenant_fk("unit_id", "units"),
        Index("ix_unit_set_members_unit", "tenant_id", "unit_id"),
    )

    tenant_id: Mapped[int]
    set_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    sort: Mapped[int] = mapped_column(default=0)


class Role(TenantTable):
    """A named bundle of rights; the standard ones come with the platform (standard_roles.yaml)."""

    __tablename__ = "roles"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    key: Mapped[str]
    name: Mapped[str]
    everyone: Mapped[bool] = mapped_column(default=False)


class RoleRight(Base):
    """A right a role gives; what no role gives is denied."""

    __tablename__ = "role_rights"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "role_id", "right"),
        tenant_fk("role_id", "roles", ondelete="CASCADE"),
    )

    tenant_id: Mapped[int]
    role_id: Mapped[UUID]
    right: Mapped[str]


class RoleGrant(TenantTable):
    """A role given to a position (whoever holds it) or to one person, for a period where dates are set."""

    __tablename__ = "role_grants"
    __table_args__ = (
        CheckConstraint("num_nonnulls(position_id, person_id) = 1", name="who"),
        UniqueConstraint("tenant_id", "role_id", "position_id"),
        tenant_fk("role_id", "roles", ondelete="CASCADE"),
        tenant_fk("position_id", "positions", ondelete="CASCADE"),
        tenant_fk("person_id", "people", ondelete="CASCADE"),
        Index("ix_role_grants_role", "tenant_id", "role_id"),
        Index("ix_role_grants_position", "tenant_id", "position_id"),
        Index("ix_role_grants_person", "tenant_id", "person_id"),
    )

    role_id: Mapped[UUID]
    position_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
