"""Dates as options: 2026-01-31, or `today`."""

from datetime import date
from typing import Any

import click

TODAY = "today"


class Effective(click.ParamType[date | str]):
    """A date in ISO form, or the word `today`, which each government reads in its own time zone."""

    name = "tanggal"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date | str:
        """The date, or 'today'."""
        if isinstance(value, date) or value == TODAY:
            return value if isinstance(value, date) else TODAY
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail("Isilah tanggal seperti 2026-01-31, atau today.", param, ctx)


EFFECTIVE = Effective()
