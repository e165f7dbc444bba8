"""`langkah tenants`: the governments, and their files brought into the database."""

from collections import Counter
from datetime import date
from typing import Literal, cast

import click
from sqlalchemy import select
from sqlalchemy.orm import aliased

from core.commands import screen
from core.commands.dates import EFFECTIVE
from core.commands.governments import tenant_option
from core.commands.indonesian import Group
from core.commands.instance import ready
from core.commands.seeding import PASSWORD, sync_files, sync_people
from core.sync.merge import APPLIED
from core.sync.request import SyncReport
from core.tenancy.models import Tenant


@click.group(cls=Group)
def tenants() -> None:
    """Pemerintah daerah: daftar, dan penerapan berkas di folder tenants/."""


@tenants.command("list")
def list_() -> None:
    """Menampilkan pemerintah daerah yang terdaftar."""
    parent = aliased(Tenant)
    query = select(Tenant, parent.slug).outerjoin(parent, parent.id == Tenant.parent_id).order_by(Tenant.code)
    with ready() as platform, platform.database.session() as session:
        rows = [
            (one.code, one.slug, one.name, above, one.timezone, ", ".join(one.plugins), "ya" if one.active else "tidak")
            for one, above in session.execute(query)
        ]
    screen.table(("Kode", "Daerah", "Nama", "Induk", "Zona waktu", "Plugin", "Aktif"), rows)


@tenants.command()
@tenant_option
@click.option("--plan", is_flag=True, help="Hanya tampilkan rencananya; tidak ada yang diubah.")
@click.option(
    "--take",
    type=(click.Choice(["file", "database"]), str),
    metavar="file|database OBJEK",
    multiple=True,
    help="Pilihan untuk objek yang bentrok, misalnya --take file unit:diskominfo. Boleh berulang.",
)
@click.option("--effective", type=EFFECTIVE, help="Berlakukan edisi dari berkas mulai tanggal ini, atau `today`.")
@click.option("--demo", is_flag=True, help="Buat juga pegawai contoh dari demo.yaml, dengan kata sandi contoh.")
def sync(
    tenant: str | None, plan: bool, take: tuple[tuple[str, str], ...], effective: date | str | None, demo: bool
) -> None:
    """Menerapkan berkas pemerintah daerah ke basis data.

    Yang berubah hanya di berkas diterapkan, yang berubah hanya di basis data dipertahankan, dan yang berubah di
    keduanya tidak diterapkan sampai dipilih dengan --take. Berkas SOP yang berubah menjadi konsep edisi.
    """
    takes = {name: cast(Literal["file", "database"], side) for side, name in take}
    with ready() as platform:
        since = cast(date | Literal["today"] | None, effective)
        report = sync_files(platform, tenant, effective=since, takes=takes, plan_only=plan)
        _show(report)
        if demo and not plan:
            made = sync_people(platform, tenant)
            click.echo(f"Pegawai contoh: {made} akun dibuat." if made else "Pegawai contoh sudah ada.")
            click.echo(f"Kata sandi semua pegawai contoh: {PASSWORD}")
    if report.conflicts:
        raise click.exceptions.Exit(1)


def _show(report: SyncReport) -> None:
    """A plan line by line; of what was applied the sums, and the lines that somebody must read."""
    lines = [line for line in report.lines if not report.applied or line.verdict not in APPLIED]
    if report.applied:
        sums = Counter((line.tenant, str(line.verdict)) for line in report.lines if line.verdict in APPLIED)
        if sums:
            screen.table(("Daerah", "Tindakan", "Objek"), [(*where, number) for where, number in sums.items()])
    if lines:
        rows = [(line.tenant, line.object, line.verdict, ", ".join(line.fields) or None, line.reason) for line in lines]
        screen.table(("Daerah", "Objek", "Tindakan", "Yang berbeda", "Sebab"), rows)
    if report.idle:
        click.echo("Berkas dan basis data sudah sama; tidak ada yang perlu diterapkan.")
    elif not report.applied:
        click.echo("Ini baru rencana; tidak ada yang diubah.")
