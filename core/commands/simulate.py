"""`langkah simulate`: carries cases to their end with the tenants' own people."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.commands import screen
from core.commands.governments import tenant_option, walked
from core.commands.indonesian import Command
from core.commands.instance import ready
from core.commands.seeding import stock
from core.errors import Conflict, NotFound
from core.identity.models import Person
from core.platform import Platform
from core.simulation.editions import InForce, in_force
from core.simulation.editions import simulate as run
from core.simulation.results import Act, CaseRun, EditionRun
from core.tenancy.scope import tenant_transaction


class NothingInForce(NotFound):
    """Tidak ada SOP yang berlaku untuk disimulasikan. Periksa `langkah sop list`; berlakukan edisinya dengan
    `langkah sop publish`, atau jalankan `langkah tenants sync --demo --effective <tanggal>`.
    """

    type = "tidak-ada-sop-berlaku"


class RealPeople(Conflict):
    """Di {tenant} ada akun pegawai sungguhan, dan simulasi bekerja atas nama mereka. Jalankan simulasi pada instans
    percobaan, atau tambahkan --atas-nama-pegawai bila Anda memang menghendakinya.
    """

    type = "simulasi-pegawai-sungguhan"


@click.command(cls=Command)
@tenant_option
@click.option("--sop", metavar="KODE", help="Hanya SOP ini (misalnya spbe-monev).")
@click.option("--cases", type=click.IntRange(1, 100_000), default=1, help="Banyaknya pelaksanaan per SOP; biasanya 1.")
@click.option("--json", "as_json", is_flag=True, help="Cetak hasilnya sebagai JSON, satu objek per edisi.")
@click.option("--atas-nama-pegawai", "real", is_flag=True, help="Izinkan walaupun ada akun pegawai sungguhan.")
def simulate(tenant: str | None, sop: str | None, cases: int, as_json: bool, real: bool) -> None:
    """Menjalankan SOP sampai selesai melalui layanan yang sama dengan aplikasi, oleh pegawai daerah itu sendiri.

    Pelaksanaan pertama setiap edisi memuat satu pengembalian. Pelaksanaan yang dibuat nyata dan tetap tersimpan; yang
    tidak dapat dilanjutkan dibatalkan dan dilaporkan, dan perintah ini keluar dengan 1.
    """
    with ready() as platform:
        stock(platform)
        chosen = _chosen(platform, tenant, sop, real)
        results = [_followed(platform, slug, edition, cases) for slug, edition in chosen]
    if as_json:
        screen.as_json([result.to_json() for result in results])
    else:
        _show(results)
    failures = [(result, run) for result in results for run in result.failed]
    for result, failed in failures:
        click.secho(f"{result.tenant} {result.code} {failed.number}: {failed.failure}", fg="red", err=True)
    if failures:
        raise click.exceptions.Exit(1)


def _chosen(platform: Platform, tenant: str | None, sop: str | None, real: bool) -> list[tuple[str, InForce]]:
    chosen = []
    for slug in walked(platform.database, tenant):
        with tenant_transaction(platform.database, slug) as session:
            editions = in_force(session, sop)
            if editions and not real and _has_real_people(session):
                raise RealPeople(tenant=slug)
            chosen += [(slug, edition) for edition in editions]
    if not chosen:
        raise NothingInForce
    return chosen


def _has_real_people(session: Session) -> bool:
    """Whether anybody's NIP is not an invented one, which begin 0000."""
    real = select(Person.id).where(Person.active, Person.nip.is_not(None), ~Person.nip.startswith("0000"))
    return session.scalars(real.limit(1)).first() is not None


def _followed(platform: Platform, slug: str, edition: InForce, cases: int) -> EditionRun:
    with _progress(platform, slug, edition, cases) as told:
        return run(platform, slug, edition, cases, told)


@contextmanager
def _progress(platform: Platform, slug: str, edition: InForce, cases: int) -> Iterator[Callable[[Act], None]]:
    """A bar on standard error that counts steps; a step that is done again counts once."""
    with tenant_transaction(platform.database, slug) as session:
        steps = len(platform.engine.editions.get(session, edition.id).flow.steps)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task(f"{slug} {edition.code}", total=cases * steps)
        seen: set[str] = set()
        past = 0

        def told(act: Act) -> None:
            nonlocal past
            if len(seen) == steps:
                past += steps
                seen.clear()
            seen.add(act.step)
            progress.update(bar, completed=past + len(seen))

        yield told


def _show(results: list[EditionRun]) -> None:
    columns = ("Daerah", "SOP", "Edisi", "Pelaksanaan", "Selesai", "Langkah", "Pengembalian", "Detik")
    screen.table(columns, [tuple(result.to_json().values()) for result in results])
    for result in results:
        for case in (each for each in result.cases if each.acts):
            _show_case(result, case)


def _show_case(result: EditionRun, case: CaseRun) -> None:
    title = f"{result.tenant} · {case.number} · {case.officials} pejabat"
    rows = [(act.label, act.member or None, act.visit, act.person, act.position, _how(act)) for act in case.acts]
    screen.table(("Langkah", "Anggota", "Ke", "Oleh", "Sebagai", "Hasil"), rows, title)


def _how(act: Act) -> str:
    return "dikembalikan" if act.returning else "selesai"
