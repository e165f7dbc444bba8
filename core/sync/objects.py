"""What sync compares: an object of a tenant, known by kind and key, as plain JSON without ids.

The same shape is made from the files (core.sync.reading) and from the database (core.sync.present), so that equal
contents have equal hashes.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from core.procedures.codec import digest

KINDS = ("tenant", "unit", "position", "team", "set", "role", "grant", "regulation", "procedure")
# Raised when the shapes below change, so that no old fingerprint of a folder vouches for them.
FORMAT = 1

Content = Mapping[str, Any]


class Object(NamedTuple):
    """One object of a tenant: `unit:diskominfo`, `grant:admin/kabid`, `procedure:spbe-monev`."""

    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


def hashed(content: Content) -> str:
    """SHA-256 of the content's canonical JSON, in hexadecimal."""
    return digest(dict(content))


def tenant(*, parent: str | None, plugins: list[str], **told: Any) -> Content:
    """A government; `told` has code, bps, kind, name, short, head_title, timezone, color and crest."""
    return {**told, "parent": parent, "plugins": list(plugins)}


def unit(*, name: str, short: str | None, kind: str, parent: str | None, opd: bool, receives: str | None) -> Content:
    """A unit; `parent` and `receives` are keys."""
    return {"name": name, "short": short, "kind": kind, "parent": parent, "opd": opd, "receives": receives}


def position(*, title: str, unit: str, kind: str, echelon: str | None, superior: str | None, head: bool) -> Content:
    """A position; `unit` and `superior` are keys."""
    return {"title": title, "unit": unit, "kind": kind, "echelon": echelon, "superior": superior, "head": head}


def team(*, name: str, unit: str, decree: Content, members: list[tuple[str, str | None, bool]]) -> Content:
    """A team; members are (position key, function, is its head), in no order of importance."""
    return {"name": name, "unit": unit, "decree": dict(decree), "members": sorted(map(list, members))}


def decree(number: str | None, day: str | None, starts: str | None, ends: str | None) -> Content:
    """A team's decree; dates are ISO text."""
    return {"number": number, "date": day, "from": starts, "until": ends}


def unit_set(*, name: str, units: list[str]) -> Content:
    """A set of units by their keys, in its order."""
    return {"name": name, "units": list(units)}


def role(*, name: str, everyone: bool, rights: list[str]) -> Content:
    """A role with its rights."""
    return {"name": name, "everyone": everyone, "rights": sorted(rights)}


def grant(starts: str | None = None, ends: str | None = None) -> Content:
    """A role given to a position; files know no period."""
    return {"from": starts, "until": ends}
