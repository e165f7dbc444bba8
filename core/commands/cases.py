"""`langkah cases`: what runs in one government, as an auditor would read it from the server."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import click
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from core.commands import screen
from core.commands.governments import tenant_argument
from core.commands.indonesian import Group
from core.commands.instance import ready
from core.engine import queries
from core.engine.errors import NoSuchCase
from core.engine.models import Case
from core.identity.actor import Actor
from core.moments import spoken
from core.organization.secrecy import READ_ALL
from core.tenancy.scope import scope_of, tenant_transaction

PAGE = 500
STATUS = {"open": "berjalan", "done": "selesai", "cancelled": "dibatalkan"}
TASK_STATUS = {
    "open": "terbuka", "done": "selesai", "returned": "dikembalikan", "not_needed": "tidak diperlukan",
    "excused": "dikecualikan", "withdrawn": "ditarik", "cancelled": "dibatalkan",
}  # fmt: skip
EVENTS = {
    "case_started": "pelaksanaan dimulai", "task_opened": "tugas dibuka", "set_fixed": "peserta ditetapkan",
    "task_started": "tugas dimulai", "task_completed": "tugas selesai", "task_closed": "tugas ditutup",
    "task_withdrawn": "ditarik kembali", "task_reassigned": "dialihkan", "decision_awaited": "menunggu keputusan",
    "step_joined": "semua peserta selesai", "step_returned": "dikembalikan", "step_passed": "dilewati",
    "member_excused": "peserta dikecualikan", "member_added": "peserta ditambahkan", "commented": "komentar",
    "case_ended": "pelaksanaan berakhir", "case_cancelled": "pelaksanaan dibatalkan",
    "evidence_attached": "data dukung dilampirkan", "evidence_removed": "data dukung dihapus",
}  # fmt: skip


@click.group(cls=Group)
def cases() -> None:
    """Pelaksanaan SOP suatu daerah: daftar, rincian, catatan kejadian. Yang rahasia tidak ditampilkan di sini."""


@cases.command("list")
@tenant_argument
@click.option("--status", type=click.Choice(list(STATUS.values())), help="Hanya yang berkeadaan ini.")
@click.option("--sop", metavar="KODE", help="Hanya SOP ini.")
@click.option("--limit", type=click.IntRange(1, PAGE), default=50, help="Paling banyak sekian, yang terbaru dahulu.")
def list_(tenant: str, status: str | None, sop: str | None, limit: int) -> None:
    """Menampilkan pelaksanaan, yang terbaru dahulu."""
    wanted = next((key for key, word in STATUS.items() if word == status), None)
    with ready() as platform, tenant_transaction(platform.database, tenant) as session:
        found = queries.cases(session, reader(session), None, limit, queries.Wanted(wanted, sop))
        zone = scope_of(session).timezone
        rows = [(row.number, row.subject, STATUS[row.status], spoken(row.opened_at, zone)) for row in found]
    screen.table(("Nomor", "Perihal", "Keadaan", "Dimulai"), rows)


@cases.command()
@tenant_argument
@click.argument("number", metavar="NOMOR")
def show(tenant: str, number: str) -> None:
    """Menampilkan satu pelaksanaan dan tugas-tugasnya."""
    with ready() as platform, tenant_transaction(platform.database, tenant) as session:
        case = _found(session, number)
        zone = scope_of(session).timezone
        flow = platform.engine.editions.get(session, case.edition_id).flow
        tasks = sorted(
            queries.case_tasks(session, case.id), key=lambda task: (flow.index[task.step_key], task.opened_at)
        )
        click.echo(f"{case.number} · {case.subject} · {case.ended or STATUS[case.status]}")
        click.echo(
            f"{case.title}, edisi {case.edition_number}; dimulai {case.opened_by_name}, {spoken(case.opened_at, zone)}"
        )
        rows = [(flow.label(task.step_key), *_task(task, zone)) for task in tasks]
    screen.table(("Langkah", "Anggota", "Ke", "Keadaan", "Oleh", "Pada"), rows)


@cases.command()
@tenant_argument
@click.argument("number", metavar="NOMOR")
def events(tenant: str, number: str) -> None:
    """Menampilkan catatan kejadian suatu pelaksanaan, dari yang pertama."""
    with ready() as platform, tenant_transaction(platform.database, tenant) as session:
        case = _found(session, number)
        labels = platform.engine.editions.get(session, case.edition_id).flow.label
        zone = scope_of(session).timezone
        rows: list[tuple[object, ...]] = []
        while page := queries.events(session, case.id, len(rows), PAGE):
            rows += [(row.seq, spoken(row.at, zone), _event(row, labels), row.person, row.position) for row in page]
    screen.table(("No.", "Pada", "Kejadian", "Oleh", "Sebagai"), rows)


def reader(session: Session) -> Actor:
    """Who reads from the server: nobody's colleague, with an auditor's right, so nothing secret is shown."""
    nobody = UUID(int=0)
    return Actor(nobody, "langkah cases", "langkah", scope_of(session).id, False, {}, (), frozenset({READ_ALL}))


def _found(session: Session, number: str) -> Row[Any]:
    case_id = session.scalar(select(Case.id).where(Case.number == number.strip().upper()))
    if case_id is None:
        raise NoSuchCase
    return queries.case(session, reader(session), case_id)


def _task(task: queries.TaskRow, zone: str) -> tuple[object, ...]:
    closed = spoken(task.closed_at, zone) if task.closed_at else None
    return (task.label, task.visit, TASK_STATUS[task.status], task.closed_by_name, closed)


def _event(row: queries.TaskRow, label: Callable[[str], str]) -> str:
    words = EVENTS.get(row.kind, str(row.kind))
    step = row.body.get("step") or row.body.get("target")
    return f"{words}: langkah {label(step)}" if step else words
