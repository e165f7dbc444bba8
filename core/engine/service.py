"""The commands on cases and tasks: what page, API and command line all call.

Every one takes the session of the caller's transaction and never commits. An answer is plain JSON, since the
idempotency key remembers it: {"case": {id, status, ended}, "opened": [{id, step, member, visit, label}], …}.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from core.engine import commands, statements
from core.engine.conduct import Answer, Completion, Conduct, Told
from core.engine.errors import NoSuchProcedure, NotInForce
from core.engine.flows import Editions
from core.engine.gathering import candidate
from core.engine.shell import Request, lock, plain, remembered, storable
from core.engine.views import Hooks, NoHooks
from core.tenancy.scope import scope_of

__all__ = ["Answer", "Completion", "Engine", "Request"]


class Engine:
    """The step engine of this process, wired once.

    :param log_key: the key of the log's chain (core.config).
    :param hooks_of: the hooks of the named plugins (core.extensions); one may refuse a completion.
    """

    def __init__(self, log_key: bytes, hooks_of: Callable[[Sequence[str]], Hooks] = lambda _: NoHooks()) -> None:
        self._conduct = Conduct(log_key, hooks_of)

    @property
    def log_key(self) -> bytes:
        """The key of the log's chain."""
        return self._conduct.log_key

    @property
    def editions(self) -> Editions:
        """The editions this process has used lately."""
        return self._conduct.editions

    def start(self, session: Session, request: Request, code: str, answers: Mapping[str, Any]) -> Answer:
        """Opens a case of the edition in force; `answers` to what its start asks.

        :raises NoSuchProcedure, NotInForce, BadInput: and what the machine refuses.
        """
        request = replace(request, asked=("start", code, dict(answers)))
        number = lock(session, request, statements.NEXT_NUMBER, code=code, year=scope_of(session).today.year)
        if number is None:
            raise NoSuchProcedure(code=code)
        row = lock(session, request, statements.READ_START, procedure=number.procedure_id)
        first = remembered(request, row)
        if first is not None or row is None:
            return first or {}
        if row.edition_id is None:
            raise NotInForce(code=code)
        return self._conduct.open_case(session, request, row, code, number.last, answers)

    def begin(self, session: Session, request: Request, task_id: UUID) -> Answer:
        """Mulai: the official takes the task up; a second time changes nothing."""
        request = replace(request, asked=("begin", str(task_id)))
        return self._conduct.on_task(session, request, task_id, lambda t: commands.Begin(t.step_key, t.visit, t.member))

    def complete(self, session: Session, request: Request, task_id: UUID, how: Completion) -> Answer:
        """Finishes a task exactly once; where its outcome leads back this is the return.

        :raises AlreadyDone: 409, by whom and when. :raises StaleTask: 412. :raises BadInput: 422, field by field.
        """
        asked = (
            "complete",
            str(task_id),
            how.outcome,
            dict(how.answers),
            how.reason,
            how.target,
            list(how.members),
        )
        how = replace(how, reason=plain(how.reason))
        return self._conduct.on_task(
            session,
            replace(request, asked=asked),
            task_id,
            lambda t: commands.Complete(
                t.step_key, t.visit, t.member, how.outcome, how.reason, how.target, how.members
            ),
            how,
        )

    def withdraw(self, session: Session, request: Request, task_id: UUID, reason: str | None) -> Answer:
        """Takes back one's own completion while nobody has started or read what it opened."""
        how = Completion(reason=plain(reason))
        return self._conduct.on_task(
            session,
            replace(request, asked=("withdraw", str(task_id), reason)),
            task_id,
            lambda t: commands.Withdraw(t.step_key, t.visit, how.reason or "", t.member),
            how,
        )

    def reassign(self, session: Session, request: Request, task_id: UUID, to: UUID, how: Completion) -> Answer:
        """Gives an open task to one person of one's branch, with a reason."""
        how = replace(how, reason=plain(how.reason))
        return self._conduct.on_task(
            session,
            replace(request, asked=("reassign", str(task_id), str(to), how.reason)),
            task_id,
            lambda t: commands.Reassign(t.step_key, t.visit, str(to), how.reason or "", t.member),
            how,
            receiver=to,
        )

    def excuse(self, session: Session, request: Request, task_id: UUID, reason: str | None) -> Answer:
        """Lets an `each` step go on without the member this task belongs to."""
        how = Completion(reason=plain(reason))
        return self._conduct.on_task(
            session,
            replace(request, asked=("excuse", str(task_id), reason)),
            task_id,
            lambda t: commands.Excuse(t.step_key, t.member, how.reason or ""),
            how,
        )

    def cancel(self, session: Session, request: Request, case_id: UUID, reason: str | None) -> Answer:
        """Ends a case unfinished; what is open closes with it."""
        request = replace(request, asked=("cancel", str(case_id), reason))
        words = plain(reason)
        return self._conduct.on_case(session, request, case_id, commands.Cancel(words or ""), words)

    def comment(self, session: Session, request: Request, case_id: UUID, text: str) -> Answer:
        """Writes a comment into the case's log."""
        request = replace(request, asked=("comment", str(case_id), text))
        words = plain(text)
        return self._conduct.on_case(session, request, case_id, commands.Comment(words or ""), words)

    def add_member(self, session: Session, request: Request, case_id: UUID, step: str, unit_id: UUID) -> Answer:
        """Lets a unit join an `each` step that is open."""
        request = replace(request, asked=("add_member", str(case_id), step, str(unit_id)))
        member = candidate(session, unit_id)
        return self._conduct.on_case(
            session, request, case_id, commands.AddMember(step, member.key), None, candidate=member
        )

    def conclude(
        self, session: Session, request: Request, case_id: UUID, step: str, visit: int, how: Completion
    ) -> Answer:
        """Its supervisor decides how an `each` step goes on where its members cannot."""
        asked = (
            "conclude",
            str(case_id),
            step,
            visit,
            how.outcome,
            how.reason,
            how.target,
            list(how.members),
        )
        reason = plain(how.reason)
        command = commands.Conclude(step, visit, how.outcome, reason, how.target, how.members)
        return self._conduct.on_case(session, replace(request, asked=asked), case_id, command, reason)

    def save_draft(self, session: Session, request: Request, task_id: UUID, draft: Mapping[str, Any]) -> Answer:
        """Keeps a form as it is being typed; the first save is its Mulai. It makes no new version.

        The last one typed holds, so it is safe to repeat by itself and remembers no key.

        :raises NotYours: and what `begin` refuses.
        """
        began = self.begin(session, replace(request, key=None), task_id)
        values = {"tenant": scope_of(session).id, "task": task_id, "draft": storable(draft)}
        session.execute(statements.SAVE_DRAFT, values)
        return began

    def attach(self, session: Session, request: Request, task_id: UUID, field: str, digest: str, told: Told) -> Answer:
        """Notes in the log that a file was put into a field; core.engine.evidence keeps the file itself."""
        request = replace(request, asked=("attach", str(task_id), field, digest))
        return self._conduct.on_task(
            session,
            request,
            task_id,
            lambda t: commands.Attach(t.step_key, t.visit, field, t.member),
            told=told,
        )

    def detach(
        self, session: Session, request: Request, task_id: UUID, field: str, evidence: str, told: Told
    ) -> Answer:
        """Notes in the log that a file was taken out of a field again."""
        request = replace(request, asked=("detach", str(task_id), field, evidence))
        return self._conduct.on_task(
            session,
            request,
            task_id,
            lambda t: commands.Detach(t.step_key, t.visit, field, t.member),
            told=told,
        )

    def deliver(self, session: Session) -> None:
        """After the commit: tells the tenant's own plugins what happened in this transaction."""
        self._conduct.deliver(session)
