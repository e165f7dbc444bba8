"""What changed between two editions is told in the words of the sheet, and nothing else is."""

from core.procedures.binding import bind
from core.procedures.differences import Change, difference
from core.procedures.loader import load_binding, load_procedure
from tests.core.procedures.samples import BINDING, OFFICE, SMALL, changed


def edition(*binding, procedure=()):
    return bind(load_procedure(changed(SMALL, *procedure)), load_binding(changed(BINDING, *binding)), OFFICE)


def told(*binding, procedure=()):
    """What differs from the sample once this is changed in it."""
    return difference(edition(), edition(*binding, procedure=procedure))


def only_step(found):
    assert not (found.cover or found.actors or found.start), found
    (step,) = found.steps
    return step


def test_two_editions_that_say_the_same_differ_in_nothing():
    assert not told()
    assert not told(("periksa: {no: null,", "periksa: {no: null, ocr: {activity: 'Menelt konep'},"))


def test_a_cell_of_the_cover_is_told_with_both_its_texts():
    found = told(("number: 01/SOP/2019", "number: 02/SOP/2024"), ("created: 2019-10-20", "created: 2024-01-02"))
    assert found.cover == (
        Change("number", ("01/SOP/2019",), ("02/SOP/2024",)),
        Change("created", ("2019-10-20",), ("2024-01-02",)),
    )
    assert not found.steps


def test_a_cell_that_was_blank_has_no_text_before():
    found = told(("  records:", "  revised: 2024-05-06\n  records:"))
    assert found.cover == (Change("revised", (), ("2024-05-06",)),)


def test_of_a_list_only_what_went_and_what_came_is_told():
    found = told(("citation: UU 25/2009", "citation: UU Pelayanan Publik"), ("[Buku agenda]", "[Buku agenda, Arsip]"))
    assert found.cover == (
        Change("legal_bases", ("UU 25/2009",), ("UU Pelayanan Publik",)),
        Change("records", (), ("Arsip",)),
    )


def test_items_in_another_order_are_told_as_that():
    before = edition(("[Buku agenda]", "[Buku agenda, Arsip]"))
    after = edition(("[Buku agenda]", "[Arsip, Buku agenda]"))
    assert difference(before, after).cover == (Change("order", ("records",), ("records",)),)


def test_a_cell_of_a_step_is_told_at_its_step():
    step = only_step(told(("duration: 15 menit", "duration: 1 jam"), ("Meneliti konsep", "Meneliti naskah")))
    assert (step.key, step.how, step.moved) == ("periksa", "changed", False)
    assert step.changes == (
        Change("activity", ("Meneliti konsep",), ("Meneliti naskah",)),
        Change("duration", ("15 menit",), ("1 jam",)),
    )


NEW = "  - key: catat\n    activity: Mencatat surat\n    actor: staf\n"


def test_steps_that_came_and_went_are_told_and_those_around_them_stand_where_they_stood():
    longer = ("  - key: kirim\n", NEW + "  - key: kirim\n")
    step = only_step(told(procedure=(longer,)))
    assert (step.key, step.activity, step.how, step.moved) == ("catat", "Mencatat surat", "added", False)
    back = difference(edition(procedure=(longer,)), edition())
    assert [(each.key, each.how) for each in back.steps] == [("catat", "removed")]


def test_a_step_in_another_place_has_moved_and_the_others_have_not():
    longer = edition(procedure=(("  - key: kirim\n", NEW + "  - key: kirim\n"),))
    last = edition(procedure=(("    kind: send\n", "    kind: send\n" + NEW),))
    found = difference(longer, last)
    assert [(each.how, each.changes) for each in found.steps] == [("changed", ())]
    assert [each.moved for each in found.steps] == [True]


def test_what_no_cell_says_is_told_too():
    wanted = ("label: Konsep, type: file, required: true", "label: Konsep, type: file")
    assert only_step(told(procedure=(wanted,))).changes == (Change("form", ("Konsep (wajib)",), ("Konsep",)),)
    kind = ("key: lembar, label: Jumlah lembar, type: number", "key: lembar, label: Jumlah lembar, type: text")
    assert only_step(told(procedure=(kind,))).changes == (Change("rules"),)
    keeps = ("    kind: send\n", "    kind: receive\n")
    assert only_step(told(procedure=(keeps,))).changes == (Change("rules"),)


def test_a_requirement_that_is_only_a_text_changes_no_rule_and_one_that_is_met_by_another_step_does():
    more = ("requirements: [Lembar disposisi]", "requirements: [Lembar disposisi, Buku agenda]")
    assert only_step(told(procedure=(more,))).changes == (Change("requirements", (), ("Buku agenda",)),)
    loose = (
        "requirements: [{text: Konsep surat, from: konsep.surat}]",
        "requirements: [{text: Konsep surat, from: konsep}]",
    )
    assert only_step(told(procedure=(loose,))).changes == (Change("rules"),)


def test_where_a_decision_leads_is_told_in_words():
    known = """    kind: send
    outcomes:
      - {key: ulang, label: Salah alamat, to: konsep}
      - {key: beres, label: Terkirim, to: end}
"""
    step = only_step(told(procedure=(("    kind: send\n", known),)))
    assert step.changes == (Change("outcomes", (), ("Salah alamat: ke langkah 1", "Terkirim: selesai")),)


def test_a_column_that_is_called_otherwise_and_one_that_somebody_else_fulfils():
    renamed = told(("name: Kasi Umum", "name: Kepala Seksi Umum"))
    assert renamed.actors == (Change("actor_renamed", ("Kasi Umum",), ("Kepala Seksi Umum",)),)
    before, after = edition(), edition(("position: kasi_umum", "position: staf_umum"))
    assert difference(before, after).actors == (
        Change("actor_bound", ("Kasi Umum: kasi_umum",), ("Kasi Umum: staf_umum",)),
    )
    named = difference(before, after, {"kasi": "Kepala Seksi"}, {"kasi": "Pelaksana Umum"})
    assert named.actors == (Change("actor_bound", ("Kasi Umum: Kepala Seksi",), ("Kasi Umum: Pelaksana Umum",)),)


def test_how_a_case_begins_is_told():
    found = told(procedure=(('"Surat {tahun}"', '"Surat keluar {tahun}"'), ("by: [staf]", "by: [staf, kasi]")))
    assert found.start == (
        Change("start_by", (), ("Kasi Umum",)),
        Change("subject", ("Surat {tahun}",), ("Surat keluar {tahun}",)),
    )
