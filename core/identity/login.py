"""Proving a password: the log-in, with a browser's session or without, and the change of one's own.

All return an Attempt: the failure is counted in the same transaction, so the edge commits before it raises.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from core.audit.entries import record
from core.errors import BadInput, NotLoggedIn
from core.identity import accounts, credentials, passwords, sessions, spelling, throttle
from core.identity.actor import Actor
from core.identity.attempts import Attempt
from core.identity.models import Person


class WrongPassword(NotLoggedIn):
    """NIP, nama pengguna, e-mail, atau kata sandi salah. Periksa lalu coba lagi; bila lupa, mintalah kode
    sekali pakai kepada admin instansi Anda.
    """

    type = "kata-sandi-salah"


class WrongOldPassword(BadInput):
    """Kata sandi lama salah. Periksa lalu coba lagi; bila lupa, mintalah kode sekali pakai kepada admin
    instansi Anda.
    """

    type = "kata-sandi-lama-salah"


@dataclass(frozen=True)
class LoggedIn:
    """Somebody who has just logged in with a browser, and the secret for its cookie, which is kept nowhere."""

    person: Person
    secret: str


def enter(
    session: Session,
    account: str,
    password: str,
    address: str | None,
    now: datetime,
    *,
    agent: str | None = None,
    former: str | None = None,
) -> Attempt[LoggedIn]:
    """A log-in with a browser: proves the password as `attempt` does and opens a session.

    :param former: what the browser's cookie held until now: that session ends, since its secret is about to be
        overwritten and nobody could end it any more ("Ganti pengguna"). A failed log-in leaves it alone.
    """
    proved = attempt(session, account, password, address, now)
    if proved.value is None:
        return Attempt(error=proved.error)
    if former:
        sessions.leave(session, former, now, address)
    return Attempt(LoggedIn(proved.value, sessions.create(session, proved.value, now, address, agent)))


def attempt(session: Session, account: str, password: str, address: str | None, now: datetime) -> Attempt[Person]:
    """A log-in by NIP, user name or e-mail.

    Unknown, disabled and wrong get one answer in about the same time. `error` is WrongPassword, or TooMany with
    the wait once the failures lock this account for this address.
    """
    person = accounts.find(session, account)
    key = throttle_key("masuk", person, account)
    gate = throttle.knock(session, key, address, now, person_id=person.id if person else None)
    if gate.shut:
        return Attempt(error=gate.shut)
    right = passwords.matches(person.password_hash if person else None, password)
    if person is None or not right or not person.active:
        _failed(session, person, gate, address)
        return Attempt(error=gate.shuts or WrongPassword())
    throttle.clear(session, key, address)
    if passwords.outdated(person.password_hash or ""):
        person.password_hash = passwords.hashed(password)
    record(session, "login.succeeded", person.id, str(person.id), address=address)
    return Attempt(person)


def throttle_key(act: str, person: Person | None, account: str) -> str:
    """Under what tries are counted: the person, whichever way he is named, or what a stranger typed."""
    return f"{act}:{person.id if person else throttle.unnamed(spelling.normalise(account))}"


def change_password(
    session: Session,
    actor: Actor,
    old: str,
    new: str,
    now: datetime,
    *,
    address: str | None = None,
) -> Attempt[Person]:
    """Changes the actor's own password and ends his sessions but the one at hand (Actor.sign).

    API tokens stay, they have a list of their own. `error` is WrongOldPassword, TooMany, or PasswordRefused with
    what to choose instead.
    """
    person = accounts.get(session, actor.person_id)
    key = throttle_key("sandi", person, "")
    gate = throttle.knock(session, key, address, now, person_id=person.id)
    if gate.shut:
        return Attempt(error=gate.shut)
    if not passwords.matches(person.password_hash, old):
        record(session, "password.failed", person.id, str(person.id), address=address)
        return Attempt(error=gate.shuts or WrongOldPassword())
    throttle.clear(session, key, address)
    return _change(session, person, new, now, actor.sign, address)


def _change(
    session: Session, person: Person, new: str, now: datetime, keep: UUID | None, address: str | None
) -> Attempt[Person]:
    try:
        if passwords.matches(person.password_hash, new):
            raise passwords.PasswordRefused(reason="sama dengan kata sandi lama. Pilihlah yang lain.")
        credentials.choose(session, person, new, now)
    except passwords.PasswordRefused as refusal:
        return Attempt(error=refusal)
    sessions.revoke_all(session, person.id, now, keep)
    record(session, "password.changed", person.id, str(person.id), address=address)
    return Attempt(person)


def _failed(session: Session, person: Person | None, gate: throttle.Gate, address: str | None) -> None:
    """One entry for each try that was looked at; the one that begins a lock says for how many seconds."""
    details = {"seconds": gate.shuts.details["seconds"]} if gate.shuts else {}
    kind = "login.locked" if gate.shuts else "login.failed"
    record(session, kind, None, str(person.id) if person else None, details, address)
