"""The built-in spbe plugin: it loads as any other, and each of its hooks does what its README says."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from core.sdk import MemberView, Refusal
from core.testing import STARTED, sample_case, sample_case_event, sample_completion, sample_task_event
from plugins.spbe.plugin import COLLECTING, MONEV, RECAP, plugin


@pytest.fixture
def hooks(langkah_extensions):
    """What a tenant that enabled spbe calls."""
    return langkah_extensions.for_tenant(["spbe"])


@pytest.fixture
def monev():
    return sample_case(procedure=MONEV, tenant="pangkalpinang", number="SPBE/3/2026")


def test_it_is_installed_and_nothing_built_in_is_refused(langkah_extensions):
    assert langkah_extensions.plugins["spbe"] is plugin
    assert langkah_extensions.refused == []


def test_register_procedures_brings_the_monev_with_the_steps_its_rules_name(langkah_extensions):
    procedure = langkah_extensions.procedures[MONEV]
    assert procedure.plugin is plugin
    assert {COLLECTING, RECAP} <= {step.key for step in procedure.definition.steps}


def test_register_menu_leads_to_the_years_monev_where_the_plugin_is_enabled(langkah_extensions):
    [(name, entry)] = langkah_extensions.menu(["spbe"])
    assert (name, entry.title, entry.right) == ("spbe", "Monev SPBE", None)
    assert langkah_extensions.menu(["statistik"]) == []


def test_validate_completion_refuses_a_recap_of_nothing(hooks, monev):
    excused = tuple(MemberView(opd, "excused") for opd in ("dinkes", "disdik"))
    with pytest.raises(Refusal) as refusal:
        hooks.validate_completion(sample_completion(monev, step=RECAP, steps={COLLECTING: excused}))
    assert str(refusal.value) == (
        "Belum ada satu pun OPD yang menyerahkan data dukung, jadi belum ada yang dapat direkap. "
        "Kembalikan langkah pengumpulan data kepada OPD, atau mintalah atasan membatalkan pelaksanaan."
    )


def test_validate_completion_lets_a_recap_pass_once_one_opd_has_handed_in(hooks, monev):
    members = (MemberView("dinkes", "excused"), MemberView("disdik", "done", {"bukti": 2}))
    hooks.validate_completion(sample_completion(monev, step=RECAP, steps={COLLECTING: members}))


def test_validate_completion_never_stops_a_return(hooks, monev):
    completion = sample_completion(monev, step=RECAP, outcome="dikembalikan", returning=True)
    hooks.validate_completion(completion)


def test_validate_completion_is_asked_about_the_recap_only(hooks):
    assert hooks.asks(MONEV, RECAP)
    assert not hooks.asks(MONEV, COLLECTING)


def test_case_started_writes_a_line(hooks, monev):
    with capture_logs() as lines:
        hooks.announce("case_started", case=sample_case_event(monev, how="mulai", at=STARTED))
    assert lines == [
        {"event": "spbe_monev_started", "log_level": "info", "tenant": "pangkalpinang", "case": "SPBE/3/2026"}
    ]


def test_task_completed_writes_how_long_an_opd_took(hooks, monev):
    with capture_logs() as lines:
        hooks.announce("task_completed", task=sample_task_event(monev, step=RECAP))
        hooks.announce("task_completed", task=sample_task_event(monev, step=COLLECTING, member="dinkes", visit=2))
    assert lines == [
        {
            "event": "spbe_data_handed_in",
            "log_level": "info",
            "tenant": "pangkalpinang",
            "case": "SPBE/3/2026",
            "opd": "dinkes",
            "visit": 2,
            "hours": 3.0,
        }
    ]


def test_case_ended_writes_how_and_after_how_long(hooks, monev):
    with capture_logs() as lines:
        at = STARTED + timedelta(hours=10, minutes=15)
        hooks.announce("case_ended", case=sample_case_event(monev, how="dibatalkan", at=at))
    assert lines == [
        {
            "event": "spbe_monev_ended",
            "log_level": "info",
            "tenant": "pangkalpinang",
            "case": "SPBE/3/2026",
            "how": "dibatalkan",
            "hours": 10.2,
        }
    ]


def test_cases_of_other_procedures_leave_no_line(hooks):
    with capture_logs() as lines:
        hooks.announce("case_started", case=sample_case_event())
        hooks.announce("task_completed", task=sample_task_event(step=COLLECTING))
        hooks.announce("case_ended", case=sample_case_event())
    assert lines == []
