"""`langkah`: the command line. Commands are imported only when they are called, so that `--help` answers at once."""

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from core.commands.indonesian import Group, usage_message
from core.errors import LangkahError

UNDEFINED_TABLE = "42P01"

# name -> where it is, and its line in the help of `langkah`
COMMANDS = {
    "demo": ("core.commands.demo:demo", "Menyiapkan semuanya dan menjalankan contoh lima pemerintah daerah."),
    "serve": ("core.commands.serve:serve", "Menjalankan server web."),
    "simulate": (
        "core.commands.simulate:simulate",
        "Menjalankan SOP sampai selesai dengan pegawai daerah itu sendiri.",
    ),
    "tenants": ("core.commands.tenants:tenants", "Pemerintah daerah: daftar, dan penerapan berkasnya."),
    "sop": ("core.commands.sop:sop", "SOP: daftar, ekspor, pemeriksaan, pemberlakuan."),
    "cases": ("core.commands.cases:cases", "Pelaksanaan SOP: daftar, rincian, catatan kejadian."),
    "users": ("core.commands.users:users", "Akun pegawai: daftar, pembuatan, kode masuk, penonaktifan."),
    "operators": ("core.commands.operators:operators", "Operator platform ini."),
    "plugins": ("core.commands.plugins:plugins", "Plugin yang dimuat, dan yang ditolak beserta sebabnya."),
    "audit": ("core.commands.audit:audit", "Catatan kejadian: pemeriksaan keutuhan dan penyegelan."),
    "files": ("core.commands.files:files", "Berkas data dukung: pembersihan."),
    "db": ("core.commands.database:db", "Basis data: penyiapan, pemutakhiran, pemeriksaan."),
}


class Langkah(Group):
    """The root: imports a command when it is called, and tells every error in one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the table above."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command, imported now."""
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def short_help_of(self, ctx: click.Context, name: str) -> str:
        """From the table, so that help imports nothing."""
        return COMMANDS[name][1]

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; what it raises becomes a sentence, unless `--debug` asks for all of it."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if ctx.params["debug"]:
                raise
            raise click.ClickException(told(error)) from error

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """As click's, with the words of core.commands.indonesian; 1 is a failure, 2 a wrong command line."""
        if not standalone_mode:
            return super().main(args, prog_name, standalone_mode=False, **extra)
        try:
            with _stoppable():
                code = super().main(args, prog_name, standalone_mode=False, **extra)
        except click.UsageError as error:
            click.echo(usage_message(error), err=True)
            sys.exit(error.exit_code)
        except click.ClickException as error:
            click.secho(error.format_message(), fg="red", err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("Dihentikan.", err=True)
            sys.exit(130)
        sys.exit(code if isinstance(code, int) else 0)


@contextmanager
def _stoppable() -> Iterator[None]:
    """SIGTERM ends a command as Ctrl+C does: what it holds is given back, an embedded server stopped."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def told(error: Exception) -> str:
    """An error in one sentence or two, for whoever sits at the command line."""
    if isinstance(error, LangkahError):
        return str(error)
    from sqlalchemy.exc import OperationalError, ProgrammingError

    if isinstance(error, ProgrammingError) and getattr(error.orig, "sqlstate", None) == UNDEFINED_TABLE:
        return "Skema basis data belum dibuat atau belum mutakhir. Jalankan `langkah db upgrade`."
    if isinstance(error, OperationalError):
        reason = " ".join(str(error.orig).split())
        return f"Basis data tidak dapat dipakai: {reason}. Periksa DATABASE_URL dan pastikan PostgreSQL berjalan."
    return (
        f"Terjadi kesalahan yang tidak terduga ({type(error).__name__}: {' '.join(str(error).split())}). "
        "Jalankan lagi dengan --debug sesudah kata langkah untuk melihat rinciannya."
    )


@click.group(cls=Langkah, context_settings={"max_content_width": 110})
@click.option("--debug", is_flag=True, help="Tampilkan rincian teknis bila terjadi kesalahan.")
def main(debug: bool) -> None:
    """Langkah: SOP pemerintah daerah sebagai proses yang berjalan, berbatas waktu, dan tercatat."""
    from core.logging import configure

    configure("INFO" if debug else "ERROR")


if __name__ == "__main__":
    main()
