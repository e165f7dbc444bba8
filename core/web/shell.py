"""What every page is framed by: the government's face, the menu, who reads, the word of the last act."""

from collections.abc import Callable
from functools import cache
from typing import Any, cast

from flask import Flask, current_app, g, request, url_for
from flask_babel import Babel
from markupsafe import Markup

from core.web import cookies
from core.web.language import shown
from core.web.menu import menu
from core.web.news import NEWS


def register(app: Flask) -> None:
    """Teaches the templates Indonesian, and what stands around every page."""
    Babel(app, default_locale="id", locale_selector=lambda: "id")
    app.context_processor(_frame)
    app.jinja_env.globals.update(icon=icon, here=here, _=shown)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _frame() -> dict[str, Any]:
    """No statement is run for the frame: all of it came with the visit (core.http.door)."""
    visit = g.get("visit")
    if visit is None:
        return {"scope": None, "me": None, "menu": [], "theme": cookies.theme(), "news": None}
    actor = visit.actor
    return {
        "scope": visit.scope,
        "me": actor,
        "menu": menu(visit.scope, actor) if actor and not actor.must_change else [],
        "theme": cookies.theme(),
        "news": NEWS.get(request.cookies.get("kabar", "")),
    }


def icon(name: str, label: str | None = None) -> Markup:
    """One of Tabler's icons, from the sprite; without a label it is decoration and read by nobody."""
    sprite = cast(Callable[[str], str], current_app.jinja_env.globals["asset"])("icons.svg")
    if label is None:
        return _decoration(sprite, name)
    return _drawn(sprite, name, Markup('role="img" aria-label="{}"').format(label))


@cache
def _decoration(sprite: str, name: str) -> Markup:
    """Kept, as a page has some forty of them and the templates name a few dozen in all."""
    return _drawn(sprite, name, Markup('aria-hidden="true"'))


def _drawn(sprite: str, name: str, spoken: Markup) -> Markup:
    return Markup('<svg class="icon" width="20" height="20" {}><use href="{}#{}"></use></svg>').format(
        spoken, sprite, name
    )


def here(endpoint: str, **values: Any) -> str:
    """The address of one of this government's pages."""
    return url_for(f"web.{endpoint}", tenant=g.visit.scope.slug, **values)
