"""SQL and HTML in text fields come back as the text they are."""

import pytest

from tests.core.api.test_bad_input import HTML, SQL
from tests.core.files.samples import PDF

pytestmark = pytest.mark.database

TEXTS = (SQL, HTML, "{{ 7*7 }} {tahun} %s %(a)s", "Ünïcödé 𝔘𝔫𝔦 🙂 العربية ‮balik", "\\u0000 \\x00", "a\r\nb\tc")
NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "C:\\Windows\\laporan.pdf": None,
    "<b>tebal</b>.pdf": "b>.pdf",
    'kutip"baris\r\nSet-Cookie: a=b.pdf': None,
    "laporan\u202efdp.exe.pdf": "laporanfdp.exe.pdf",
    "a" * 400 + ".pdf": "a" * 146 + ".pdf",
    "  .pdf": None,
    "tanpa akhiran": None,
    "naskah ✓ akhir.pdf": "naskah ✓ akhir.pdf",
}


@pytest.fixture(scope="module")
def ani(town):
    """Who writes."""
    return town.caller("ani")


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_written_is_read(town, ani, text):
    case = town.start("ani", "survei", perihal="uji")
    at, task = f"/cases/{case['case']['id']}", case["opened"][0]["id"]
    assert ani.command(f"{at}/comments", {"text": text}).status_code == 201
    assert ani.command(f"/tasks/{task}/draft", {"answers": {"isi": text}}, method="PUT").status_code == 200
    assert ani.get(f"/tasks/{task}").json["draft"] == {"isi": text}
    assert ani.complete(task, isi=text).status_code == 200
    answer = ani.get(f"{at}/events")
    values = [event["value"] for event in answer.json["items"] if event["value"]]
    assert {"teks": text} in values
    assert ani.get(f"/tasks/{task}").json["answers"] == {"isi": text.replace("\r\n", "\n")}
    assert answer.mimetype == "application/json" and answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_subject_takes_a_text_as_it_is(town, ani):
    case = town.start("ani", "survei", perihal=f"{SQL} {HTML} {{perihal}}"[:200])
    assert case["subject"] == f"Survei: {SQL} {HTML} {{perihal}}"
    assert ani.get(f"/cases/{case['case']['id']}").json["subject"] == case["subject"]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_keeps_its_name_without_what_deceives(town, ani, name):
    task = town.start("ani", "survei", perihal="uji")["opened"][0]["id"]
    answer = ani.attach(task, "naskah", PDF, name)
    assert answer.status_code == 201, answer.json
    shown = answer.json["evidence"]["name"]
    assert NAMES[name] in (None, shown)
    assert shown.endswith(".pdf") and len(shown) <= 150
    assert not any(bad in shown for bad in ("/", "\\", "\r", "\n", "\u202e"))
    got = ani.get(f"/tasks/{task}/evidence/{answer.json['evidence']['id']}")
    assert got.data == PDF
    assert "Set-Cookie" not in got.headers
    assert got.headers["Content-Disposition"].startswith("attachment; filename")
