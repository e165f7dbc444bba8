"""Editions of a tenant's SOPs: drafted, put into force, retired. What is in force never changes.

Running cases stay on the edition they began with (engine.md, Rules 5).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from core.audit.entries import record
from core.database import new_id
from core.errors import BadInput, Conflict, NotFound
from core.identity.actor import Actor, Console
from core.moments import spoken_date
from core.organization.models import Position, Team, Unit, UnitSet
from core.procedures.model import Edition
from core.procedures.models import EditionReach, EditionRow, Procedure
from core.procedures.reaches import reaches
from core.procedures.support import unsupported
from core.tenancy.scope import scope_of

PREPARE = "procedures.prepare"
PUBLISH = "procedures.publish"

# Says what keeps an edition from being sound; nothing is good.
Proof = Callable[[Edition], Sequence[str]]


class ProcedureUnknown(NotFound):
    """SOP "{code}" tidak ada di pemerintah daerah ini. Pilih dari daftar SOP."""

    type = "sop-tidak-terdaftar"


class TargetUnknown(Conflict):
    """Pelaksana "{actor}" pada SOP "{code}" menunjuk {kind} "{key}", yang tidak ada lagi. Petakan ke yang lain."""

    type = "pelaksana-tidak-ada"


class NotADraft(Conflict):
    """Edisi {number} SOP "{code}" bukan konsep lagi. Susun edisi baru untuk mengubahnya."""

    type = "bukan-konsep"


class EditionRefused(Conflict):
    """Edisi {number} SOP "{code}" belum dapat diberlakukan: {reasons}"""

    type = "edisi-belum-layak"


class DateRefused(BadInput):
    """Edisi {number} SOP "{code}" tidak dapat berlaku mulai {on}: {reason}"""

    type = "tanggal-berlaku-ditolak"


@dataclass(frozen=True)
class Posts:
    """The organization's rows by kind of target (position, team, unit, set) and key."""

    ids: Mapping[str, Mapping[str, UUID]]

    def find(self, kind: str, key: str) -> UUID | None:
        """The id, or None where the organization has no such row."""
        return self.ids[kind].get(key)


def posts(session: Session) -> Posts:
    """All posts that an actor may be mapped to, in four statements; for a caller who drafts many editions."""
    keys = {
        "position": select(Position.key, Position.id),
        "team": select(Team.key, Team.id),
        "unit": select(Unit.key, Unit.id),
        "set": select(UnitSet.key, UnitSet.id),
    }
    return Posts({kind: dict(session.execute(asked).all()) for kind, asked in keys.items()})


def draft(session: Session, by: Actor | Console, edition: Edition, known: Posts | None = None) -> EditionRow:
    """Keeps an edition as a draft under the next number; an older draft of the same SOP is retired by it.

    :raises TargetUnknown: an actor's post is not in the organization.
    :raises Forbidden: without `procedures.prepare`.
    """
    by.require(PREPARE)
    known = known or posts(session)
    targets = _targets(edition, known)
    procedure = _procedure(session, edition)
    drafts = (EditionRow.procedure_id == procedure.id) & (EditionRow.status == "draft")
    session.execute(update(EditionRow).where(drafts).values(status="retired", retired_on=scope_of(session).today))
    row = EditionRow(
        id=new_id(),
        procedure_id=procedure.id,
        number=_last(session, procedure) + 1,
        status="draft",
        effective_on=None,
        retired_on=None,
        content=edition.to_json(),
        content_hash=edition.content_hash(),
        targets=targets,
        plugin_version=edition.plugin_version,
    )
    session.add(row)
    session.flush()
    _write_reaches(session, row, edition, known)
    record(session, "edition.drafted", by.person_id, edition.code, {"number": row.number})
    return row


