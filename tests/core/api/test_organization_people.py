"""People over HTTP: a directory for all without their numbers, accounts for their admins, roles in words."""

import pytest

from core.identity.actor import by_person
from tests.core.api.office import ADMIN, PASSWORD, is_problem

pytestmark = pytest.mark.database
NIP = "000019800101200501"
SECRETS = ("nip", "phone", "email", "username", "password_hash")


@pytest.fixture
def admin(office):
    """Who may edit."""
    return office.caller(ADMIN)


@pytest.fixture
def ani(office):
    """Who may read."""
    return office.caller("ani")


def change(caller, path, **body):
    return caller.send("PATCH", path, {"If-Match": caller.get(path).headers["ETag"]}, json=body)


def test_the_directory_has_names_and_titles_and_nothing_else(office, ani):
    with office.world.scope() as session:
        office.world.assign(session, "sari", "kadis", "plt")
    page = ani.get("/people", search="sar")
    (sari,) = page.json["items"]
    assert sari["name"] == "Sari Contoh"
    assert [(p["title"], p["capacity"], p["unit"]) for p in sari["positions"]] == [
        ("Jabatan sekretaris", "definitive", "Unit sekretariat"), ("Plt. Jabatan kadis", "plt", "Unit dinas")
    ]  # fmt: skip
    person = ani.get(f"/people/{sari['id']}")
    assert {h["title"] for h in person.json["history"]} == {"Jabatan sekretaris", "Plt. Jabatan kadis"}
    assert [team["name"] for team in person.json["teams"]] == ["Tim tim_kota"]
    assert person.json["roles"] is None
    for answer in (page, person, ani.get("/people")):
        assert not [word for word in (*SECRETS, "0000") if f'"{word}' in answer.get_data(as_text=True)]


def test_roles_are_shown_to_oneself_and_to_who_gives_them(office, admin, ani):
    at = f"/people/{office.world.people['ani']}"
    assert [role["name"] for role in ani.get(at).json["roles"]] == ["Pegawai"]
    assert [role["name"] for role in admin.get(at).json["roles"]] == ["Pegawai"]
    assert office.caller("budi").get(at).json["roles"] is None


