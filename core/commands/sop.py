"""`langkah sop`: the SOPs that are in force, as they are printed; the files they come from, checked."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from core.commands import screen
from core.commands.dates import EFFECTIVE
from core.commands.governments import tenant_argument, tenant_option, walked
from core.commands.indonesian import Group
from core.commands.instance import ready
from core.commands.seeding import read_editions, stock
from core.errors import NotFound
from core.identity.actor import Console
from core.moments import spoken_date
from core.platform import Platform
from core.procedures.editions import put_into_force
from core.procedures.export import export as printed
from core.procedures.model import Edition
from core.procedures.models import EditionRow, Procedure
from core.tenancy.scope import scope_of, tenant_transaction

BY = Console("langkah sop")


class NoDraft(NotFound):
    """SOP "{code}" tidak mempunyai konsep edisi yang menunggu diberlakukan. Lihat `langkah sop list`."""

    type = "tidak-ada-konsep"


@click.group(cls=Group)
def sop() -> None:
    """SOP: daftar, ekspor, pemeriksaan, pemberlakuan."""


@sop.command("list")
@tenant_option
def list_(tenant: str | None) -> None:
    """Menampilkan SOP setiap daerah, edisinya yang berlaku, dan konsep yang menunggu."""
    with ready() as platform:
        stock(platform)
        rows = []
        for slug in walked(platform.database, tenant):
            with tenant_transaction(platform.database, slug) as session:
                rows += [(slug, *row) for row in _listed(session)]
    screen.table(("Daerah", "Kode", "Judul", "Plugin", "Berlaku", "Sejak", "Konsep"), rows)


@sop.command()
@tenant_option
@click.option("--json", "as_json", is_flag=True, help="Cetak seluruh isinya sebagai JSON.")
def export(tenant: str | None, as_json: bool) -> None:
    """Mengekspor setiap edisi yang berlaku menurut lembar cetaknya."""
    with ready() as platform:
        stock(platform)
        found = [printed(edition) for edition in _in_force(platform, tenant)]
    if as_json:
        screen.as_json(found)
        return
    for edition in found:
        title = f"{edition['tenant']} · {edition['title']} · {edition['number'] or 'tanpa nomor'}"
        rows = [(row["no"], row["activity"], ", ".join(row["actors"]), row["duration"]) for row in edition["steps"]]
        screen.table(("No.", "Kegiatan", "Pelaksana", "Waktu"), rows, title)


@sop.command()
@tenant_option
def check(tenant: str | None) -> None:
    """Memeriksa berkas SOP tanpa basis data: terbaca, terpetakan ke organisasi, dan didukung mesin langkah.

    Pembuktian bahwa alurnya selalu dapat selesai (soundness) belum termasuk; itu menyusul pada versi berikutnya.
    Jabatan atau unit yang hanya dibuat di aplikasi tidak dikenal di sini; `langkah tenants sync --plan` mengenalnya.
    """
    from core.procedures.support import unsupported

    problems, editions = read_editions(tenant)
    rows = []
    for edition in editions:
        missing = unsupported(edition)
        problems += [f"{edition.tenant}/{edition.code}: {each}" for each in missing]
        rows.append((edition.tenant, edition.code, len(edition.rows), "belum didukung" if missing else "baik"))
    screen.table(("Daerah", "SOP", "Langkah", "Hasil"), rows)
    for problem in problems:
        screen.bad(problem)
    if problems:
        raise click.exceptions.Exit(1)


@sop.command()
@click.option("--binding", is_flag=True, help="Skema berkas pemetaan daerah, bukan berkas SOP.")
def schema(binding: bool) -> None:
    """Mencetak JSON Schema bahasa definisi SOP."""
    from core.procedures.grammar import binding_schema, json_schema

    click.echo(json.dumps(binding_schema() if binding else json_schema(), ensure_ascii=False, indent=2))


@sop.command()
@tenant_argument
@click.argument("code", metavar="KODE")
@click.option("--effective", type=EFFECTIVE, required=True, help="Tanggal mulai berlaku, atau `today`.")
def publish(tenant: str, code: str, effective: date | str) -> None:
    """Memberlakukan konsep edisi suatu SOP; edisi sebelumnya berakhir, pelaksanaan yang berjalan tetap di edisinya."""
    with ready() as platform, tenant_transaction(platform.database, tenant) as session:
        on = effective if isinstance(effective, date) else scope_of(session).today
        row = put_into_force(session, BY, _draft(session, code), on)
        click.echo(f"Edisi {row.number} SOP {code} berlaku mulai {spoken_date(on)}.")


def _listed(session: Session) -> Iterator[tuple[Any, ...]]:
    draft = aliased(EditionRow)
    query = (
        select(Procedure, EditionRow.number, EditionRow.effective_on, draft.number)
        .outerjoin(
            EditionRow,
            (EditionRow.tenant_id == Procedure.tenant_id) & (EditionRow.id == Procedure.effective_id),
        )
        .outerjoin(
            draft,
            (draft.tenant_id == Procedure.tenant_id) & (draft.procedure_id == Procedure.id) & (draft.status == "draft"),
        )
        .order_by(Procedure.code)
    )
    for procedure, number, since, drafted in session.execute(query):
        shown = spoken_date(since) if since else None
        yield procedure.code, procedure.title, procedure.plugin, number, shown, drafted


def _in_force(platform: Platform, tenant: str | None) -> Iterator[Edition]:
    """The editions in force, governments in their fixed order, SOPs by code."""
    query = (
        select(EditionRow.content)
        .join(
            Procedure,
            (EditionRow.tenant_id == Procedure.tenant_id) & (EditionRow.id == Procedure.effective_id),
        )
        .order_by(Procedure.code)
    )
    for slug in walked(platform.database, tenant):
        with tenant_transaction(platform.database, slug) as session:
            yield from map(Edition.from_json, session.scalars(query).all())


def _draft(session: Session, code: str) -> EditionRow:
    query = (
        select(EditionRow)
        .join(
            Procedure,
            (Procedure.tenant_id == EditionRow.tenant_id) & (Procedure.id == EditionRow.procedure_id),
        )
        .where(Procedure.code == code, EditionRow.status == "draft")
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NoDraft(code=code)
    return found
