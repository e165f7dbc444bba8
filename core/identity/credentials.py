"""What opens an account, changed together: the password, the codes, the sessions, the tokens."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.identity import passwords, sessions, tokens
from core.identity.models import Person, ResetCode


def give(person: Person, password: str) -> None:
    """Sets a password after checking that it may be chosen.

    :raises PasswordRefused: it may not.
    """
    passwords.check(password, person.name, person.nip, person.username, person.email)
    person.password_hash = passwords.hashed(password)


def choose(session: Session, person: Person, password: str, now: datetime) -> None:
    """Sets the password that the person chose himself: nothing is left to change, and no code is open any more.

    :raises PasswordRefused: it may not be chosen.
    """
    give(person, password)
    person.must_change = False
    void_codes(session, person.id, now)


def withdraw(session: Session, person_id: UUID, now: datetime) -> None:
    """Ends all sessions, tokens and codes of a person; the password stays."""
    sessions.revoke_all(session, person_id, now)
    tokens.revoke_all(session, person_id, now)
    void_codes(session, person_id, now)


def void_codes(session: Session, person_id: UUID, now: datetime) -> None:
    """Ends every open one-time code of a person."""
    session.execute(
        update(ResetCode)
        .where(ResetCode.person_id == person_id, ResetCode.used_at.is_(None), ResetCode.expires_at > now)
        .values(expires_at=now)
    )
