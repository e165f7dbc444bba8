"""What a request costs in statements: the same however many cases there are (ground.md 1, field lessons 7, 20)."""

from urllib.parse import parse_qsl

import pytest

from tests.core.api.office import MONEV
from tests.statements import counted

pytestmark = pytest.mark.database

SCOPE_AND_ACTOR = 2


@pytest.fixture
def ani(office):
    """Who works; her editions have been read once."""
    office.put_in_force()
    office.start("ani", "survei")
    caller = office.caller("ani")
    caller.complete(caller.inbox()["tulis"], isi="Pertanyaan")
    return caller


def spent(database, act):
    with counted(database) as sent:
        answer = act()
    assert answer.status_code in (200, 201), answer.json
    return len(sent)


def started(office, count):
    return [office.start("ani", "survei") for _ in range(count)]


def test_a_completion_is_the_scope_the_actor_two_reads_as_its_form_takes_files_and_one_write(database, office, ani):
    for count in (1, 10):
        task = started(office, count)[-1]["opened"][0]["id"]
        body = {"answers": {"isi": "Pertanyaan"}}
        done = spent(database, lambda at=task: ani.command(f"/tasks/{at}/complete", body, version=1))  # noqa: B023
        assert done == SCOPE_AND_ACTOR + 3 <= 6


def test_a_completion_that_a_plugin_checks_counts_its_files_besides(database, office):
    office.put_in_force(MONEV, "spbe-monev")
    office.start("ani", "spbe-monev", tahun=2026)
    for name, step, answers in (
        ("ani", "persiapan", {}), ("budi", "monitoring", {"disposisi": "Ya"}), ("sari", "undangan", {})
    ):  # fmt: skip
        caller = office.caller(name)
        caller.complete(caller.inbox()[step], **answers)
    for name in ("dewi", "eko", "lila"):
        caller = office.caller(name)
        task = caller.inbox()["data"]
        caller.attach(task, "bukti")
        caller.complete(task)
    tono = office.caller("tono")
    task = tono.inbox()["rekap"]
    assert spent(database, lambda: tono.command(f"/tasks/{task}/complete", {}, version=1)) == SCOPE_AND_ACTOR + 4


def test_a_start_numbers_the_case_reads_and_writes(database, office, ani):
    assert spent(database, lambda: ani.command("/cases", {"code": "survei"})) == SCOPE_AND_ACTOR + 3


def test_a_return_costs_what_a_completion_costs(database, office, ani):
    for name in ("dewi", "eko", "lila"):
        caller = office.caller(name)
        caller.complete(caller.inbox()["jawab"], jawaban="ada")
    budi = office.caller("budi")
    task = budi.inbox()["periksa"]
    body = {"reason": "kurang", "members": [str(office.world.units["disdik"])]}
    done = spent(database, lambda: budi.command(f"/tasks/{task}/return", body, version=1))
    assert done == SCOPE_AND_ACTOR + 2


READS = {
    "/tasks": SCOPE_AND_ACTOR + 1,
    "/tasks?list=diawasi&q=survei": SCOPE_AND_ACTOR + 1,
    "/tasks?list=selesai": SCOPE_AND_ACTOR + 1,
    "/tasks/summary": SCOPE_AND_ACTOR + 1,
    "/cases": SCOPE_AND_ACTOR + 1,
    "/cases/{case}": SCOPE_AND_ACTOR + 2,
    "/cases/{case}/events": SCOPE_AND_ACTOR + 2,
    "/cases/{case}/file": SCOPE_AND_ACTOR + 7,
    "/tasks/{task}": SCOPE_AND_ACTOR + 2,  # whether he stands above its desk, for what he may do
    "/me": SCOPE_AND_ACTOR,
    "/units": SCOPE_AND_ACTOR + 1,
    "/positions": SCOPE_AND_ACTOR + 2,
    "/procedures": SCOPE_AND_ACTOR + 1,
    "/procedures/survei": SCOPE_AND_ACTOR + 7,
    "/procedures/survei/editions": SCOPE_AND_ACTOR + 2,
    "/procedures/survei/start": SCOPE_AND_ACTOR + 4,
}


@pytest.mark.parametrize("path", READS)
def test_a_read_costs_the_same_with_one_case_and_with_twenty(database, office, ani, path):
    first = started(office, 1)[0]
    at, _, asked = path.format(case=first["case"]["id"], task=first["opened"][0]["id"]).partition("?")
    query = dict(parse_qsl(asked))
    ani.get(at)  # the first look at a task is kept, once
    one = spent(database, lambda: ani.get(at, **query))
    started(office, 19)
    assert spent(database, lambda: ani.get(at, **query)) == one == READS[path]


def test_the_first_look_at_a_task_is_one_statement_more(database, office, ani):
    task = started(office, 1)[0]["opened"][0]["id"]
    looks = [spent(database, lambda: ani.get(f"/tasks/{task}")) for _ in range(2)]
    assert looks == [SCOPE_AND_ACTOR + 3, SCOPE_AND_ACTOR + 2]


def test_an_unknown_token_costs_one_look_more(database, office):
    with counted(database) as sent:
        caller = office.visitor
        caller.token = "lgk_tidak-ada"
        assert caller.get("/me").status_code == 404
    assert len(sent) == SCOPE_AND_ACTOR + 1
