"""What loads but is not built yet is refused by name; nothing is ever ignored."""

from dataclasses import replace

import pytest

from core.procedures.binding import Organization, bind
from core.procedures.loader import load_binding, load_procedure
from core.procedures.support import unsupported
from tests.core.procedures.samples import BINDING, OFFICE, SMALL, WHOLE, changed


def lacking(*changes, binding=()):
    procedure = load_procedure(changed(SMALL, *changes))
    return unsupported(bind(procedure, load_binding(changed(BINDING, *binding)), OFFICE))


def test_plain_flow_is_supported():
    assert lacking() == []


OPD = ("actors:\n", "actors:\n  opd: {set: semua_opd}\n")


@pytest.mark.parametrize("join", ["all", "any", "2"])
def test_each_over_units_is_supported(join):
    change = ("    actor: staf\n    kind: send", f"    actor: opd\n    each: {{of: opd, join: {join}}}")
    assert lacking(change, binding=[OPD]) == []


def test_a_closing_row_is_supported_whoever_stands_in_it():
    assert lacking(("    kind: send", "    standing: true")) == []
    row = ("    actor: staf\n    kind: send", "    actor: umum\n    standing: true")
    public = ("actors:\n", "actors:\n  umum: {name: Masyarakat, is: public}\n")
    mapped = ("actors:\n", "actors:\n  umum: {public: true}\n")
    assert lacking(row, public, binding=[mapped]) == []


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("    optional: true", "optional (langkah kirim)"),
        ("    optional: false", None),
        ('    when: "konsep.lembar > 1"', "when (langkah kirim)"),
        ("    all_must: true", "all_must (langkah kirim)"),
        ("    strategic: true", "strategic (langkah kirim)"),
        ("    by: system\n    handler: umum.kirim", "by (langkah kirim)"),
        ("    documents: [{kind: surat}]", "documents (langkah kirim)"),
        ("    due: 2026-01-01", "due (langkah kirim)"),
        ("    wait_until: 2026-01-01", "wait_until (langkah kirim)"),
        ("    appointment: true", "appointment (langkah kirim)"),
        ("    recurring: {every: bulan}", "recurring (langkah kirim)"),
        ("    starts: umum.lain", "starts (langkah kirim)"),
        ("    collect: {filings: aspirasi}", "collect (langkah kirim)"),
        ("    count: konsep.lembar", "count (langkah kirim)"),
        ("    form: [{key: a, label: A, type: table, fields: [{key: b, label: B, type: text}]}]",
         "isian jenis table (langkah kirim)"),
        ("    form: [{key: a, label: A, type: nik}]", "isian jenis nik (langkah kirim)"),
        ("    form: [{key: a, label: A, type: text, prefill: konsep.sifat}]", "prefill (langkah kirim)"),
        ("    form: [{key: a, label: A, type: text, many: true}]", "many pada jenis text (langkah kirim)"),
        ("    form: [{key: a, label: A, type: text, required: konsep.lembar > 1}]",
         "required menurut langkah lain (langkah kirim)"),
        ("    form: [{key: a, label: A, type: text}, {key: b, label: B, type: text, required: a is empty}]", None),
        ("    requirements: [{text: A, from: konsep, blocking: true}]", "blocking (langkah kirim)"),
        ("    requirements: [{text: A, from: previous/kirim}]", "from SOP atau masa lain (langkah kirim)"),
        ("    parallel:\n      - {key: a, steps: [{key: x, activity: X, actor: staf}]}\n"
         "      - {key: b, steps: [{key: y, activity: Y, actor: staf}]}", "parallel (langkah kirim)"),
    ],
)  # fmt: skip
def test_constructs(written, named):
    tail = "    activity: Mengirim surat\n    actor: staf\n    kind: send"
    head = "" if "parallel" in written else "    activity: Mengirim surat\n    actor: staf\n"
    assert lacking((f"    no: null\n{tail}", f"{head}{written}")) == ([f"belum didukung: {named}"] if named else [])


