"""A procedure that is right: what the loader makes of it, with every default written out."""

import pytest

from core.procedures.loader import Binding, Procedure, load_binding, load_procedure, load_tenant_file
from core.procedures.model import (
    Branch,
    Choice,
    Duration,
    Each,
    Field,
    Outcome,
    Requirement,
    walk,
)
from core.procedures.problems import ProcedureError
from tests.core.procedures.samples import BINDING, SMALL, WHOLE, changed, small


@pytest.fixture(scope="module")
def whole():
    return load_procedure(WHOLE, "lengkap.yaml")


def rows(procedure):
    return {step.key: step for step in walk(procedure.steps)}


def test_a_small_procedure():
    procedure = load_procedure(SMALL)
    assert (procedure.key, procedure.plugin, procedure.title) == ("umum.surat", "umum", "Surat Keluar")
    assert [actor.kinds for actor in procedure.actors.values()] == [
        ("position",), ("position", "team"), ("units",),
    ]  # fmt: skip
    draft, check, send = procedure.steps
    assert draft.duration == Duration("1 hari", "hari", 1.0, 1.0)
    assert draft.requirements == (Requirement("Lembar disposisi"),)
    assert draft.form[1] == Field(
        "sifat", "Sifat", "choice", choices=(Choice("biasa", "biasa"), Choice("segera", "segera"))
    )
    assert (send.no, send.kind, send.outcomes, send.returns_to) == (None, "send", (), None)
    assert check.requirements == (Requirement("Konsep surat", "konsep", "surat"),)


def test_start_asks_for_a_known_name_as_a_number():
    start = load_procedure(SMALL).start
    assert start.asks == (Field("tahun", "Tahun", "number", required=True, minimum=2000.0, maximum=2100.0),)
    assert (start.by, start.sources, start.subject) == (("staf",), ("person",), "Surat {tahun}")


def test_a_judging_step_returns_to_the_one_it_examines():
    check = load_procedure(SMALL).steps[1]
    assert check.outcomes == (Outcome("dikembalikan", "Dikembalikan", "konsep"),)
    assert (check.returns_to, check.not_by) == ("konsep", ("konsep",))


@pytest.mark.parametrize("kind", ["initial", "dispose"])
def test_who_only_passes_on_may_be_the_same_person(kind):
    check = load_procedure(small(("kind: verify", f"kind: {kind}"))).steps[1]
    assert (check.returns_to, check.not_by) == ("konsep", ())


def test_return_none_never_returns():
    check = load_procedure(small(("    kind: verify", "    kind: verify\n    return: none"))).steps[1]
    assert (check.outcomes, check.returns_to, check.not_by) == ((), "none", ("konsep",))


def test_own_words_for_the_return():
    outcome = "{key: dikembalikan, label: Perbaiki, to: konsep}"
    check = load_procedure(small(("    kind: verify", f"    kind: verify\n    outcomes: [{outcome}]"))).steps[1]
    assert check.outcomes == (Outcome("dikembalikan", "Perbaiki", "konsep"),)
    assert check.returns_to == "konsep"


def test_segregation_can_be_lifted():
    check = load_procedure(small(("    kind: verify", "    kind: verify\n    not_by: []"))).steps[1]
    assert check.not_by == ()


def test_every_construct_loads(whole):
    assert len(rows(whole)) == 18
    assert sorted(whole.extra) == ["anonymous", "calendar", "norm", "period", "recurring", "window"]
    assert (whole.secrecy, whole.start.sources) == ("terbatas", ("person", "schedule", "letter", "public", "case"))


def test_blocks_and_branches(whole):
    found = rows(whole)
    field, desk = found["telaah"].branches
    assert [step.key for step in field.steps] == ["survei", "simpul"]
    assert (field.label, desk) == ("Pemeriksaan lapangan", Branch("meja", "meja", desk.steps))
    assert found["baris"].each == Each("rekap.tabel", "rows", "any", steps=found["baris"].each.steps)
    assert found["register"].each == Each("menara", "records", 1)
    assert found["data"].each == Each("opd", join=2, approve="head", supervisor="petugas")
    assert [step.key for step in found.values() if step.is_block] == ["telaah", "baris"]


def test_outcomes_and_what_they_add(whole):
    found = rows(whole)
    assert found["terima"].outcomes[1] == Outcome("bukan", "Bukan kewenangan", "end", "PermenPANRB 62/2018")
    assert found["simpul"].outcomes[1].to == "end: case"
    assert [o.key for o in found["rekap"].outcomes] == ["ulang", "sah", "dikembalikan"]


def test_requirements_of_other_cases(whole):
    assert rows(whole)["terima"].requirements[1:] == (
        Requirement("Surat tahun lalu", "laporan", "naskah", "previous"),
        Requirement("Rekap", "rekap", None, "statistik.romantik", blocking=True, uncertain="Terbaca sebagian."),
    )


def test_transcription_notes(whole):
    first = rows(whole)["terima"]
    assert first.uncertain == {"duration": "15 atau 5"}
    assert first.printed == {"no": "l", "requirements": ["Komputer"]}
    assert first.ocr == {"activity": "Menerlma aduan"}
    assert first.actors == ("petugas", "tim")


def test_later_constructs_are_kept_as_written(whole):
    found = rows(whole)
    assert found["data"].extra["due"] == {"day": 20, "after": "triwulan", "plus": "3 hari"}
    assert found["terima"].extra == {"all_must": True, "count": "terima.jumlah"}
    assert found["hitung"].extra == {"by": "system", "handler": "umum.hitung"}


def test_a_tenants_folder_holds_both_kinds():
    assert isinstance(load_tenant_file(BINDING), Binding)
    assert isinstance(load_tenant_file(SMALL), Procedure)
    assert load_binding(BINDING).code == "surat-keluar"


def test_a_byte_order_mark_is_no_character(tmp_path):
    file = tmp_path / "surat.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert load_procedure(file).document.name == str(file)


def test_answers_of_other_branches_are_not_known_here():
    text = changed(
        WHOLE,
        ("optional: Bila perlu.", "when: \"survei.hasil = 'a'\""),
        ("kind: survey,", "kind: survey, form: [{key: hasil, label: H, type: text}],"),
    )
    with pytest.raises(ProcedureError, match=r"syarat menyebut isian 'survei\.hasil' yang tidak ada"):
        load_procedure(text)


def test_answers_of_many_members_are_not_one_answer():
    text = changed(WHOLE, ("    strategic: true\n", "    strategic: true\n    when: data.bukti is empty\n"))
    with pytest.raises(ProcedureError, match=r"syarat menyebut isian 'data\.bukti' yang tidak ada"):
        load_procedure(text)
