"""`langkah audit`: whether the log is whole, and the seal that makes a cut tail visible."""

from datetime import UTC, datetime

import click

from core.commands import screen
from core.commands.governments import tenant_option, walked
from core.commands.indonesian import Group
from core.commands.instance import ready
from core.engine.verification import Finding
from core.engine.verification import seal as seal_heads
from core.engine.verification import verify as check_log
from core.tenancy.scope import tenant_transaction


@click.group(cls=Group)
def audit() -> None:
    """Catatan kejadian: pemeriksaan keutuhan dan penyegelan."""


@audit.command()
@tenant_option
def verify(tenant: str | None) -> None:
    """Memeriksa rantai catatan setiap pelaksanaan; keluar dengan 1 bila ada temuan."""
    clean = True
    with ready() as platform:
        for slug in walked(platform.database, tenant):
            with tenant_transaction(platform.database, slug) as session:
                for finding in check_log(session, platform.engine.log_key, platform.engine.editions):
                    clean = False
                    screen.bad(f"{slug}: {_sentence(finding)}")
    if not clean:
        raise click.exceptions.Exit(1)
    screen.good("tidak ada temuan")


@audit.command()
@tenant_option
def seal(tenant: str | None) -> None:
    """Menyegel akhir catatan setiap pelaksanaan dan merantai catatan audit; jalankan setiap hari."""
    with ready() as platform:
        for slug in walked(platform.database, tenant):
            with tenant_transaction(platform.database, slug) as session:
                anchor = seal_heads(session, platform.engine.log_key, datetime.now(UTC))
                click.echo(f"{slug}: segel nomor {anchor.number}, {len(anchor.heads)} pelaksanaan.")


def _sentence(finding: Finding) -> str:
    where = [f"pelaksanaan {finding.case}"] if finding.case else []
    if finding.seq is not None:
        where.append(f"kejadian nomor {finding.seq}")
    return f"{', '.join(where)}: {finding.problem}" if where else finding.problem
