"""`langkah audit`: a tampered event and a cut tail are found, by case and event number."""

import pytest

pytestmark = pytest.mark.database


@pytest.fixture
def run(fresh):
    """One case of Pontianak, carried to its end."""
    assert fresh.json("simulate", "--tenant", "pontianak", "--json")[0]["finished"] == 1
    return fresh


def number_of_first(installation):
    from sqlalchemy import select

    from core.engine.models import Case
    from core.tenancy.scope import tenant_transaction

    with installation.platform() as platform, tenant_transaction(platform.database, "pontianak") as session:
        return session.execute(select(Case.number, Case.head_seq)).one()


def test_an_untouched_log_has_no_findings(run):
    result = run.langkah("audit", "verify")
    assert (result.exit_code, result.stdout.strip()) == (0, "tidak ada temuan")


def test_a_tampered_event_is_found_with_its_case_and_number(run):
    number, _ = number_of_first(run)
    run.as_owner("pontianak", "UPDATE events SET person_id = (SELECT id FROM people LIMIT 1 OFFSET 30) WHERE seq = 7")
    result = run.langkah("audit", "verify")
    assert result.exit_code == 1
    assert f"pontianak: pelaksanaan {number}, kejadian nomor 7: catatan diubah" in result.stdout
    assert "tidak ada temuan" not in result.stdout
    assert run.langkah("audit", "verify", "--tenant", "pangkalpinang").exit_code == 0


def test_changed_words_are_found(run):
    run.as_owner(
        "pontianak",
        """UPDATE event_payloads SET value = jsonb_set(value, '{alasan}', '"lain"') WHERE value ? 'alasan'""",
    )
    result = run.langkah("audit", "verify")
    assert result.exit_code == 1
    assert "isi catatan" in result.stdout


def test_a_cut_tail_is_found_by_the_seal(run):
    number, head = number_of_first(run)
    sealed = run.langkah("audit", "seal")
    assert sealed.exit_code == 0 and "pontianak: segel nomor 1, 1 pelaksanaan." in sealed.stdout
    kept = head - 3
    run.as_owner(
        "pontianak",
        f"DELETE FROM event_payloads WHERE seq > {kept}",
        f"DELETE FROM events WHERE seq > {kept}",
        f"UPDATE cases SET head_seq = {kept}, head_mac = (SELECT mac FROM events WHERE seq = {kept})",
    )
    result = run.langkah("audit", "verify")
    assert result.exit_code == 1
    assert f"pelaksanaan {number}, kejadian nomor {head}: berbeda dari segel" in result.stdout


def test_a_missing_event_in_the_middle_is_found(run):
    number, _ = number_of_first(run)
    run.as_owner("pontianak", "DELETE FROM event_payloads WHERE seq = 5", "DELETE FROM events WHERE seq = 5")
    result = run.langkah("audit", "verify", "--tenant", "pontianak")
    assert result.exit_code == 1
    assert f"pelaksanaan {number}, kejadian nomor 5: catatan hilang" in result.stdout
