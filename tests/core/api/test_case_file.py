"""A case in one answer, as its page shows it; what one may not read is not in it."""

import pytest

pytestmark = pytest.mark.database


@pytest.fixture
def asked(office):
    """Three offices are asked; Dinkes has answered with a file."""
    code = office.put_in_force()
    case = office.start("ani", code, perihal="Jaringan")["case"]["id"]
    ani, dewi = office.caller("ani"), office.caller("dewi")
    ani.complete(ani.inbox()["tulis"], isi="Berapa?")
    task = dewi.inbox()["jawab"]
    dewi.attach(task, "bukti")
    dewi.complete(task, jawaban="sepuluh")
    return case


def test_who_asked_sees_who_holds_what_and_every_file(office, asked):
    file = office.caller("ani").get(f"/cases/{asked}/file").json
    assert file["case"]["subject"] == "Survei: Jaringan" and file["task"] is None and file["mine"] == []
    assert {(one["label"], holder["name"]) for one in file["open"] for holder in one["holders"]} == {
        ("Disdik", "Eko Contoh"), ("Dishub", "Lila Contoh")}  # fmt: skip
    assert [(one["step"], one["label"], one["attached_by"]) for one in file["evidence"]] == [
        ("jawab", "Dinkes", "Dewi Contoh")]  # fmt: skip
    assert file["recent"][0]["seq"] > file["recent"][-1]["seq"] == 1
    assert {"comment", "cancel"} <= {option["command"] for option in file["options"]}


def test_an_office_has_its_own_task_at_hand_and_nothing_of_another(office, asked):
    file = office.caller("eko").get(f"/cases/{asked}/file").json
    assert file["task"]["label"] == "Disdik" and file["mine"] == [file["task"]["id"]]
    assert file["evidence"] == [] and "sepuluh" not in str(file)
    assert "cancel" not in {option["command"] for option in file["options"]}
