"""Ways in and out: log-in, the first password of one's own, a new one by a one-time code, the next user."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request

from core.errors import BadInput
from core.http.door import PUBLIC, Guard, actor, visit
from core.http.transaction import address, settled
from core.identity import login, reset, sessions
from core.web import cookies
from core.web.door import bearer, page, see_other
from core.web.onward import came_from, own_page
from core.web.shell import here

blueprint = Blueprint("entry", __name__)

# Whoever has still to choose a password of his own may do that, and leave.
UNCHANGED = Guard(unchanged=True)


@blueprint.get("/")
@page(PUBLIC)
def landing() -> Response:
    """The government's own address leads to what waits for the reader."""
    return see_other("tasks.mine")


@blueprint.get("/masuk")
@page(PUBLIC)
def log_in() -> Any:
    """The log-in; who is logged in already goes on."""
    if request.method == "GET" and bearer(visit().session) is not None:
        return redirect(_onward(), 303)
    return render_template("entry/log_in.html", onward=_onward())


@blueprint.post("/masuk")
@page(PUBLIC, again=log_in)
def log_in_now() -> Response:
    """Opens a session; one that this browser had here before ends."""
    given, slug = request.form, visit().scope.slug
    entered = settled(
        login.enter(
            visit().session, given.get("akun", ""), given.get("sandi", ""), address(), visit().now,
            agent=request.user_agent.string, former=cookies.secret(slug),
        )
    )  # fmt: skip
    onward = here("entry.password") if entered.person.must_change else _onward()
    response = make_response(redirect(onward, 303))
    cookies.keep_secret(response, slug, entered.secret)
    return response


@blueprint.post("/keluar")
@page(UNCHANGED)
def log_out() -> Response:
    """Ends the session; for the next user the log-in leads back to the page he took over."""
    slug = visit().scope.slug
    sessions.leave(visit().session, cookies.secret(slug) or "", visit().now, address())
    if request.form.get("lalu") == "ganti":
        response = see_other("entry.log_in", lanjut=came_from(slug) or None)
    else:
        response = see_other("entry.log_in", "keluar")
    cookies.forget_secret(response, slug)
    return response


@blueprint.get("/sandi")
@page(UNCHANGED)
def password() -> Any:
    """A new password: the first of one's own, or another."""
    return render_template("entry/password.html")


@blueprint.post("/sandi")
@page(UNCHANGED, again=password)
def change_password() -> Response:
    """Changes it; one's sessions elsewhere end."""
    given, here_now = request.form, visit()
    require_same(given.get("baru", ""), given.get("ulang", ""))
    settled(
        login.change_password(
            here_now.session, actor(), given.get("lama", ""), given.get("baru", ""), here_now.now,
            address=address(),
        )
    )  # fmt: skip
    return see_other("tasks.mine", "sandi")


@blueprint.get("/kode")
@page(PUBLIC)
def code() -> Any:
    """Where a one-time code from the admin becomes a new password."""
    return render_template("entry/code.html")


@blueprint.post("/kode")
@page(PUBLIC, again=code)
def redeem() -> Response:
    """Sets the password by the code."""
    given = request.form
    require_same(given.get("baru", ""), given.get("ulang", ""))
    settled(
        reset.redeem(
            visit().session, given.get("akun", ""), given.get("kode", ""), given.get("baru", ""), address(), visit().now
        )
    )
    return see_other("entry.log_in", "kode")


@blueprint.post("/tema")
@page(PUBLIC)
def theme() -> Response:
    """Light, dark, or as the system has it; back to where the reader was."""
    response = make_response(redirect(came_from(visit().scope.slug) or here("tasks.mine"), 303))
    cookies.keep_theme(response, request.form.get("tema", ""))
    return response


class NotTheSame(BadInput):
    """Kata sandi baru dan ulangannya tidak sama. Ketik keduanya sekali lagi."""

    type = "ulangan-berbeda"


def require_same(new: str, repeated: str) -> None:
    """A password that nobody sees is typed twice.

    :raises NotTheSame: the two differ.
    """
    if new != repeated:
        raise NotTheSame


def _onward() -> str:
    """Where the log-in leads: the page that was asked for, if it is one of this government's, or one's tasks."""
    return own_page(request.values.get("lanjut", ""), visit().scope.slug) or here("tasks.mine")
