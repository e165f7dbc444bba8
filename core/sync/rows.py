"""Rows on their way into the database: ids by key, and each kind of statement once per kind of row."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from core.database import new_id
from core.errors import Conflict
from core.sync.objects import Content, Object
from core.sync.plan import TenantPlan
from core.sync.references import SAID
from core.tenancy.scope import scope_of


class ReferenceGone(Conflict):
    """{object} menunjuk {kind} "{key}", yang sudah tidak ada di basis data. Ubah berkasnya, atau pulihkan dahulu."""

    type = "rujukan-hilang"


class Rows:
    """Writes the rows of one government's plan."""

    def __init__(self, session: Session, plan: TenantPlan) -> None:
        self.session, self.plan = session, plan
        self.tenant = scope_of(session).id
        self._ids = plan.present.ids

    def id_of(self, kind: str, key: str) -> UUID:
        """The id of an object's own row."""
        return self._ids[kind][key]

    def known(self, kind: str, key: str) -> bool:
        """Whether the object has a row, be it an abolished one."""
        return key in self._ids[kind]

    def named(self, kind: str, key: str | None, by: Object) -> UUID | None:
        """The id a reference of `by` means; None where it names nothing.

        :raises ReferenceGone: the database has the row no longer.
        """
        if key is None:
            return None
        if key not in self._ids[kind]:
            raise ReferenceGone(object=str(by), kind=SAID[kind], key=key)
        return self._ids[kind][key]

    def make(self, kind: str, keys: Sequence[str]) -> list[str]:
        """Gives an id to each key that has none, and names those keys."""
        fresh = [key for key in keys if key not in self._ids[kind]]
        self._ids[kind] |= {key: new_id() for key in fresh}
        return fresh

    def at(self, kind: str, key: str) -> dict[str, Any]:
        """The primary key of an object's row."""
        return {"tenant_id": self.tenant, "id": self._ids[kind][key]}

    def living(self, kind: str) -> dict[UUID, tuple[str, Content]]:
        """Key and content of what is to be there afterwards, by id."""
        found = self.plan.applied(kind)
        return {self._ids[kind][key]: (key, content) for key, content in found.items() if content is not None}

    def insert(self, model: Any, rows: list[dict[str, Any]]) -> None:
        """All rows in one statement."""
        if rows:
            self.session.execute(insert(model), rows)

    def update(self, model: Any, rows: list[dict[str, Any]]) -> None:
        """One prepared statement; rows that are only made inactive change fewer columns and go apart."""
        for leaving in (False, True):
            alike = [row for row in rows if (row.get("active") is False) == leaving]
            if alike:
                self.session.execute(update(model), alike)

    def remove(self, kind: str, model: Any) -> None:
        """Deletes what left the files and has no history."""
        gone = [key for key, content in self.plan.applied(kind).items() if content is None]
        going = [self._ids[kind].pop(key) for key in gone]
        if going:
            self.session.execute(delete(model).where(model.id.in_(going)))


def day(text: str | None) -> date | None:
    """A date from its ISO text."""
    return date.fromisoformat(text) if text else None
