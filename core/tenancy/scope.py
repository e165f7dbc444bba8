"""The tenant scope of a transaction: the only place that sets it.

Row security reads two settings that end with the transaction: `langkah.tenant`, the tenant's id, and
`langkah.today`, the date where that tenant lives (an assignment ends at its midnight, not at Greenwich's).
Without a scope every tenant table is empty. No scope sees two tenants (ground.md 4, 5).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, Integer, Text, bindparam, text
from sqlalchemy.orm import Session

from core.database import Database
from core.errors import NotFound
from core.prepared import send


class UnknownTenant(NotFound):
    """Pemerintah daerah "{tenant}" tidak terdaftar di sini. Periksa kembali alamatnya."""

    type = "daerah-tidak-terdaftar"


@dataclass(frozen=True)
class TenantScope:
    """Whose transaction this is; `today` is the date in the tenant's timezone."""

    id: int
    slug: str
    code: str
    name: str
    short: str
    color: str
    crest: str
    timezone: str
    plugins: tuple[str, ...]
    today: date


# One statement looks the tenant up and opens its scope: a request pays no second round trip for it.
_ENTER = text(
    """
    SELECT t.id, t.slug, t.code, t.name, t.short, t.color, t.crest, t.timezone, t.plugins, d.today,
           set_config('langkah.tenant', t.id::text, true) AS tenant_set,
           set_config('langkah.today', d.today::text, true) AS today_set
      FROM tenants t,
           LATERAL (SELECT coalesce(:today, (now() AT TIME ZONE t.timezone)::date) AS today) d
     WHERE t.active AND (t.slug = :slug OR t.id = :id)
    """
).bindparams(bindparam("today", type_=Date), bindparam("slug", type_=Text), bindparam("id", type_=Integer))


def enter(session: Session, tenant: str | int, today: date | None = None) -> TenantScope:
    """Opens the scope of `tenant` (slug or id) in the session's transaction.

    :raises UnknownTenant: no active government has this slug or id.
    """
    by_id = tenant if isinstance(tenant, int) else None
    by_slug = tenant if isinstance(tenant, str) else None
    row = send(session, _ENTER, {"slug": by_slug, "id": by_id, "today": today})
    if row is None:
        raise UnknownTenant(tenant=tenant)
    scope = TenantScope(
        row.id, row.slug, row.code, row.name, row.short, row.color, row.crest, row.timezone, tuple(row.plugins),
        row.today,
    )  # fmt: skip
    session.info["tenant"] = scope
    return scope


def scope_of(session: Session) -> TenantScope:
    """The scope this session is in; a programming error where there is none."""
    scope: TenantScope = session.info["tenant"]
    return scope


@contextmanager
def tenant_transaction(database: Database, tenant: str | int, today: date | None = None) -> Iterator[Session]:
    """One transaction in one tenant's scope; commits at its end, rolls back when anything is raised."""
    with database.session() as session, session.begin():
        enter(session, tenant, today)
        yield session
