"""Trouble as a page: what happened, in one sentence, and the ways on from there."""

from http import HTTPStatus
from urllib.parse import quote

from flask import Response, g, make_response, redirect, render_template, request, url_for

from core.http.errors import Trouble
from core.http.wording import TITLES, UNKNOWN
from core.web.door import asks_no_page, by_script, scripted
from core.web.language import _, later
from core.web.onward import came_from, own_page
from core.web.origin import SAFE

DETAILS = {
    404: later("Alamat ini tidak ada. Periksa kembali tulisannya, atau mulailah dari halaman depan."),
    405: later("Alamat ini hanya dapat dibuka dari tombol pada halamannya. Buka halaman itu, lalu ulangi dari sana."),
    413: later("Kiriman ini terlalu besar. Perkecil berkasnya, atau unggah satu per satu."),
}
OTHERWISE = later("Permintaan ini tidak dapat dilayani. Kembalilah ke halaman sebelumnya, lalu coba lagi.")


def tell(trouble: Trouble) -> Response:
    """The trouble of a page: the log-in or the new password where that is all that is missing, else a page."""
    tenant = (request.view_args or {}).get("tenant")
    if tenant and trouble.status == HTTPStatus.UNAUTHORIZED:
        return _sent_to(url_for("web.entry.log_in", tenant=tenant, lanjut=_wanted(tenant)))
    if tenant and trouble.kind == "ganti-kata-sandi":
        return _sent_to(url_for("web.entry.password", tenant=tenant))
    if asks_no_page():
        return _word(trouble)
    return _page(trouble)


def _word(trouble: Trouble) -> Response:
    """One sentence, for the script that shows it beside what it tried."""
    response = make_response(_detail(trouble), trouble.status)
    response.mimetype = "text/plain"
    return response


def _wanted(tenant: str) -> str | None:
    """The page somebody wanted who has to log in first; of a form, or of a part of a page, the one it stood on."""
    if request.method in SAFE and "HX-Request" not in request.headers:
        return own_page(request.full_path.rstrip("?"), tenant) or None
    return came_from(tenant) or None


def _sent_to(address: str) -> Response:
    """A redirect; a fragment's request moves the whole page, since what it asked for fits nowhere."""
    if scripted():
        return by_script(address, HTTPStatus.UNAUTHORIZED)
    if "HX-Request" in request.headers:
        response = make_response("", HTTPStatus.UNAUTHORIZED)
        response.headers["HX-Redirect"] = quote(address, safe="/?=&%")
        return response
    return redirect(address, 303)  # type: ignore[return-value]


def _page(trouble: Trouble) -> Response:
    title = TITLES.get(trouble.status, UNKNOWN)
    ways = _ways(trouble)
    text = render_template("trouble.html", status=trouble.status, title=title, detail=_detail(trouble), ways=ways)
    response = make_response(text, trouble.status)
    response.headers.update(trouble.headers)
    return response


def _detail(trouble: Trouble) -> str:
    return trouble.detail or str(DETAILS.get(trouble.status, OTHERWISE))


def _ways(trouble: Trouble) -> list[tuple[str, str]]:
    """Whoever got past the door stays in his government; so does who is there and may not open this page."""
    front = url_for("web.front.home"), _("Ke halaman depan")
    tenant = (request.view_args or {}).get("tenant")
    if "visit" in g:
        slug = g.visit.scope.slug
        tasks = url_for("web.tasks.mine", tenant=slug), _("Ke Tugas Saya")
        return [tasks] if g.visit.actor else [(url_for("web.entry.log_in", tenant=slug), _("Masuk")), front]
    if trouble.status == HTTPStatus.METHOD_NOT_ALLOWED:
        above = own_page(request.path, request.path.split("/")[1])
        return [(above, _("Buka halamannya")), front] if above else [front]
    if tenant and trouble.status == HTTPStatus.FORBIDDEN:
        return [(url_for("web.tasks.mine", tenant=tenant), _("Ke Tugas Saya")), front]
    return [front]
