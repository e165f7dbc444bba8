"""Commands over HTTP: keys, versions, and what a repeated, late or stale one is answered (ground.md 12)."""

import re
import threading

import pytest

from tests.core.api.office import OTHER_PDF, is_problem

pytestmark = pytest.mark.database

DONE = {"answers": {"isi": "Pertanyaan"}}


@pytest.fixture(scope="module")
def ani(town):
    """Who starts and writes."""
    return town.caller("ani")


@pytest.fixture
def task(town, ani):
    """The open first task of a case of this test's own."""
    return town.start("ani", "survei", perihal="uji")["opened"][0]["id"]


def path(task, act="complete"):
    return f"/tasks/{task}/{act}"


def test_a_completion_without_a_version_is_428(ani, task):
    problem = is_problem(ani.command(path(task), DONE), 428, "versi-wajib")
    assert "If-Match" in problem["detail"]
    assert ani.get(f"/tasks/{task}").json["status"] == "open"


def test_a_stale_version_is_412_and_tells_what_changed(town, ani, task):
    read = ani.get(f"/tasks/{task}").headers["ETag"]
    town.caller("tono").command(path(task, "begin"))
    answer = ani.command(path(task), DONE, version=read)
    problem = is_problem(answer, 412, "tugas-kedaluwarsa")
    assert ("Tono Contoh" in problem["detail"] and "memulai" in problem["detail"]) or "mulai" in problem["detail"]
    assert problem["version"] == 2
    assert ani.command(path(task), DONE, version=2).status_code == 200


def test_a_neighbours_completion_changes_no_version(town, ani, task):
    ani.complete(task, isi="Pertanyaan")
    dewi, eko = town.caller("dewi"), town.caller("eko")
    case = ani.get(f"/tasks/{task}").json["case_id"]

    def mine(caller):
        return next(item["id"] for item in caller.get("/tasks").json["items"] if item["case_id"] == case)

    read = dewi.get(f"/tasks/{mine(dewi)}").headers["ETag"]
    assert eko.complete(mine(eko), jawaban="ada").status_code == 200
    assert dewi.command(path(mine(dewi)), {"answers": {"jawaban": "ada"}}, version=read).status_code == 200


def test_a_closed_task_is_409_by_whom_and_when_whatever_the_version(town, ani, task):
    assert ani.complete(task, isi="Pertanyaan").status_code == 200
    tono = town.caller("tono")
    for version in (None, 1, 2, 99):
        problem = is_problem(tono.command(path(task), DONE, version=version), 409, "tugas-sudah-selesai")
        assert re.search(r"sudah diselesaikan oleh Ani Contoh pada \d+ \w+ \d{4}", problem["detail"]), problem
    is_problem(tono.command(path(task, "begin")), 409, "tugas-sudah-selesai")
    is_problem(tono.attach(task, "naskah"), 409, "tugas-sudah-selesai")
    is_problem(tono.command(path(task, "draft"), DONE, method="PUT"), 409, "tugas-sudah-selesai")


def test_the_same_key_gets_the_first_answer_again(ani, task):
    first = ani.command(path(task), DONE, key="kunci-1" + task, version=1)
    again = ani.command(path(task), DONE, key="kunci-1" + task, version=1)
    without_version = ani.command(path(task), DONE, key="kunci-1" + task)
    assert first.status_code == again.status_code == without_version.status_code == 200
    assert first.data == again.data == without_version.data
    assert first.headers["ETag"] == again.headers["ETag"]


def test_the_same_key_with_another_body_is_422(ani, task):
    key = "kunci-2" + task
    assert ani.command(path(task), DONE, key=key, version=1).status_code == 200
    other = {"answers": {"isi": "Lain"}}
    is_problem(ani.command(path(task), other, key=key, version=1), 422, "kunci-terpakai")
    is_problem(ani.command("/cases", {"code": "survei"}, key=key), 422, "kunci-terpakai")


def test_a_key_belongs_to_its_person(town, ani, task):
    key = "kunci-3" + task
    assert ani.command(path(task), DONE, key=key, version=1).status_code == 200
    assert town.caller("tono").command("/cases", {"code": "survei"}, key=key).status_code == 201


REPEATED = {
    "start": ("/cases", {"code": "survei", "answers": {"perihal": "dua kali"}}, "POST", 201),
    "begin": ("/tasks/{task}/begin", {}, "POST", 200),
    "comment": ("/cases/{case}/comments", {"text": "dua kali"}, "POST", 201),
    "cancel": ("/cases/{case}/cancel", {"reason": "dua kali"}, "POST", 200),
}


