"""`langkah serve`: the web server."""

from collections.abc import Callable
from typing import Any

import click

from core.commands.indonesian import Command
from core.commands.instance import started
from core.commands.web_server import Listening
from core.commands.web_server import serve as run
from core.config import load


def listening_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--host`, `--port`, `--workers`, `--threads`."""
    for option in (
        click.option("--threads", type=click.IntRange(1, 64), default=4, help="Utas per proses; biasanya 4."),
        click.option("--workers", type=click.IntRange(1, 64), default=2, help="Banyaknya proses; biasanya 2."),
        click.option(
            "--port", type=click.IntRange(1, 65535), default=8000, envvar="PORT", help="Porta; biasanya 8000."
        ),
        click.option("--host", default="127.0.0.1", help="Alamat yang didengarkan; biasanya 127.0.0.1."),
    ):
        command = option(command)
    return command


@click.command(cls=Command)
@listening_options
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Menjalankan server web (gunicorn) sampai dihentikan dengan Ctrl+C atau SIGTERM."""
    listening = Listening(host, port, workers, threads)
    listening.require_free()
    config = load()
    with started(config) as (_, addresses):
        run(config, addresses.app, listening, lambda: click.echo(f"Langkah melayani di {listening.address}"))
