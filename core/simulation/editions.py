"""The editions in force, and the simulation of one of them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.platform import Platform
from core.procedures.models import EditionRow, Procedure
from core.simulation.drive import Drive
from core.simulation.results import Act, EditionRun
from core.simulation.stage import Stage


@dataclass(frozen=True)
class InForce:
    """An edition in force: its SOP's code, its id, its number."""

    code: str
    id: UUID
    number: int


def in_force(session: Session, code: str | None = None) -> list[InForce]:
    """The editions in force in the scope, in order of code; of one SOP where its code is given."""
    query = (
        select(Procedure.code, EditionRow.id, EditionRow.number)
        .join(
            EditionRow,
            (EditionRow.tenant_id == Procedure.tenant_id) & (EditionRow.id == Procedure.effective_id),
        )
        .order_by(Procedure.code)
    )
    if code is not None:
        query = query.where(Procedure.code == code)
    return [InForce(row.code, row.id, row.number) for row in session.execute(query)]


def simulate(
    platform: Platform, tenant: str, edition: InForce, cases: int, told: Callable[[Act], None] = lambda _: None
) -> EditionRun:
    """Carries `cases` cases to their end, one after the other; the first has one return."""
    stage = Stage(platform, tenant)
    with stage.transaction() as session:
        loaded = platform.engine.editions.get(session, edition.id)
    result = EditionRun(tenant, edition.code, edition.number)
    began = time.monotonic()
    for number in range(cases):
        result.cases.append(Drive(stage, loaded, returning=number == 0, told=told).to_the_end())
    result.seconds = time.monotonic() - began
    return result
