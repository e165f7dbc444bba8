"""Tables of identity: people and their ways in, operators apart."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import INET
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, PlatformTable, TenantTable, Timestamp, new_id, tenant_fk


class Person(TenantTable):
    """Somebody with an account in this tenant; who serves in two governments has one in each.

    `nip` is 18 digits without spaces, null for those who have none. `password_hash` is Argon2; null until the
    first one-time code is redeemed.
    """

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("nip ~ '^[0-9]{18}$'", name="nip"),
        CheckConstraint("username = lower(username)", name="username"),
        CheckConstraint("email = lower(email)", name="email"),
        UniqueConstraint("tenant_id", "nip"),
        UniqueConstraint("tenant_id", "username"),
        UniqueConstraint("tenant_id", "email"),
    )

    name: Mapped[str]
    nip: Mapped[str | None]
    username: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    password_hash: Mapped[str | None]
    must_change: Mapped[bool] = mapped_column(default=True)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[Timestamp] = mapped_column(server_default=func.now())


class LoginSession(TenantTable):
    """A browser's session: the cookie's secret stands here hashed (SHA-256) and can be revoked.

    `position_id` is the post its person acts in, null for all he holds; whether he still holds it is asked when it
    is read (core.identity.actor).
    """

    __tablename__ = "sessions"
    __table_args__ = (
        UniqueConstraint("tenant_id", "secret_hash"),
        tenant_fk("person_id", "people", ondelete="CASCADE"),
        tenant_fk("position_id", "positions", ondelete="SET NULL"),
        # With the end: a person's open sessions are a short range, however many he has had.
        Index("ix_sessions_person", "tenant_id", "person_id", "expires_at"),
        Index("ix_sessions_position", "tenant_id", "position_id", postgresql_where=text("position_id IS NOT NULL")),
    )

    person_id: Mapped[UUID]
    position_id: Mapped[UUID | None]
    secret_hash: Mapped[bytes]
    created_at: Mapped[Timestamp]
    expires_at: Mapped[Timestamp]
    revoked_at: Mapped[Timestamp | None]
    address: Mapped[str | None] = mapped_column(INET)
    agent: Mapped[str | None]


class ApiToken(TenantTable):
    """A bearer token of one person in one tenant: shown once, stored hashed (SHA-256).

    `position_id` as in LoginSession.
    """

    __tablename__ = "api_tokens"
    __table_args__ = (
        UniqueConstraint("tenant_id", "secret_hash"),
        tenant_fk("person_id", "people", ondelete="CASCADE"),
        tenant_fk("position_id", "positions", ondelete="SET NULL"),
        Index("ix_api_tokens_person", "tenant_id", "person_id"),
        Index("ix_api_tokens_position", "tenant_id", "position_id", postgresql_where=text("position_id IS NOT NULL")),
    )

    person_id: Mapped[UUID]
    position_id: Mapped[UUID | None]
    name: Mapped[str]
    secret_hash: Mapped[bytes]
    hint: Mapped[str]
    created_at: Mapped[Timestamp]
    expires_at: Mapped[Timestamp | None]
    revoked_at: Mapped[Timestamp | None]


class ResetCode(TenantTable):
    """A one-time code the tenant's admin hands to somebody who cannot log in; Argon2, void after five tries."""

    __tablename__ = "reset_codes"
    __table_args__ = (
        tenant_fk("person_id", "people", ondelete="CASCADE"),
        tenant_fk("issued_by", "people"),
        Index("ix_reset_codes_person", "tenant_id", "person_id"),
        Index("ix_reset_codes_issued_by", "tenant_id", "issued_by"),
    )

    person_id: Mapped[UUID]
    issued_by: Mapped[UUID | None]
    code_hash: Mapped[str]
    tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[Timestamp]
    used_at: Mapped[Timestamp | None]


class LoginThrottle(Base):
    """Failures of one account from one address; the lock grows in time and ends by itself (ground.md 19)."""

    __tablename__ = "login_throttles"
    __table_args__ = (PrimaryKeyConstraint("tenant_id", "account", "address"),)

    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"))
    account: Mapped[str]
    address: Mapped[str]
    failures: Mapped[int]
    last_at: Mapped[Timestamp]
    locked_until: Mapped[Timestamp | None]


class Operator(PlatformTable):
    """Somebody who runs the instance: TOTP always, never a scope that reads cases (ground.md 10)."""

    __tablename__ = "operators"
    __table_args__ = (CheckConstraint("username = lower(username)", name="username"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    totp_secret: Mapped[str]
    last_totp_step: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[Timestamp] = mapped_column(server_default=func.now())


class OperatorSession(PlatformTable):
    """A session of an operator, hashed and revocable like a person's."""

    __tablename__ = "operator_sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    operator_id: Mapped[UUID] = mapped_column(ForeignKey("operators.id", ondelete="CASCADE"), index=True)
    secret_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[Timestamp]
    expires_at: Mapped[Timestamp]
    revoked_at: Mapped[Timestamp | None]


class OperatorThrottle(Base):
    """Failures of one operator's account from one address; as LoginThrottle, outside every tenant."""

    __tablename__ = "operator_throttles"
    __table_args__ = (PrimaryKeyConstraint("account", "address"),)

    account: Mapped[str]
    address: Mapped[str]
    failures: Mapped[int]
    last_at: Mapped[Timestamp]
    locked_until: Mapped[Timestamp | None]
