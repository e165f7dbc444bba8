"""From an edition to the flow: targets, defaults, segregation, names for people."""

import pytest

from core.engine.compilation import flow_of
from core.engine.flow import END, EachRule
from core.procedures.model import Actor, Cover, Each, Edition, Outcome, Requirement, Start, Step


def edition(*steps: Step, by: tuple[str, ...] = ()) -> Edition:
    return Edition(
        tenant="kota", code="uji", plugin="umum", procedure="umum.uji", plugin_version="1", title="Uji",
        cover=Cover(), actors={"tim": Actor("tim", "Tim", ("team",))}, steps=steps, start=Start(by=by),
    )  # fmt: skip


def test_a_plain_step_is_done_and_leads_to_the_next():
    found = flow_of(edition(Step("a", actors=("tim",)), Step("b", actors=("tim",)), by=("tim",)))
    assert found.start_by == ("tim",)
    assert found.step("a").outcomes == {"selesai": "b"}
    assert found.step("b").outcomes == {"selesai": END}
    assert found.step("a").default_outcome == "selesai"


def test_a_judging_step_is_still_done_beside_its_return():
    back = Outcome("dikembalikan", "Dikembalikan", "a")
    found = flow_of(edition(Step("a"), Step("b", kind="verify", outcomes=(back,), returns_to="a"), Step("c")))
    assert found.step("b").outcomes == {"selesai": "c", "dikembalikan": "a"}
    assert found.step("b").return_targets == ("a",)
    assert found.step("b").not_by == ("a",)


def test_an_added_outcome_does_not_replace_the_ordinary_one():
    refused = Outcome("ditolak", "Ditolak", "end: case", added="UU 30/2014")
    assert flow_of(edition(Step("a", outcomes=(refused,)), Step("b"))).step("a").outcomes == {
        "selesai": "b",
        "ditolak": END,
    }


def test_several_ordinary_outcomes_must_be_chosen_from():
    ways = (Outcome("ya", "Ya"), Outcome("tidak", "Tidak", "c"), Outcome("lagi", "Lagi", "a"))
    found = flow_of(edition(Step("a"), Step("b", outcomes=ways), Step("c"))).step("b")
    assert found.outcomes == {"ya": "c", "tidak": "c", "lagi": "a"}
    assert found.default_outcome is None


def test_a_single_ordinary_outcome_is_the_default():
    ways = (Outcome("setuju", "Setuju"), Outcome("dikembalikan", "Dikembalikan", "a"))
    assert flow_of(edition(Step("a"), Step("b", outcomes=ways))).step("b").default_outcome == "setuju"


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Step("c", kind="sign", requirements=(Requirement("Surat", "a"),)), ("a",)),
        (Step("c", kind="sign", requirements=(Requirement("Surat", "a"), Requirement("Data", "b"))), ()),
        (Step("c", kind="verify", returns_to="b", not_by=("a",)), ("a", "b")),
        (Step("c", kind="verify", returns_to="none", requirements=(Requirement("Surat", "a"),)), ("a",)),
        (Step("c", kind="dispose", requirements=(Requirement("Surat", "a"),)), ()),
        (Step("c", kind="work", not_by=("b",)), ("b",)),
    ],
)
def test_verify_and_sign_are_not_by_whom_they_judge(step, expected):
    assert flow_of(edition(Step("a"), Step("b"), step)).step("c").not_by == expected


@pytest.mark.parametrize(("join", "expected"), [("all", "all"), ("any", "any"), (2, 2)])
def test_joins(join, expected):
    found = flow_of(edition(Step("a", each=Each("opd", join=join)))).step("a")
    assert found.each == EachRule("opd", expected)


def test_names_for_people():
    long = "Menyusun konsep surat undangan rapat koordinasi\n  penyelenggaraan pemerintahan berbasis data"
    steps = (Step("a", no="3", activity="Kirim"), Step("b", activity=long), Step("c"))
    found = flow_of(edition(*steps))
    assert [found.label(key) for key in "abc"] == [
        "3 (Kirim)",
        "Menyusun konsep surat undangan rapat koordinasi penyelenggaraan pemer…",
        "c",
    ]


def test_what_the_machine_does_not_run_yet_is_refused():
    block = Step("a", each=Each("opd", steps=(Step("b"),)))
    rows = Step("a", each=Each("a.tabel", over="rows"))
    for each in (block, rows):
        with pytest.raises(ValueError, match="does not run this yet: a"):
            flow_of(edition(each))
