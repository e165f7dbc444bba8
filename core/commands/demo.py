"""`langkah demo`: everything in one, on the embedded PostgreSQL."""

import click

from core.commands.governments import walked
from core.commands.indonesian import Command
from core.commands.instance import started
from core.commands.logins import show_logins
from core.commands.seeding import sync_files, sync_people_once
from core.commands.serve import listening_options
from core.commands.web_server import Listening, serve
from core.config import Config, load
from core.errors import Conflict
from core.platform import Platform
from core.simulation.samples import make_samples


class DemoElsewhere(Conflict):
    """Demo hanya berjalan pada PostgreSQL bawaan, karena ia membuat pegawai contoh dengan kata sandi yang diketahui
    umum. Hapus dahulu DATABASE_URL dari lingkungan.
    """

    type = "demo-hanya-bawaan"


@click.command(cls=Command)
@listening_options
def demo(host: str, port: int, workers: int, threads: int) -> None:
    """Menyiapkan semuanya dan menjalankan contoh lima pemerintah daerah.

    PostgreSQL bawaan dijalankan, skemanya dibuat, berkas di tenants/ diterapkan, pegawai dan pelaksanaan contoh
    dibuat sekali; lalu alamat dan akun ditampilkan dan server web dijalankan sampai dihentikan dengan Ctrl+C.
    """
    listening = Listening(host, port, workers, threads)
    listening.require_free()
    config = _own(load())
    with started(config) as (platform, addresses):
        prepare(platform)
        serve(config, addresses.app, listening, lambda: show_logins(platform, listening.address))


def prepare(platform: Platform) -> None:
    """Brings in files, people and sample cases, as far as they are not there; what is current costs next to nothing."""
    report = sync_files(platform, effective="today")
    for line in report.lines:
        if line.reason:
            click.echo(str(line), err=True)
    sync_people_once(platform)
    for slug in walked(platform.database):
        made = make_samples(platform, slug)
        if made:
            click.echo(f"{slug}: {made} pelaksanaan contoh dibuat.", err=True)


def _own(config: Config) -> Config:
    if not config.embedded:
        raise DemoElsewhere
    return config
