"""The registry of rules: national ones for all, a government's own beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.legal.models import NationalRegulation, Regulation

# National rules have no tenant, hence no row in sync_objects: the memory of the file stands among the facts.
_APPLIED = "applied"
STATUSES = ("berlaku", "diubah", "dicabut", "unknown")


@dataclass(frozen=True)
class Rule:
    """A rule: `id` as bindings cite it. `facts` keeps what else is known, with its source and certainty.

    `row_id`: the row of a government's own rule. `applied`: what a file last said of a national one (its hash).
    """

    id: str
    kind: str
    number: str
    year: int | None
    title: str
    status: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    row_id: UUID | None = None
    applied: str | None = None

    def content(self) -> dict[str, Any]:
        """Everything but the id, as plain JSON."""
        return {
            "kind": self.kind,
            "number": self.number,
            "year": self.year,
            "title": self.title,
            "status": self.status,
            "facts": dict(self.facts),
        }


def rules(session: Session) -> Mapping[str, Rule]:
    """Every rule the session's government may cite, by id: its own first, then the national ones."""
    return {**national_rules(session), **local_rules(session)}


def local_rules(session: Session, *, lock: bool = False) -> Mapping[str, Rule]:
    """The government's own rules, by id; with `lock` nobody else changes them until the transaction ends."""
    asked = select(Regulation)
    rows = session.scalars(asked.with_for_update(key_share=True) if lock else asked)
    return {row.key: _rule(row.key, row, row.id) for row in rows}


def national_rules(session: Session) -> Mapping[str, Rule]:
    """The national rules, by id; no scope is needed."""
    return {row.id: _rule(row.id, row) for row in session.scalars(select(NationalRegulation))}


def save_national(session: Session, found: list[Rule]) -> None:
    """Writes national rules, new or changed, in one statement; each with what it says now as `applied`."""
    if not found:
        return
    rows = [{"id": rule.id, **rule.content(), "facts": {**rule.facts, _APPLIED: rule.applied}} for rule in found]
    writing = insert(NationalRegulation).values(rows)
    fresh = {name: writing.excluded[name] for name in found[0].content()}
    session.execute(writing.on_conflict_do_update(index_elements=["id"], set_=fresh))


def _rule(key: str, row: NationalRegulation | Regulation, row_id: UUID | None = None) -> Rule:
    facts = {name: value for name, value in row.facts.items() if name != _APPLIED}
    return Rule(key, row.kind, row.number, row.year, row.title, row.status, facts, row_id, row.facts.get(_APPLIED))
