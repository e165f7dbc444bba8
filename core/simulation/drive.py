"""Drives one case from its start as its officials would: Mulai, evidence, completion, each a command of its own.

Tasks that are open together are worked on in turn: all are begun, then all get their evidence, then all are
completed, so that the members of an `each` really run beside one another.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from core.engine import queries
from core.engine.flows import LoadedEdition
from core.engine.queries import TaskRow
from core.engine.service import Answer
from core.errors import LangkahError
from core.simulation import answers, officials
from core.simulation.desk import Desk
from core.simulation.giving_back import way_back
from core.simulation.results import Act, CaseRun
from core.simulation.stage import Stage, Stuck

MOST_ROUNDS = 20  # per step; a flow that goes round more often never ends
CUT_SHORT = "Simulasi dihentikan sebelum selesai."


@dataclass(frozen=True)
class Halt:
    """Where to leave a case: the first time this visit of the step is open; `half` lets one member finish."""

    step: str
    visit: int = 1
    half: bool = False


class Drive:
    """One case on its way.

    :param edition: the edition in force, as the engine reads it.
    :param returning: gives work back once, at the step that examines it.
    :param halt: leaves the case there, unfinished; without it a case that cannot go on is cancelled.
    :param told: hears of every completed task.
    """

    def __init__(
        self,
        stage: Stage,
        edition: LoadedEdition,
        *,
        returning: bool = False,
        halt: Halt | None = None,
        told: Callable[[Act], None] = lambda _: None,
    ) -> None:
        self.run = CaseRun()
        self._stage, self._edition, self._halt, self._told = stage, edition, halt, told
        self._desk = Desk(stage, edition, way_back(edition) if returning else None)
        self._case: UUID | None = None
        self._starter: UUID | None = None
        self._open = False

    def to_the_end(self) -> CaseRun:
        """Carries the case on until it ends or halts; what stops it stands in the run's `failure`."""
        halted = False
        try:
            self._start()
            for _ in range(MOST_ROUNDS * len(self._edition.flow.steps)):
                tasks = self._tasks()
                if not tasks or (halted := self._halts(tasks)):
                    break
                self._round(tasks)
        except LangkahError as error:
            self.run.failure = str(error)
        finally:
            if self._open and not halted:
                self._give_up()
        return self.run

    def _start(self) -> None:
        flow, edition = self._edition.flow, self._edition.edition
        asked = answers.filled(edition.start.asks, "work", self._stage.clock().date())
        names = [name for name in flow.start_by or flow.steps[0].actors[:1] if name in self._edition.assignees]
        with self._stage.transaction() as session:
            persons = officials.able(session, [self._edition.assignees[name] for name in names], ())
        nobody = Stuck(number=edition.code, reason="tidak ada pejabat yang dapat memulainya.")
        engine = self._stage.platform.engine
        answer, actor = self._stage.act(persons, lambda s, r: engine.start(s, r, edition.code, asked), nobody)
        self._case, self._starter = UUID(answer["case"]["id"]), actor.person_id
        self._desk.number = self.run.number = answer["number"]
        self._follow(answer)

    def _tasks(self) -> list[TaskRow]:
        """The open tasks; none when the case has ended."""
        if not self._open or self._case is None:
            return []
        with self._stage.transaction() as session:
            found = [task for task in queries.case_tasks(session, self._case) if task.status == "open"]
        if not found:
            raise Stuck(number=self.run.number, reason="tidak ada tugas yang terbuka; pengawasnya harus memutuskan.")
        return found

    def _halts(self, tasks: list[TaskRow]) -> bool:
        if self._halt is None:
            return False
        here = [task for task in tasks if (task.step_key, task.visit) == (self._halt.step, self._halt.visit)]
        if self._halt.half and len(here) > 1:
            self._round(here[:1])
        return bool(here)

    def _round(self, tasks: list[TaskRow]) -> None:
        for task in tasks:
            self._desk.begin(task)
        for task in tasks:
            self._desk.attach(task)
        for task in tasks:
            answer, act = self._desk.complete(task)
            self.run.acts.append(act)
            self._told(act)
            self._follow(answer)

    def _follow(self, answer: Answer) -> None:
        self._open = answer["case"]["status"] == "open"
        self.run.finished = answer["case"]["status"] == "done"

    def _give_up(self) -> None:
        """Nothing is left half: who started the case cancels it, with the reason in its log."""
        self.run.failure = reason = self.run.failure or CUT_SHORT
        case, starter = self._case, self._starter
        if case is None or starter is None:
            return
        engine = self._stage.platform.engine
        with suppress(LangkahError):
            self._stage.act([starter], lambda s, r: engine.cancel(s, r, case, reason), Stuck(number="", reason=""))
            return
        self.run.failure = f"{reason} Pelaksanaan {self.run.number} masih terbuka; batalkan di aplikasi."
