"""People's accounts: made, found, listed, disabled. One's account belongs to one tenant (ground.md 10)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.audit.entries import record
from core.errors import BadInput, Conflict, NotFound
from core.identity import credentials, spelling
from core.identity.actor import Actor, Console
from core.identity.models import Person

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


def people(session: Session, by: Actor | Console, *, after: UUID | None = None, limit: int = 50) -> list[Person]:
    """A page of the people here in order of name, those after the person `after`.

    :raises Forbidden: without `people.manage`.
    """
    by.require(MANAGE)
    query = select(Person).order_by(Person.name, Person.id).limit(limit)
    if after is not None:
        last = get(session, after)
        query = query.where(tuple_(Person.name, Person.id) > tuple_(last.name, last.id))
    return list(session.scalars(query))


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
    """The unique keys decide, not a look beforehand: two admins may type the same NIP at the same moment."""
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError as error:
        constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", "")
        if constraint not in _TAKEN:
            raise
        raise AccountTaken(what=_TAKEN[constraint]) from None


def _how(by: Actor | Console) -> dict[str, str]:
    return {"console": by.name} if isinstance(by, Console) else {}
