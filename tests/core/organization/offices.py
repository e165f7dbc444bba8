"""A small invented office to try rules on."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from core.identity.actor import Console
from core.identity.models import Person
from core.organization.assignments import assign
from core.organization.positions import create_position
from core.organization.units import create_unit

BY = Console("uji")


def unit(session: Session, key: str = "dinas", **more) -> UUID:
    return create_unit(session, BY, key=key, name=more.pop("name", f"Unit {key}"), kind="dinas", **more).id


def post(session: Session, key: str, of: UUID, superior: UUID | None = None, **more) -> UUID:
    return create_position(
        session,
        BY,
        key=key,
        title=more.pop("title", f"Jabatan {key}"),
        unit_id=of,
        kind=more.pop("kind", "struktural"),
        superior_id=superior,
        **more,
    ).id


def person(session: Session, name: str = "Contoh Pegawai") -> UUID:
    row = Person(name=name, nip=None, username=name.lower().replace(" ", "-"), email=None, phone=None,
                 password_hash=None)  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


def hold(session: Session, who: UUID, what: UUID, kind: str = "definitive", **more):
    return assign(
        session, BY, person_id=who, position_id=what, kind=kind,
        starts_on=more.pop("starts_on", date(2024, 1, 2)), **more,
    )  # fmt: skip
