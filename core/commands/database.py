"""`langkah db`: makes, upgrades, checks and takes back the database."""

from collections.abc import Callable
from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from core.commands import screen
from core.commands.governments import tenant_option, walked
from core.commands.indonesian import Group
from core.commands.instance import located, ready, upgrade
from core.commands.soundness import findings
from core.config import load
from core.database import Database
from core.errors import BadInput, ConfigurationError
from core.extensions import Extensions
from core.migration import schema
from core.migration.plugin import downgrade_plugin
from core.platform import Platform, read_procedure
from core.tenancy.scope import tenant_transaction


@click.group(cls=Group)
def db() -> None:
    """Basis data: penyiapan, pemutakhiran, pemeriksaan.

    Tanpa DATABASE_URL dipakai PostgreSQL bawaan di folder data. Untuk produksi isilah DATABASE_URL (peran aplikasi),
    DATABASE_OWNER_URL (peran pemilik), dan untuk `db init` juga DATABASE_ADMIN_URL (peran admin server).
    """


@db.command()
def init() -> None:
    """Membuat peran dan basis data yang belum ada."""
    from core.bootstrap import initialise

    with located(load()) as addresses:
        if addresses.admin is None:
            raise ConfigurationError(reason="DATABASE_ADMIN_URL wajib diisi untuk `langkah db init`.")
        done = initialise(addresses.admin, addresses.require_owner(), addresses.app)
    for line in done or ["Peran dan basis data sudah ada; tidak ada yang diubah."]:
        click.echo(line)


@db.command("upgrade")
def upgrade_() -> None:
    """Menjalankan migrasi inti dan plugin yang belum dijalankan."""
    config = load()
    with located(config) as addresses:
        extensions = Extensions.load(read_procedure)
        owner = addresses.require_owner()
        if config.embedded:
            from core.bootstrap import initialise

            initialise(str(addresses.admin), owner, addresses.app)
        todo = schema.pending(owner)
        upgrade(owner, extensions)
    click.echo(f"Migrasi dijalankan: {', '.join(todo)}." if todo else "Skema inti sudah mutakhir.")


@db.command()
def check() -> None:
    """Memeriksa versi server, migrasi, skema, dan pembatas antardaerah; keluar dengan 1 bila ada yang tidak baik."""
    with located(load()) as addresses:
        found = findings(addresses.require_owner(), Extensions.load(read_procedure))
    for finding in found:
        screen.bad(f"{finding.problem}")
        click.echo(f"  → {finding.remedy}")
    if found:
        raise click.exceptions.Exit(1)
    screen.good("Basis data baik: versi, migrasi, skema, dan pembatas antardaerah sesuai.")


@db.command()
@tenant_option
def purge(tenant: str | None) -> None:
    """Menghapus yang lewat masanya: kunci perintah (Idempotency-Key) sesudah tujuh hari, sesi sesudah sebulan."""
    from core.engine import keys
    from core.identity import sessions

    with ready() as platform:
        for slug in walked(platform.database, tenant):
            old_keys, old_sessions = (_purged(platform, slug, forget) for forget in (keys.forget, sessions.forget))
            click.echo(f"{slug}: {old_keys} kunci perintah dan {old_sessions} sesi lama dihapus.")


def _purged(platform: Platform, slug: str, forget: Callable[[Session, datetime], int]) -> int:
    """How many rows went; one short transaction per batch."""
    gone = 0
    while True:
        with tenant_transaction(platform.database, slug) as session:
            batch = forget(session, datetime.now(UTC))
        if not batch:
            return gone
        gone += batch


@db.command()
@click.argument("revision")
@click.option("--plugin", help="Turunkan skema plugin ini, bukan skema inti.")
@click.option("--yes", is_flag=True, help="Nyatakan bahwa data yang ikut hilang memang boleh hilang.")
def downgrade(revision: str, plugin: str | None, yes: bool) -> None:
    """Mengembalikan skema ke REVISION ("base" mengosongkannya). DATA DI DALAMNYA HILANG."""
    if not yes:
        raise BadInput(reason="penurunan skema menghapus data. Buat cadangan, lalu ulangi dengan --yes.")
    with located(load()) as addresses:
        owner = addresses.require_owner()
        _downgrade_plugins(owner, revision, plugin)
        if plugin is None:
            schema.downgrade(owner, revision)
    click.echo(f"Skema {plugin or 'inti'} kini pada {revision}.")


def _downgrade_plugins(owner_url: str, revision: str, name: str | None) -> None:
    """The named plugin to the revision; or all to nothing, where the core below them goes to nothing."""
    known = Extensions.load(read_procedure).plugins
    if name is not None and name not in known:
        raise BadInput(reason=f'plugin "{name}" tidak dimuat; lihat `langkah plugins`.')
    chosen = [known[name]] if name is not None else list(known.values()) if revision == "base" else []
    database = Database(owner_url, pool_size=1)
    try:
        for plugin in chosen:
            with database.engine.begin() as connection:
                downgrade_plugin(connection, plugin, revision)
    finally:
        database.close()
