"""A page's way through the door: the session's cookie, forms that are ours, a refused form shown again."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from inspect import unwrap
from typing import Any, TypeVar, cast

from flask import Request, Response, g, make_response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from core.errors import LangkahError
from core.http.door import Guard, opened
from core.http.errors import of_ours
from core.http.texts import refuse_unusable
from core.identity import actor as actors
from core.identity.actor import Actor
from core.tenancy.scope import scope_of
from core.web import cookies
from core.web.origin import SAFE, require_own

View = TypeVar("View", bound=Callable[..., Any])

UPLOAD = "multipart/form-data"
LONGEST_FORM = 1024 * 1024
# What a form may be shown again with: a refusal that its sender can do something about.
SHOWN_AGAIN = (401, 403, 409, 412, 422, 429)


def page(guard: Guard, *, again: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Guards a view of a government's pages; the view is called without the tenant, inside its transaction.

    :param again: the view that shows the form, called in a transaction of its own where this one refused what was
        sent; it finds the error by `refusal()` and what was typed in `request.form`.
    """

    def guarded(view: View) -> View:
        @wraps(view)
        def passed(*args: Any, tenant: str, **kwargs: Any) -> Response:
            require_own(request)
            _receive(request, tenant)
            inside = False
            try:
                with opened(tenant, guard, kwargs, bearer):
                    inside = True
                    return _told(make_response(view(*args, **kwargs)), tenant)
            except LangkahError as error:
                if again is None or not inside or error.status not in SHOWN_AGAIN or asks_no_page():
                    raise
                g.refusal = error
            with opened(tenant, guard, kwargs, bearer):
                form = unwrap(again)  # past its own door: this one is open already
                return _refused(make_response(form(*args, **kwargs), g.refusal.status))

        passed.guard = guard  # type: ignore[attr-defined]
        return cast(View, passed)

    return guarded


def bearer(session: Session) -> Actor | None:
    """Whoever bears the cookie of this government; None where there is none, or its session is over."""
    secret = cookies.secret(scope_of(session).slug)
    return None if secret is None else actors.by_session(session, secret)


def refusal() -> LangkahError | None:
    """Why what was sent is shown again; None on a page that is simply read."""
    found: LangkahError | None = g.get("refusal")
    return found


def _refused(response: Response) -> Response:
    """The form again, with what the refusal says by headers (when to try again)."""
    response.headers.update(of_ours(g.refusal).headers)
    return response


def _told(response: Response, tenant: str) -> Response:
    """The page that has shown the word of the last act takes it out of the browser."""
    whole = request.method == "GET" and response.mimetype == "text/html" and "HX-Request" not in request.headers
    if whole and response.status_code == 200 and "kabar" in request.cookies:
        cookies.forget_news(response, tenant)
    return response


def see_other(endpoint: str, news: str | None = None, **values: Any) -> Response:
    """The answer to a form: the page to read next, and the word it is to bring.

    :param news: a key of core.web.news.
    """
    slug = g.visit.scope.slug
    address = url_for(f"web.{endpoint}", tenant=slug, **values)
    response = by_script(address) if scripted() else make_response(redirect(address, 303))
    if news is not None:
        cookies.tell_news(response, slug, news)
    return response


def scripted() -> str | None:
    """What the page's own script wants with this request: kirim (the form), simpan (its draft), berkas (a file)."""
    return request.headers.get("X-Langkah")


def asks_no_page() -> bool:
    """Whether the script wants a word about a draft or a file, and no page for it."""
    return scripted() in ("simpan", "berkas")


def by_script(address: str, status: int = 200) -> Response:
    """Where the script is to go: it must go there itself, or a browser would follow behind its back."""
    response = make_response("", status)
    response.headers["X-Langkah-Ke"] = address
    return response


def _receive(incoming: Request, tenant: str) -> None:
    """Reads the form before a transaction opens, as the API does with its bodies (core.api.bodies.receive).

    What is too large is told later, in its place in the order of answers; of a stranger's upload no more is read than
    of a form.
    """
    refuse_unusable(incoming.args.items(multi=True))
    if incoming.method in SAFE:
        return
    if incoming.mimetype != UPLOAD or cookies.secret(tenant) is None:
        incoming.max_content_length = LONGEST_FORM
    with suppress(RequestEntityTooLarge):
        refuse_unusable(incoming.form.items(multi=True))
