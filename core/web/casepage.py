"""The page of a case, the centre of the platform: where it stands, who has it, until when, what the reader can do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request

from core.engine import casefile
from core.engine.casefile import CaseFile
from core.engine.flow import DEFAULT
from core.http.door import actor, visit
from core.http.transaction import platform
from core.procedures.forms import AnswersRejected
from core.procedures.model import Step
from core.web import forms, narrative
from core.web.commands import fresh_key
from core.web.door import refusal
from core.web.kinds import KINDS


@dataclass(frozen=True)
class Way:
    """One way to leave the task at hand: `members` are those a return must choose from, by key."""

    outcome: str | None
    label: str
    target: str
    members: Mapping[str, str]


def of_case(case_id: UUID) -> str:
    """The case; the task at hand is the first open one that the reader answers for.

    :raises NoSuchCase: there is none, or not for him.
    """
    here = visit()
    return _shown(casefile.of_case(here.session, platform().engine.editions, actor(), case_id, here.now))


def of_task(task_id: UUID) -> str:
    """The case of a task, with that task at hand. :raises NoSuchTask: there is none, or not for him."""
    here = visit()
    return _shown(casefile.of_task(here.session, platform().engine.editions, actor(), task_id, here.now))


def _shown(file: CaseFile) -> str:
    story = [narrative.told(event, file.loaded.edition, file.names) for event in file.tail]
    return render_template(
        "cases/one.html",
        file=file, case=file.case, task=file.task, step=file.step, edition=file.loaded.edition, now=visit().now,
        may={option["command"] for option in (*file.options, *(file.task["options"] if file.task else ()))},
        story=story, earlier=file.tail[-1]["seq"] if len(file.tail) == casefile.TAIL else None,
        command_key=fresh_key(), kinds=KINDS, step_name=narrative.step_name, **_work(file),
    )  # fmt: skip


def _work(file: CaseFile) -> dict[str, Any]:
    """What the task at hand asks: its fields with what they hold and what was wrong with them, and the ways on."""
    if file.task is None or file.step is None:
        return {"values": {}, "problems": {}, "onward": [], "back": []}
    error = refusal()
    sent = request.form if error is not None and request.form.get("tugas") == str(file.task["id"]) else None
    completions = [option for option in file.task["options"] if option["command"] == "complete"]
    return {
        "values": forms.filled(file.step.form, file.task, sent),
        "problems": error.fields if isinstance(error, AnswersRejected) else {},
        "onward": [_way(file, option) for option in completions if not option["returns"]],
        "back": [_way(file, option) for option in completions if option["returns"]],
    }


def _way(file: CaseFile, option: Mapping[str, Any]) -> Way:
    assert file.step is not None
    members = {key: file.names.get(key, key) for key in option["members"]}
    label = _label(file.step, option["outcome"])
    return Way(option["outcome"], label, option["target"] or "", members)


def _label(step: Step, outcome: str | None) -> str:
    """The outcome as the SOP names it; where it names none, the verb of the step's kind."""
    named = next((each.label for each in step.outcomes if each.key == outcome and outcome != DEFAULT), None)
    return named or str(KINDS[step.kind][0])
