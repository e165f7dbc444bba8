"""What commands print: tables and lines on standard output, nothing else there."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click
from rich.console import Console
from rich.table import Table

PIPED_WIDTH = 160


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None) -> None:
    """Prints a table; None is shown as a dash."""
    shown = Table(*columns, title=title, title_justify="left", header_style="bold")
    for row in rows:
        shown.add_row(*("–" if cell is None else str(cell) for cell in row))
    console().print(shown)


def console() -> Console:
    """Standard output; a pipe is given room enough that no cell is cut."""
    width = None if sys.stdout.isatty() else PIPED_WIDTH
    return Console(width=width, highlight=False, markup=False)


def as_json(value: Any) -> None:
    """Prints JSON, readable and with letters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def good(line: str) -> None:
    """Prints a line in green."""
    click.secho(line, fg="green")


def bad(line: str) -> None:
    """Prints a line in red."""
    click.secho(line, fg="red")
