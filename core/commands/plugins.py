"""`langkah plugins`: what is loaded, and what was refused and why."""

import click

from core.commands import screen
from core.commands.indonesian import Command
from core.extensions import Extensions
from core.platform import read_procedure


@click.command(cls=Command)
def plugins() -> None:
    """Plugin yang dimuat, dan yang ditolak beserta sebab dan jalan keluarnya."""
    found = Extensions.load(read_procedure)
    rows = [
        (plugin.name, plugin.title, plugin.version, ", ".join(_procedures(found, plugin.name)) or None)
        for plugin in found.plugins.values()
    ]
    screen.table(("Plugin", "Nama", "Versi", "SOP"), rows)
    for refused in found.refused:
        screen.bad(f'Plugin "{refused.name}" ditolak: {refused.reason}')
        click.echo(f"  → {refused.remedy}")


def _procedures(found: Extensions, name: str) -> list[str]:
    return [key for key, owned in found.procedures.items() if owned.plugin.name == name]
