"""The people of the government: the directory for everybody here, and their accounts for who manages them."""

from typing import Any
from uuid import UUID

from core.api.blueprint import Blueprint
from core.api.door import door
from core.api.headers import tagged
from core.api.people_schemas import (
    AccountChange,
    AccountPage,
    AccountRequest,
    AccountSchema,
    PeopleQuery,
    PersonDetail,
    PersonPage,
)
from core.api.versions import conflicting, editing, row_etag, seen_version
from core.http import places
from core.http.door import Guard, actor, visit
from core.http.transaction import address
from core.identity import accounts
from core.identity.models import Person
from core.organization.directory import directory
from core.organization.person_view import person_view

blueprint = Blueprint("people", __name__, description="Pegawai")

READ = Guard(right="organization.read")
READ_PERSON = Guard(right="organization.read", finds=accounts.get)
MANAGE = Guard(right=accounts.MANAGE)
MANAGE_ONE = Guard(right=accounts.MANAGE, finds=accounts.get)

_SHOWN = ("id", "name", "username", "nip", "email", "phone", "created_at")


@blueprint.route("/people")
@door(READ)
@blueprint.arguments(PeopleQuery, location="query")
@blueprint.response(200, PersonPage)
def list_people(asked: dict[str, Any]) -> Any:
    """Pegawai menurut nama, dengan jabatannya hari ini."""
    rows = directory(visit().session, places.after_name(asked["cursor"]), asked["limit"], asked["search"])
    return {"items": rows, "next": places.following_name(rows, asked["limit"])}


@blueprint.route("/people/<uuid:person_id>")
@door(READ_PERSON)
@blueprint.response(200, PersonDetail)
def one_person(person_id: UUID) -> Any:
    """Seorang pegawai: jabatannya sekarang dan sebelumnya, serta timnya."""
    return person_view(visit().session, actor(), person_id)


@blueprint.route("/accounts")
@door(MANAGE)
@blueprint.arguments(PeopleQuery, location="query")
@blueprint.response(200, AccountPage)
def list_accounts(asked: dict[str, Any]) -> Any:
    """Akun pegawai menurut nama, dengan keadaannya."""
    after, limit = places.after_name(asked["cursor"]), asked["limit"]
    rows = accounts.people(visit().session, actor(), after=after, limit=limit, search=asked["search"])
    return {"items": [_told(row) for row in rows], "next": places.following_name(rows, limit)}


@blueprint.route("/accounts", methods=["POST"])
@door(MANAGE)
@conflicting
@tagged
@blueprint.arguments(AccountRequest)
@blueprint.response(201, AccountSchema)
def create_account(given: dict[str, Any]) -> Any:
    """Membuat akun; pemiliknya masuk pertama kali dengan kode sekali pakai."""
    made = accounts.create(visit().session, actor(), address=address(), **given)
    return _shown(made, 201)


@blueprint.route("/accounts/<uuid:person_id>")
@door(MANAGE_ONE)
@tagged
@blueprint.response(200, AccountSchema)
def one_account(person_id: UUID) -> Any:
    """Satu akun pegawai dengan keadaannya."""
    return _shown(accounts.get(visit().session, person_id), 200)


@blueprint.route("/accounts/<uuid:person_id>", methods=["PATCH"])
@door(MANAGE_ONE)
@editing
@tagged
@blueprint.arguments(AccountChange)
@blueprint.response(200, AccountSchema)
def change_account(given: dict[str, Any], person_id: UUID) -> Any:
    """Mengubah nama, nama pengguna, NIP, e-mail, atau nomor ponsel."""
    seen = seen_version()
    changed = accounts.update(visit().session, actor(), person_id, seen=seen, address=address(), **given)
    return _shown(changed, 200)


@blueprint.route("/accounts/<uuid:person_id>/disable", methods=["POST"])
@door(MANAGE_ONE)
@tagged
@blueprint.response(200, AccountSchema)
def disable_account(person_id: UUID) -> Any:
    """Menonaktifkan akun; semua sesi dan tokennya berakhir sekarang."""
    here = visit()
    return _shown(accounts.disable(here.session, actor(), person_id, here.now, address()), 200)


@blueprint.route("/accounts/<uuid:person_id>/enable", methods=["POST"])
@door(MANAGE_ONE)
@tagged
@blueprint.response(200, AccountSchema)
def enable_account(person_id: UUID) -> Any:
    """Mengaktifkan kembali akun, dengan kata sandi yang dahulu."""
    return _shown(accounts.enable(visit().session, actor(), person_id, address()), 200)


def _shown(person: Person, status: int) -> Any:
    visit().session.flush()
    return _told(person), status, row_etag(accounts.account_version(person))


def _told(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in _SHOWN} | {"state": accounts.state(person)}
