"""Akun pegawai, for who manages them: listed, made, changed, shut and opened again, a one-time code."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request

from core.http import places
from core.http.door import Guard, actor, visit
from core.http.transaction import address
from core.identity import accounts, reset
from core.identity.models import Person
from core.web import edits, people, terms
from core.web.door import page, see_other
from core.web.language import _

blueprint = Blueprint("accounts", __name__)

MANAGE = Guard(right=accounts.MANAGE)
MANAGE_ONE = Guard(right=accounts.MANAGE, finds=accounts.get)
A_PAGE = 50


@blueprint.get("/organisasi/akun")
@page(MANAGE)
def listed() -> str:
    """All accounts by name with their state, page by page; also those that are shut."""
    text, after = request.args.get("cari") or None, places.after_name(request.args.get("lanjut") or None)
    rows = accounts.people(visit().session, actor(), after=after, limit=A_PAGE, search=text)
    following = places.following_name(rows, A_PAGE)
    shown = [(row, accounts.state(row)) for row in rows]
    return render_template(
        "organization/accounts.html", rows=shown, following=following, text=text, states=terms.STATES
    )


@blueprint.get("/organisasi/akun/baru")
@page(MANAGE)
def ask_new() -> str:
    """A form for a new account."""
    values = edits.begun(nama="", pengguna="", nip="", email="", ponsel="")
    return render_template("organization/account_new.html", values=values)


@blueprint.post("/organisasi/akun/baru")
@page(MANAGE, again=ask_new)
def create() -> Response:
    """Makes it; its owner comes in by a code."""
    made = accounts.create(visit().session, actor(), address=address(), **_given())
    return see_other("people.one", "akun-baru", person_id=made.id, _anchor="akun")


@blueprint.get("/organisasi/akun/<uuid:person_id>/ubah")
@page(MANAGE_ONE)
def ask_change(person_id: UUID) -> str:
    """A form with the account as it stands."""
    row = accounts.get(visit().session, person_id)
    draft = edits.draft(_fields(row), accounts.account_version(row))
    return render_template("organization/account_change.html", row=row, draft=draft, values=draft.values)


@blueprint.post("/organisasi/akun/<uuid:person_id>/ubah")
@page(MANAGE_ONE, again=ask_change)
def change(person_id: UUID) -> Response:
    """Changes it."""
    session = visit().session
    changed = edits.differing(accounts.get(session, person_id), **_given())
    accounts.update(session, actor(), person_id, seen=edits.seen(), address=address(), **changed)
    return see_other("people.one", "akun-ubah", person_id=person_id, _anchor="akun")


@blueprint.get("/organisasi/akun/<uuid:person_id>/nonaktifkan")
@page(MANAGE_ONE)
def ask_disable(person_id: UUID) -> str:
    """Asks before an account is shut, and says what follows."""
    return render_template("organization/account_disable.html", row=accounts.get(visit().session, person_id))


@blueprint.post("/organisasi/akun/<uuid:person_id>/nonaktifkan")
@page(MANAGE_ONE, again=ask_disable)
def disable(person_id: UUID) -> Response:
    """Shuts it: every session and token of its owner ends now."""
    accounts.disable(visit().session, actor(), person_id, visit().now, address())
    return see_other("people.one", "akun-tutup", person_id=person_id, _anchor="akun")


@blueprint.post("/organisasi/akun/<uuid:person_id>/aktifkan")
@page(MANAGE_ONE, again=people.one)
def enable(person_id: UUID) -> Response:
    """Opens it again."""
    accounts.enable(visit().session, actor(), person_id, address())
    return see_other("people.one", "akun-buka", person_id=person_id, _anchor="akun")


@blueprint.get("/organisasi/akun/<uuid:person_id>/kode")
@page(MANAGE_ONE)
def ask_code(person_id: UUID) -> str:
    """Asks before a code is made, and says what it does."""
    row = accounts.get(visit().session, person_id)
    return render_template("organization/account_code.html", row=row, state=accounts.state(row))


@blueprint.post("/organisasi/akun/<uuid:person_id>/kode")
@page(MANAGE_ONE, again=ask_code)
def issue_code(person_id: UUID) -> str:
    """A new code. It stands in the answer itself: no address, no cookie and no page read later has it."""
    there = visit()
    code = reset.issue(there.session, actor(), person_id, there.now, address())
    row, until = accounts.get(there.session, person_id), there.now + reset.LIFETIME
    return render_template("organization/account_code_issued.html", row=row, code=code, until=until)


def _fields(row: Person) -> list[edits.Field]:
    kept = (
        ("nama", _("Nama lengkap"), row.name),
        ("pengguna", _("Nama pengguna"), row.username),
        ("nip", _("NIP"), row.nip),
        ("email", _("E-mail"), row.email),
        ("ponsel", _("Nomor ponsel"), row.phone),
    )
    return [edits.Field(name, label, value or "", value or "–") for name, label, value in kept]


def _given() -> dict[str, Any]:
    return {
        "name": edits.text("nama"),
        "username": edits.text("pengguna"),
        "nip": edits.text("nip").strip() or None,
        "email": edits.text("email").strip() or None,
        "phone": edits.text("ponsel").strip() or None,
    }
