"""The menu: what of the platform, and of the government's own plugins, this reader may open."""

from dataclasses import dataclass

from flask import request, url_for

from core.contracts import MenuEntry
from core.http.transaction import platform
from core.identity.actor import Actor
from core.tenancy.scope import TenantScope
from core.web.language import later


@dataclass(frozen=True)
class Link:
    """One entry as shown; `here`: its page, or one below it, is being read."""

    title: str
    icon: str
    address: str
    here: bool


# (title, icon, endpoint, the right that opens it; None: whoever is logged in)
PAGES = (
    (later("Tugas Saya"), "list-check", "tasks.mine", None),
    (later("Pelaksanaan"), "checklist", "cases.found", None),
    (later("Pustaka SOP"), "books", "library.procedures", "procedures.read"),
    (later("Organisasi"), "sitemap", "organization.overview", "organization.read"),
)


def menu(scope: TenantScope, actor: Actor) -> list[Link]:
    """The platform's pages first, then what the plugins bring; no statement is run for it."""
    entries = platform().extensions.menu(scope.plugins)
    brought = [
        _brought(plugin, entry, scope) for plugin, entry in entries if entry.right is None or actor.may(entry.right)
    ]
    taken = any(link.here for link in brought)  # its page is one of the platform's, narrowed: only one entry is "here"
    own = [
        _own(str(title), icon, url_for(f"web.{endpoint}", tenant=scope.slug), taken)
        for title, icon, endpoint, right in PAGES
        if right is None or actor.may(right)
    ]
    return [*own, *brought]


def _own(title: str, icon: str, address: str, taken: bool) -> Link:
    """What stands below an entry's address belongs to it, whichever module shows it."""
    at = f"{request.script_root}{request.path}/"
    return Link(title, icon, address, not taken and at.startswith(f"{address}/"))


def _brought(plugin: str, entry: MenuEntry, scope: TenantScope) -> Link:
    address = url_for("web.cases.found", tenant=scope.slug, plugin=plugin)
    return Link(entry.title, entry.icon, address, request.full_path == address)