@pytest.mark.parametrize("name", REPEATED)
def test_every_command_is_carried_out_once_under_its_key(ani, task, name):
    at, body, method, status = REPEATED[name]
    case = ani.get(f"/tasks/{task}").json["case_id"]
    at = at.format(task=task, case=case)
    first = ani.command(at, body, key=f"{name}-{task}", method=method)
    events = len(ani.get(f"/cases/{case}/events").json["items"])
    again = ani.command(at, body, key=f"{name}-{task}", method=method)
    assert (first.status_code, again.status_code) == (status, status)
    assert first.data == again.data
    assert len(ani.get(f"/cases/{case}/events").json["items"]) == events


def test_a_file_sent_twice_under_one_key_is_attached_once(ani, task):
    first = ani.attach(task, "naskah", key="berkas" + task)
    again = ani.attach(task, "naskah", key="berkas" + task)
    assert first.status_code == again.status_code == 201
    assert first.data == again.data
    assert len(ani.get(f"/tasks/{task}").json["evidence"]) == 1
    is_problem(ani.attach(task, "naskah", OTHER_PDF, key="berkas" + task), 422, "kunci-terpakai")


def test_a_file_taken_out_twice_under_one_key_gets_the_first_answer_again(ani, task):
    evidence = ani.attach(task, "naskah").json["evidence"]["id"]
    at = f"/tasks/{task}/evidence/{evidence}"
    first = ani.command(at, method="DELETE", key="hapus" + task)
    again = ani.command(at, method="DELETE", key="hapus" + task)
    assert first.status_code == again.status_code == 200
    assert first.data == again.data
    is_problem(ani.command(at, method="DELETE"), 404, "data-dukung-tidak-ada")


def test_a_command_without_a_key_is_400(ani, task):
    answer = ani.send("POST", path(task), {"If-Match": '"1"'}, json=DONE)
    problem = is_problem(answer, 400, "kunci-wajib")
    assert "Idempotency-Key" in problem["detail"]


@pytest.mark.parametrize("key", ["", "k" * 201, "kunci\tbaru", "kunci-é"])
def test_a_key_that_is_no_plain_text_is_400(ani, task, key):
    answer = ani.send("POST", path(task, "begin"), {"Idempotency-Key": key})
    is_problem(answer, 400)


@pytest.mark.parametrize("tag", ["*", '"1", "2"', "satu", '"-1"', '"1.0"', "", '"' + "9" * 40 + '"', '"٣"', "0x1"])
def test_a_malformed_if_match_is_400(ani, task, tag):
    is_problem(ani.command(path(task), DONE, version=tag), 400, "if-match-salah")
    assert ani.get(f"/tasks/{task}").json["status"] == "open"


@pytest.mark.parametrize("tag", ['"1"', "1", 'W/"1"'])
def test_if_match_is_read_as_proxies_write_it(ani, task, tag):
    assert ani.command(path(task), DONE, version=tag).status_code == 200


def test_a_double_click_is_carried_out_once(ani, task):
    answers = []

    def click():
        answers.append(ani.command(path(task), DONE, key="klik" + task, version=1))

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].data == answers[1].data


def test_what_a_plugin_refuses_is_its_sentence(office):
    from tests.core.api.office import MONEV

    office.put_in_force(MONEV, "spbe-monev")
    case = office.start("ani", "spbe-monev", tahun=2026)["case"]["id"]
    for name, step, answers in (
        ("ani", "persiapan", {}),
        ("budi", "monitoring", {"disposisi": "Lanjutkan"}),
        ("sari", "undangan", {}),
    ):
        caller = office.caller(name)
        assert caller.complete(caller.inbox()[step], **answers).status_code == 200
    ani, tono = office.caller("ani"), office.caller("tono")
    for task in ani.get(f"/cases/{case}").json["steps"][3]["tasks"]:
        assert ani.command(path(task["id"], "excuse"), {"reason": "tidak menjawab"}).status_code == 200
    going_on = {"step": "data", "visit": 1, "reason": "lanjut"}
    assert ani.command(f"/cases/{case}/conclude", going_on).status_code == 200
    problem = is_problem(tono.complete(tono.inbox()["rekap"]), 422)
    assert problem["detail"].startswith("Belum ada satu pun OPD yang menyerahkan data dukung")
