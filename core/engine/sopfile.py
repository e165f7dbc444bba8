"""What the page of a SOP shows: an edition, who its actors are here, its legal bases, the other editions.

A constant number of statements: the SOP, the edition, two for the actors, two for the rules, the editions' heads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from core.engine import bindings, library, options
from core.engine.bindings import Binding
from core.engine.errors import NotInForce
from core.engine.flows import Editions, LoadedEdition
from core.engine.opening import Opening, opening
from core.identity.actor import Actor
from core.legal.citations import Standing, standings
from core.procedures.differences import Difference, difference
from core.procedures.model import Edition
from core.procedures.models import EditionRow


@dataclass(frozen=True)
class SopFile:
    """A SOP with one of its editions: the one in force (or the latest) where none was asked for.

    :param sop: as core.engine.library.on_shelf has it. :param standings: how the cited rules stand, by their id.
    :param editions: heads of editions, the latest first. :param may_start: the reader may open a case of the edition
        in force.
    """

    sop: Row[Any]
    row: EditionRow
    edition: Edition
    bound: Sequence[Binding]
    standings: Mapping[str, Standing]
    editions: Sequence[Any]
    may_start: bool


@dataclass(frozen=True)
class StartFile:
    """What a start asks of somebody who may: the edition in force, and what would open; None: nothing would."""

    sop: Row[Any]
    edition: Edition
    opening: Opening | None


def sopfile(
    session: Session, editions: Editions, actor: Actor, code: str, now: datetime,
    number: int | None = None, before: int | None = None,
) -> SopFile:  # fmt: skip
    """The SOP; `number` an edition of it, `before` where the list of editions goes on.

    :raises NoSuchProcedure, NoSuchEdition: there is none here.
    """
    sop = library.on_shelf(session, actor, code)
    row = library.edition_shown(session, sop) if number is None else library.edition_numbered(session, sop.id, number)
    edition = Edition.from_json(row.content)
    return SopFile(
        sop=sop,
        row=row,
        edition=edition,
        bound=bindings.bindings(session, row, edition),
        standings=standings(session, [citation.id for citation in edition.cover.legal_bases]),
        editions=library.editions_of(session, sop.id, before),
        may_start=_may_start(session, editions, actor, sop, now),
    )


def startfile(session: Session, editions: Editions, actor: Actor, code: str, now: datetime) -> StartFile:
    """What the start of a SOP asks.

    :raises NoSuchProcedure, NotInForce, MayNotStart: there is none, none in force, or not for him.
    """
    sop = library.on_shelf(session, actor, code)
    if sop.effective_id is None:
        raise NotInForce(code=code)
    loaded = _in_force(session, editions, sop)
    row = library.edition_of(session, sop.effective_id)
    bound = bindings.bindings(session, row, loaded.edition)
    return StartFile(sop, loaded.edition, opening(loaded, actor, now, bound))


def changes(session: Session, row: EditionRow, since: int | None = None) -> tuple[int, Difference] | None:
    """The number of the edition that this one is held against, and what differs; None where there is no older one.

    :param since: an edition by its number, None: the one before.
    :raises NoSuchEdition: the SOP has none of this number.
    """
    if since is None:
        former = library.editions_of(session, row.procedure_id, row.number, 1)
        if not former:
            return None
        since = former[0].number
    other = library.edition_numbered(session, row.procedure_id, since)
    sides = [(each, Edition.from_json(each.content), bindings.bound_names(session, each)) for each in (other, row)]
    (_, old, was), (_, new, now) = sides
    return since, difference(old, new, was, now)


def _may_start(session: Session, editions: Editions, actor: Actor, sop: Row[Any], now: datetime) -> bool:
    return sop.effective_id is not None and options.may_start(_in_force(session, editions, sop), actor, now)


def _in_force(session: Session, editions: Editions, sop: Row[Any]) -> LoadedEdition:
    """The edition in force as the engine keeps it: at most one statement, and none once this process has it."""
    return editions.get(session, sop.effective_id)
