"""A secret case is not there for anybody but who takes part in it: not in one route, whatever he asks of it."""

import uuid

import pytest

from core.organization import roles
from tests.core.api.office import RAHASIA, Office, is_problem
from tests.core.api.routes import TENANT_ROUTES
from tests.world import BY, World

pytestmark = pytest.mark.database

# fajar has nothing to do with it; gita may read every case but the secret ones; budi is the writer's superior.
OTHERS = ("fajar", "gita", "budi")

BODIES = {
    "comments": {"text": "uji"},
    "cancel": {"reason": "uji"},
    "conclude": {"step": "jawab", "visit": 1, "reason": "uji"},
    "complete": {"answers": {"isi": "uji"}},
    "draft": {"answers": {}},
    "return": {"reason": "uji"},
    "withdraw": {"reason": "uji"},
    "excuse": {"reason": "uji"},
}


@pytest.fixture(scope="module")
def secret(app, platform):
    """A government with one secret case, a file in its first task."""
    office = Office(app, World(platform.database, platform.engine))
    office.put_in_force(RAHASIA, "rahasia")
    with office.world.scope() as session:
        roles.grant(session, BY, "auditor", person_id=office.world.people["gita"])
    started = office.start("ani", "rahasia", perihal="uji")
    task = started["opened"][0]["id"]
    evidence = office.caller("ani").attach(task, "naskah").json["evidence"]["id"]
    office.case = {"case_id": started["case"]["id"], "task_id": task, "evidence_id": evidence}
    return office


def of_a_case():
    return [
        (method, rule.removeprefix("/api/v1/<tenant>"))
        for method, rule in TENANT_ROUTES
        if "<uuid:case_id>" in rule or "<uuid:task_id>" in rule
    ]


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize(("method", "rule"), of_a_case())
def test_no_route_knows_it(secret, name, method, rule):
    path = rule
    for part, value in secret.case.items():
        path = path.replace(f"<uuid:{part}>", value)
    act = path.rpartition("/")[2]
    body = BODIES.get(act, {})
    if act == "members":
        body = {"step": "jawab", "unit_id": str(secret.world.units["setda"])}
    if act == "reassign":
        body = {"person_id": str(secret.world.people["tono"]), "reason": "uji"}
    caller = secret.caller(name)
    if act == "evidence" and method == "POST":
        answer = caller.attach(secret.case["task_id"], "naskah")
    elif method == "GET":
        answer = caller.get(path)
    else:
        answer = caller.command(path, body, method=method, version=2)
    problem = is_problem(answer, 404)
    assert secret.case["case_id"] not in str(problem)


@pytest.mark.parametrize("name", OTHERS)
def test_no_list_has_it(secret, name):
    caller = secret.caller(name)
    assert caller.get("/cases").json["items"] == []
    assert caller.get("/cases", code="rahasia", status="open").json["items"] == []
    assert caller.get("/tasks").json["items"] == []


def test_who_takes_part_sees_it(secret):
    for name in ("ani", "tono"):
        caller = secret.caller(name)
        assert [case["secrecy"] for case in caller.get("/cases").json["items"]] == ["rahasia"]
        assert caller.get(f"/cases/{secret.case['case_id']}").status_code == 200
        assert caller.get(f"/tasks/{secret.case['task_id']}").json["evidence"]


def test_an_answer_never_tells_a_secret_case_from_none(secret):
    caller = secret.caller("fajar")
    there, nowhere = caller.get(f"/cases/{secret.case['case_id']}"), caller.get(f"/cases/{uuid.uuid4()}")
    assert there.json == nowhere.json
    there, nowhere = caller.get(f"/tasks/{secret.case['task_id']}"), caller.get(f"/tasks/{uuid.uuid4()}")
    assert there.json == nowhere.json
