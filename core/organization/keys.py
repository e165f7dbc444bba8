"""Keys that nobody typed: made from the name, for the files of a government and its audit to call a row by."""

import re
import unicodedata
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.organization.models import Position, Team, Unit, UnitSet

LONGEST = 40
WITHOUT_LETTER = "x"


def slug(name: str) -> str:
    """The name in small plain letters, digits and underscores, beginning with a letter."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    begun = words if words[:1].isalpha() else f"{WITHOUT_LETTER}_{words}".rstrip("_")
    return begun[:LONGEST].rstrip("_")


def free(wanted: str, taken: Collection[str]) -> str:
    """The key itself, or the first of key_2, key_3, … that nobody has."""
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}_{number}"
    return found


def made_key(session: Session, kind: type[Unit | Position | Team | UnitSet], name: str) -> str:
    """A key for a new row of that name; another may take it until the row is written."""
    wanted = slug(name)
    taken = session.scalars(select(kind.key).where(kind.key.startswith(wanted, autoescape=True)))
    return free(wanted, set(taken))
