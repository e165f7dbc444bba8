"""What left the files but must not leave the database: cases, editions and people still count on it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from core.organization.models import Role, RoleGrant
from core.procedures.models import EditionReach
from core.sync.objects import Object
from core.sync.present import Present

_CITED = text(
    "SELECT DISTINCT cited ->> 'id' FROM editions,"
    " jsonb_array_elements(coalesce(content #> '{cover,legal_bases}', '[]')) AS cited"
)


def in_use(session: Session, present: Present, leaving: Sequence[Object], *, retiring: bool) -> Mapping[Object, str]:
    """The reason to stay, for each of the objects that has one.

    Units, positions and teams are never here: they are only made inactive, and their history stays.

    :param retiring: a date was given from which SOPs are put into force or taken out of it.
    """
    kinds = {found.kind for found in leaving}
    reasons: dict[Object, str] = {}
    if "set" in kinds:
        used = set(session.scalars(select(EditionReach.set_id).distinct()))
        reasons |= _those(leaving, "set", {k for k, i in present.ids["set"].items() if i in used}, _IN_EDITIONS)
    if "regulation" in kinds:
        reasons |= _those(leaving, "regulation", set(session.scalars(_CITED)), _IN_EDITIONS)
    if "role" in kinds:
        reasons |= _those(leaving, "role", _held(session, present, leaving), "masih diberikan di basis data")
    if "procedure" in kinds and not retiring:
        reasons |= _those(leaving, "procedure", present.effective, _IN_FORCE)
    return reasons


_IN_EDITIONS = "masih dipakai edisi SOP"
_IN_FORCE = "masih berlaku; cabut dengan --effective TANGGAL"


def _those(leaving: Sequence[Object], kind: str, used: set[str], reason: str) -> Mapping[Object, str]:
    return {found: reason for found in leaving if found.kind == kind and found.key in used}


def _held(session: Session, present: Present, leaving: Sequence[Object]) -> set[str]:
    """Roles that somebody has by a grant that does not leave with them."""
    going = {present.ids["grant"].get(found.key) for found in leaving if found.kind == "grant"}
    asked = select(Role.key, RoleGrant.id).join(
        RoleGrant, (RoleGrant.tenant_id == Role.tenant_id) & (RoleGrant.role_id == Role.id)
    )
    return {key for key, grant_id in session.execute(asked) if grant_id not in going}
