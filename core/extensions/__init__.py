"""Finds, checks and loads plugins; calls a tenant's own only; tells what was refused and why."""

from core.extensions.calls import PluginFailed, TenantHooks
from core.extensions.procedures import OwnedProcedure, ReadProcedure
from core.extensions.refused import Refused
from core.extensions.registry import Extensions

__all__ = ["Extensions", "OwnedProcedure", "PluginFailed", "ReadProcedure", "Refused", "TenantHooks"]
