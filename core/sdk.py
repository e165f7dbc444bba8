"""The one module of the platform that a plugin imports; what is missing here is added here, with its docs."""

from core.contracts import (
    CaseEvent,
    CaseView,
    CompletionView,
    MemberView,
    MenuEntry,
    Plugin,
    ProcedureSource,
    Refusal,
    TaskEvent,
)
from core.errors import BadInput, Conflict, Forbidden, LangkahError, NotFound
from core.hookspecs import hookimpl
from core.migration.tenant_tables import create_tenant_table, tenant_foreign_key

__all__ = [
    "BadInput",
    "CaseEvent",
    "CaseView",
    "CompletionView",
    "Conflict",
    "Forbidden",
    "LangkahError",
    "MemberView",
    "MenuEntry",
    "NotFound",
    "Plugin",
    "ProcedureSource",
    "Refusal",
    "TaskEvent",
    "create_tenant_table",
    "hookimpl",
    "tenant_foreign_key",
]
