"""`langkah users`: accounts of one government, from the server's own command line."""

from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from core.commands import screen
from core.commands.governments import tenant_argument
from core.commands.indonesian import Group
from core.commands.instance import ready
from core.identity import accounts, reset
from core.identity.accounts import UnknownPerson
from core.identity.actor import Console
from core.identity.models import Person
from core.tenancy.scope import tenant_transaction

BY = Console("langkah users")
PAGE = 200


@click.group(cls=Group)
def users() -> None:
    """Akun pegawai: daftar, pembuatan, kode masuk, penonaktifan."""


@users.command("list")
@tenant_argument
def list_(tenant: str) -> None:
    """Menampilkan semua akun suatu daerah menurut nama."""
    with ready() as platform, tenant_transaction(platform.database, tenant) as session:
        found = page = accounts.people(session, BY, limit=PAGE)
        while len(page) == PAGE:
            page = accounts.people(session, BY, after=page[-1].id, limit=PAGE)
            found = [*found, *page]
        rows = [(each.name, each.username, each.nip, each.email, _state(each)) for each in found]
    screen.table(("Nama", "Nama pengguna", "NIP", "E-mail", "Keadaan"), rows)


@users.command()
@tenant_argument
@click.option("--name", required=True, help="Nama lengkap dengan gelar.")
@click.option("--username", required=True, help="Nama pengguna untuk masuk.")
@click.option("--nip", help="NIP, 18 angka; boleh kosong bagi yang tidak mempunyainya.")
@click.option("--email", help="Alamat e-mail dinas.")
@click.option("--phone", help="Nomor telepon.")
def create(tenant: str, name: str, username: str, nip: str | None, email: str | None, phone: str | None) -> None:
    """Membuat akun dan kode sekali pakai untuk masuk pertama kali."""
    with ready() as platform, tenant_transaction(platform.database, tenant) as session:
        person = accounts.create(session, BY, name=name, username=username, nip=nip, email=email, phone=phone)
        session.flush()
        code = reset.issue(session, BY, person.id, datetime.now(UTC))
    click.echo(f"Akun {person.username} ({person.name}) dibuat.")
    _show_code(code)


@users.command("reset-code")
@tenant_argument
@click.argument("account", metavar="AKUN")
def reset_code(tenant: str, account: str) -> None:
    """Membuat kode sekali pakai bagi AKUN (NIP, nama pengguna, atau e-mail)."""
    with ready() as platform, tenant_transaction(platform.database, tenant) as session:
        code = reset.issue(session, BY, _person(session, account).id, datetime.now(UTC))
    _show_code(code)


@users.command()
@tenant_argument
@click.argument("account", metavar="AKUN")
def disable(tenant: str, account: str) -> None:
    """Menonaktifkan AKUN: sesi dan tokennya berakhir sekarang, riwayat kerjanya tetap."""
    with ready() as platform, tenant_transaction(platform.database, tenant) as session:
        person = accounts.disable(session, BY, _person(session, account).id, datetime.now(UTC))
    click.echo(f"Akun {person.username} dinonaktifkan.")


def _person(session: Session, account: str) -> Person:
    person = accounts.find(session, account)
    if person is None:
        raise UnknownPerson()
    return person


def _show_code(code: str) -> None:
    click.echo(f"Kode sekali pakai: {code}")
    click.echo(f"Berlaku {int(reset.LIFETIME.total_seconds() // 3600)} jam; serahkan langsung kepada orangnya.")


def _state(person: Person) -> str:
    if not person.active:
        return "nonaktif"
    return "belum memilih kata sandi" if person.password_hash is None or person.must_change else "aktif"