@pytest.mark.parametrize(("path", "who"), [("/people", "ani"), ("/accounts", ADMIN)])
def test_pages_follow_each_other_by_name(office, path, who):
    caller, found, cursor = office.caller(who), [], None
    while True:
        page = caller.get(path, limit=3, **({"cursor": cursor} if cursor else {})).json
        found += [item["name"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == sorted(f"{name.title()} Contoh" for name in office.world.people)


def test_a_new_official_from_account_to_first_day(office, admin):
    body = {
        "name": "Rina Contoh, S.Kom.",
        "username": "Rina",
        "nip": "0000 1980 0101 2005 01",
        "phone": "0812-3456-7890",
    }
    made = admin.send("POST", "/accounts", json=body)
    assert made.status_code == 201
    assert (made.json["username"], made.json["nip"], made.json["phone"], made.json["state"]) == (
        "rina", NIP, "+6281234567890", "invited"
    )  # fmt: skip
    at = f"/accounts/{made.json['id']}"
    assert admin.get(at).headers["ETag"] == made.headers["ETag"]
    is_problem(admin.send("POST", "/accounts", json=body), 409, "akun-terpakai")
    code = admin.send("POST", f"/people/{made.json['id']}/reset-code").json["code"]
    redeemed = office.visitor.send("POST", "/password/redeem", json={"account": NIP, "code": code, "new": PASSWORD})
    assert redeemed.status_code == 204
    assert admin.get(at).json["state"] == "active"
    renamed = change(admin, at, name="Rina Contoh", email="RINA@contoh.go.id", nip=None)
    assert (renamed.json["name"], renamed.json["email"], renamed.json["nip"]) == (
        "Rina Contoh",
        "rina@contoh.go.id",
        None,
    )
    is_problem(change(admin, at, username="ani"), 409, "akun-terpakai")
    is_problem(change(admin, at, nip="19"), 422, "nip-tidak-sah")
    is_problem(change(admin, at, name=None), 422)
    rina = office.caller("rina")
    assert admin.send("POST", f"{at}/disable").json["state"] == "disabled"
    is_problem(rina.get("/me"), 401, "token-berakhir")
    assert "Rina Contoh" not in str(admin.get("/people", search="rina").json)
    assert [one["state"] for one in admin.get("/accounts", search="rina").json["items"]] == ["disabled"]
    assert admin.send("POST", f"{at}/enable").json["state"] == "active"
    assert office.log_in("rina").status_code == 201
    is_problem(admin.send("POST", f"/accounts/{office.world.people[ADMIN]}/disable"), 422, "akun-sendiri")


def test_a_disabled_official_is_given_nothing(office, admin):
    tono, kadis = str(office.world.people["tono"]), str(office.world.positions["kadis"])
    admin.send("POST", f"/accounts/{tono}/disable")
    post = {"person_id": tono, "position_id": kadis, "kind": "plh", "starts_on": "2026-01-01"}
    problem = is_problem(admin.send("POST", "/assignments", json=post), 409, "sudah-tidak-aktif")
    assert problem["detail"].startswith("Akun Tono Contoh sudah tidak aktif.")
    is_problem(admin.send("POST", "/grants", json={"role": "auditor", "person_id": tono}), 409, "sudah-tidak-aktif")


def test_roles_are_told_with_their_rights_in_words(admin):
    found = {role["key"]: role for role in admin.get("/roles").json}
    assert {"key": "organization.read", "label": "Melihat unit, jabatan, tim, dan pemegangnya"} in found["pegawai"][
        "rights"
    ]
    assert found["pegawai"]["everyone"] is True and found["admin"]["name"] == "Admin instansi"


def test_a_role_given_to_a_post_and_taken_back(office, admin):
    world = office.world
    body = {"role": "auditor", "position_id": str(world.positions["sekretaris"])}
    made = admin.send("POST", "/grants", json=body)
    assert made.status_code == 201
    assert world.actor("sari").may("cases.read_all")
    is_problem(admin.send("POST", "/grants", json=body), 409, "peran-ganda")
    shown = {grant["role"]: grant for grant in admin.get("/grants").json}
    assert (shown["Auditor"]["to"], shown["Auditor"]["unit"], shown["Auditor"]["current"]) == (
        "Jabatan sekretaris", "Unit sekretariat", True
    )  # fmt: skip
    assert shown["Admin instansi"]["to"] == "Gita Contoh"
    at = f"/grants/{made.json['id']}"
    assert admin.send("DELETE", at).status_code == 204
    is_problem(admin.send("DELETE", at), 404, "pemberian-peran-tidak-ada")
    assert not world.actor("sari").may("cases.read_all")
    is_problem(
        admin.send("POST", "/grants", json={"role": "raja", "person_id": body["position_id"]}), 404, "peran-tidak-ada"
    )
    is_problem(admin.send("POST", "/grants", json={"role": "auditor"}), 422, "jabatan-atau-pegawai")


def test_a_role_that_is_over_is_shown_on_request(office, admin):
    body = {"role": "auditor", "person_id": str(office.world.people["sari"])}
    admin.send("POST", "/grants", json={**body, "starts_on": "2024-01-01", "ends_on": "2024-12-31"})
    assert "Auditor" not in {grant["role"] for grant in admin.get("/grants").json}
    past = {grant["role"]: grant for grant in admin.get("/grants", past="true").json}
    assert past["Auditor"]["current"] is False


def test_somebody_always_manages_the_roles(office, admin):
    own = next(grant for grant in admin.get("/grants").json if grant["role"] == "Admin instansi")
    problem = is_problem(admin.send("DELETE", f"/grants/{own['id']}"), 409, "peran-sendiri")
    assert "Mintalah admin lain" in problem["detail"]
    with office.world.scope() as session:
        assert by_person(session, office.world.people[ADMIN]).may("roles.manage")
    body = {"role": "admin", "position_id": str(office.world.positions["sekda"])}
    assert admin.send("POST", "/grants", json=body).status_code == 201
    assert admin.send("DELETE", f"/grants/{own['id']}").status_code == 204  # her post still gives it
