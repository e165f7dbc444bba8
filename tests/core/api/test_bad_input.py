"""Whatever is sent, the answer is a clear problem with the right status, and nothing is half-written."""

import json
import uuid
from datetime import UTC, datetime
from io import BytesIO

import pytest

from core.http import cursors
from tests.core.api.office import PASSWORD, is_problem
from tests.core.files.samples import ELF, EXE, PDF, TEXT, image

pytestmark = pytest.mark.database

SQL = "'; DROP TABLE cases; --"
HTML = "<script>alert(1)</script><img src=x onerror=alert(1)>"
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def ani(town):
    """Who starts and writes."""
    return town.caller("ani")


@pytest.fixture(scope="module")
def case(town):
    """A case whose first task is open."""
    return town.start("ani", "survei", perihal="uji")


@pytest.fixture
def task(case):
    """The open task of that case."""
    return case["opened"][0]["id"]


@pytest.fixture(autouse=True)
def nothing_is_written(town, ani, case):
    """Every test here is refused, so the case stands as it did."""
    at = f"/cases/{case['case']['id']}"
    before = ani.get(at).headers["ETag"]
    yield
    assert ani.get(at).headers["ETag"] == before


def raw(caller, path, body, content_type="application/json", method="POST"):
    return caller.send(
        method, path, {"Idempotency-Key": uuid.uuid4().hex}, data=body, content_type=content_type
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"null", 422),
        (b"[]", 422),
        (b'"teks"', 422),
        (b"{'code': 'survei'}", 400),
        (b'{"code": NaN}', 400),
        (b'{"code": 1e999}', 400),
        (b'{"code": ' + b"9" * 5000 + b"}", 400),
        (b'\xff\xfe{"code": "survei"}', 400),
        ('{"code": "survei"}'.encode("utf-16"), 400),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, 400),
        (b"[" * 100_000, 400),
        (b'{"code": "survei", "answers": ' + b'{"a":' * 40 + b"1" + b"}" * 41, 400),
        (b'{"code": "survei", "answers": {"perihal": "\\u0000"}}', 422),
        (b'{"code": "survei", "answers": {"perihal": "\\ud800"}}', 422),
        (b'{"code": "survei", "answers": {"\\ud800": 1}}', 422),
        (b'{"\\udfff": 1}', 422),
        (b'{"code": "sur\\u0000vei"}', 422),
        (b'{"code": "survei", "lain": 1}', 422),
        (b'{"code": 5}', 422),
        (b'{"code": null}', 422),
        (b'{"code": ["survei"]}', 422),
        (b'{"code": ""}', 422),
        (b'{"code": "survei", "answers": []}', 422),
        (b'{"code": "survei", "answers": null}', 422),
        (b'{"code": "survei", "answers": {"perihal": {"a": 1}}}', 422),
        (b'{"code": "survei", "answers": {"perihal": 5}}', 422),
        (b'{"code": "survei", "answers": {"tidak_ada": "x"}}', 422),
    ],
    ids=lambda part: repr(part[:60]) if isinstance(part, bytes) else str(part),
)
def test_a_body_that_cannot_be_taken(ani, body, status):
    is_problem(raw(ani, "/cases", body), status)


def test_each_fault_is_named_by_its_field_in_indonesian(ani):
    problem = is_problem(raw(ani, "/cases", b'{"answers": 5, "lain": 1}'), 422)
    assert problem["errors"] == {
        "json": {
            "answers": ["Harus berupa objek."],
            "code": ["Wajib diisi."],
            "lain": ["Isian ini tidak dikenal."],
        }
    }


