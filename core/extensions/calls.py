"""Calls to the plugins of one tenant, one plugin at a time, so that each answers for itself."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pluggy
import structlog

from core.contracts import CompletionView, Plugin
from core.errors import LangkahError

log = structlog.get_logger()


class PluginFailed(LangkahError):
    """Plugin {title} gagal bekerja, jadi permintaan Anda tidak disimpan.

    Coba lagi; bila berulang, hubungi admin instansi Anda.
    """

    type = "plugin-gagal"


class TenantHooks:
    """The hooks of one tenant's enabled plugins, in the order the plugins were loaded."""

    def __init__(self, manager: pluggy.PluginManager, plugins: Sequence[Plugin]) -> None:
        self._manager = manager
        self._plugins = plugins

    def call(self, hook: str, **arguments: Any) -> list[Any]:
        """What each plugin answers, None left out.

        :raises LangkahError: a plugin raised one, as Refusal is.
        :raises PluginFailed: a plugin raised anything else; it is logged.
        """
        return list(self._ask(self._plugins, hook, arguments))

    def asks(self, procedure: str, step: str) -> bool:
        """Whether a plugin wants to see completions of this step; if none does, no view need be made."""
        return any((procedure, step) in plugin.checks for plugin in self._plugins)

    def validate_completion(self, completion: CompletionView) -> None:
        """Asks the plugins whose `checks` name this step; to be called before the completion is accepted.

        :raises Refusal: a plugin refuses it, with the reason for the user.
        :raises PluginFailed: a plugin could not say; nothing is accepted unchecked.
        """
        place = (completion.case.procedure, completion.step)
        asking = [plugin for plugin in self._plugins if place in plugin.checks]
        for _ in self._ask(asking, "validate_completion", {"completion": completion}):
            pass

    def announce(self, hook: str, **arguments: Any) -> None:
        """Tells every plugin what was committed; one that raises is logged and stops nobody."""
        for plugin in self._plugins:
            try:
                self._of(plugin, hook)(**arguments)
            except Exception:
                log.exception("plugin_listener_failed", plugin=plugin.name, hook=hook)

    def _ask(self, plugins: Iterable[Plugin], hook: str, arguments: dict[str, Any]) -> Iterator[Any]:
        for plugin in plugins:
            try:
                yield from self._of(plugin, hook)(**arguments)
            except LangkahError:
                raise
            except Exception as error:
                log.exception("plugin_failed", plugin=plugin.name, hook=hook)
                raise PluginFailed(plugin=plugin.name, title=plugin.title) from error

    def _of(self, plugin: Plugin, hook: str) -> pluggy.HookCaller:
        """The hook as this plugin alone implements it."""
        return self._manager.subset_hook_caller(hook, self._manager.get_plugins() - {plugin})
