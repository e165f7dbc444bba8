"""The export: the sheet cell by cell, blanks as blanks, doubts beside the value, nothing added."""

from core.procedures.binding import bind
from core.procedures.export import export
from core.procedures.loader import load_binding, load_procedure
from tests.core.procedures.samples import BINDING, OFFICE, SMALL, changed

KEYS = [
    "tenant", "code", "plugin", "number", "title", "unit", "created", "legal_bases", "qualifications", "related",
    "equipment", "warnings", "records", "actors", "steps",
]  # fmt: skip
ROW = ["no", "phase", "activity", "actors", "requirements", "duration", "output", "remark"]


def exported(*changes, procedure=()):
    bound = bind(load_procedure(changed(SMALL, *procedure)), load_binding(changed(BINDING, *changes)), OFFICE)
    return export(bound)


def test_keys_of_issue_item_8():
    found = exported()
    assert list(found) == KEYS
    assert [list(step) for step in found["steps"]] == [ROW] * 3


def test_cells():
    found = exported()
    assert found["number"] == "01/SOP/2019"
    assert (found["unit"], found["related"]) == (None, [])
    assert found["legal_bases"] == [
        {"id": "UU-25-2009", "citation": "UU 25/2009"},
        {"id": None, "citation": "Peraturan yang tidak dikenal"},
    ]
    assert found["actors"] == [{"key": "kasi", "name": "Kasi Umum"}, {"key": "staf", "name": "Pengadministrasi"}]
    assert found["steps"][1] == {
        "no": None, "phase": None, "activity": "Meneliti konsep", "actors": ["kasi"],
        "requirements": ["Konsep surat"], "duration": "15 menit", "output": "Surat", "remark": None,
    }  # fmt: skip
    assert found["steps"][2]["duration"] is None
    assert found["steps"][2]["requirements"] == []


def test_doubts_stand_beside_the_value():
    found = exported(
        ("  number:", "  uncertain: {number: Kabur.}\n  number:"),
        ("name: Kasi Umum,", "name: Kasi Umum, uncertain: Kepala kolom kabur.,"),
        ("{id: null,", "{id: null, uncertain: Terpotong.,"),
        ("no: null,", "no: null, uncertain: {actor: Menebak., no: Terpotong.},"),
    )
    assert found["uncertain"] == {"number": "Kabur."}
    assert found["actors"][0]["uncertain"] == "Kepala kolom kabur."
    assert found["legal_bases"][1]["uncertain"] == "Terpotong."
    assert found["steps"][1]["uncertain"] == {"actors": "Menebak.", "no": "Terpotong."}


def test_a_doubt_about_one_requirement_is_one_about_the_cell():
    doubt = "[{text: A, from: konsep, uncertain: Buram.}]"
    found = exported(("no: null,", f"no: null, requirements: {doubt}, uncertain: {{requirements: Melebur.}},"))
    assert found["steps"][1]["uncertain"] == {"requirements": "Melebur. Buram."}


def test_odd_print_is_what_the_sheet_shows():
    found = exported(
        ("no: null,", 'printed: {no: "6", output: null, requirements: [Permohonan]},'),
        ("  number:", "  printed: {number: 07SOP-/2019, created: 20 Oktober 2019}\n  number:"),
    )
    step = found["steps"][1]
    assert (step["no"], step["output"], step["requirements"]) == ("6", None, ["Permohonan"])
    assert (found["number"], found["created"]) == ("07SOP-/2019", "20 Oktober 2019")


def test_what_is_added_stays_off_the_sheet():
    found = exported(
        ("actors:\n", "actors:\n  kadis: {name: Kadis, is: position, position: kasi_umum, column: false}\n"),
        ("no: null,", "no: null, actor: [kasi, kadis], "
         "outcomes: [{key: tolak, label: Ditolak, to: end, added: UU 30/2014}],"),
    )  # fmt: skip
    assert [actor["key"] for actor in found["actors"]] == ["kasi", "staf"]
    assert found["steps"][1]["actors"] == ["kasi"]
    assert "tolak" not in str(found)


def test_a_block_is_no_row():
    block = """\
    parallel:
      - {key: a, steps: [{key: satu, no: "3", activity: Satu, actor: staf}]}
      - {key: b, steps: [{key: dua, no: "4", activity: Dua, actor: staf}]}
"""
    text = "    no: null\n    activity: Mengirim surat\n    actor: staf\n    kind: send\n"
    found = exported(procedure=[(text, block)])
    assert [step["no"] for step in found["steps"]] == ["1", None, "3", "4"]
