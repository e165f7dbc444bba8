"""`langkah cases` and `langkah files`: reading from the server, and sweeping."""

import re

import pytest

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def number(shared):
    shared.json("simulate", "--tenant", "pangkalpinang", "--json")
    return re.search(r"SPBE-MONEV/\d{4}/\d{4}", shared.langkah("cases", "list", "pangkalpinang").stdout)[0]


def test_the_list_shows_the_case_and_filters(shared, number):
    done = shared.langkah("cases", "list", "pangkalpinang", "--status", "selesai", "--sop", "spbe-monev")
    assert number in done.stdout
    assert number not in shared.langkah("cases", "list", "pangkalpinang", "--status", "berjalan").stdout
    assert number not in shared.langkah("cases", "list", "pontianak").stdout


def test_a_case_is_shown_with_its_tasks_in_print_order(shared, number):
    shown = shared.langkah("cases", "show", "pangkalpinang", number.lower()).stdout
    assert "Monitoring dan Evaluasi SPBE, edisi 1" in shown
    steps = [int(found) for found in re.findall(r"^│ (\d) \(", shown, re.MULTILINE)]
    assert steps == [1, 2, 3, 4, 4, 4, 5, 6, 7, 8]


def test_its_log_is_shown_from_the_first_event(shared, number):
    result = shared.langkah("cases", "events", "pangkalpinang", number)
    seqs = [int(found) for found in re.findall(r"^│ (\d+) ", result.stdout, re.MULTILINE)]
    assert seqs == list(range(1, len(seqs) + 1)) and len(seqs) > 30
    assert "dikembalikan" in result.stdout and "pelaksanaan berakhir" in result.stdout
    assert not re.search(r"task_|case_|step_|evidence_", result.stdout)


def test_a_case_of_another_government_does_not_exist(shared, number):
    for command in ("show", "events"):
        result = shared.langkah("cases", command, "bekasi", number)
        assert result.exit_code == 1
        assert "tidak ada di sini" in result.stderr


def test_a_secret_case_is_not_shown(fresh):
    fresh.json("simulate", "--tenant", "pontianak", "--json")
    fresh.as_owner("pontianak", "UPDATE cases SET secrecy = 'rahasia'")
    assert "SPBE-MONEV" not in fresh.langkah("cases", "list", "pontianak").stdout


def test_the_sweep_tells_what_it_removed(shared, number):
    result = shared.langkah("files", "sweep")
    assert result.exit_code == 0
    assert "pangkalpinang: 0 catatan berkas dan 0 isi berkas dihapus." in result.stdout
