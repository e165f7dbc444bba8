"""What a plugin answers to a register_ hook: asked once, when the platform starts."""

from typing import TypeVar

from core.contracts import Plugin
from core.extensions.hooks import specified_manager
from core.extensions.refused import PluginRefused, told

Thing = TypeVar("Thing")


def registered(plugin: Plugin, hook: str, kind: type[Thing], example: str) -> list[Thing]:
    """What the plugin's hook answers, called on a manager of its own, which nobody else can see.

    :param example: what a right answer looks like, for whoever wrote a wrong one.
    :raises PluginRefused: the hook raises, or answers anything but a list of `kind`.
    """
    alone = specified_manager()
    alone.register(plugin, plugin.name)
    try:
        found = [thing for answer in getattr(alone.hook, hook)() for thing in answer]
    except (Exception, SystemExit) as error:
        raise PluginRefused(
            f"Hook {hook} gagal dijalankan: {told(error)}.",
            "Perbaiki hook itu, lalu jalankan ulang Langkah.",
        ) from error
    if not all(isinstance(thing, kind) for thing in found):
        raise PluginRefused(
            f"Hook {hook} tidak mengembalikan daftar {kind.__name__}.",
            f"Kembalikan misalnya {example}, dengan {kind.__name__} dari core.sdk.",
        )
    return found
