"""A tenant's binding: its wording over the procedure's, its posts for the actors, faults in its own file."""

from dataclasses import replace

import pytest

from core.procedures.binding import bind
from core.procedures.loader import load_binding, load_procedure
from core.procedures.model import Citation, Requirement, Target
from core.procedures.problems import ProcedureError
from tests.core.procedures.samples import BINDING, OFFICE, SMALL, changed


def edition(*changes, procedure=SMALL, office=OFFICE):
    binding = load_binding(changed(BINDING, *changes), "kota/surat.yaml")
    return bind(load_procedure(procedure, "plugin/surat.yaml"), binding, office, "1.2")


def faults(*changes, **where):
    with pytest.raises(ProcedureError) as caught:
        edition(*changes, **where)
    return [str(problem) for problem in caught.value.problems]


def test_an_edition():
    bound = edition()
    assert (bound.tenant, bound.code, bound.plugin, bound.procedure) == (
        "contoh", "surat-keluar", "umum", "umum.surat",
    )  # fmt: skip
    assert (bound.title, bound.plugin_version, bound.secrecy) == ("SURAT KELUAR", "1.2", "biasa")
    assert list(bound.actors) == ["kasi", "staf"]
    assert bound.actors["kasi"].name == "Kasi Umum"
    assert bound.actors["kasi"].target == Target("position", "kasi_umum")
    assert bound.cover.legal_bases == (
        Citation("UU-25-2009", "UU 25/2009"),
        Citation(None, "Peraturan yang tidak dikenal"),
    )
    assert (bound.cover.created, bound.cover.records, bound.cover.related) == ("2019-10-20", ("Buku agenda",), ())


def test_its_own_wording_lies_over_the_procedures():
    draft, check, _ = edition().steps
    assert (draft.no, draft.activity) == ("1", "Menyusun konsep surat")
    assert (check.no, check.activity, check.duration.text) == (None, "Meneliti konsep", "15 menit")
    assert (check.output, check.returns_to) == ("Surat", "konsep")


def test_a_requirement_reworded_keeps_its_origin_only_if_it_says_so():
    found = edition(("no: null,", "no: null, requirements: [{text: Draf, from: konsep}],"))
    assert found.steps[1].requirements == (Requirement("Draf", "konsep"),)
    assert faults(("no: null,", "no: null, requirements: [Draf],")) == [
        "kota/surat.yaml baris 15: langkah 'periksa' (verify) perlu 'returns_to' atau 'return: none': "
        "kelengkapannya tidak menyebut langkah (from)"
    ]


def test_replace_takes_nothing_over():
    found = edition(("no: null,", "replace: true, actor: kasi,")).steps[1]
    assert (found.kind, found.output, found.requirements, found.outcomes) == ("work", None, (), ())


def test_a_step_can_be_left_out_and_another_put_in():
    found = edition(
        ("  periksa: {no: null, activity: Meneliti konsep, duration: 15 menit}",
         "  periksa: {remove: true}\n"
         "  paraf: {after: konsep, activity: Memaraf, actor: kasi, kind: initial, returns_to: konsep}\n"
         "  catat: {after: paraf, activity: Mencatat, actors: [staf]}"),
    )  # fmt: skip
    assert [step.key for step in found.steps] == ["konsep", "paraf", "catat", "kirim"]


def test_all_steps_can_be_redefined():
    found = edition(
        ("  periksa: {no: null, activity: Meneliti konsep, duration: 15 menit}",
         "  - {key: satu, activity: Satu, actor: staf}\n  - {key: dua, activity: Dua, actor: staf}"),
    )  # fmt: skip
    assert [step.key for step in found.steps] == ["satu", "dua"]


def test_an_actor_in_either_spelling_replaces_the_other():
    assert edition(("no: null,", "no: null, actors: [staf, kasi],")).steps[1].actors == ("staf", "kasi")


def test_settings_lie_over_the_procedures_too():
    found = edition(("title: SURAT KELUAR", "secrecy: terbatas\nstart: {subject: 'Surat tahun {tahun}'}"))
    assert (found.title, found.secrecy) == ("Surat Keluar", "terbatas")
    assert (found.start.by, found.start.subject) == (("staf",), "Surat tahun {tahun}")


def test_an_actor_of_the_sheet_that_does_nothing():
    found = edition(("actors:", "actors:\n  kadis: {name: Kadis, is: position, position: kasi_umum}"))
    assert list(found.actors) == ["kadis", "kasi", "staf"]


TARGETS = {
    "position: kasi_umum": Target("position", "kasi_umum"),
    "team: tim_surat": Target("team", "tim_surat"),
    "team: tim_surat, who: head": Target("team", "tim_surat", "head"),
    "is: functional, functional: kasi_umum": Target("position", "kasi_umum"),
    "is: unit, unit: dinkes": Target("unit", "dinkes"),
    "is: party, party: PT Menara": Target("party", "PT Menara"),
    "is: public, public: true": Target("public", ""),
}


@pytest.mark.parametrize(("written", "target"), TARGETS.items(), ids=TARGETS)
def test_targets(written, target):
    assert edition(("position: kasi_umum", written)).actors["kasi"].target == target


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("set: semua_opd", Target("set", "semua_opd")),
        ("units: [dinkes, disdik]", Target("units", "", keys=("dinkes", "disdik"))),
        ("is: positions, positions: [kasi_umum]", Target("positions", "", keys=("kasi_umum",))),
        ("is: parties, parties: [PT Satu, PT Dua]", Target("parties", "", keys=("PT Satu", "PT Dua"))),
    ],
)
def test_targets_of_many(written, target):
    each = changed(SMALL, ("    actor: staf\n    kind: send", "    actor: opd\n    each: {of: opd}"))
    bound = edition(("actors:", f"actors:\n  opd: {{{written}}}"), procedure=each)
    assert bound.actors["opd"].target == target


