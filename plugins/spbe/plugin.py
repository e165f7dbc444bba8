"""The plugin's hooks: its procedures, one rule the YAML cannot say, and lines for the operator's metrics."""

from datetime import datetime
from pathlib import Path

import structlog

from core.sdk import (
    CaseEvent,
    CompletionView,
    MenuEntry,
    Plugin,
    ProcedureSource,
    Refusal,
    TaskEvent,
    hookimpl,
)

MONEV = "spbe.monev"
COLLECTING = "data"
RECAP = "rekap"
log = structlog.get_logger()


class Spbe(Plugin):
    """SPBE monev as both cities run it."""

    @hookimpl
    def register_procedures(self) -> list[ProcedureSource]:
        """The YAML files beside this module."""
        return [ProcedureSource(Path(__file__).with_name("procedures"))]

    @hookimpl
    def register_menu(self) -> list[MenuEntry]:
        """The year's monev at one click."""
        return [MenuEntry("Monev SPBE", icon="chart-dots")]

    @hookimpl
    def validate_completion(self, completion: CompletionView) -> None:
        """A recap needs something to recap; where every OPD was excused, nothing was handed in."""
        members = completion.steps.get(COLLECTING, ())
        if completion.returning or any(sum(member.evidence.values()) for member in members):
            return
        raise Refusal(
            "Belum ada satu pun OPD yang menyerahkan data dukung, jadi belum ada yang dapat direkap. "
            "Kembalikan langkah pengumpulan data kepada OPD, atau mintalah atasan membatalkan pelaksanaan."
        )

    @hookimpl
    def case_started(self, case: CaseEvent) -> None:
        """One line per monev that began."""
        if case.case.procedure == MONEV:
            log.info("spbe_monev_started", tenant=case.case.tenant, case=case.case.number)

    @hookimpl
    def task_completed(self, task: TaskEvent) -> None:
        """One line per OPD that handed in its data: how long it took, and whether it had to do it again."""
        if (task.case.procedure, task.step) == (MONEV, COLLECTING):
            log.info(
                "spbe_data_handed_in",
                tenant=task.case.tenant,
                case=task.case.number,
                opd=task.member,
                visit=task.visit,
                hours=_hours(task.opened_at, task.at),
            )

    @hookimpl
    def case_ended(self, case: CaseEvent) -> None:
        """One line per monev that ended: how, and after how long."""
        if case.case.procedure == MONEV:
            log.info(
                "spbe_monev_ended",
                tenant=case.case.tenant,
                case=case.case.number,
                how=case.how,
                hours=_hours(case.case.started_at, case.at),
            )


def _hours(since: datetime, until: datetime) -> float:
    """Hours on the wall clock, to one decimal."""
    return round((until - since).total_seconds() / 3600, 1)


plugin = Spbe(name="spbe", title="SPBE", version="1.0.0", checks=((MONEV, RECAP),))
