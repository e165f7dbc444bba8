"""SOPs with a cover of their own, put into force as a government would; no pytest in here."""

from typing import Any

import yaml

from core.procedures import editions
from core.procedures.binding import Organization, bind
from core.procedures.loader import load_binding, load_procedure
from core.tenancy.scope import scope_of
from tests.core.api.office import SURVEI, Office
from tests.world import BY, FULFIL

COVER: dict[str, Any] = {
    "number": "065/12/SOP/2024",
    "created": "2024-03-01",
    "legal_bases": [
        {"id": "UU-UJI-1", "citation": "Undang-Undang Uji Nomor 1 Tahun 2020"},
        {"id": None, "citation": "Peraturan yang tidak terdaftar"},
    ],
    "qualifications": ["Kepala Bidang", "Pengetahuan :", "Memahami survei"],
    "uncertain": {"revised": "Baris ini tidak terbaca."},
}


def put_in_force(
    office: Office,
    source: str = SURVEI,
    cover: dict[str, Any] | None = None,
    steps: dict[str, Any] | None = None,
    force: bool = True,
) -> str:
    """An edition with a cover of its own; gives the code."""
    world, procedure = office.world, load_procedure(source, "uji.yaml")
    binding = {
        "procedure": procedure.key,
        "code": procedure.key.partition(".")[2],
        "title": procedure.title,
        "cover": cover or {},
        "actors": {key: FULFIL[key] for key in procedure.actors},
        "steps": steps or {},
    }
    cited = frozenset(each["id"] for each in (cover or {}).get("legal_bases", ()) if each["id"])
    known = Organization(
        world.slug,
        frozenset(world.positions),
        frozenset(world.teams),
        frozenset(world.units),
        frozenset({"opd"}),
        regulations=cited,
    )
    with world.scope() as session:
        bound = bind(procedure, load_binding(yaml.safe_dump(binding, sort_keys=False), "ikat.yaml"), known, "1")
        row = editions.draft(session, BY, bound)
        if force:
            editions.put_into_force(session, BY, row, scope_of(session).today)
    return binding["code"]
