"""The lists of "Tugas Saya": what waits for somebody, what of it is late or due soon, what he supervises, what he did.

An open task's place is its urgency: the moment it is due, one without a deadline last. ix_tasks_inbox holds exactly
that order, one range per desk; a desk is whatever a task can be assigned to: a position, a team, a unit, a person. Each
list is one statement that reads at most a page of each desk and pages by key. A search (code, text) and "due soon" pass
over what does not fit, which is at most what the list itself holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from core.engine import desk_statements as statements
from core.engine.queries import After
from core.engine.search import containing
from core.engine.shell import plain
from core.identity.actor import Actor
from core.organization.secrecy import viewer
from core.tenancy.scope import scope_of

Which = Literal["menunggu", "terlambat", "tenggat", "diawasi", "selesai"]
LISTS: tuple[Which, ...] = get_args(Which)

# Before the first and after the last moment and id there can be; the last day is after every deadline.
_EVER, _NEVER, _LAST_DAY = "-infinity", "infinity", datetime.max.replace(tzinfo=UTC).isoformat()
_LEAST, _GREATEST = UUID(int=0), UUID(int=2**128 - 1)
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Asked:
    """Which list, where it goes on and how much of it.

    :param now: the moment that decides what is late and what is due soon.
    :param after: the last row of the page before: its due moment (None: it has no deadline), in the list of what is
        done the moment it was closed.
    :param code: only this SOP. :param text: only what has this in its number or subject, in capitals or not.
    :param position: only what he answers for from this one of his posts, and by name; without it the post he acts in.
    """

    now: datetime
    which: Which = "menunggu"
    limit: int = 50
    after: After | None = None
    code: str | None = None
    text: str | None = None
    position: UUID | None = None

    @property
    def search(self) -> dict[str, str | None]:
        """The binds of a search; UnusableText where the text cannot be looked for."""
        return {"code": plain(self.code), "pattern": containing(self.text)}


@dataclass(frozen=True)
class Tally:
    """How many tasks a tab holds, up to MOST, which stands for as many or more: then a page shows "99+"."""

    late: int
    soon: int
    open: int
    supervised_late: int


MOST = statements.MOST


def page(session: Session, actor: Actor, asked: Asked) -> Sequence[Row[Any]]:
    """A page of the list; one statement.

    :raises UnusableText: the text to be found has characters that no text here can have.
    """
    statement = statements.LISTS[asked.which, any(asked.search.values())]
    values = {"tenant": scope_of(session).id, "limit": asked.limit, **asked.search, **_viewer(actor, asked.position)}
    return session.execute(statement, values | _range(asked)).all()


def tally(session: Session, actor: Actor, now: datetime, position: UUID | None = None) -> Tally:
    """How many are late, due soon, open, and late among those he supervises; one statement, never more than MOST."""
    values = {"tenant": scope_of(session).id, "at": now, **_viewer(actor, position)}
    row = session.execute(statements.TALLY, values).one()
    return Tally(row.late, row.soon, row.open, row.supervised_late)


def _viewer(actor: Actor, position: UUID | None) -> dict[str, Any]:
    """What he answers for, and what of it these lists are about: `desks`, and the posts he looks down from."""
    values, post = viewer(actor).parameters(), position or actor.acting
    desks = actor.desk_of(post)
    posts = [held for held in values["positions"] if post in (held, None)]
    return {**values, "desks": desks, "posts": posts, "post": post}


def _range(asked: Asked) -> dict[str, Any]:
    """From where to where the list reaches in the order of its index; moments as text, as only there one is endless."""
    match asked.which:
        case "selesai":
            return _from(asked.after, _NEVER, _GREATEST)
        case "terlambat":
            return _from(asked.after, _EVER) | {"until": (asked.now - _INSTANT).isoformat(), "at": None}
        case "tenggat":
            return _from(asked.after, asked.now.isoformat()) | {"until": _LAST_DAY, "at": asked.now}
    return _from(asked.after, _EVER) | {"until": _NEVER, "at": None}


def _from(after: After | None, first: str, least: UUID = _LEAST) -> dict[str, Any]:
    """After the page before, else from the list's first moment on."""
    if after is None:
        return {"since": first, "after": least}
    return {"since": after.at.isoformat() if after.at else _NEVER, "after": after.id}
