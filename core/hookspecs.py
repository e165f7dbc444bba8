"""Every hook a plugin may implement, on one page; docs/plugins/hooks.md says how one is added.

The tense carries the meaning: `register_` is called once, at start; `validate_` before an act is accepted,
and may refuse it; the past tense after it was committed, plugin by plugin, and what one raises stops nobody.
"""

from collections.abc import Sequence

import pluggy

from core.contracts import CaseEvent, CompletionView, MenuEntry, ProcedureSource, TaskEvent

PROJECT = "langkah"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def register_procedures() -> Sequence[ProcedureSource]:
    """Names the folders of the procedure files that the plugin brings."""
    return ()


@hookspec
def register_menu() -> Sequence[MenuEntry]:
    """Names the entries of the menu that the plugin brings to the governments that enabled it."""
    return ()


@hookspec
def validate_completion(completion: CompletionView) -> None:
    """Looks at the completion of a step listed in `Plugin.checks`, and raises Refusal where it may not be."""


@hookspec
def case_started(case: CaseEvent) -> None:
    """Hears that a case began."""


@hookspec
def task_completed(task: TaskEvent) -> None:
    """Hears that a task was completed, whatever its outcome."""


@hookspec
def case_ended(case: CaseEvent) -> None:
    """Hears that a case ended or was cancelled."""
