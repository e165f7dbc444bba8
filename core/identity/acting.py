"""The post in which somebody acts, of the several he holds (office.md, "People").

The choice belongs to the session or the token and not to the person: he may be Plt. Kepala Dinas in one browser and
Sekretaris in the other. It narrows his desk and is what his acts record; it takes nothing from what he may do.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from core.audit.entries import record
from core.errors import NotFound
from core.identity.actor import Actor
from core.identity.models import ApiToken, LoginSession


class PostNotHeld(NotFound):
    """Anda tidak memegang jabatan ini hari ini. Muat ulang daftar jabatan Anda, lalu pilih salah satunya."""

    type = "jabatan-tidak-dipegang"


def choose(
    session: Session,
    actor: Actor,
    way: type[LoginSession] | type[ApiToken],
    way_id: UUID | None,
    position_id: UUID | None,
    now: datetime,
    address: str | None = None,
) -> bool:
    """Keeps the choice in an open session or token of the actor's; None goes back to all his posts.

    False where he has no such session or token. Choosing the same again changes nothing and is no second entry.

    :raises PostNotHeld: he does not hold that post today; another government's is held by nobody here.
    """
    if position_id is not None and all(held != position_id for held, *_ in actor.positions):
        raise PostNotHeld
    kept = session.execute(
        update(way)
        .where(way.id == way_id, way.person_id == actor.person_id, way.revoked_at.is_(None))
        .where(or_(way.expires_at.is_(None), way.expires_at > now))
        .values(position_id=position_id)
        .returning(way.id)
    ).scalar()
    if kept is not None and position_id != actor.acting:
        details = {"position": str(position_id) if position_id else None}
        record(session, "post.chosen", actor.person_id, str(way_id), details, address)
    return kept is not None
