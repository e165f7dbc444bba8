"""One-time codes: the tenant's admin hands one to somebody who cannot log in, or logs in for the first time.

A code has 8 characters (39 bits), read aloud or written on paper; so unlike a session's secret it is kept by a slow
hash, lives a day, is void after five tries, and a newer one voids it.
"""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.audit.entries import record
from core.errors import BadInput, Conflict
from core.identity import accounts, credentials, passwords, throttle
from core.identity.actor import Actor, Console
from core.identity.attempts import Attempt
from core.identity.login import throttle_key
from core.identity.models import Person, ResetCode
from core.identity.spelling import normalise

# Without 0 O 1 I L: what is read aloud or copied by hand must not be two things.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
LIFETIME = timedelta(hours=24)
TRIES = 5


class CodeRefused(BadInput):
    """Akun atau kode salah, atau kode sudah dipakai atau lewat waktunya. Periksa lalu coba lagi; setelah lima kali
    salah kode batal, dan Anda perlu meminta kode baru kepada admin instansi Anda.
    """

    type = "kode-ditolak"


class AccountDisabled(Conflict):
    """Akun ini dinonaktifkan. Aktifkan dahulu, lalu buat kodenya."""

    type = "akun-nonaktif"


def issue(session: Session, by: Actor | Console, person_id: UUID, now: datetime, address: str | None = None) -> str:
    """A new code for a person, shown once, as XXXX-XXXX; his earlier ones are void.

    :raises Forbidden: without `people.manage`.
    :raises UnknownPerson: nobody here has this id.
    :raises AccountDisabled: he may not log in at all.
    """
    by.require(accounts.MANAGE)
    person = accounts.get(session, person_id)
    session.refresh(person, with_for_update=True)  # two admins at once: one code stays open, not both
    if not person.active:
        raise AccountDisabled()
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    credentials.void_codes(session, person_id, now)
    session.add(
        ResetCode(
            person_id=person_id,
            issued_by=by.person_id,
            code_hash=passwords.hashed(code),
            tries=0,
            expires_at=now + LIFETIME,
            used_at=None,
        )
    )
    console = {"console": by.name} if isinstance(by, Console) else {}
    record(session, "reset.issued", by.person_id, str(person_id), console, address)
    return f"{code[:4]}-{code[4:]}"


def redeem(
    session: Session, account: str, code: str, password: str, address: str | None, now: datetime
) -> Attempt[Person]:
    """Sets a new password by a code, once; every session and token of the person ends.

    `error` is CodeRefused, TooMany, or PasswordRefused: then the code was right and stays usable.
    """
    person = accounts.find(session, account)
    key = throttle_key("kode", person, account)
    gate = throttle.knock(session, key, address, now, person_id=person.id if person else None)
    if gate.shut:
        return Attempt(error=gate.shut)
    stored = _try(session, person, now)
    right = passwords.matches(stored.code_hash if stored else None, _plain(code))
    if person is None or stored is None or not right:
        record(session, "reset.failed", None, str(person.id) if person else None, address=address)
        return Attempt(error=gate.shuts or CodeRefused())
    throttle.clear(session, key, address)
    throttle.clear(session, throttle_key("masuk", person, account), address)
    return _redeemed(session, person, stored, password, now, address)


def _try(session: Session, person: Person | None, now: datetime) -> ResetCode | None:
    """The person's open code with this try counted; the row stays locked, so two redeemers come one by one."""
    if person is None or not person.active:
        return None
    return session.scalar(
        update(ResetCode)
        .where(ResetCode.person_id == person.id, ResetCode.used_at.is_(None))
        .where(ResetCode.expires_at > now, ResetCode.tries < TRIES)
        .values(tries=ResetCode.tries + 1)
        .returning(ResetCode)
    )


def _redeemed(
    session: Session, person: Person, stored: ResetCode, password: str, now: datetime, address: str | None
) -> Attempt[Person]:
    try:
        credentials.choose(session, person, password, now)
    except passwords.PasswordRefused as refusal:
        stored.tries = 0
        return Attempt(error=refusal)
    stored.used_at = now
    credentials.withdraw(session, person.id, now)
    record(session, "reset.redeemed", person.id, str(person.id), address=address)
    return Attempt(person)


def _plain(code: str) -> str:
    """As it was issued, however it was typed: small letters, spaces and dashes make no difference."""
    return normalise(code).replace("-", "").upper()
