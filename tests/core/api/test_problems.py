"""Every error has one shape and tells nothing of the inside; every answer carries the headers of ground.md 13."""

import pytest
from sqlalchemy import text

from core.engine import queries
from core.extensions.calls import PluginFailed
from tests.core.api.office import is_problem

pytestmark = pytest.mark.database

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
SECRET = "SELECT password_hash FROM people"
INSIDE = ("Traceback", "psycopg", "sqlalchemy", "SELECT", "File ", ".py", "password_hash")


def tells_nothing_of_the_inside(answer):
    shown = answer.get_data(as_text=True)
    assert not [word for word in INSIDE if word in shown], shown


@pytest.mark.parametrize("path", ["/api/tidak-ada", "/api/v1", "/api/v2/x/me", "/api/aset/x.js"])
def test_an_address_that_is_not_there(app, path):
    answer = app.test_client().get(path)
    problem = is_problem(answer, 404, "http-404")
    assert problem["title"] == "Tidak ditemukan" and problem["detail"].startswith("Alamat ini tidak ada.")


@pytest.mark.parametrize(("method", "path", "allowed"), [
    ("PATCH", "/api/v1/x/cases", "POST"), ("GET", "/api/v1/x/login", "POST"), ("POST", "/api/v1/openapi.json", "GET"),
])  # fmt: skip
def test_a_method_that_is_not_served_tells_which_are(app, method, path, allowed):
    answer = app.test_client().open(path, method=method)
    is_problem(answer, 405, "http-405")
    assert allowed in answer.headers["Allow"]


@pytest.mark.parametrize("error", [RuntimeError(SECRET), KeyError(SECRET), RecursionError(SECRET)])
def test_a_surprise_is_told_in_one_sentence(town, monkeypatch, error):
    def broken(*_):
        raise error

    monkeypatch.setattr(queries, "cases", broken)
    answer = town.caller("ani").get("/cases")
    problem = is_problem(answer, 500, "kesalahan")
    assert problem["title"] == "Kesalahan pada sistem" and "hubungi admin" in problem["detail"]
    tells_nothing_of_the_inside(answer)


def test_a_fault_of_the_database_shows_no_sql(town, monkeypatch):
    monkeypatch.setattr(queries, "cases", lambda session, *_: session.execute(text(SECRET + " WHERE tidak_ada")))
    answer = town.caller("ani").get("/cases")
    is_problem(answer, 500, "kesalahan")
    tells_nothing_of_the_inside(answer)


def test_what_an_error_carries_never_takes_the_place_of_what_all_have(town, monkeypatch):
    def refused(*_):
        raise PluginFailed(plugin="spbe", title="SPBE", status=200, type="lain", detail="lain")

    monkeypatch.setattr(queries, "cases", refused)
    problem = is_problem(town.caller("ani").get("/cases"), 500, "plugin-gagal")
    assert problem["title"] == "Kesalahan pada sistem" and problem["plugin"] == "spbe"
    assert problem["detail"].startswith("Plugin SPBE gagal bekerja")


def test_whoever_comes_while_a_case_is_held_is_told_to_wait(town):
    started = town.start("ani", "survei")
    case, task = started["case"]["id"], started["opened"][0]["id"]
    with town.world.scope() as session:
        session.execute(text("SELECT 1 FROM cases WHERE id = :case FOR UPDATE"), {"case": case})
        answer = town.caller("ani").command(f"/tasks/{task}/begin")
    problem = is_problem(answer, 409, "sedang-diproses")
    assert "Tunggu sebentar" in problem["detail"]
    tells_nothing_of_the_inside(answer)
    assert town.caller("ani").command(f"/tasks/{task}/begin").status_code == 200


def test_a_missing_log_in_names_its_scheme(town):
    assert town.visitor.get("/me").headers["WWW-Authenticate"] == "Bearer"


def test_every_answer_carries_the_headers(app, town):
    client, ani = app.test_client(), town.caller("ani")
    task = town.start("ani", "survei")["opened"][0]["id"]
    evidence = ani.attach(task, "naskah").json["evidence"]["id"]
    answers = {
        "front": client.get("/"), "page": client.get("/api"), "health": client.get("/sehat"),
        "specification": client.get("/api/v1/openapi.json"),
        "missing": client.get("/tidak-ada"), "method": client.post("/"), "refused": client.get("/api/v1/x/me"),
        "list": ani.get("/cases"), "task": ani.get(f"/tasks/{task}"), "empty": client.options("/api/v1/x/me"),
        "file": ani.get(f"/tasks/{task}/evidence/{evidence}"), "wrong": ani.get("/cases", limit="x"),
        "command": ani.command(f"/tasks/{task}/begin"),
    }  # fmt: skip
    for name, answer in answers.items():
        assert answer.headers["Content-Security-Policy"] == POLICY, name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        assert answer.headers["Cache-Control"] == "no-store", name
        assert answer.headers["Referrer-Policy"] == "same-origin", name
        assert "Set-Cookie" not in answer.headers, name
    static = client.get("/api/aset/api.css", buffered=True)
    assert static.headers["Content-Security-Policy"] == POLICY and static.headers["Cache-Control"] != "no-store"
