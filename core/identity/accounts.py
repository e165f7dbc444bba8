"""People's accounts: made, found, listed, disabled. One's account belongs to one tenant (ground.md 10)."""

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.audit.entries import record
from core.errors import BadInput, Conflict, NotFound
from core.identity import credentials, spelling
from core.identity.actor import Actor, Console
from core.identity.models import Person
from core.tenancy.scope import scope_of
from core.tenancy.versions import unchanged, version

MANAGE = "people.manage"


class AccountTaken(Conflict):
    """{what} ini sudah dipakai akun lain di pemerintah daerah ini. Pakailah akun itu, atau isi yang lain."""

    type = "akun-terpakai"


class UnknownPerson(NotFound):
    """Orang ini tidak terdaftar di pemerintah daerah ini. Periksa kembali daftarnya."""

    type = "orang-tidak-ditemukan"


class OwnAccount(BadInput):
    """Anda tidak dapat menonaktifkan akun Anda sendiri. Mintalah admin lain melakukannya."""

    type = "akun-sendiri"


_TAKEN = {
    "uq_people_tenant_id_nip": "NIP",
    "uq_people_tenant_id_username": "Nama pengguna",
    "uq_people_tenant_id_email": "Alamat e-mail",
}


def find(session: Session, account: str) -> Person | None:
    """The person whom a NIP, user name or e-mail address names here, active or not."""
    plain = spelling.normalise(account)
    column = Person.nip if plain.isdecimal() else Person.email if "@" in plain else Person.username
    return session.scalar(select(Person).where(column == plain))


def get(session: Session, person_id: UUID) -> Person:
    """A person by id.

    :raises UnknownPerson: nobody here has it.
    """
    person = session.scalar(select(Person).where(Person.id == person_id))
    if person is None:
        raise UnknownPerson()
    return person


class Place(NamedTuple):
    """Where a list by name stands: the last person of the page before."""

    name: str
    id: UUID


def people(
    session: Session,
    by: Actor | Console,
    *,
    after: UUID | Place | None = None,
    limit: int = 50,
    search: str | None = None,
) -> list[Person]:
    """A page of the people here in order of name, disabled ones too.

    :param after: the last person of the page before; by his id it costs one statement more.
    :param search: the beginning of any word of the name, or of the NIP or the user name.
    :raises Forbidden: without `people.manage`.
    """
    by.require(MANAGE)
    query = select(Person).order_by(Person.name, Person.id).limit(limit)
    if isinstance(after, UUID):
        last = get(session, after)
        after = Place(last.name, last.id)
    if after is not None:
        query = query.where(tuple_(Person.name, Person.id) > tuple_(after.name, after.id))
    if search and not search.isspace():
        query = query.where(or_(*_called(search)))
    return list(session.scalars(query))


def _called(search: str) -> list[ColumnElement[bool]]:
    plain = spelling.normalise(search)
    numbers = [Person.nip, Person.username] if plain else []  # what nobody sees begins every number
    return [named_like(search), *(column.startswith(plain, autoescape=True) for column in numbers)]


def named_like(search: str) -> ColumnElement[bool]:
    """Whether a word of the person's name begins so, whatever the case.

    No index below row security serves this; what is looked through are the people of one government.
    """
    wanted = " ".join(unicodedata.normalize("NFC", search).lower().split())
    return func.strpos(" " + func.lower(Person.name), " " + wanted) > 0


def account_version(person: Person) -> str:
    """The version of an account for its admins: what they may change, not what the person does with it."""
    return version(Person, person, fields=("id", *_SPELLED, "active"))


def state(person: Person) -> str:
    """disabled, invited (has still to choose a password of his own) or active."""
    if not person.active:
        return "disabled"
    return "invited" if person.password_hash is None or person.must_change else "active"


