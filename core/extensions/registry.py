"""Finds the installed plugins and takes in those that pass every check; a refused one takes nothing down."""

from collections.abc import Callable, Collection, Iterable
from functools import partial
from importlib import metadata
from importlib.metadata import EntryPoint

import structlog

from core.contracts import MenuEntry, Plugin
from core.extensions.calls import TenantHooks
from core.extensions.hooks import check_hooks, specified_manager
from core.extensions.identity import check_identity
from core.extensions.procedures import OwnedProcedure, ReadProcedure, read_procedures
from core.extensions.refused import PluginRefused, Refused, told
from core.extensions.registering import registered
from core.extensions.tables import check_tables

GROUP = "langkah"
log = structlog.get_logger()


class Extensions:
    """The plugins that run, by name; those refused, with reason and remedy; every procedure, by id; the menus."""

    def __init__(self, read_procedure: ReadProcedure, platform: str) -> None:
        self._manager = specified_manager()
        self._read_procedure = read_procedure
        self._platform = platform
        self.plugins: dict[str, Plugin] = {}
        self.refused: list[Refused] = []
        self.procedures: dict[str, OwnedProcedure] = {}
        self.menus: dict[str, list[MenuEntry]] = {}

    @classmethod
    def load(
        cls,
        read_procedure: ReadProcedure,
        entry_points: Iterable[EntryPoint] | None = None,
        extra: Iterable[Plugin] = (),
        platform: str | None = None,
    ) -> "Extensions":
        """Takes in the plugins of the entry points (None: all that are installed), then those of `extra`.

        :param read_procedure: reads one procedure file into its id and definition; raises LangkahError.
        :param platform: the version of Langkah (None: the one installed).
        """
        extensions = cls(read_procedure, platform or metadata.version("langkah"))
        for entry in installed() if entry_points is None else entry_points:
            extensions._consider(entry.name, entry.load)
        for plugin in extra:
            extensions._consider(plugin.name, partial(_itself, plugin))
        return extensions

    def for_tenant(self, enabled: Collection[str]) -> TenantHooks:
        """The hooks of the plugins a tenant enabled; names of plugins that do not run are passed over."""
        return TenantHooks(self._manager, [p for name, p in self.plugins.items() if name in enabled])

    def menu(self, enabled: Collection[str]) -> list[tuple[str, MenuEntry]]:
        """(plugin, entry) of the menu that the plugins a tenant enabled bring, in the order they were loaded."""
        return [(name, entry) for name, entries in self.menus.items() if name in enabled for entry in entries]

    def _consider(self, name: str, load: Callable[[], object]) -> None:
        try:
            self._take(name, load)
        except PluginRefused as refusal:
            self._refuse(Refused(name, refusal.reason, refusal.remedy))
        except Exception as error:  # a plugin may be broken in ways no check foresees
            reason = f"Terjadi kesalahan saat plugin diperiksa: {told(error)}."
            self._refuse(Refused(name, reason, "Perbaiki plugin itu, lalu jalankan ulang Langkah."))

    def _take(self, name: str, load: Callable[[], object]) -> None:
        """Nothing of the plugin is kept before its last check has passed."""
        plugin = check_identity(_imported(load), name, self.plugins, self._platform)
        check_hooks(plugin)
        check_tables(plugin)
        procedures = read_procedures(plugin, self._read_procedure)
        menu = registered(plugin, "register_menu", MenuEntry, '[MenuEntry("Monev SPBE")]')
        self._manager.register(plugin, plugin.name)
        self.plugins[plugin.name] = plugin
        self.menus[plugin.name] = menu
        self.procedures |= procedures

    def _refuse(self, refused: Refused) -> None:
        self.refused.append(refused)
        log.warning("plugin_refused", plugin=refused.name, reason=refused.reason, remedy=refused.remedy)


def installed() -> list[EntryPoint]:
    """Every entry point of the group, our own first, so that no foreign plugin takes a built-in's name."""

    def order(entry: EntryPoint) -> tuple[bool, str, str]:
        distribution = entry.dist.name if entry.dist else ""
        return distribution != "langkah", entry.name, distribution

    return sorted(metadata.entry_points(group=GROUP), key=order)


def _itself(plugin: Plugin) -> object:
    return plugin


def _imported(load: Callable[[], object]) -> object:
    try:
        return load()
    except (Exception, SystemExit) as error:  # a module that ends the process on import must not end ours
        raise PluginRefused(
            f"Modul plugin tidak dapat diimpor: {told(error)}.",
            "Perbaiki kesalahan itu atau pasang pustaka yang kurang, lalu jalankan ulang Langkah.",
        ) from error
