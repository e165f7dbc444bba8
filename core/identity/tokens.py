"""API tokens: of one person in one tenant, shown once, kept hashed."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.audit.entries import record
from core.errors import BadInput, NotFound
from core.identity import acting
from core.identity.actor import Actor
from core.identity.bearer import digest, fresh
from core.identity.models import ApiToken

# Scanners of leaked secrets, ours and others', know a token by its prefix.
PREFIX = "lgk_"
LONGEST_DAYS = 366
MOST_SHOWN = 100


class UnknownToken(NotFound):
    """Token ini tidak ada atau sudah dicabut. Muat ulang daftar token Anda."""

    type = "token-tidak-ditemukan"


def issue(
    session: Session,
    person_id: UUID,
    name: str,
    days: int | None,
    now: datetime,
    address: str | None = None,
) -> tuple[ApiToken, str]:
    """A token and its secret, which is shown once and kept nowhere.

    :param name: what its owner calls it, 1 to 80 characters.
    :param days: how long it lives, 1 to 366; None until it is revoked.
    :raises BadInput: the name or the days are outside that.
    """
    plain = " ".join(name.split())
    if not plain or len(plain) > 80 or not plain.isprintable():
        raise BadInput(reason="beri token nama 1 sampai 80 huruf, agar kelak Anda tahu yang mana dicabut.")
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise BadInput(reason=f"masa berlaku token harus 1 sampai {LONGEST_DAYS} hari.")
    secret = fresh(PREFIX)
    token = ApiToken(
        person_id=person_id,
        position_id=None,
        name=plain,
        secret_hash=digest(secret),
        hint=f"{PREFIX}…{secret[-4:]}",
        created_at=now,
        expires_at=now + timedelta(days=days) if days else None,
        revoked_at=None,
    )
    session.add(token)
    session.flush()
    record(session, "token.issued", person_id, str(token.id), {"name": plain, "days": days}, address)
    return token, secret


def own(session: Session, person_id: UUID, now: datetime) -> list[ApiToken]:
    """A person's tokens that still open something, the newest first; of a script's thousands the newest hundred."""
    return list(
        session.scalars(
            select(ApiToken)
            .where(ApiToken.person_id == person_id, ApiToken.revoked_at.is_(None))
            .where((ApiToken.expires_at.is_(None)) | (ApiToken.expires_at > now))
            .order_by(ApiToken.created_at.desc(), ApiToken.id.desc())
            .limit(MOST_SHOWN)
        )
    )


def issued_here(session: Session, secret: str) -> bool:
    """Whether this secret is a token of this tenant, be it over or revoked."""
    return session.scalar(select(ApiToken.id).where(ApiToken.secret_hash == digest(secret))) is not None


def revoke(session: Session, person_id: UUID, token_id: UUID, now: datetime, address: str | None = None) -> None:
    """Revokes one of a person's own tokens.

    :raises UnknownToken: he has no such living token.
    """
    revoked = session.execute(
        update(ApiToken)
        .where(ApiToken.id == token_id, ApiToken.person_id == person_id, ApiToken.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(ApiToken.id)
    ).scalar()
    if revoked is None:
        raise UnknownToken()
    record(session, "token.revoked", person_id, str(token_id), address=address)


def act_as(
    session: Session,
    actor: Actor,
    token_id: UUID | None,
    position_id: UUID | None,
    now: datetime,
    address: str | None = None,
) -> None:
    """Chooses the post in which the actor acts with this token; None for all his posts.

    :param token_id: of his own tokens the one at hand (Actor.sign).
    :raises PostNotHeld: he does not hold that post today.
    :raises UnknownToken: he has no such living token.
    """
    if not acting.choose(session, actor, ApiToken, token_id, position_id, now, address):
        raise UnknownToken()


def revoke_all(session: Session, person_id: UUID, now: datetime) -> None:
    """Revokes all tokens of a person; who asked for it writes the audit."""
    session.execute(
        update(ApiToken).where(ApiToken.person_id == person_id, ApiToken.revoked_at.is_(None)).values(revoked_at=now)
    )
