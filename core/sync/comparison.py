"""Holds the folders against the database: first all of them without a lock, then each again behind its own."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.legal.registry import Rule, national_rules
from core.moments import spoken_date
from core.procedures.model import Edition
from core.procedures.models import EditionRow
from core.sync.files import Folder
from core.sync.governments import Government, add_itself, governments
from core.sync.national import WHOSE, NationalPlan, plan_national, read_national
from core.sync.objects import Object
from core.sync.plan import TenantPlan, plan_force, plan_tenant
from core.sync.present import FINGERPRINT, Present, load
from core.sync.reading import Platform, Wanted, read_folders
from core.sync.request import DayNotCome, SyncRequest
from core.sync.usage import in_use
from core.tenancy.scope import enter, tenant_transaction

Opened = Callable[[], AbstractContextManager[Session]]


class Comparison:
    """One sync's view of files and database."""

    def __init__(self, request: SyncRequest, found: Sequence[Folder], national: Path) -> None:
        self.request = request
        self._folders = found
        self._national = national
        self._rules: list[Rule] = []
        self._wanted: Mapping[str, Wanted] = {}
        self._beyond = _beyond(request, national)

    def plan(self, database: Database) -> tuple[dict[str, TenantPlan], NationalPlan]:
        """What is to be done to each government, and to the national rules; writes nothing.

        A government that was made inactive in the database is left alone.

        :raises FilesRefused: a file is wrong.
        :raises DayNotCome: editions were to be in force from a day that is still to come.
        """
        with database.session() as session:
            known = governments(session)
        present = {folder.slug: Present() for folder in self._folders if _in_service(folder, known)}
        for slug in present:
            if slug in known:
                with tenant_transaction(database, slug) as session:
                    present[slug] = load(session)
                add_itself(present[slug], known[slug], known)
        changed = [folder for folder in self._folders if folder.slug in present and self._changed(folder, present)]
        rules = self._read(database, changed, present, known)
        plans = {
            folder.slug: self._plan(folder, present[folder.slug], partial(tenant_transaction, database, folder.slug))
            for folder in self._folders
            if folder.slug in present
        }
        self._check_day(plans, known)
        return plans, rules

    def again(self, session: Session, folder: Folder) -> TenantPlan:
        """The plan of one government as it is now, its rows locked until the transaction ends."""
        known = governments(session, lock=folder.slug)
        present = Present()
        if folder.slug in known:
            enter(session, folder.slug)
            present = load(session, lock=True)
            add_itself(present, known[folder.slug], known)
        return self._plan(folder, present, lambda: nullcontext(session))

    def national(self, session: Session) -> NationalPlan:
        """The plan for the national rules as they are now."""
        return plan_national(session, self._rules, self.request.takes_of(WHOSE))

    def _fingerprint(self, folder: Folder) -> str:
        return hashlib.sha256(f"{folder.fingerprint} {self._beyond}".encode()).hexdigest()

    def _changed(self, folder: Folder, present: Mapping[str, Present]) -> bool:
        """Whether the folder must be read: it is not as it was last applied, or a choice asks what is in it."""
        same = present[folder.slug].applied.get(FINGERPRINT) == self._fingerprint(folder)
        return not same or bool(self.request.takes)

    def _read(
        self,
        database: Database,
        changed: Sequence[Folder],
        present: Mapping[str, Present],
        known: Mapping[str, Government],
    ) -> NationalPlan:
        """Reads what changed; the national rules too, which the folders' fingerprints vouch for otherwise."""
        if not changed:
            return NationalPlan()
        self._rules = read_national(self._national)
        with database.session() as session:
            rules = {rule.id for rule in self._rules} | set(national_rules(session))
            plan = self.national(session)
        request = self.request
        platform = Platform(request.offered, request.plugins, request.rights, frozenset(rules))
        own = {slug: one.own() for slug, one in present.items()}
        read = {folder.slug for folder in changed}
        others = {slug: one for slug, one in known.items() if slug not in read}
        self._wanted = read_folders(changed, own, others, platform)
        return plan

    def _plan(self, folder: Folder, present: Present, opened: Opened) -> TenantPlan:
        retiring = self.request.effective is not None

        def needed(leaving: Sequence[Object]) -> Mapping[Object, str]:
            with opened() as session:
                return in_use(session, present, leaving, retiring=retiring)

        def drafted(code: str) -> Edition:
            with opened() as session:
                row = session.scalars(select(EditionRow).where(EditionRow.id == present.drafts[code])).one()
                return Edition.from_json(row.content)

        wanted, takes = self._wanted.get(folder.slug), self.request.takes_of(folder.slug)
        plan = plan_tenant(folder.slug, self._fingerprint(folder), present, wanted, takes, needed)
        if retiring:
            plan_force(plan, drafted, self.request.proof)
        return plan

    def _check_day(self, plans: Mapping[str, TenantPlan], known: Mapping[str, Government]) -> None:
        day = self.request.effective
        if day is None or day == "today":
            return
        for slug, plan in plans.items():
            told = plan.contents.get(Object("tenant", slug)) or known[slug].content(known)
            if day > datetime.now(ZoneInfo(told["timezone"])).date():
                raise DayNotCome(on=spoken_date(day), tenant=told["name"])


def _in_service(folder: Folder, known: Mapping[str, Government]) -> bool:
    return folder.slug not in known or known[folder.slug].active


def _beyond(request: SyncRequest, national: Path) -> str:
    """What the folders' meaning depends on besides themselves: the plugins' procedures, the national rules."""
    digest = hashlib.sha256(national.read_bytes())
    for key, one in sorted(request.offered.items()):
        digest.update(f"{key} {one.fingerprint}\n".encode())
    digest.update(" ".join(sorted(request.plugins)).encode())
    return digest.hexdigest()
