"""`langkah tenants sync`: reads every folder, compares, and applies what nobody else has changed (ground.md 17).

All files are read and all governments compared before anything is written; a fault or a conflict anywhere leaves
everything as it was. Then each government is written in one transaction of its own scope, parents first.
"""

import zlib
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.database import Database
from core.legal.registry import save_national
from core.procedures.problems import nearest
from core.sync.apply import apply, tenant_row
from core.sync.comparison import Comparison
from core.sync.files import Folder, folders
from core.sync.merge import APPLIED
from core.sync.national import NATIONAL, WHOSE, NationalPlan
from core.sync.objects import Object
from core.sync.plan import TenantPlan
from core.sync.request import SyncClash, SyncConflict, SyncReport, SyncRequest, TakeUnknown, refused
from core.tenancy.scope import enter, scope_of

LOCK = 7_000_002


def sync(
    database: Database, root: Path, request: SyncRequest, *, plan_only: bool = False, national: Path = NATIONAL
) -> SyncReport:
    """Brings the folders below `root` into the database, as far as nobody changed the same thing there.

    :param plan_only: compares and writes nothing; conflicts are then lines of the report.
    :raises FilesRefused: a file is wrong; nothing was applied.
    :raises SyncConflict: something changed on both sides; nothing was applied.
    :raises TakeUnknown: a choice names what needs none.
    :raises DayNotCome: the day from which editions are to be in force has not come.
    """
    found = folders(root, request.tenant)
    comparison = Comparison(request, found, national)
    plans, rules = comparison.plan(database)
    _check_takes(request, plans, rules)
    lines = [*rules.lines, *(line for plan in plans.values() for line in plan.lines)]
    conflicts = [*rules.conflicts, *(line for plan in plans.values() for line in plan.conflicts)]
    if plan_only:
        return SyncReport(lines, applied=False)
    if conflicts:
        raise SyncConflict(conflicts)
    _apply_national(database, comparison, rules)
    for folder in _parents_first(found, plans):
        if plans[folder.slug].work:
            _apply_tenant(database, comparison, folder)
    return SyncReport(lines, applied=True)


def _check_takes(request: SyncRequest, plans: Mapping[str, TenantPlan], rules: NationalPlan) -> None:
    differing = {slug: plan.differing for slug, plan in plans.items()} | {WHOSE: rules.differing}
    for text in request.takes:
        one = SyncRequest(takes={text: "file"})
        if not any(set(one.takes_of(slug)) & objects for slug, objects in differing.items()):
            named = [str(found) for objects in differing.values() for found in objects]
            named += [f"{slug}/{found}" for slug, objects in differing.items() for found in objects]
            close = nearest(text, named)
            raise TakeUnknown(object=text, hint=f" Mungkin maksudnya {close}." if close else "")


def _apply_national(database: Database, comparison: Comparison, plan: NationalPlan) -> None:
    if not plan.writes:
        return
    with database.session() as session, session.begin():
        _lock(session, WHOSE)
        again = comparison.national(session)
        if again.conflicts:
            raise SyncConflict(again.conflicts)
        save_national(session, again.writes)


def _apply_tenant(database: Database, comparison: Comparison, folder: Folder) -> None:
    """One government, compared once more behind its lock: another sync or an editor may have come between."""
    with database.session() as session, session.begin():
        _lock(session, folder.slug)
        plan = comparison.again(session, folder)
        if plan.conflicts:
            raise SyncConflict(plan.conflicts)
        try:
            _write(session, comparison, plan)
        except IntegrityError as error:
            raise SyncClash(tenant=plan.slug, reason=refused(error)) from error


def _write(session: Session, comparison: Comparison, plan: TenantPlan) -> None:
    itself = Object("tenant", plan.slug)
    if plan.judgements[itself].verdict in APPLIED:
        tenant_row(session, plan.slug, plan.contents[itself])
    enter(session, plan.slug)
    request = comparison.request
    effective = scope_of(session).today if request.effective == "today" else request.effective
    apply(session, plan, effective, request.proof)


def _lock(session: Session, whose: str) -> None:
    """Two syncs of one government follow each other; the lock ends with the transaction."""
    session.execute(select(func.pg_advisory_xact_lock(LOCK, zlib.crc32(whose.encode()) - 2**31)))


def _parents_first(found: list[Folder], plans: Mapping[str, TenantPlan]) -> list[Folder]:
    """A government refers to its parent, so that one is written before it."""
    above = {slug: plan.contents.get(Object("tenant", slug), {}).get("parent") for slug, plan in plans.items()}

    def depth(slug: str) -> int:
        parent = above.get(slug)
        return 0 if parent not in above else 1 + depth(parent)

    here = [folder for folder in found if folder.slug in plans]
    return sorted(here, key=lambda folder: depth(folder.slug))