FAULTS = {
    "unknown step": (
        ("  periksa: {", "  periska: {"),
        "kota/surat.yaml baris 15: langkah 'periska' tidak ada pada SOP ini; mungkin maksudnya 'periksa'",
    ),
    "unknown step after": (
        ("  periksa: {", "  paraf: {after: konsp, actor: kasi, "),
        "kota/surat.yaml baris 15: langkah 'konsp' tidak ada; mungkin maksudnya 'konsep'",
    ),
    "unknown actor": (
        ("  kasi: {", "  ksai: {"),
        "kota/surat.yaml baris 12: pelaksana 'ksai' tidak ada pada SOP ini; mungkin maksudnya 'kasi'",
    ),
    "unmapped actor": (
        ("  kasi: {name: Kasi Umum, position: kasi_umum}\n", ""),
        "kota/surat.yaml baris 11: pelaksana 'kasi' belum dipetakan",
    ),
    "no target": (
        (", position: kasi_umum", ""),
        "kota/surat.yaml baris 12: pelaksana 'kasi' belum ditunjuk; tulis position, team, unit atau set",
    ),
    "two targets": (
        ("position: kasi_umum", "position: kasi_umum, team: tim_surat"),
        "kota/surat.yaml baris 12: pelaksana 'kasi' dua kali: position, team",
    ),
    "wrong kind": (
        ("position: kasi_umum", "unit: dinkes"),
        "kota/surat.yaml baris 12: pelaksana 'kasi' (position, team) tidak dapat berupa unit; yang dapat: position, "
        "team",
    ),
    "unknown position": (
        ("position: kasi_umum", "position: kasi_umm"),
        "kota/surat.yaml baris 12: jabatan 'kasi_umm' tidak ada di organisasi; mungkin maksudnya 'kasi_umum'",
    ),
    "unknown team": (
        ("position: kasi_umum", "team: tim_surt"),
        "kota/surat.yaml baris 12: tim 'tim_surt' tidak ada di organisasi; mungkin maksudnya 'tim_surat'",
    ),
    "head of a post": (
        ("position: kasi_umum", "position: kasi_umum, who: head"),
        "kota/surat.yaml baris 12: 'who' hanya berlaku untuk team dan unit",
    ),
    "unknown rule": (
        ("id: UU-25-2009", "id: UU-25-2099"),
        "kota/surat.yaml baris 8: peraturan 'UU-25-2099' tidak ada di daftar peraturan; mungkin maksudnya 'UU-25-2009'",
    ),
    "another procedure": (
        ("procedure: umum.surat", "procedure: umum.surta"),
        "kota/surat.yaml baris 1: berkas ini memetakan SOP 'umum.surta', bukan 'umum.surat'; mungkin maksudnya "
        "'umum.surat'",
    ),
    "another plugin": (
        ("code:", "plugin: spbe\ncode:"),
        "kota/surat.yaml baris 2: SOP 'umum.surat' milik 'umum', bukan 'spbe'",
    ),
    "bad duration": (
        ("15 menit", "15 mnt"),
        "kota/surat.yaml baris 15: waktu '15 mnt' tidak terbaca: satuan 'mnt' tidak dikenal; mungkin maksudnya 'menit'",
    ),
    "unknown actor of a step": (
        ("no: null,", "no: null, actor: kassi,"),
        "kota/surat.yaml baris 15: pelaksana 'kassi' tidak ada di actors; mungkin maksudnya 'kasi'",
    ),
    "not a date": (
        ("2019-10-20", "2019-02-30"),
        "kota/surat.yaml baris 6: 'created' harus tanggal seperti 2026-01-31, bukan '2019-02-30'",
    ),
    "unknown key of a step": (
        ("no: null, activity", "no: null, activty"),
        "kota/surat.yaml baris 15: kunci 'activty' tidak dikenal; mungkin maksudnya 'activity'",
    ),
    "unknown part of the cover": (
        ("  records:", "  catatan:"),
        "kota/surat.yaml baris 10: kunci 'catatan' tidak dikenal (yang ada: number, created, revised, effective, "
        "approved_by, unit, legal_bases, qualifications, related, equipment, warnings, records, uncertain, printed, "
        "ocr)",
    ),
    "what the removed step gave": (
        ("{no: null, activity: Meneliti konsep, duration: 15 menit}", "{after: konsep}"),
        "kota/surat.yaml baris 15: langkah 'periksa' sudah ada; 'after' untuk langkah baru",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named(change, message):
    assert faults(change) == [message]


def test_a_fault_of_both_files_names_the_right_one():
    """The requirement stands in the plugin's file; what it asks for was taken out in the tenant's."""
    found = faults(("  periksa: {no: null, activity: Meneliti konsep, duration: 15 menit}", "  konsep: {remove: true}"))
    assert found == ["plugin/surat.yaml baris 25: langkah 'konsep' tidak ada"]


def test_all_faults_come_at_once():
    found = faults(
        ("position: kasi_umum", "position: kasi"),
        ("id: UU-25-2009", "id: UU-1"),
        ("duration: 15 menit", "duration: lama"),
    )
    assert [fault.split(":")[0] for fault in found] == [
        "kota/surat.yaml baris 8", "kota/surat.yaml baris 12", "kota/surat.yaml baris 15",
    ]  # fmt: skip


def test_a_mapping_that_an_office_lacks():
    assert faults(office=replace(OFFICE, positions=frozenset({"kasi_umum"}))) == [
        "kota/surat.yaml baris 13: jabatan 'staf_umum' tidak ada di organisasi; mungkin maksudnya 'kasi_umum'"
    ]
