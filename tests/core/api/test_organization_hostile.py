"""Whatever is sent to the organization's routes is refused in words or kept as plain text; nothing is half-written."""

import base64

import pytest

from tests.core.api.office import ADMIN, is_problem

pytestmark = pytest.mark.database

HTML = "<script>alert(1)</script>"
SQL = "'; DROP TABLE units; --"
GOOD_ID = "018f0000-0000-7000-8000-000000000000"


@pytest.fixture(scope="module")
def admin(town):
    """Who may edit."""
    return town.caller(ADMIN)


@pytest.fixture(scope="module")
def bodies(town):
    """By address, a body that is right in all but what a test puts into it, and its text fields."""
    world = town.world
    unit, person, post = world.units["bidang"], world.people["tono"], world.positions["kadis"]
    return {
        "/units": ({"name": "x", "kind": "bidang"}, ("name", "short", "key", "kind")),
        "/positions": ({"title": "x", "kind": "pelaksana", "unit_id": str(unit)}, ("title", "echelon", "key", "kind")),
        "/teams": ({"name": "x", "unit_id": str(unit)}, ("name", "decree_number", "key")),
        f"/teams/{world.teams['tim']}/members": ({"person_id": str(person)}, ("function",)),
        "/unit-sets": ({"name": "x", "units": []}, ("name", "key")),
        "/assignments": (
            {"person_id": str(person), "position_id": str(post), "kind": "plh", "starts_on": "2026-01-01"},
            ("order_number", "kind"),
        ),
        "/accounts": ({"name": "x", "username": "uji.coba"}, ("name", "username", "nip", "email", "phone")),
        "/grants": ({"role": "auditor", "person_id": str(person)}, ("role",)),
    }


HOSTILE = {
    "NUL": "a\x00b",
    "surrogate": "\ud800",
    "bidi": "a\u202eb",
    "unseen": "\u200b",
    "escape": "a\x1b[31mb",
    "long": "x" * 2001,
    "longer than allowed": "x" * 1000,
    "number": 5,
    "list": ["x"],
    "object": {"a": 1},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_text_that_is_none(admin, bodies, what):
    for path, (body, names) in bodies.items():
        for name in names:
            answer = admin.send("POST", path, json={**body, name: HOSTILE[what]})
            status = 404 if name == "role" and answer.status_code == 404 else 422
            is_problem(answer, status)


def test_html_and_sql_are_only_text(admin):
    for text in (HTML, SQL, "{{7*7}}", "%s%n", "../../etc/passwd"):
        made = admin.send("POST", "/units", json={"name": text, "kind": "lain"})
        assert made.status_code == 201
        assert admin.get(f"/units/{made.json['id']}").json["name"] == text


@pytest.mark.parametrize("given", ["", "x", "2026-13-01", "2026-02-30", "0001-01-01", "9999-12-31", 5, True, [], {}])
def test_a_date_that_is_none(admin, bodies, given):
    for path, name in (("/assignments", "starts_on"), ("/assignments", "ends_on"), ("/teams", "decree_date"),
                       ("/teams", "ends_on"), ("/grants", "ends_on"), ("/grants", "starts_on")):  # fmt: skip
        is_problem(admin.send("POST", path, json={**bodies[path][0], name: given}), 422)


@pytest.mark.parametrize("given", ["x", 5, True, [], {}, "0" * 32 + "g"])
def test_an_id_that_is_none(admin, bodies, given):
    for path, name in (("/units", "parent_id"), ("/units", "receiver_id"), ("/positions", "unit_id"),
                       ("/positions", "superior_id"), ("/teams", "unit_id"), ("/assignments", "person_id"),
                       ("/grants", "position_id")):  # fmt: skip
        is_problem(admin.send("POST", path, json={**bodies[path][0], name: given}), 422)
    is_problem(admin.send("POST", "/unit-sets", json={"name": "x", "units": [given]}), 422)
    is_problem(admin.get("/assignments", position_id=str(given)), 422)


def test_a_field_that_nobody_asked_for(admin, bodies):
    for path, (body, _) in bodies.items():
        for name in ("tenant_id", "id", "active", "sort", "password_hash"):
            problem = is_problem(admin.send("POST", path, json={**body, name: 1}), 422)
            assert problem["errors"]["json"][name] == ["Isian ini tidak dikenal."]


def cursor(text):
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode()


@pytest.mark.parametrize(
    "given",
    [
        "x", "====", "é", " ", SQL, cursor(""), cursor("|"), cursor("x|Ani"), cursor(f"{GOOD_ID}|\x00"),
        cursor("A" * 2000), "A" * 3000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/people", "/accounts", "/assignments"])
def test_a_cursor_that_is_none_of_ours(admin, path, given):
    whose = {"person_id": GOOD_ID} if path == "/assignments" else {}
    is_problem(admin.get(path, cursor=given, **whose), 422)


@pytest.mark.parametrize("day", ["", "x", "2026-13-01", "10000-01-01"])
def test_a_cursor_of_no_day(admin, day):
    is_problem(admin.get("/assignments", person_id=GOOD_ID, cursor=cursor(f"{GOOD_ID}|{day}")), 422)


@pytest.mark.parametrize("search", ["%", "_", "\\", SQL, HTML, "🙂", "\u202e", "x" * 200])
def test_a_search_finds_nothing_and_breaks_nothing(admin, search):
    for path in ("/people", "/accounts"):
        assert admin.get(path, search=search).json == {"items": [], "next": None}


def test_a_search_that_is_none(admin):
    for path in ("/people", "/accounts"):
        is_problem(admin.get(path, search="a\x00"), 422)
        is_problem(admin.get(path, search="x" * 201), 422)
        is_problem(admin.get(path, limit="201"), 422)


@pytest.mark.parametrize("given", ["x", "%00", SQL, "..", "tree2", "018f0000"])
@pytest.mark.parametrize(
    "at", ["/units/{}", "/positions/{}", "/teams/{}", "/assignments/{}", "/people/{}", "/grants/{}"]
)
def test_an_address_of_nothing(admin, at, given):
    answer = admin.get(at.format(given))
    is_problem(answer, 404)
