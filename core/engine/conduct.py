"""One command from its locked rows to its write: what all commands have in common."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from core.audit import chain
from core.database import new_id
from core.engine import commands, statements
from core.engine.errors import AlreadyDone, NoSuchCase, StaleTask
from core.engine.events import StepReturned
from core.engine.facts import Facts, Member
from core.engine.flows import Editions, LoadedEdition
from core.engine.gathering import alone, assignee_of, gather, labels_of, look, start_facts
from core.engine.machine import execute
from core.engine.refusals import NoSuchTask, SegregationBroken, TaskClosed
from core.engine.shell import (
    Decision,
    Request,
    cover_of,
    lock,
    outcome,
    remembered,
    remembered_meanwhile,
    write,
)
from core.engine.state import State
from core.engine.views import Happened, Hooks, NoHooks, announcements, case_view, completion_view
from core.errors import VersionRequired
from core.moments import spoken
from core.prepared import Record
from core.procedures.forms import check_answers
from core.tenancy.scope import scope_of

Answer = dict[str, Any]


@dataclass(frozen=True)
class Completion:
    """How a task is finished.

    `version` is the task's as the person saw it; without one it is not checked, or refused where it is `demanded`.
    `members` are keys of an `each` step's members, where the outcome returns to it.
    """

    version: int | None = None
    demanded: bool = False
    outcome: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None
    target: str | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """What a command adds of its own: to the payload of its event, and to the answer."""

    payload: Mapping[str, Any] = field(default_factory=dict)
    answer: Mapping[str, Any] = field(default_factory=dict)


class Conduct:
    """Carries commands through: locks, gathers, decides, checks the form, writes.

    :param hooks_of: the hooks of the named plugins (core.extensions); one may refuse a completion.
    """

    def __init__(self, log_key: bytes, hooks_of: Callable[[Sequence[str]], Hooks] = lambda _: NoHooks()) -> None:
        self.log_key = log_key
        self.editions = Editions()
        self._hooks_of = hooks_of

    def open_case(
        self,
        session: Session,
        request: Request,
        row: Record,
        code: str,
        serial: int,
        asked: Mapping[str, Any],
    ) -> Answer:
        """Opens a case of the edition that `row` found in force; `serial` is its running number in the year."""
        loaded = self.editions.get(session, row.edition_id)
        facts = start_facts(request, row, loaded)
        decision = self._decide(session, request, loaded, State(), commands.Start(), facts)
        start = loaded.edition.start
        answers = check_answers(start.asks, asked, {})
        opening = {
            "procedure": row.procedure_id,
            "edition": row.edition_id,
            "number": f"{code.upper()}/{scope_of(session).today.year}/{serial:04d}",
            "subject": _subject(start.subject or loaded.edition.title, answers),
            "answers": answers,
            "secrecy": loaded.edition.secrecy,
        }
        decision = replace(decision, payload={"isian": answers} if answers else None)
        answer = {"number": opening["number"], "subject": opening["subject"]}
        case_id = new_id()
        case = case_view(session, loaded, case_id, opening["number"], request.now)
        _remember(session, Happened(case, decision.events, request.now))
        return write(session, request, self.log_key, case_id, chain.START, decision, answer, opening)

    def deliver(self, session: Session) -> None:
        """After the commit: tells the tenant's own plugins what happened in this transaction."""
        scope = scope_of(session)
        for happened in session.info.pop("happened", ()):
            for hook, arguments in announcements(happened):
                self._hooks_of(scope.plugins).announce(hook, **arguments)

    def on_task(
        self,
        session: Session,
        request: Request,
        task_id: UUID,
        command_of: Callable[[Record], commands.Command],
        how: Completion | None = None,
        receiver: UUID | None = None,
        told: Told | None = None,
    ) -> Answer:
        """Carries out a command on a task: its first answer again, or decided and written once."""
        row = lock(session, request, statements.LOCK_TASK, task=task_id)
        first = remembered(request, row)
        if first is not None:
            return first
        if row is None:
            raise NoSuchTask
        command = command_of(row)
        # What does not close the task shows a double click only by its key.
        if not isinstance(command, commands.Complete | commands.Begin):
            first = remembered_meanwhile(session, request)
            if first is not None:
                return first
        if row.task_status != "open" and not isinstance(command, commands.Withdraw):
            return self._closed(session, request, row)
        how = how or Completion()
        loaded = self.editions.get(session, row.edition_id)
        seen = look(session, request, row, isinstance(command, commands.Complete) and loaded.takes_files(row.step_key))
        facts = gather(session, request, row, loaded, command, seen.sees, receiver)
        decision = self._decide(session, request, loaded, State.from_json(row.state), command, facts)
        if how.version is None and how.demanded:
            raise VersionRequired
        if how.version is not None and how.version != row.version:
            raise StaleTask(changed=_changes(session, row, how.version), version=row.version)
        decision = self._filled(session, row, loaded, command, how, decision, seen.evidence)
        told = told or Told()
        if told.payload:
            decision = replace(decision, payload=told.payload, told_by=TELLS[type(command)])
        answer = {"number": row.number, "task": _task(row, row.version + bool(decision.events)), **told.answer}
        if not decision.events:
            return {**answer, **outcome(row.case_id, decision.state, ())}
        head = chain.Head(row.head_seq, bytes(row.head_mac))
        case = case_view(session, loaded, row.case_id, row.number, row.case_opened_at)
        _remember(session, Happened(case, decision.events, request.now, row.opened_at))
        return write(session, request, self.log_key, row.case_id, head, decision, answer)

    def _closed(self, session: Session, request: Request, row: Record) -> Answer:
        """The task is closed: the same request again is answered again, anybody else reads by whom and when."""
        first = remembered_meanwhile(session, request)
        if first is not None:
            return first
        if not look(session, request, row).sees:
            raise NoSuchTask
        how = CLOSED_WORDS[row.task_status]
        if row.closed_by is None:
            raise TaskClosed(how=how)
        who = (row.names or {}).get(str(row.closed_by), "pegawai lain")
        raise AlreadyDone(how=how, who=who, when=spoken(row.closed_at, scope_of(session).timezone))

    def on_case(
        self,
        session: Session,
        request: Request,
        case_id: UUID,
        command: commands.Command,
        reason: str | None,
        candidate: Member | None = None,
    ) -> Answer:
        """Carries out a command on a case as a whole."""
        step = getattr(command, "step", None) or ""
        row = lock(session, request, statements.LOCK_CASE, case=case_id, step=step)
        first = remembered(request, row) or remembered_meanwhile(session, request)
        if first is not None:
            return first
        if row is None:
            raise NoSuchCase
        loaded = self.editions.get(session, row.edition_id)
        seen = look(session, request, row)
        facts = replace(gather(session, request, row, loaded, command, seen.sees), candidate=candidate)
        decision = self._decide(session, request, loaded, State.from_json(row.state), command, facts)
        labels = labels_of(facts.members) | ({candidate.key: candidate.label} if candidate else {})
        payload = {"teks": reason} if reason else None
        decision = replace(
            decision, reason=reason, payload=payload, told_by=TELLS.get(type(command), ""), labels=labels
        )
        head = chain.Head(row.head_seq, bytes(row.head_mac))
        case = case_view(session, loaded, case_id, row.number, row.case_opened_at)
        _remember(session, Happened(case, decision.events, request.now))
        return write(session, request, self.log_key, case_id, head, decision, {"number": row.number})

    def _decide(
        self,
        session: Session,
        request: Request,
        loaded: LoadedEdition,
        state: State,
        command: commands.Command,
        facts: Facts,
    ) -> Decision:
        """Asks the machine; where it refuses for segregation, asks again knowing whether anybody else could act."""
        try:
            events, after = execute(loaded.flow, state, command, facts)
        except SegregationBroken:
            if not alone(session, request, state, command):
                raise
            events, after = execute(loaded.flow, state, command, replace(facts, alone=True))
        cover = cover_of(request.actor, assignee_of(state, command))
        deadlines = loaded.deadlines(events, request.now, scope_of(session).timezone)
        return Decision(events, after, cover, labels_of(facts.members), deadlines=deadlines)

    def _filled(
        self,
        session: Session,
        row: Record,
        loaded: LoadedEdition,
        command: commands.Command,
        how: Completion,
        decision: Decision,
        evidence: Mapping[str, Sequence[str]],
    ) -> Decision:
        """The decision with the checked form and the reason; a return needs no complete form."""
        payload: dict[str, Any] = {"alasan": how.reason} if how.reason else {}
        answers: Mapping[str, Any] | None = None
        if isinstance(command, commands.Complete):
            returns = any(isinstance(event, StepReturned) for event in decision.events)
            step = loaded.step(row.step_key)
            answers = check_answers(step.form, how.answers, evidence, draft=returns)
            payload |= {"isian": dict(answers)} if answers else {}
            hooks = self._hooks_of(scope_of(session).plugins)
            if hooks.asks(loaded.edition.procedure, command.step):
                hooks.validate_completion(completion_view(session, row, loaded, command, answers, evidence, returns))
        return replace(
            decision,
            reason=how.reason,
            answers=answers,
            payload=payload or None,
            told_by=TELLS[type(command)],
        )


