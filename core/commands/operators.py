"""`langkah operators`: the people who run this instance."""

import sys

import click

from core.commands.indonesian import Group
from core.commands.instance import ready
from core.errors import BadInput


@click.group(cls=Group)
def operators() -> None:
    """Operator platform: mereka menjalankan server ini dan tidak membaca pelaksanaan SOP daerah mana pun."""


@operators.command()
@click.option("--username", required=True, help="Nama pengguna.")
@click.option("--name", required=True, help="Nama lengkap.")
@click.option("--password-stdin", is_flag=True, help="Baca kata sandi dari masukan standar, satu baris.")
def create(username: str, name: str, password_stdin: bool) -> None:
    """Membuat operator; kata sandi ditanyakan, lalu alamat untuk aplikasi autentikator ditampilkan sekali."""
    from core.identity import operators as accounts

    password = sys.stdin.readline().rstrip("\n") if password_stdin else _asked()
    with ready() as platform, platform.database.session() as session, session.begin():
        operator, address = accounts.create(session, username, name, password)
        click.echo(f"Operator {operator.username} dibuat.")
    click.echo("Daftarkan alamat ini pada aplikasi autentikator; ia tidak ditampilkan lagi:")
    click.echo(address)


def _asked() -> str:
    password: str = click.prompt("Kata sandi", hide_input=True)
    if click.prompt("Ulangi kata sandi", hide_input=True) != password:
        raise BadInput(reason="kedua kata sandi tidak sama.")
    return password