def put_into_force(
    session: Session, by: Actor | Console, row: EditionRow, on: date, proof: Proof | None = None
) -> EditionRow:
    """Makes a draft the edition that new cases follow, from the day `on`; the former one is retired that day.

    :param proof: the proof of soundness, which lies above this package.
    :raises NotADraft, EditionRefused, DateRefused: it cannot be; says everything that is in the way.
    :raises Forbidden: without `procedures.publish`.
    """
    by.require(PUBLISH)
    edition = Edition.from_json(row.content)
    procedure = _procedure(session, edition)
    if row.status != "draft":
        raise NotADraft(number=row.number, code=procedure.code)
    reasons = [*unsupported(edition), *(proof(edition) if proof else ())]
    if reasons:
        raise EditionRefused(number=row.number, code=procedure.code, reasons="; ".join(reasons))
    former = session.get(EditionRow, (row.tenant_id, procedure.effective_id)) if procedure.effective_id else None
    _check_date(session, row, procedure, former, on)
    if former is not None:
        former.status, former.retired_on = "retired", on
        session.flush()
    row.status, row.effective_on = "effective", on
    procedure.effective_id = row.id
    procedure.title, procedure.plugin, procedure.procedure = edition.title, edition.plugin, edition.procedure
    session.flush()
    record(session, "edition.put_into_force", by.person_id, procedure.code, {"number": row.number, "on": str(on)})
    return row


def take_out_of_force(session: Session, by: Actor | Console, code: str, on: date) -> None:
    """Retires the edition in force, if any, and with it the SOP: nobody can start it, running cases go on.

    :raises ProcedureUnknown: the tenant has no such SOP.
    :raises Forbidden: without `procedures.publish`.
    """
    by.require(PUBLISH)
    procedure = session.scalars(_locked(code)).one_or_none()
    if procedure is None:
        raise ProcedureUnknown(code=code)
    procedure.effective_id = None
    living = (EditionRow.procedure_id == procedure.id) & (EditionRow.status != "retired")
    session.execute(update(EditionRow).where(living).values(status="retired", retired_on=on))
    record(session, "procedure.taken_out_of_force", by.person_id, code, {"on": str(on)})


def _locked(code: str) -> Any:
    """The SOP by its code; whoever else numbers or retires its editions waits."""
    return select(Procedure).where(Procedure.code == code).with_for_update(key_share=True)


def _procedure(session: Session, edition: Edition) -> Procedure:
    """The SOP of the edition, made where the tenant has it not yet."""
    found: Procedure | None = session.scalars(_locked(edition.code)).one_or_none()
    if found is None:
        found = Procedure(
            code=edition.code,
            title=edition.title,
            plugin=edition.plugin,
            procedure=edition.procedure,
            effective_id=None,
        )
        session.add(found)
        session.flush()
    return found


def _last(session: Session, procedure: Procedure) -> int:
    asked = select(func.coalesce(func.max(EditionRow.number), 0)).where(EditionRow.procedure_id == procedure.id)
    return session.execute(asked).scalar_one()


def _targets(edition: Edition, known: Posts) -> dict[str, Any]:
    """{actor: {"kind", "id"}}; what the engine cannot address (a party, the public) is left out."""
    targets = {}
    for actor in edition.actors.values():
        if actor.target is None or actor.target.kind not in known.ids:
            continue
        found = known.find(actor.target.kind, actor.target.key)
        if found is None:
            raise TargetUnknown(
                actor=actor.name, code=edition.code, kind=_SAID[actor.target.kind], key=actor.target.key
            )
        targets[actor.key] = {"kind": actor.target.kind, "id": str(found)}
    return targets


_SAID = {"position": "jabatan", "team": "tim", "unit": "unit", "set": "himpunan"}


def _write_reaches(session: Session, row: EditionRow, edition: Edition, known: Posts) -> None:
    found = [
        {"tenant_id": row.tenant_id, "edition_id": row.id, "step_key": step, "set_id": known.find("set", key)}
        for step, keys in reaches(edition).items()
        for key in keys
    ]
    if found:
        session.execute(insert(EditionReach), found)


def _check_date(session: Session, row: EditionRow, procedure: Procedure, former: EditionRow | None, on: date) -> None:
    reason = None
    if on > scope_of(session).today:
        reason = "tanggal itu belum tiba. Berlakukan pada harinya."
    elif former is not None and former.effective_on is not None and on < former.effective_on:
        reason = f"edisi {former.number} baru berlaku {spoken_date(former.effective_on)}. Pilih tanggal sesudahnya."
    if reason:
        raise DateRefused(number=row.number, code=procedure.code, on=spoken_date(on), reason=reason)
