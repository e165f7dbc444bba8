"""Sessions of browsers: rows, so that each can be seen and ended (ground.md 10)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from core.audit.entries import record
from core.errors import NotFound
from core.identity import acting
from core.identity.actor import Actor
from core.identity.addresses import exact
from core.identity.bearer import digest, fresh
from core.identity.models import LoginSession, Person

# Absolute: a working day and its evening. A machine left open in an office is nobody's the next morning.
LIFETIME = timedelta(hours=12)
# As long as the throttle remembers from where somebody has logged in, and a day (core.identity.throttle).
REMEMBERED = timedelta(days=31)
MOST_SHOWN = 100


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
            position_id=None,
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
    """A person's open sessions, the newest first; the newest hundred of a script that logs in all day."""
    return list(
        session.scalars(
            select(LoginSession)
            .where(LoginSession.person_id == person_id)
            .where(LoginSession.revoked_at.is_(None), LoginSession.expires_at > now)
            .order_by(LoginSession.created_at.desc(), LoginSession.id.desc())
            .limit(MOST_SHOWN)
        )
    )


def revoke(session: Session, person_id: UUID, session_id: UUID, now: datetime, address: str | None = None) -> None:
    """Ends one of a person's own sessions.

    :raises UnknownSession: he has no such open session.
    """
    if not _end(session, now, LoginSession.person_id == person_id, LoginSession.id == session_id):
        raise UnknownSession()
    record(session, "session.revoked", person_id, str(session_id), address=address)


def revoke_others(
    session: Session, person_id: UUID, keep: UUID | None, now: datetime, address: str | None = None
) -> int:
    """Ends all of a person's own sessions but the one at hand; how many those were.

    :param keep: the session at hand (Actor.sign); whoever comes with a token keeps none.
    """
    ended = revoke_all(session, person_id, now, keep)
    if ended:
        record(session, "session.others_revoked", person_id, str(person_id), {"count": ended}, address)
    return ended


def act_as(
    session: Session,
    actor: Actor,
    session_id: UUID | None,
    position_id: UUID | None,
    now: datetime,
    address: str | None = None,
) -> None:
    """Chooses the post in which the actor acts in this session; None for all his posts.

    :param session_id: of his own sessions the one at hand (Actor.sign).
    :raises PostNotHeld: he does not hold that post today.
    :raises UnknownSession: he has no such open session.
    """
    if not acting.choose(session, actor, LoginSession, session_id, position_id, now, address):
        raise UnknownSession()


def leave(session: Session, secret: str, now: datetime, address: str | None = None) -> None:
    """Logs out whoever bears this cookie; of no effect where it opens nothing any more."""
    for person_id in _end(session, now, LoginSession.secret_hash == digest(secret)):
        record(session, "login.left", person_id, str(person_id), address=address)


def revoke_all(session: Session, person_id: UUID, now: datetime, keep: UUID | None = None) -> int:
    """Ends all open sessions of a person but `keep`, and says how many; who asked for it writes the audit."""
    kept = LoginSession.id.is_distinct_from(keep)
    return len(_end(session, now, LoginSession.person_id == person_id, kept))


def _end(session: Session, now: datetime, *which: ColumnElement[bool]) -> Sequence[UUID]:
    """Ends those that are still open, by ix_sessions_person or the secret's key; whose they were."""
    return session.scalars(
        update(LoginSession)
        .where(LoginSession.revoked_at.is_(None), LoginSession.expires_at > now, *which)
        .values(revoked_at=now)
        .returning(LoginSession.person_id)
    ).all()


def forget(session: Session, now: datetime, batch: int = 10_000) -> int:
    """Removes up to `batch` sessions that ended a month ago; how many went. The caller commits, and goes on until 0."""
    old = select(LoginSession.id).where(LoginSession.expires_at < now - REMEMBERED).limit(batch)
    gone = session.execute(delete(LoginSession).where(LoginSession.id.in_(old.scalar_subquery())))
    return cast(CursorResult[Any], gone).rowcount
