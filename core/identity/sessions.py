"""Sessions of browsers: rows, so that each can be seen and ended (ground.md 10)."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.audit.entries import record
from core.errors import NotFound
from core.identity.addresses import exact
from core.identity.bearer import digest, fresh
from core.identity.models import LoginSession, Person

# Absolute: a working day and its evening. A machine left open in an office is nobody's the next morning.
LIFETIME = timedelta(hours=12)


class UnknownSession(NotFound):
    """Sesi ini tidak ada atau sudah berakhir. Muat ulang daftar sesi Anda."""

    type = "sesi-tidak-ditemukan"


def create(
    session: Session, person: Person, now: datetime, address: str | None = None, agent: str | None = None
) -> str:
    """Opens a session for somebody whose log-in succeeded; returns the cookie's secret, which is kept nowhere.

    :param agent: the browser's own name for itself; 200 characters of it are kept.
    """
    secret = fresh()
    seen = "".join(letter for letter in agent or "" if letter.isprintable())[:200]
    session.add(
        LoginSession(
            person_id=person.id,
            secret_hash=digest(secret),
            created_at=now,
            expires_at=now + LIFETIME,
            revoked_at=None,
            address=exact(address),
            agent=seen or None,
        )
    )
    return secret


def own(session: Session, person_id: UUID, now: datetime) -> list[LoginSession]:
    """A person's open sessions, the newest first."""
    return list(
        session.scalars(
            select(LoginSession)
            .where(LoginSession.person_id == person_id)
            .where(LoginSession.revoked_at.is_(None), LoginSession.expires_at > now)
            .order_by(LoginSession.created_at.desc(), LoginSession.id.desc())
        )
    )


def revoke(session: Session, person_id: UUID, session_id: UUID, now: datetime, address: str | None = None) -> None:
    """Ends one of a person's own sessions.

    :raises UnknownSession: he has no such open session.
    """
    ended = session.execute(
        update(LoginSession)
        .where(LoginSession.id == session_id, LoginSession.person_id == person_id)
        .where(LoginSession.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(LoginSession.id)
    ).scalar()
    if ended is None:
        raise UnknownSession()
    record(session, "session.revoked", person_id, str(session_id), address=address)


def leave(session: Session, secret: str, now: datetime, address: str | None = None) -> None:
    """Logs out whoever bears this cookie; of no effect where it opens nothing any more."""
    person_id = session.execute(
        update(LoginSession)
        .where(LoginSession.secret_hash == digest(secret), LoginSession.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(LoginSession.person_id)
    ).scalar()
    if person_id is not None:
        record(session, "login.left", person_id, str(person_id), address=address)


def revoke_all(session: Session, person_id: UUID, now: datetime, keep: str | None = None) -> None:
    """Ends all sessions of a person but the one whose secret is `keep`; who asked for it writes the audit."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.person_id == person_id, LoginSession.revoked_at.is_(None))
        .where(LoginSession.secret_hash != digest(keep or ""))
        .values(revoked_at=now)
    )
