"""Every page with what each reader is answered there: the table of the walk; no pytest in here."""

from io import BytesIO
from typing import Any

from tests.core.api.office import PASSWORD
from tests.core.api.routes import NEW_PASSWORD, Stage
from tests.core.files.samples import PDF
from tests.core.web.organization_routes import ORGANIZATION
from tests.core.web.route import Route, made


def reason(_: Stage) -> dict[str, str]:
    """A form with a reason only."""
    return {"alasan": "uji"}


def asked(stage: Stage) -> dict[str, Any]:
    """The step of a case that asks the OPDs."""
    return {"case_id": stage.asked().id, "step": "jawab"}


T = "/<tenant>"
TASK = f"{T}/tugas/<uuid:task_id>"
CASE = f"{T}/pelaksanaan/<uuid:case_id>"
SOP = f"{T}/sop/<code>"
FILE = f"{TASK}/berkas/<uuid:evidence_id>"


def survei(_: Stage) -> dict[str, Any]:
    """The address of the SOP in force."""
    return {"code": "survei"}


ENTRY: dict[tuple[str, str], Route] = {
    ("GET", f"{T}/"): Route(303, public=True),
    ("GET", f"{T}/lambang.svg"): Route(public=True),
    ("GET", f"{T}/warna.css"): Route(public=True),
    ("GET", f"{T}/masuk"): Route(public=True),
    ("POST", f"{T}/masuk"): Route(303, public=True, form=lambda _: {"akun": "hadi", "sandi": PASSWORD}),
    ("POST", f"{T}/keluar"): Route(303, None, "sari", unchanged=True),
    ("GET", f"{T}/sandi"): Route(200, None, unchanged=True),
    ("POST", f"{T}/sandi"): Route(303, None, "lila", unchanged=True, form=lambda _: {
        "lama": PASSWORD, "baru": NEW_PASSWORD, "ulang": NEW_PASSWORD,
    }),
    ("GET", f"{T}/kode"): Route(public=True),
    ("POST", f"{T}/kode"): Route(303, public=True, form=lambda stage: {
        "akun": "hadi", "kode": stage.code(), "baru": PASSWORD, "ulang": PASSWORD,
    }),
    ("POST", f"{T}/tema"): Route(303, public=True, form=lambda _: {"tema": "gelap"}),
}  # fmt: skip

ACCOUNT: dict[tuple[str, str], Route] = {
    ("GET", f"{T}/akun"): Route(200, None),
    ("POST", f"{T}/akun/jabatan"): Route(
        303, 404, form=lambda stage: {"jabatan": str(stage.office.world.positions["analis"])}
    ),
    ("GET", f"{T}/akun/sesi"): Route(200, None),
    ("POST", f"{T}/akun/sesi/<uuid:session_id>/akhiri"): made("session", 303, 404),
    ("POST", f"{T}/akun/sesi/lain/akhiri"): Route(303, None, "eko"),
    ("GET", f"{T}/akun/token"): Route(200, None),
    ("POST", f"{T}/akun/token"): Route(200, None, form=lambda _: {"nama": "uji", "hari": "1"}),
    ("GET", f"{T}/akun/token/<uuid:token_id>/cabut"): made("token", 200, 404),
    ("POST", f"{T}/akun/token/<uuid:token_id>/cabut"): made("token", 303, 404),
}  # fmt: skip

# An ordinary case may be found by all people of the government; what they may do with it is another matter.
WORK: dict[tuple[str, str], Route] = {
    ("GET", f"{T}/tugas"): Route(200, None),
    ("GET", TASK): made("task", 200, 200),
    ("POST", f"{TASK}/mulai"): made("task", 303),
    ("POST", f"{TASK}/simpan"): made("task", 303, form=lambda _: {"isian.isi": "draf"}),
    ("POST", f"{TASK}/selesai"): made("task", 303, form=lambda _: {"isian.isi": "Pertanyaan"}, versioned=True),
    ("POST", f"{TASK}/kembali"): made(
        "answered", 303, by="budi", versioned=True,
        form=lambda stage: {
            "keputusan": "dikembalikan", "alasan": "kurang", "peserta": str(stage.office.world.units["dinkes"]),
        },
    ),
    ("POST", f"{TASK}/tarik"): made("completed", 303, form=reason),
    ("GET", f"{TASK}/alihkan"): made("task", 200, 200, by="budi"),
    ("POST", f"{TASK}/alihkan"): made(
        "task", 303, by="budi", versioned=True,
        form=lambda stage: {"pegawai": str(stage.person("tono")["person_id"]), "alasan": "uji"},
    ),
    ("GET", f"{TASK}/kecualikan"): made("member", 200, 200),
    ("POST", f"{TASK}/kecualikan"): made("member", 303, form=reason),
    ("POST", f"{TASK}/berkas"): made(
        "task", 200, form=lambda _: {"bidang": "naskah", "berkas": (BytesIO(PDF), "naskah.pdf")}
    ),
    ("GET", FILE): made("evidence", 200, 404),
    ("POST", f"{FILE}/hapus"): made("evidence", 303, form=lambda _: {"bidang": "naskah"}),
    ("GET", f"{T}/pelaksanaan"): Route(200, None),
    ("GET", CASE): made("case", 200, 200),
    ("GET", f"{CASE}/catatan"): made("case", 200, 200),
    ("POST", f"{CASE}/komentar"): made("case", 303, 303, form=lambda _: {"teks": "uji"}),
    ("GET", f"{CASE}/batal"): made("case", 200, 200),
    ("POST", f"{CASE}/batal"): made("case", 303, form=reason),
    ("GET", f"{CASE}/peserta/<step>"): Route(200, 200, path=asked),
    ("POST", f"{CASE}/peserta/<step>"): Route(
        303, path=asked, form=lambda stage: {"unit": str(stage.extra_unit())}
    ),
    ("POST", f"{CASE}/putuskan"): made(
        "awaited", 303, form=lambda _: {"langkah": "jawab", "kunjungan": "1", "alasan": "uji"}
    ),
}  # fmt: skip

LIBRARY: dict[tuple[str, str], Route] = {
    ("GET", f"{T}/sop"): Route(),
    ("GET", SOP): Route(path=survei),
    ("GET", f"{SOP}/edisi/<int(min=1, max=2147483647):number>"): Route(path=lambda _: {"code": "survei", "number": 1}),
    ("GET", f"{SOP}/mulai"): Route(path=survei),
    ("POST", f"{SOP}/mulai"): Route(303, path=survei),
}

PAGES = {**ENTRY, **ACCOUNT, **WORK, **LIBRARY, **ORGANIZATION}
