"""The version of a row, for who edits it: a hash of its own content, so that no table needs a column for it.

What a page or a client has seen comes back with the change (a hidden field, If-Match), and is compared under the
row's lock. Whoever read the same content has the same version, whichever way the row came to it.
"""

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import inspect

from core.database import TenantTable
from core.errors import Stale

LENGTH = 24


def version(kind: type[TenantTable], row: object, *more: object, fields: Sequence[str] = ()) -> str:
    """The version of a row of that table.

    :param row: the object itself, or a row of a query that has the same columns by name.
    :param more: what else belongs to the content, e.g. the members of a set.
    :param fields: the columns that count, where not all of them are for its editors.
    """
    names = fields or [column.key for column in inspect(kind).columns if column.computed is None]
    told = json.dumps([[getattr(row, name) for name in names], list(more)], default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:LENGTH]


def unchanged(seen: str | None, current: str) -> None:
    """Whether it still is what the editor saw; None where he saw nothing: the server's own command line.

    :raises Stale: somebody else has changed it since.
    """
    if seen is not None and seen != current:
        raise Stale
