"""The cookies of the pages: a session's secret per government, the news of the last act, the theme."""

from typing import Any

from flask import Response, request

from core.identity.sessions import LIFETIME

NEWS_SECONDS = 30
THEMES = ("terang", "gelap")
A_YEAR = 365 * 24 * 3600


def session_name(slug: str) -> str:
    """One name per government, so that somebody may be logged in to two at once (ground.md 10)."""
    return f"langkah-{slug}"


def secret(slug: str) -> str | None:
    """The secret this browser bears for the government; None where it bears none."""
    return request.cookies.get(session_name(slug)) or None


def keep_secret(response: Response, slug: str, value: str) -> None:
    """Hands the browser its session's secret: for this government's addresses only, out of reach of scripts."""
    response.set_cookie(session_name(slug), value, max_age=int(LIFETIME.total_seconds()), **_kept_to(slug))


def forget_secret(response: Response, slug: str) -> None:
    """Takes the secret out of the browser."""
    response.delete_cookie(session_name(slug), **_kept_to(slug))


def tell_news(response: Response, slug: str, code: str) -> None:
    """Leaves word for the next page what has just been done; `code` is a key of core.web.news, never a text."""
    response.set_cookie("kabar", code, max_age=NEWS_SECONDS, **_kept_to(slug))


def forget_news(response: Response, slug: str) -> None:
    """It was told."""
    response.delete_cookie("kabar", **_kept_to(slug))


def theme() -> str | None:
    """The theme the reader chose; None: as his system has it."""
    chosen = request.cookies.get("tema")
    return chosen if chosen in THEMES else None


def keep_theme(response: Response, chosen: str) -> None:
    """Keeps the theme in this browser; any other word returns to the system's."""
    if chosen in THEMES:
        response.set_cookie("tema", chosen, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    else:
        response.delete_cookie("tema")


def _kept_to(slug: str) -> dict[str, Any]:
    return {"path": f"/{slug}", "httponly": True, "samesite": "Lax", "secure": request.is_secure}