def test_a_form_is_refused_field_by_field(ani, task):
    answer = ani.command(f"/tasks/{task}/complete", {"answers": {"isi": 5, "iso": "x"}}, version=1)
    problem = is_problem(answer, 422, "isian-formulir")
    assert set(problem["fields"]) == {"isi", "iso"} and "mungkin maksudnya 'isi'" in problem["fields"]["iso"]
    empty = ani.command(f"/tasks/{task}/complete", {"answers": {"isi": "  "}}, version=1)
    assert is_problem(empty, 422)["fields"] == {"isi": "Isi: wajib diisi"}


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
def test_a_body_that_is_no_json_is_not_passed_over(ani, task, content_type):
    """Or a completion would be carried out with the defaults of what was not read."""
    body = json.dumps({"answers": {"isi": "Pertanyaan"}}).encode()
    headers = {"Idempotency-Key": uuid.uuid4().hex, "If-Match": '"1"'}
    answer = ani.send("POST", f"/tasks/{task}/complete", headers, data=body, content_type=content_type or None)
    is_problem(answer, 415, "bukan-json")


def test_a_huge_body_is_413(ani, task, case):
    huge = b'{"text": "' + b"a" * (10 * MEGABYTE) + b'"}'
    is_problem(raw(ani, f"/cases/{case['case']['id']}/comments", huge), 413)
    is_problem(raw(ani, f"/tasks/{task}/draft", huge, method="PUT"), 413)
    is_problem(raw(ani.at(ani.slug), "/login", huge), 413)


def test_a_huge_body_without_a_length_is_413_and_its_rest_is_not_taken_for_the_whole(ani):
    body = b" " * (MEGABYTE + 100) + b'{"code": "survei"}'
    chunked = {"wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    headers = {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}
    sent = {"input_stream": BytesIO(body), "environ_overrides": chunked}
    is_problem(ani.send("POST", "/cases", headers, **sent), 413, "http-413")
    is_problem(ani.at("tidak-ada").send("POST", "/cases", headers, **sent), 404, "daerah-tidak-terdaftar")


def test_a_long_comment_is_422(ani, case):
    answer = ani.command(f"/cases/{case['case']['id']}/comments", {"text": "a" * 10_001})
    assert is_problem(answer, 422)["errors"]["json"]["text"] == ["Wajib diisi, paling panjang 10000."]


def test_a_long_draft_is_422(ani, task):
    answer = ani.command(f"/tasks/{task}/draft", {"answers": {"isi": "a" * 300_000}}, method="PUT")
    is_problem(answer, 422, "simpanan-terlalu-panjang")


def test_a_reason_is_asked_for(town, ani, case, task):
    for reason in (None, "", "   "):
        is_problem(ani.command(f"/cases/{case['case']['id']}/cancel", {"reason": reason}), 422, "alasan-wajib")


def cursor(text):
    import base64

    return base64.urlsafe_b64encode(text.encode()).decode()


GOOD_ID = "018f0000-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    "given",
    [
        "x", "====", "é", "🙂", " ", "' OR 1=1", cursor(""), cursor("|"), cursor("2026-01-01|" + GOOD_ID),
        cursor("2026-01-01T00:00:00+07:00|bukan"), cursor("0001-01-01T00:00:00+23:59|" + GOOD_ID),
        cursor("9999-12-31T23:59:59-23:59|" + GOOD_ID), "A" * 300,
    ],
)  # fmt: skip
@pytest.mark.parametrize("at", ["/cases", "/tasks"])
def test_a_cursor_that_is_none_of_ours(ani, at, given):
    is_problem(ani.get(at, cursor=given), 422)


def test_a_cursor_in_any_offset_is_a_moment(ani):
    odd = cursor("2020-01-01T00:00:00+00:00:00.000001|" + GOOD_ID)
    assert ani.get("/cases", cursor=odd).status_code == 200
    assert cursors.after(odd).at.tzinfo is UTC and cursors.after(odd).at < datetime.now(UTC)


@pytest.mark.parametrize("query", [{"limit": "0"}, {"limit": "201"}, {"limit": "lima"}, {"limit": "9" * 30}])
@pytest.mark.parametrize("at", ["/cases", "/tasks"])
def test_a_limit_out_of_bounds(ani, at, query):
    is_problem(ani.get(at, **query), 422)


