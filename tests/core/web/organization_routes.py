"""The pages of Organisasi with what each reader is answered there: a part of the walk's table; no pytest in here."""

from datetime import date
from typing import Any

from tests.core.api.office import ADMIN
from tests.core.api.routes import Stage
from tests.core.web.route import Made, Route, made

O = "/<tenant>/organisasi"  # noqa: E741
UNIT, POST = f"{O}/unit/<uuid:unit_id>", f"{O}/jabatan/<uuid:position_id>"
HELD, PERSON = f"{O}/penugasan/<uuid:assignment_id>", f"{O}/pegawai/<uuid:person_id>"
ACCOUNT, TEAM = f"{O}/akun/<uuid:person_id>", f"{O}/tim/<uuid:team_id>"
SEAT, GRANT = f"{TEAM}/anggota/<uuid:member_id>", f"{O}/peran/<uuid:grant_id>"


def edited(what: str, seen: str, form: Made | None = None) -> Route:
    """A form of the admin's on what that method of the stage makes, with the version of that address of the API."""
    return made(what, 303, form=form, by=ADMIN, seen=seen)


def asked(what: str) -> Route:
    """The admin's page that asks about it."""
    return made(what, by=ADMIN)


def to_come(stage: Stage) -> dict[str, Any]:
    """An assignment that has not begun."""
    return stage.assignment(date(2199, 1, 1))


def titled(stage: Stage) -> dict[str, str]:
    """A post as its form has it."""
    return {"nama": "Jabatan Uji", "jenis": "pelaksana", "unit": str(stage.unit()["unit_id"])}


ORGANIZATION: dict[tuple[str, str], Route] = {
    ("GET", O): Route(),
    ("GET", UNIT): made("unit"),
    ("GET", f"{O}/unit/baru"): Route(by=ADMIN),
    ("POST", f"{O}/unit/baru"): Route(303, by=ADMIN, form=lambda _: {"nama": "Unit Uji", "jenis": "bidang"}),
    ("GET", f"{UNIT}/ubah"): asked("unit"),
    ("POST", f"{UNIT}/ubah"): edited("unit", "/units/{unit_id}", lambda _: {"nama": "Unit Baru", "jenis": "bidang"}),
    ("GET", f"{UNIT}/nonaktifkan"): asked("unit"),
    ("POST", f"{UNIT}/nonaktifkan"): edited("unit", "/units/{unit_id}"),
    ("POST", f"{UNIT}/aktifkan"): edited("unit", "/units/{unit_id}"),
    ("GET", f"{O}/jabatan"): Route(),
    ("GET", POST): made("position"),
    ("GET", f"{POST}/riwayat"): made("position"),
    ("GET", f"{O}/jabatan/baru"): Route(by=ADMIN),
    ("POST", f"{O}/jabatan/baru"): Route(303, by=ADMIN, form=titled),
    ("GET", f"{POST}/ubah"): asked("position"),
    ("POST", f"{POST}/ubah"): edited("position", "/positions/{position_id}", titled),
    ("GET", f"{POST}/nonaktifkan"): asked("position"),
    ("POST", f"{POST}/nonaktifkan"): edited("position", "/positions/{position_id}"),
    ("POST", f"{POST}/aktifkan"): edited("position", "/positions/{position_id}"),
    ("GET", f"{O}/penugasan/baru"): Route(by=ADMIN),
    ("POST", f"{O}/penugasan/baru"): Route(303, by=ADMIN, form=lambda stage: {
        "pegawai": str(stage.official()), "jabatan": str(stage.position()["position_id"]), "jenis": "plh",
        "mulai": "2026-01-02",
    }),
    ("GET", f"{HELD}/ubah"): asked("assignment"),
    ("POST", f"{HELD}/ubah"): edited("assignment", "/assignments/{assignment_id}", lambda _: {"mulai": "2026-01-02"}),
    ("GET", f"{HELD}/akhiri"): asked("assignment"),
    ("POST", f"{HELD}/akhiri"): edited("assignment", "/assignments/{assignment_id}", lambda _: {
        "sampai": "2026-06-30"
    }),
    ("GET", f"{HELD}/batalkan"): asked("assignment"),
    ("POST", f"{HELD}/batalkan"): Route(303, by=ADMIN, path=to_come, seen="/assignments/{assignment_id}"),
    ("GET", f"{O}/pegawai"): Route(),
    ("GET", PERSON): made("person"),
    ("GET", f"{PERSON}/riwayat"): made("person"),
    ("GET", f"{O}/akun"): Route(by=ADMIN),
    ("GET", f"{O}/akun/baru"): Route(by=ADMIN),
    ("POST", f"{O}/akun/baru"): Route(303, by=ADMIN, form=lambda _: {"nama": "Uji", "pengguna": "pegawai.uji"}),
    ("GET", f"{ACCOUNT}/ubah"): asked("account"),
    ("POST", f"{ACCOUNT}/ubah"): edited("account", "/accounts/{person_id}", lambda _: {
        "nama": "Uji Baru", "pengguna": "pegawai.baru",
    }),
    ("GET", f"{ACCOUNT}/nonaktifkan"): asked("account"),
    ("POST", f"{ACCOUNT}/nonaktifkan"): made("account", 303, by=ADMIN),
    ("POST", f"{ACCOUNT}/aktifkan"): made("account", 303, by=ADMIN),
    ("GET", f"{ACCOUNT}/kode"): asked("account"),
    ("POST", f"{ACCOUNT}/kode"): asked("account"),
    ("GET", f"{O}/tim"): Route(),
    ("GET", TEAM): made("team"),
    ("GET", f"{O}/tim/baru"): Route(by=ADMIN),
    ("POST", f"{O}/tim/baru"): Route(303, by=ADMIN, form=lambda stage: {
        "nama": "Tim Uji", "unit": str(stage.unit()["unit_id"]),
    }),
    ("GET", f"{TEAM}/ubah"): asked("team"),
    ("POST", f"{TEAM}/ubah"): edited("team", "/teams/{team_id}", lambda stage: {
        "nama": "Tim Baru", "unit": str(stage.unit()["unit_id"]),
    }),
    ("GET", f"{TEAM}/nonaktifkan"): asked("team"),
    ("POST", f"{TEAM}/nonaktifkan"): edited("team", "/teams/{team_id}"),
    ("POST", f"{TEAM}/aktifkan"): edited("team", "/teams/{team_id}"),
    ("GET", f"{TEAM}/anggota"): asked("team"),
    ("POST", f"{TEAM}/anggota"): made("team", 303, by=ADMIN, form=lambda stage: {"pegawai": str(stage.official())}),
    ("GET", f"{SEAT}/keluarkan"): asked("seat"),
    ("POST", f"{SEAT}/keluarkan"): made("seat", 303, by=ADMIN),
    ("GET", f"{O}/peran"): Route(by=ADMIN),
    ("GET", f"{O}/peran/beri"): Route(by=ADMIN),
    ("POST", f"{O}/peran/beri"): Route(303, by=ADMIN, form=lambda stage: {
        "peran": "auditor", "pegawai": str(stage.official()),
    }),
    ("GET", f"{GRANT}/cabut"): asked("grant"),
    ("POST", f"{GRANT}/cabut"): made("grant", 303, by=ADMIN),
}  # fmt: skip
