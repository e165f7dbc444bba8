"""How the rules that a sheet cites stand today, as the registry knows it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.legal.models import NationalRegulation, Regulation


@dataclass(frozen=True)
class Successor:
    """A rule that changed or revoked another: its name, since when (ISO date), and what is to be said of it."""

    name: str
    date: str | None
    note: str | None


@dataclass(frozen=True)
class Standing:
    """How a cited rule stands.

    :param status: berlaku, diubah, dicabut, unknown.
    :param source: where that was read, None: no second source. :param second_source: there is one.
    :param sure: how sure it is: high, medium-high, medium, medium-low, low; None where nobody judged it.
    """

    id: str
    name: str
    title: str
    status: str
    revoked_by: Successor | None
    amended_by: tuple[Successor, ...]
    source: str | None
    second_source: bool
    sure: str | None
    note: str | None


def standings(session: Session, ids: Collection[str | None]) -> Mapping[str, Standing]:
    """By id, those of the cited rules that the registry knows, the government's own first; two statements."""
    wanted = [each for each in ids if each]
    own = session.scalars(select(Regulation).where(Regulation.key.in_(wanted)))
    national = session.scalars(select(NationalRegulation).where(NationalRegulation.id.in_(wanted)))
    return {row.id: _standing(row.id, row) for row in national} | {row.key: _standing(row.key, row) for row in own}


def _standing(key: str, rule: NationalRegulation | Regulation) -> Standing:
    """What the registry's facts say; `certainty` is 'K' or 'V' (without or with a second source), then how sure."""
    facts = rule.facts
    source, _, sure = str(facts.get("certainty") or "").partition(",")
    return Standing(
        id=key,
        name=f"{rule.kind} {rule.number}/{rule.year}" if rule.year else f"{rule.kind} {rule.number}",
        title=rule.title,
        status=rule.status,
        revoked_by=next(_successors([facts.get("revoked_by")]), None),
        amended_by=tuple(_successors(facts.get("amended_by") or ())),
        source=facts.get("source"),
        second_source=source.strip() == "V",
        sure=sure.strip() or None,
        note=facts.get("note"),
    )


def _successors(found: Iterable[object]) -> Iterator[Successor]:
    for each in found:
        if isinstance(each, Mapping):
            yield Successor(str(each.get("name") or each.get("id")), each.get("date"), each.get("note"))
