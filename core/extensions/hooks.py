"""Whether every hook a plugin implements exists, with the arguments it takes.

pluggy itself would accept a mistyped hook and never call it, so names are compared here, before registration.
"""

import inspect
from collections.abc import Mapping
from difflib import get_close_matches

import pluggy

from core import hookspecs
from core.contracts import Plugin
from core.extensions.refused import PluginRefused


def specified_manager() -> pluggy.PluginManager:
    """A plugin manager that knows every hook and no plugin."""
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    return manager


def hook_arguments() -> dict[str, tuple[str, ...]]:
    """The arguments of every hook, by its name."""
    callers = _callers(specified_manager())
    return {name: caller.spec.argnames for name, caller in callers.items() if caller.spec}


def implemented(plugin: Plugin) -> dict[str, pluggy.HookImpl]:
    """What the plugin marked as hooks, by hook name, whether such hooks exist or not."""
    bare = pluggy.PluginManager(hookspecs.PROJECT)
    bare.register(plugin, plugin.name)
    return {name: caller.get_hookimpls()[0] for name, caller in _callers(bare).items()}


def check_hooks(plugin: Plugin) -> None:
    """Compares the plugin's hooks with those of the platform.

    :raises PluginRefused: one is unknown, unmarked, a wrapper, or takes an argument it will not be given.
    """
    known = hook_arguments()
    found = implemented(plugin)
    for name, implementation in found.items():
        if name not in known:
            raise _unknown(name, known)
        _check_implementation(name, implementation, known[name])
    for name in known:
        if name not in found and inspect.getattr_static(plugin, name, None) is not None:
            raise PluginRefused(
                f'"{name}" bernama seperti hook tetapi tidak ditandai, sehingga tidak akan dipanggil.',
                "Tambahkan @hookimpl dari core.sdk di atasnya, atau ganti namanya.",
            )


def _callers(manager: pluggy.PluginManager) -> dict[str, pluggy.HookCaller]:
    return {name: caller for name, caller in vars(manager.hook).items() if not name.startswith("_")}


def _unknown(name: str, known: Mapping[str, object]) -> PluginRefused:
    near = get_close_matches(name, known, n=1)
    remedy = f'Mungkin maksudnya "{near[0]}".' if near else f"Hook yang ada: {', '.join(sorted(known))}."
    return PluginRefused(f'Hook "{name}" tidak dikenal.', remedy)


def _check_implementation(name: str, found: pluggy.HookImpl, arguments: tuple[str, ...]) -> None:
    # A wrapper runs around other plugins' hooks: no plugin stands between another and the platform.
    if found.wrapper or found.hookwrapper:
        raise PluginRefused(
            f'Hook "{name}" dibuat sebagai pembungkus (wrapper).', "Tulis hook itu sebagai fungsi biasa."
        )
    foreign = [each for each in found.argnames if each not in arguments]
    if foreign:
        raise PluginRefused(
            f'Hook "{name}" tidak mempunyai argumen "{foreign[0]}".',
            f"Tulis seperti ini: {name}({', '.join(('self', *arguments))}).",
        )
