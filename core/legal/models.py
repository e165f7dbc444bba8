"""Tables of the law: national rules are platform data, local ones the tenant's."""

from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import PlatformTable, TenantTable

_STATUS = "status IN ('berlaku', 'diubah', 'dicabut', 'unknown')"


class NationalRegulation(PlatformTable):
    """A national rule; `facts` keeps source, certainty, who amended or revoked it and when."""

    __tablename__ = "national_regulations"
    __table_args__ = (CheckConstraint(_STATUS, name="status"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    number: Mapped[str]
    year: Mapped[int | None]
    title: Mapped[str]
    status: Mapped[str]
    facts: Mapped[dict[str, Any]]


class Regulation(TenantTable):
    """A rule of the tenant's own, known by its `key` in the registry."""

    __tablename__ = "regulations"
    __table_args__ = (UniqueConstraint("tenant_id", "key"), CheckConstraint(_STATUS, name="status"))

    key: Mapped[str]
    kind: Mapped[str]
    number: Mapped[str]
    year: Mapped[int | None]
    title: Mapped[str]
    status: Mapped[str]
    facts: Mapped[dict[str, Any]]