def test_queries_out_of_bounds(ani, case):
    events = f"/cases/{case['case']['id']}/events"
    for after in ("-1", "x", "99999999999", "1.5"):
        is_problem(ani.get(events, after=after), 422)
    is_problem(ani.get("/cases", status="selesai"), 422)
    is_problem(ani.get("/cases", code="sur\x00vei"), 422)
    assert ani.get("/cases", code=SQL).json["items"] == []


@pytest.mark.parametrize("given", ["x", "1", SQL, "%00", "..", "0" * 32 + "g", "{id}", "018f0000-0000-7000-8000"])
@pytest.mark.parametrize("at", ["/cases/{}", "/cases/{}/events", "/tasks/{}", "/editions/{}"])
def test_an_id_that_is_none(ani, at, given):
    is_problem(ani.get(at.format(given)), 404)


@pytest.mark.parametrize("code", ["%00", "a%00b", "%ff%fe", SQL, "a" * 3000, "%F0%9F%98%80"])
def test_a_code_that_is_none(ani, code):
    is_problem(ani.get(f"/procedures/{code}"), 404)


@pytest.mark.parametrize("number", [True, 1.5, "1", 0, -1, 10**30, None])
def test_a_number_of_the_wrong_kind(ani, case, number):
    body = {"step": "jawab", "visit": number, "reason": "uji"}
    is_problem(ani.command(f"/cases/{case['case']['id']}/conclude", body), 422)


@pytest.mark.parametrize("secret", ["", "x", "lgk_" + "é" * 40, "a" * 9000, "Bearer Bearer", "\x7f"])
def test_an_authorization_that_is_none(town, secret):
    visitor = town.visitor
    answer = visitor.send("GET", "/me", {"Authorization": f"Bearer {secret}".encode("latin-1").decode("latin-1")})
    assert is_problem(answer, answer.status_code)["status"] in (401, 404)
    is_problem(visitor.send("GET", "/me", {"Authorization": f"Basic {secret}"}), 401, "belum-masuk")


# Files


def test_evidence_of_26_megabytes_is_413(ani, task):
    is_problem(ani.attach(task, "naskah", PDF + b"\0" * (26 * MEGABYTE)), 413)


def test_evidence_larger_than_its_field_allows_is_413(office):
    office.put_in_force()
    office.start("ani", "survei")
    ani, dewi = office.caller("ani"), office.caller("dewi")
    ani.complete(ani.inbox()["tulis"], isi="Pertanyaan")
    problem = is_problem(
        dewi.attach(dewi.inbox()["jawab"], "bukti", PDF + b"\0" * MEGABYTE), 413, "berkas-terlalu-besar"
    )
    assert "batasnya 1 MB" in problem["detail"]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (EXE, "laporan.pdf", None),
        (ELF, "laporan.pdf", None),
        (b"", "kosong.pdf", "berkas-kosong"),
        (TEXT, "catatan.txt", "jenis-berkas-tidak-diminta"),
        (image("PNG"), "foto.png", "jenis-berkas-tidak-diminta"),
        (image("PNG"), "foto.pdf", None),
        (b"\x00" * 100, "nol.pdf", None),
        (PDF[:4], "potong.pdf", None),
        (b"<html>" + HTML.encode(), "halaman.pdf", None),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_evidence_of_a_wrong_kind_is_refused_with_what_to_do(ani, task, content, name, kind):
    problem = is_problem(ani.attach(task, "naskah", content, name), 422, kind)
    assert name in problem["detail"]


@pytest.mark.parametrize("field", ["isi", "tidak_ada", SQL, "x" * 300, "a\x00b"])
def test_evidence_for_a_field_that_takes_none(ani, task, field):
    is_problem(ani.attach(task, field), 422)


