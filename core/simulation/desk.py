"""What an official does with a task: takes it up, hands in the evidence its form demands, completes it."""

from io import BytesIO
from uuid import UUID

from sqlalchemy.orm import Session

from core.engine import evidence
from core.engine.facts import Assignee
from core.engine.flows import LoadedEdition
from core.engine.queries import TaskRow
from core.engine.service import Answer, Completion, Request
from core.identity.actor import Actor
from core.organization.wording import full_title
from core.procedures.model import Field
from core.simulation import answers, officials, papers
from core.simulation.giving_back import Way
from core.simulation.results import Act
from core.simulation.stage import Command, Stage, Stuck

REASON = "Data belum lengkap. Mohon dilengkapi sesuai formulir, lalu dikirim kembali."


class Desk:
    """The tasks of one case; it remembers who took up what, so that a case goes through many hands.

    :param way: the return to be made once, if any.
    """

    def __init__(self, stage: Stage, edition: LoadedEdition, way: Way | None) -> None:
        self.number = "-"
        self._stage, self._edition, self._way = stage, edition, way
        self._queues: dict[UUID, list[UUID]] = {}
        self._did: dict[tuple[str, str], UUID] = {}

    def begin(self, task: TaskRow) -> None:
        """Mulai, by who has not acted in the case yet; a redone task by who did it before."""
        assignee = Assignee(task.assignee_kind, str(task.assignee_id))
        busy = {queue[0] for queue in self._queues.values() if queue}
        with self._stage.transaction() as session:
            before = self._did.get((task.step_key, task.member))
            self._queues[task.id] = officials.able(session, [assignee], busy, before)
        engine = self._stage.platform.engine
        self._by_official(task, lambda s, r: engine.begin(s, r, task.id))

    def attach(self, task: TaskRow) -> None:
        """A small file into every field that demands one, unless the task is about to be given back."""
        step = self._edition.step(task.step_key)
        given = answers.filled(step.form, step.kind, self._stage.clock().date())
        for field in answers.demanded(step.form, given) if not self._due(task) else ():
            content, name = self._paper(task, field)
            self._by_official(task, self._attaching(task.id, field.key, content, name))

    def complete(self, task: TaskRow) -> tuple[Answer, Act]:
        """Completes it, or gives work back where that is due."""
        step, way = self._edition.step(task.step_key), self._due(task)
        if way:
            how = Completion(outcome=way.outcome, reason=REASON, target=way.target, members=self._one_of(way))
            self._way = None
        else:
            given = answers.filled(step.form, step.kind, self._stage.clock().date())
            how = Completion(outcome=self._onward(task.step_key), answers=given)
        engine = self._stage.platform.engine
        answer, actor = self._by_official(task, lambda s, r: engine.complete(s, r, task.id, how))
        self._did[task.step_key, task.member] = actor.person_id
        return answer, self._act(task, actor, how.outcome, way is not None)

    def _due(self, task: TaskRow) -> Way | None:
        return self._way if self._way and self._way.source == task.step_key else None

    def _one_of(self, way: Way) -> tuple[str, ...]:
        """One member alone where the target is an `each`: the one who handed in first."""
        members = [member for step, member in self._did if step == way.target]
        return tuple(members[:1]) if way.to_members else ()

    def _onward(self, key: str) -> str | None:
        """None for the default; where the step has several, the first that leads on."""
        flow = self._edition.flow
        if flow.step(key).each or flow.step(key).default_outcome is not None:
            return None
        return next(name for name, to in flow.outcomes(key).items() if to and not flow.behind(key, to))

    def _attaching(self, task_id: UUID, field: str, content: bytes, name: str) -> Command:
        platform = self._stage.platform

        def attach(session: Session, request: Request) -> Answer:
            limit, stream = platform.config.max_upload, BytesIO(content)
            return evidence.attach(
                platform.engine, session, request, platform.storage, task_id, field, stream, name, limit
            )

        return attach

    def _paper(self, task: TaskRow, field: Field) -> tuple[bytes, str]:
        if field.type == "photo" or (field.accept and not any("pdf" in kind.lower() for kind in field.accept)):
            return papers.png(), f"{field.key}.png"
        about = (f"Pelaksanaan {self.number}", f"Langkah {self._edition.flow.label(task.step_key)}", task.label or "")
        return papers.pdf(field.label, (*about, "Contoh yang dibuat oleh simulasi.")), f"{field.key}.pdf"

    def _by_official(self, task: TaskRow, command: Command) -> tuple[Answer, Actor]:
        """By the official who has the task, or the next who may; he keeps it for what follows."""
        label = self._edition.flow.label(task.step_key)
        nobody = Stuck(number=self.number, reason=f"langkah {label} tidak mempunyai pejabat hari ini.")
        answer, actor = self._stage.act(self._queues[task.id], command, nobody)
        queue = [person for person in self._queues[task.id] if person != actor.person_id]
        self._queues[task.id] = [actor.person_id, *queue]
        return answer, actor

    def _act(self, task: TaskRow, actor: Actor, outcome: str | None, returning: bool) -> Act:
        position, capacity = actor.covers.get(task.assignee_id, (None, ""))
        return Act(
            step=task.step_key,
            label=self._edition.flow.label(task.step_key),
            member=task.label or "",
            visit=task.visit,
            opened_at=task.opened_at,
            at=self._stage.clock(),
            person_id=actor.person_id,
            person=actor.name,
            position=next(
                (full_title(title, capacity) for known, title, _ in actor.positions if known == position), None
            ),
            outcome=outcome,
            returning=returning,
        )
