"""Before the log-in: the governments of the instance, and the face of each."""

import pytest
from sqlalchemy import update

from core.tenancy.models import Tenant
from core.web.color import style_sheet
from tests.core.web.browsing import Browser
from tests.statements import counted

pytestmark = pytest.mark.database


@pytest.fixture
def front(app):
    return Browser(app, "x")


def rename(database, slug, **values):
    with database.session() as session, session.begin():
        session.execute(update(Tenant).where(Tenant.slug == slug).values(**values))


def test_the_front_page_offers_every_government(front, found):
    one, other = found(), found()
    page = front.open("GET", "/")
    assert page.status == 200 and page.heading == "Langkah"
    for office in (one, other):
        (link,) = [address for address in page.links.values() if address.startswith(f"/{office.slug}/")]
        assert front.open("GET", link).heading == "Masuk"


def test_one_that_is_closed_is_not_offered_and_not_there(front, database, office):
    rename(database, office.slug, active=False)
    assert office.slug not in front.open("GET", "/").source
    for path in ("masuk", "lambang.svg", "warna.css", "tugas"):
        assert front.open("GET", f"/{office.slug}/{path}").status == 404, path


def test_the_front_page_costs_one_statement_however_many_there_are(front, database, found):
    for _ in range(2):
        with counted(database) as sent:
            front.open("GET", "/")
        assert len(sent) == 1
        found()


def test_a_crest_runs_nothing(front, office):
    answer = front.open("GET", f"/{office.slug}/lambang.svg").answer
    assert answer.status_code == 200 and answer.mimetype == "image/svg+xml" and b"<script>" in answer.data
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and "sandbox" in policy and "script" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and "max-age=86400" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("name", ["../../secret", "/etc/passwd", "..", "tidak-ada.svg", "\\secret"])
def test_a_crest_comes_from_the_governments_own_folder(front, database, office, name):
    rename(database, office.slug, crest=name)
    page = front.open("GET", f"/{office.slug}/lambang.svg")
    assert page.status == 404 and page.heading == "Tidak ditemukan"


def test_the_colour_is_a_style_sheet_that_a_browser_keeps(front, office):
    answer = front.open("GET", f"/{office.slug}/warna.css").answer
    assert answer.mimetype == "text/css" and answer.get_data(as_text=True) == style_sheet("#1a5fb4")
    assert answer.headers["Cache-Control"] == "max-age=86400, public"


def test_a_name_is_text_wherever_it_stands(front, database, office, browser):
    name = '<img src=x onerror="alert(1)">'
    rename(database, office.slug, name=name, short=name)
    for page in (front.open("GET", "/"), front.open("GET", f"/{office.slug}/masuk"), browser("ani").get("/akun")):
        assert name in page.text and not list(page.root.all("img", src="x"))
        rename(database, office.slug, name=name)
    rename(database, office.slug, name="Kota Uji", short="Uji")