def test_evidence_without_a_file_or_field(ani, task):
    at, key = f"/tasks/{task}/evidence", {"Idempotency-Key": "tanpa"}
    assert is_problem(ani.send("POST", at, key, data={"field": "naskah"}), 422)["errors"]["files"]["file"]
    only_file = {"file": (BytesIO(PDF), "a.pdf")}
    assert is_problem(ani.send("POST", at, key, data=only_file), 422)["errors"]["form"]["field"]
    as_text = {"field": "naskah", "file": "bukan berkas"}
    is_problem(ani.send("POST", at, key, data=as_text), 422)
    is_problem(ani.send("POST", at, key, json={"field": "naskah"}), 422)
    broken = ani.send("POST", at, key, data=b"--x\r\nrusak", content_type="multipart/form-data; boundary=x")
    assert broken.status_code in (400, 422)
    is_problem(broken, broken.status_code)


def test_a_form_field_of_a_megabyte_is_413(ani, task):
    is_problem(ani.attach(task, "n" * MEGABYTE), 413)


# Secrets


def test_a_wrong_password_ten_times_waits_and_says_how_long(office):
    answers = [office.log_in("budi", "bukan kata sandinya") for _ in range(10)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 5
    is_problem(answers[0], 401, "kata-sandi-salah")
    problem = is_problem(answers[-1], 429, "terlalu-sering")
    assert problem["detail"].startswith("Terlalu banyak percobaan. Coba lagi ")
    assert "detik" in problem["detail"]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    is_problem(office.log_in("budi", PASSWORD), 429)
    assert office.log_in("ani").status_code == 201


def test_an_account_nobody_has_is_answered_as_a_wrong_password(office):
    known, unknown = office.log_in("budi", "salah"), office.log_in("tidak.ada", "salah")
    assert known.json == unknown.json
    is_problem(office.log_in("a" * 201, "salah"), 422)
    is_problem(office.log_in("budi", "s" * 1025), 422)
    assert office.log_in("bu\u202edi\ufeff").status_code == 201  # marks nobody sees, as office programs paste them


def test_a_person_with_the_admins_password_may_only_choose_his_own(office):
    tono = office.caller("tono")
    office.must_change("tono")
    assert office.log_in("tono").json["must_change"] is True
    assert tono.get("/me").json["must_change"] is True
    for at in ("/tasks", "/cases", "/tokens", "/units", "/procedures"):
        is_problem(tono.get(at), 403, "ganti-kata-sandi")
    weak = tono.send("PUT", "/password", json={"old": PASSWORD, "new": "pendek"})
    assert "sedikitnya 12 karakter" in is_problem(weak, 422, "kata-sandi-lemah")["detail"]
    wrong = tono.send("PUT", "/password", json={"old": "salah", "new": "teh hangat di teras"})
    is_problem(wrong, 422, "kata-sandi-lama-salah")
    changed = tono.send("PUT", "/password", json={"old": PASSWORD, "new": "teh hangat di teras"})
    assert changed.status_code == 204
    assert tono.get("/tasks").status_code == 200


def test_a_code_from_the_admin_opens_once(office):
    office.put_in_force()
    person = office.world.people["hadi"]
    code = office.caller("gita").send("POST", f"/people/{person}/reset-code").json["code"]
    body = {"account": "hadi", "code": code, "new": "teh hangat di teras"}
    redeem = office.visitor
    is_problem(redeem.send("POST", "/password/redeem", json={**body, "code": "AAAA-AAAA"}), 422, "kode-ditolak")
    assert redeem.send("POST", "/password/redeem", json=body).status_code == 204
    is_problem(redeem.send("POST", "/password/redeem", json=body), 422, "kode-ditolak")
    assert office.log_in("hadi", "teh hangat di teras").status_code == 201


def test_tokens_are_shown_once_and_hold_to_their_bounds(office):
    eko = office.caller("eko")
    made = eko.send("POST", "/tokens", json={"name": "Aplikasi dinas", "days": 30})
    secret = made.json["secret"]
    assert all("secret" not in token for token in eko.get("/tokens").json)
    assert secret not in eko.get("/tokens").get_data(as_text=True)
    for days in (0, 367, True, 1.5, "30"):
        is_problem(eko.send("POST", "/tokens", json={"name": "uji", "days": days}), 422)
    is_problem(eko.send("POST", "/tokens", json={"name": "a\nb\u202ec"}), 422)