@pytest.mark.parametrize(
    ("each", "named"),
    [
        ("{of: opd, approve: head}", "approve"),
        ("{of: opd, supervisor: staf}", "supervisor"),
        ("{of: {records: menara}}", "each atas records"),
    ],
)
def test_each(each, named):
    actor = "staf" if "records" in each else "opd"
    change = ("    actor: staf\n    kind: send", f"    actor: {actor}\n    each: {each}")
    assert lacking(change, binding=[OPD]) == [f"belum didukung: {named} (langkah kirim)"]


def test_several_ways_on_from_each():
    ways = "    outcomes: [{key: a, label: A}, {key: b, label: B, to: end}, {key: c, label: C, to: konsep}]"
    change = ("    actor: staf\n    kind: send", f"    actor: opd\n    each: {{of: opd}}\n{ways}")
    assert lacking(change, binding=[OPD]) == ["belum didukung: beberapa keputusan pada each (langkah kirim)"]


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("period: tahun", "period"),
        ("calendar: siaga", "calendar"),
        ("norm: 5 hari", "norm"),
        ("anonymous: true", "anonymous"),
        ("anonymous: false", None),
        ("recurring: {every: bulan}", "recurring"),
        ("window: [{of: case.tahun, until: 2023-12-31, reason: Dihapus}]", "window"),
    ],
)
def test_settings(written, named):
    found = lacking(("title:", f"{written}\ntitle:"))
    assert found == ([f"belum didukung: {named}"] if named else [])


def test_starts_that_are_not_by_a_person():
    assert lacking(("asks: [tahun]", "from: [person, letter], asks: [tahun]")) == ["belum didukung: start from letter"]
    found = lacking(("asks: [tahun]", "asks: [tahun, {key: a, label: A, type: file}]"))
    assert found == ["belum didukung: file (start)"]


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("team: tim_surat, who: head", "who: head (pelaksana kasi)"),
        ("is: public, public: true", "public (pelaksana kasi)"),
        ("is: party, party: PT Menara", "party (pelaksana kasi)"),
    ],
)
def test_actors(written, named):
    assert lacking(binding=[("position: kasi_umum", written)]) == [f"belum didukung: {named}"]


def test_the_whole_language_is_refused_piece_by_piece():
    """Every construct that procedure uses and the engine lacks is named: the list only ever shrinks."""
    mapped = "procedure: umum.lengkap\ncode: x\nactors:\n  warga: {public: true}\n  petugas: {position: p}\n"
    mapped += "  tim: {team: t}\n  opd: {units: [u]}\n  kepala: {positions: [p]}\n  mitra: {party: M}\n"
    mapped += "  penyedia: {parties: [A]}\n  mesin: {system: true}\n"
    office = Organization("x", frozenset("p"), frozenset("t"), frozenset("u"))
    found = unsupported(bind(load_procedure(WHOLE), load_binding(mapped), office))
    text = "\n".join(found)
    for construct in (
        "period", "recurring", "norm", "window", "calendar", "anonymous", "start from", "public", "parties",
        "parallel", "optional", "when", "wait_until", "due", "appointment", "approve", "supervisor",
        "each dengan steps", "each atas records", "collect", "starts", "by", "documents", "all_must",
        "count", "strategic", "blocking", "from SOP atau masa lain", "isian jenis table", "isian jenis nik", "prefill",
    ):  # fmt: skip
        assert f"belum didukung: {construct}" in text, construct


def test_a_set_needs_each():
    bound = bind(load_procedure(SMALL), load_binding(BINDING), OFFICE)
    actor = replace(bound.actors["staf"], target=replace(bound.actors["staf"].target, kind="set", key="semua_opd"))
    found = unsupported(replace(bound, actors={**bound.actors, "staf": actor}))
    assert found == [
        "belum didukung: himpunan tanpa each (langkah konsep)",
        "belum didukung: himpunan tanpa each (langkah kirim)",
    ]
