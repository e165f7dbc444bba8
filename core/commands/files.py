"""`langkah files`: what lies in the store of evidence."""

from datetime import UTC, datetime

import click

from core.commands.governments import tenant_option, walked
from core.commands.indonesian import Group
from core.commands.instance import ready
from core.platform import Platform
from core.tenancy.scope import tenant_transaction


@click.group(cls=Group)
def files() -> None:
    """Berkas data dukung: pembersihan."""


@files.command()
@tenant_option
def sweep(tenant: str | None) -> None:
    """Menghapus berkas yang lebih dari sehari tidak dipakai data dukung mana pun."""
    with ready() as platform:
        for slug in walked(platform.database, tenant):
            rows, contents = _swept(platform, slug)
            click.echo(f"{slug}: {rows} catatan berkas dan {contents} isi berkas dihapus.")


def _swept(platform: Platform, slug: str) -> tuple[int, int]:
    """How many rows and contents went; one transaction per batch, as the sweep wants it."""
    from core.files.sweep import sweep as sweep_batch

    rows = contents = 0
    after: str | None = ""
    while after is not None:
        with tenant_transaction(platform.database, slug) as session:
            done = sweep_batch(session, platform.storage, datetime.now(UTC), after=after)
        rows, contents, after = rows + done.rows, contents + done.contents, done.after
    return rows, contents
