"""What crosses between the platform and a plugin: frozen, without behaviour, the same on both sides.

Times are timezone-aware; keys are those of the procedure's YAML. Nothing here names a person: a plugin that
needs one asks the platform for it, through a hook that says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import MetaData

from core.errors import LangkahError


# Compared by identity: two plugins that say the same of themselves are still two.
@dataclass(frozen=True, eq=False, kw_only=True)
class Plugin:
    """What a plugin says of itself; a subclass adds the hooks it implements, each marked `@hookimpl`.

    `name` is also its entry point's and that of its schema (`plugin_<name>`); `title` is what people see.
    `platform` is a version specifier (PEP 440) of the Langkah versions it was tried on. A plugin with tables
    names its `schema`, their `metadata` and the folder of its Alembic revisions, `migrations`. `checks` lists
    the (procedure, step) pairs whose completion it wants to be asked about (hook validate_completion).
    """

    name: str
    title: str
    version: str
    platform: str = ">=0.1,<1"
    schema: str | None = None
    metadata: MetaData | None = None
    migrations: Path | None = None
    checks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ProcedureSource:
    """A folder with procedure files (`*.yaml`) of a plugin."""

    folder: Path


@dataclass(frozen=True)
class MenuEntry:
    """An entry of the menu that leads to the cases of the plugin's SOPs, under the name people look for.

    `icon` is one of the platform's (core/web/assets/icons.txt); `right` opens it, None: whoever is logged in.
    """

    title: str
    icon: str = "checklist"
    right: str | None = None


@dataclass(frozen=True)
class CaseView:
    """One run of an edition: `procedure` is the plugin's id of the SOP, `code` the tenant's."""

    tenant: str
    id: UUID
    number: str
    procedure: str
    code: str
    started_at: datetime


@dataclass(frozen=True)
class MemberView:
    """How one member of a step stands; `key` is '' where the step is not an `each`.

    `status` is open, done, returned, excused, not_needed, withdrawn or cancelled; `evidence` counts the files
    attached in its last visit, by form field.
    """

    key: str
    status: str
    evidence: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class CompletionView:
    """A completion that was asked for and is not yet accepted.

    `returning`: its outcome leads back. `answers` are the form values given, by field; `evidence` counts the
    files attached to this task, by field; `steps` holds the members of every step reached so far, by step.
    """

    case: CaseView
    step: str
    member: str
    outcome: str | None
    returning: bool
    answers: Mapping[str, Any] = field(default_factory=dict)
    evidence: Mapping[str, int] = field(default_factory=dict)
    steps: Mapping[str, tuple[MemberView, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class TaskEvent:
    """A task that was completed; `visit` counts from 1, `returning`: its outcome led back."""

    case: CaseView
    step: str
    member: str
    visit: int
    outcome: str
    returning: bool
    opened_at: datetime
    at: datetime


@dataclass(frozen=True)
class CaseEvent:
    """A case that began or ended.

    `how` is 'mulai', or its end: 'selesai', 'selesai, layanan berjalan', 'dibatalkan'.
    """

    case: CaseView
    how: str
    at: datetime


class Refusal(LangkahError):
    """{reason}"""

    status = 422
    type = "ditolak-pemeriksaan"

    def __init__(self, reason: str) -> None:
        """:param reason: why, and what to do about it, for the user, in Bahasa Indonesia."""
        super().__init__(reason=reason)