CLOSED_WORDS = {
    "done": "diselesaikan",
    "returned": "dikembalikan",
    "not_needed": "tidak diperlukan lagi",
    "excused": "dikecualikan",
    "withdrawn": "ditarik kembali",
    "cancelled": "dibatalkan",
}

CHANGED_WORDS = {
    "task_started": "mulai dikerjakan",
    "evidence_attached": "berkas dilampirkan",
    "evidence_removed": "berkas dihapus",
    "task_reassigned": "dialihkan",
}

# The event that carries what the person wrote with a command.
TELLS: Mapping[type, str] = {
    commands.Begin: "task_started",
    commands.Attach: "evidence_attached",
    commands.Detach: "evidence_removed",
    commands.Complete: "task_completed",
    commands.Conclude: "step_joined",
    commands.Comment: "commented",
    commands.Reassign: "task_reassigned",
    commands.Withdraw: "task_withdrawn",
    commands.Excuse: "member_excused",
    commands.Cancel: "case_cancelled",
}


def _remember(session: Session, happened: Happened) -> None:
    session.info.setdefault("happened", []).append(happened)


def _changes(session: Session, row: Record, seen: int) -> str:
    """In words, what made the task another since the version somebody saw; asked only when it is stale."""
    values = {
        "tenant": scope_of(session).id,
        "case": row.case_id,
        "step": row.step_key,
        "member": row.member,
        "visit": row.visit,
        "limit": max(row.version - seen, 1),
    }
    found = session.execute(statements.CHANGES, values).all()
    said = dict.fromkeys(f"{CHANGED_WORDS[kind]} oleh {name}" for kind, name in found)
    return ", ".join(said) or "versinya tidak cocok"


def _task(row: Record, version: int) -> Answer:
    return {"id": str(row.task_id), "step": row.step_key, "visit": row.visit, "version": version}


def _subject(template: str, answers: Mapping[str, Any]) -> str:
    """The subject with {field} filled in from what the start asked; nothing else is interpreted."""
    return re.sub(r"\{(\w+)\}", lambda found: str(answers.get(found[1], found[0])), template)
