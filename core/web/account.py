"""Akun saya: who I am here and in which post, where I am logged in, the tokens that act for me."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, redirect, render_template, request

from core.http.door import LOGIN, actor, visit
from core.http.transaction import address
from core.identity import accounts, sessions, tokens
from core.identity.actor import Actor
from core.identity.agents import spoken_agent
from core.identity.models import ApiToken
from core.organization.history import AssignmentView
from core.organization.person_view import PersonView, person_view
from core.organization.rights import catalogue
from core.organization.wording import KINDS
from core.web import cookies
from core.web.commands import identifier, whole
from core.web.door import page, see_other
from core.web.onward import came_from
from core.web.shell import here

blueprint = Blueprint("account", __name__)

DAYS = 90


@blueprint.get("/akun")
@page(LOGIN)
def overview() -> str:
    """Who I am: what the government keeps of me, my posts today, my teams, what I may do."""
    session, mine = visit().session, actor()
    person = accounts.get(session, mine.person_id)
    view = person_view(session, mine, mine.person_id)
    return render_template(
        "account/overview.html", person=person, view=view, posts=_posts(mine, view), rights=_rights(mine), kinds=KINDS
    )


@blueprint.post("/akun/jabatan")
@page(LOGIN)
def act_as() -> Response:
    """The post in which I act from now on, in this browser; back to where I was."""
    position = identifier("jabatan") if request.form.get("jabatan") else None
    there, mine = visit(), actor()
    sessions.act_as(there.session, mine, mine.sign, position, there.now, address())
    response = make_response(redirect(came_from(there.scope.slug) or here("tasks.mine"), 303))
    cookies.tell_news(response, there.scope.slug, "jabatan")
    return response


@blueprint.get("/akun/sesi")
@page(LOGIN)
def own_sessions() -> str:
    """Where I am logged in."""
    there, mine = visit(), actor()
    found = sessions.own(there.session, mine.person_id, there.now)
    return render_template("account/sessions.html", sessions=found, spoken_agent=spoken_agent)


@blueprint.post("/akun/sesi/<uuid:session_id>/akhiri")
@page(LOGIN)
def end_session(session_id: UUID) -> Response:
    """Ends one of them; the one at hand too, which then leads to the log-in."""
    sessions.revoke(visit().session, actor().person_id, session_id, visit().now, address())
    return see_other("account.own_sessions", "sesi")


@blueprint.post("/akun/sesi/lain/akhiri")
@page(LOGIN)
def end_others() -> Response:
    """Ends all but the one at hand."""
    there, mine = visit(), actor()
    sessions.revoke_others(there.session, mine.person_id, mine.sign, there.now, address())
    return see_other("account.own_sessions", "sesi-lain")


@blueprint.get("/akun/token")
@page(LOGIN)
def own_tokens() -> str:
    """My tokens, and a form for one more."""
    return _tokens()


@blueprint.post("/akun/token")
@page(LOGIN, again=own_tokens)
def issue_token() -> str:
    """A new token. Its secret is in the answer itself: no address, no cookie and no page read later has it."""
    there, given = visit(), request.form
    days = whole(given.get("hari", "")) or 0
    issued = tokens.issue(there.session, actor().person_id, given.get("nama", ""), days, there.now, address())
    return _tokens(issued)


@blueprint.get("/akun/token/<uuid:token_id>/cabut")
@page(LOGIN)
def ask_revoke(token_id: UUID) -> str:
    """Asks before a token is revoked, and says what follows."""
    there, mine = visit(), actor()
    found = [token for token in tokens.own(there.session, mine.person_id, there.now) if token.id == token_id]
    if not found:
        raise tokens.UnknownToken
    return render_template("account/revoke.html", token=found[0])


@blueprint.post("/akun/token/<uuid:token_id>/cabut")
@page(LOGIN)
def revoke_token(token_id: UUID) -> Response:
    """Revokes it."""
    tokens.revoke(visit().session, actor().person_id, token_id, visit().now, address())
    return see_other("account.own_tokens", "token")


def _tokens(issued: tuple[ApiToken, str] | None = None) -> str:
    there, mine = visit(), actor()
    found = tokens.own(there.session, mine.person_id, there.now)
    return render_template("account/tokens.html", tokens=found, issued=issued, days=DAYS, longest=tokens.LONGEST_DAYS)


def _posts(mine: Actor, view: PersonView) -> list[tuple[Any, AssignmentView | None]]:
    """My posts today, each with the assignment that says by which order and since when."""
    held = {(row.position_id, row.kind): row for row in view.history if row.when == "current"}
    return [(post, held.get((post[0], post[2]))) for post in mine.positions]


def _rights(mine: Actor) -> list[str]:
    """What I may do, in the words and the order of the catalogue."""
    return [right.label for right in catalogue().values() if mine.may(right.key)]
