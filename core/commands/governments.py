"""Which governments a command walks through: the one that was named, or all in one fixed order."""

import click
from sqlalchemy import select

from core.database import Database
from core.tenancy.models import Tenant
from core.tenancy.scope import UnknownTenant

tenant_option = click.option("--tenant", metavar="DAERAH", help="Hanya pemerintah daerah ini (misalnya pangkalpinang).")
tenant_argument = click.argument("tenant", metavar="DAERAH")


def walked(database: Database, only: str | None = None) -> list[str]:
    """The slugs of the active governments, in the order of the Ministry's codes: a province before its cities.

    :raises UnknownTenant: the one asked for is not registered here.
    """
    with database.session() as session:
        slugs = list(session.scalars(select(Tenant.slug).where(Tenant.active).order_by(Tenant.code)))
    if only is None:
        return slugs
    if only not in slugs:
        raise UnknownTenant(tenant=only)
    return [only]