def create(
    session: Session,
    by: Actor | Console,
    *,
    name: str,
    username: str,
    nip: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    password: str | None = None,
    must_change: bool = True,
    address: str | None = None,
) -> Person:
    """An account for somebody; without a password he enters by a one-time code (core.identity.reset).

    Honorary staff have no NIP: it is never mandatory (sop-ap.md).

    :raises BadInput: names the field and says what to write.
    :raises AccountTaken: NIP, user name or e-mail is another account's here.
    :raises Forbidden: without `people.manage`.
    """
    by.require(MANAGE)
    person = Person(
        name=spelling.name(name),
        username=spelling.username(username),
        nip=spelling.nip(nip) if nip else None,
        email=spelling.email(email) if email else None,
        phone=spelling.phone(phone) if phone else None,
        password_hash=None,
        must_change=must_change,
        active=True,
    )
    if password is not None:
        credentials.give(person, password)
    _add(session, person)
    record(session, "person.created", by.person_id, str(person.id), _how(by), address)
    return person


def update(
    session: Session,
    by: Actor | Console,
    person_id: UUID,
    *,
    seen: str | None = None,
    address: str | None = None,
    **changes: Any,
) -> Person:
    """Changes name, username, nip, email or phone; the last three may be None. Its sessions and password stay.

    :param seen: the version its editor saw.
    :raises UnknownPerson: nobody here has it. :raises Stale: it has changed since.
    :raises BadInput: names the field and says what to write.
    :raises AccountTaken: NIP, user name or e-mail is another account's here.
    :raises Forbidden: without `people.manage`.
    """
    by.require(MANAGE)
    person = _locked(session, person_id)
    unchanged(seen, account_version(person))
    values = {name: _SPELLED[name](value) for name, value in changes.items()}
    with _taken(session):
        for name, value in values.items():
            setattr(person, name, value)
    details = {"fields": sorted(changes), **_how(by)}  # never the values: the audit is kept longer than they are
    record(session, "person.changed", by.person_id, str(person_id), details, address)
    return person


def _optional(spelled: Callable[[str], str]) -> Callable[[str | None], str | None]:
    return lambda typed: spelled(typed) if typed and not typed.isspace() else None


_SPELLED: dict[str, Callable[[Any], str | None]] = {
    "name": lambda typed: spelling.name(typed or ""),
    "username": lambda typed: spelling.username(typed or ""),
    "nip": _optional(spelling.nip),
    "email": _optional(spelling.email),
    "phone": _optional(spelling.phone),
}


def _locked(session: Session, person_id: UUID) -> Person:
    session.flush()
    here = (scope_of(session).id, person_id)
    person = session.get(Person, here, with_for_update={"key_share": True}, populate_existing=True)
    if person is None:
        raise UnknownPerson()
    return person


def disable(
    session: Session, by: Actor | Console, person_id: UUID, now: datetime, address: str | None = None
) -> Person:
    """Shuts an account: its sessions and tokens end now. What the person did stays his; assignments are not touched.

    :raises Forbidden: without `people.manage`.
    :raises OwnAccount: it is his own.
    """
    by.require(MANAGE)
    if person_id == by.person_id:
        raise OwnAccount()
    person = get(session, person_id)
    person.active = False
    credentials.withdraw(session, person_id, now)
    record(session, "person.disabled", by.person_id, str(person_id), _how(by), address)
    return person


def enable(session: Session, by: Actor | Console, person_id: UUID, address: str | None = None) -> Person:
    """Opens a disabled account again, with the password it had; old sessions and tokens stay ended.

    :raises Forbidden: without `people.manage`.
    """
    by.require(MANAGE)
    person = get(session, person_id)
    person.active = True
    record(session, "person.enabled", by.person_id, str(person_id), _how(by), address)
    return person


def _add(session: Session, person: Person) -> None:
    with _taken(session):
        session.add(person)


@contextmanager
def _taken(session: Session) -> Iterator[None]:
    """The unique keys decide, not a look beforehand: two admins may type the same NIP at the same moment."""
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError as error:
        constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", "")
        if constraint not in _TAKEN:
            raise
        raise AccountTaken(what=_TAKEN[constraint]) from None


def _how(by: Actor | Console) -> dict[str, str]:
    return {"console": by.name} if isinstance(by, Console) else {}
