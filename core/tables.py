"""Every mapped table of the core, gathered for migrations and the catalogue; and the tables without a tenant."""

import core.audit.models
import core.engine.models
import core.files.models
import core.identity.models
import core.legal.models
import core.organization.models
import core.procedures.models
import core.tenancy.models  # noqa: F401 - all of these are imported for the tables they declare
from core.database import Base

METADATA = Base.metadata

# The only tables row security does not guard (ground.md 5); the catalogue test knows no other exemption.
EXEMPT = {
    "tenants": "the list of governments itself: looked up by address before any scope is open",
    "operators": "people of the platform, who never get a scope",
    "operator_sessions": "sessions of those people",
    "operator_throttles": "their failed log-ins",
    "national_regulations": "national law is the same for every government",
    "alembic_version": "the version of the schema",
}

# The app role's rights where they are not plain read and write: a log only grows.
RIGHTS = {
    "events": "SELECT, INSERT",
    "event_payloads": "SELECT, INSERT, UPDATE (value, salt)",
    "audit_entries": "SELECT, INSERT, UPDATE (seq, mac)",
    "anchors": "SELECT, INSERT",
    "tenants": "SELECT, INSERT, UPDATE",
    "operators": "SELECT, INSERT, UPDATE",
    "operator_sessions": "SELECT, INSERT, UPDATE, DELETE",
    "operator_throttles": "SELECT, INSERT, UPDATE, DELETE",
    "national_regulations": "SELECT, INSERT, UPDATE",
}
