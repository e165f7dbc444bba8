"""Ways in and out, as people and as attackers use them."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import select, update

from core.identity import actor, reset
from core.identity.models import LoginSession, Person
from tests.core.api.office import PASSWORD
from tests.core.web.browsing import Browser
from tests.statements import counted
from tests.world import BY

pytestmark = pytest.mark.database

OWN = "teh hangat di teras kantor"
TASK = "/tugas/0199d5a0-0000-7000-8000-000000000001"
WRONG = "NIP, nama pengguna, e-mail, atau kata sandi salah. Periksa lalu coba lagi"


@pytest.fixture
def ani(browser):
    return browser("ani")


def change(office, name, **values):
    with office.world.scope() as session:
        session.execute(update(Person).where(Person.username == name).values(**values))


def test_one_logs_in_by_nip_with_spaces_by_user_name_or_by_e_mail(app, office):
    change(office, "ani", nip="000000000000001234", email="ani@contoh.example.id")
    for account in ("00000000 000000 1 234", "ani", " ANI ", "ani@contoh.example.id", "Ani@Contoh.example.id"):
        page = Browser(app, office.slug).log_in(account)
        assert (page.status, page.onward) == (303, f"/{office.slug}/tugas"), account


def test_the_governments_address_leads_to_the_log_in_and_back(stranger):
    page = stranger.follow(stranger.get("/"))
    assert page.path.endswith("/masuk") and page.heading == "Masuk"
    page = stranger.follow(stranger.submit(page, "/masuk", akun="ani", sandi=PASSWORD))
    assert page.heading == "Tugas Saya"


def test_whoever_is_logged_in_is_not_asked_again(office, ani):
    assert ani.get("/masuk").onward == f"/{office.slug}/tugas"
    assert ani.get("/masuk", lanjut=f"/{office.slug}/akun").onward == f"/{office.slug}/akun"


def test_a_wrong_password_is_told_in_words_and_what_was_typed_stays(stranger):
    for account in ("ani", "tidak.ada", "x" * 300, "a@b", "0000"):
        page = stranger.log_in(account, "salah sama sekali")
        assert page.status == 401 and page.alert.startswith(WRONG)
        form = page.form("/masuk")
        assert form.fields["akun"] == account and form.fields["sandi"] == ""
    assert stranger.secret is None


def test_a_disabled_account_is_told_the_same(office, stranger):
    change(office, "ani", active=False)
    assert stranger.log_in("ani").alert.startswith(WRONG)


def test_after_some_tries_one_waits_and_is_told_how_long(stranger):
    for _ in range(5):
        assert stranger.log_in("ani", "salah").status == 401
    page = stranger.log_in("ani", "salah")
    assert page.status == 429 and page.alert == "Terlalu banyak percobaan. Coba lagi 30 detik lagi."
    assert page.answer.headers["Retry-After"] == "30"
    assert stranger.log_in("ani").status == 429, "the right password waits too"
    assert stranger.log_in("budi").status == 303, "and nobody else does"


def test_the_cookie_is_for_this_government_and_out_of_reach_of_scripts(office, stranger):
    cookies = stranger.log_in("ani").answer.headers.getlist("Set-Cookie")
    (cookie,) = [each for each in cookies if each.startswith(f"langkah-{office.slug}=")]
    parts = cookie.split("; ")[1:]
    assert {"HttpOnly", "SameSite=Lax", f"Path=/{office.slug}", "Max-Age=43200"} <= set(parts)
    assert not any(part.startswith(("Domain", "Secure")) for part in parts)


def test_behind_https_it_never_travels_in_the_open(app, office):
    browser = Browser(app, office.slug, host="https://localhost")
    for page in (browser.log_in("ani"), browser.post("/tema", tema="gelap"), browser.post("/keluar")):
        cookies = page.answer.headers.getlist("Set-Cookie")
        assert cookies and all("Secure" in cookie.split("; ") for cookie in cookies), cookies


def test_the_session_is_kept_hashed_with_the_browser_and_the_address(office, ani):
    with office.world.scope() as session:
        (row,) = session.scalars(select(LoginSession))
        assert ani.secret.encode() not in row.secret_hash and str(row.address) == "127.0.0.1"
        assert "Firefox" in row.agent


def test_to_log_in_again_ends_the_session_that_the_browser_had(office, ani):
    former = ani.secret
    assert ani.post("/masuk", akun="budi", sandi=PASSWORD).status == 303
    with office.world.scope() as session:
        assert actor.by_session(session, former) is None
        assert actor.by_session(session, ani.secret).username == "budi"


def test_a_failed_log_in_leaves_the_session_alone(ani):
    assert ani.post("/masuk", akun="budi", sandi="salah").status == 401
    assert ani.get("/akun").status == 200


def test_the_first_password_must_be_changed_before_anything_else(office, app):
    office.must_change("ani")
    ani = Browser(app, office.slug)
    page = ani.follow(ani.log_in("ani"))
    assert page.heading == "Ganti kata sandi" and "masih yang diberikan admin" in page.text
    assert not any(word in page.text for word in ("Akun saya", "Pelaksanaan", "Pustaka SOP"))
    for path in ("/tugas", "/pelaksanaan", "/akun", "/akun/token", "/akun/sesi", "/"):
        assert ani.follow(ani.get(path)).heading == "Ganti kata sandi", path
    assert ani.post("/akun/token", nama="uji", hari="1").onward == f"/{office.slug}/sandi"
    assert ani.get("/tugas", {"HX-Request": "true"}).answer.headers["HX-Redirect"] == f"/{office.slug}/sandi"
    page = ani.submit(ani.get("/sandi"), "/sandi", lama=PASSWORD, baru=OWN, ulang=OWN)
    page = ani.follow(page)
    assert (
        page.heading == "Tugas Saya" and page.news == "Kata sandi sudah diganti. Sesi Anda di perangkat lain diakhiri."
    )
    assert Browser(app, office.slug).log_in("ani", OWN).status == 303


@pytest.mark.parametrize(("lama", "baru", "ulang", "said"), [
    ("salah", OWN, OWN, "Kata sandi lama salah."),
    (PASSWORD, OWN, OWN + "!", "Kata sandi baru dan ulangannya tidak sama."),
    (PASSWORD, PASSWORD, PASSWORD, "sama dengan kata sandi lama"),
    (PASSWORD, "kopi", "kopi", "sedikitnya 12 karakter"),
])  # fmt: skip
def test_a_password_that_will_not_do_is_refused_in_words(ani, lama, baru, ulang, said):
    page = ani.submit(ani.get("/sandi"), "/sandi", lama=lama, baru=baru, ulang=ulang)
    assert page.status == 422 and said in page.alert
    assert page.form("/sandi").fields == {"lama": "", "baru": "", "ulang": ""}
    assert f'"{baru}"' not in page.source


def test_a_new_password_ends_ones_other_sessions_and_keeps_this_one(browser, office):
    here, elsewhere = browser("ani"), browser("ani")
    assert here.submit(here.get("/sandi"), "/sandi", lama=PASSWORD, baru=OWN, ulang=OWN).status == 303
    assert here.get("/akun").status == 200
    assert elsewhere.get("/akun").onward.startswith(f"/{office.slug}/masuk")


def test_a_one_time_code_becomes_a_password_once(office, stranger):
    with office.world.scope() as session:
        code = reset.issue(session, BY, office.world.people["hadi"], datetime.now(UTC))
    form = stranger.get(
        stranger.get("/masuk").links["Punya kode sekali pakai dari admin?"].removeprefix(f"/{office.slug}")
    )
    typed = {"akun": "hadi", "kode": code.lower().replace("-", " "), "baru": OWN}
    refused = stranger.submit(form, "/kode", **typed, ulang="lain")
    assert refused.status == 422 and "ulangannya tidak sama" in refused.alert
    assert refused.form("/kode").fields["akun"] == "hadi" and code.lower() not in refused.source.lower()
    page = stranger.follow(stranger.submit(form, "/kode", **typed, ulang=OWN))
    assert page.heading == "Masuk" and page.news == "Kata sandi baru sudah berlaku. Silakan masuk."
    assert stranger.follow(stranger.submit(page, "/masuk", akun="hadi", sandi=OWN)).heading == "Tugas Saya"
    again = Browser(stranger.client.application, office.slug)
    again = again.submit(form, "/kode", **typed, ulang=OWN)
    assert again.status == 422 and again.alert.startswith("Akun atau kode salah, atau kode sudah dipakai")


def test_to_log_out_ends_the_session_and_takes_the_cookie(office, ani):
    secret = ani.secret
    page = ani.follow(ani.submit(ani.get("/tugas"), "/keluar", "Keluar"))
    assert page.heading == "Masuk" and page.news == "Anda sudah keluar."
    assert ani.secret is None
    with office.world.scope() as session:
        assert actor.by_session(session, secret) is None
    assert ani.get("/tugas").onward.startswith(f"/{office.slug}/masuk")


def test_the_next_user_takes_over_the_page(ani):
    page = ani.get("/akun/token", x="1 2")
    page = ani.follow(ani.submit(page, "/keluar", "Ganti pengguna"))
    assert page.heading == "Masuk" and page.news == ""
    page = ani.follow(ani.submit(page, "/masuk", akun="budi", sandi=PASSWORD))
    assert page.path.endswith("/akun/token") and "Budi Contoh" in page.text
    assert page.answer.request.args["x"] == "1 2"


def test_one_may_be_logged_in_to_two_governments_at_once(app, found, office):
    other, one = found(), Browser(app, office.slug)
    assert one.log_in("ani").status == 303
    there = Browser(app, other.slug)
    there.client = one.client
    assert there.get("/akun").onward.startswith(f"/{other.slug}/masuk"), "the cookie opens nothing elsewhere"
    assert there.log_in("budi").status == 303
    assert "Ani Contoh" in one.get("/akun").text and "Budi Contoh" in there.get("/akun").text
    one.post("/keluar")
    assert there.get("/akun").status == 200


def test_a_secret_of_another_government_opens_nothing(app, found, office, ani):
    other = found()
    thief = Browser(app, other.slug)
    for name in (f"langkah-{other.slug}", f"langkah-{office.slug}"):
        thief.client.set_cookie(name, ani.secret, path=f"/{other.slug}")
    assert thief.get("/akun").onward.startswith(f"/{other.slug}/masuk")


HOSTILE = (
    "//jahat.example", "///jahat.example", "/\\jahat.example", "\\\\jahat.example", "https:jahat.example",
    "https://jahat.example/{slug}/tugas", "http:///jahat.example", "//[", "http://[/{slug}/", "/{slug}", "{slug}/tugas",
    "/{slug}@jahat.example/", "/{slug}.jahat.example/", "/{slug}//jahat.example", "/{slug}/\\jahat.example",
    "/{slug}/%5cjahat.example", "/{slug}/../{other}/masuk", "/{slug}/%2e%2e/{other}/masuk", "/{slug}/./tugas",
    "/{slug}/.%2E/{other}/masuk", "/{slug}/tugas/..", "/{slug}/%2e%2e%2f{other}/masuk", "/{other}/masuk", "/{other}/",
    "/api/v1/{slug}/me",
    "/{slug}/tugas\r\nSet-Cookie: a=b", "/{slug}/tugas\nX: y", "/{slug}/\tugas", "\t//jahat.example", " /{slug}/tugas",
    "javascript:alert(1)", "data:text/html,x", "/{slug}/tidak-ada", "?x", "#", "", "/", "\u2028/{slug}/tugas",
)  # fmt: skip


@pytest.mark.parametrize("lanjut", HOSTILE)
def test_nobody_is_led_astray_by_a_link_to_the_log_in(app, town, lanjut):
    stranger = Browser(app, town.slug)
    wanted = lanjut.format(slug=town.slug, other="kota-lain") if "{" in lanjut else lanjut
    answers = [stranger.post("/masuk", akun="ani", sandi=PASSWORD, lanjut=wanted)]
    answers += [stranger.get("/masuk", lanjut=wanted)]
    stranger.client.delete_cookie(f"langkah-{town.slug}", path=f"/{town.slug}")
    page = stranger.get("/masuk", lanjut=wanted)
    answers += [stranger.submit(page, "/masuk", akun="ani", sandi=PASSWORD)]
    for answer in answers:
        assert answer.status == 303 and answer.onward in (f"/{town.slug}/tugas", f"/{town.slug}/"), answer.onward


@pytest.mark.parametrize(
    "path", ["/tugas?lihat=selesai", "/akun/token", "/tugas?cari=a%26b%3D1%2F%2Fx", "/", "/sop/a%20b"]
)
def test_a_page_of_this_government_is_gone_on_to(app, town, path):
    answer = Browser(app, town.slug).log_in("ani", lanjut=f"/{town.slug}{path}")
    assert answer.onward == f"/{town.slug}{path}"


def test_an_expired_session_leads_to_the_log_in_and_back_to_the_page(office, ani):
    with office.world.scope() as session:
        session.execute(update(LoginSession).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    page = ani.get("/tugas", lihat="selesai", cari="a&b")
    back = f"/{office.slug}/tugas?lihat=selesai&cari=a%26b"
    assert page.status == 303 and page.onward == f"/{office.slug}/masuk?lanjut={quote(back, safe='/?')}"
    page = ani.follow(page)
    assert page.form("/masuk").fields["lanjut"] == back
    assert ani.submit(page, "/masuk", akun="ani", sandi=PASSWORD).onward == back


def test_a_form_sent_after_the_session_leads_back_to_where_it_stood(office, ani):
    page = ani.get("/akun/token")
    with office.world.scope() as session:
        session.execute(update(LoginSession).values(revoked_at=datetime.now(UTC)))
    refused = ani.submit(page, "/akun/token", nama="uji", hari="1")
    assert refused.onward == f"/{office.slug}/masuk?lanjut=/{office.slug}/akun/token"
    ani.at = f"/{office.slug}/tugas/0199d5a0-0000-7000-8000-000000000001/selesai"
    refused = ani.post("/akun/token", nama="uji", hari="1")
    assert refused.onward.endswith("/tugas/0199d5a0-0000-7000-8000-000000000001"), (
        "where only a form goes one goes above"
    )


@pytest.mark.parametrize(
    "said", ["http://jahat.example/{slug}/akun", "http://[", "x", None, "http://localhost//jahat/"]
)
def test_a_referrer_of_elsewhere_leads_nowhere(office, stranger, said):
    said = said and said.replace("{slug}", office.slug)
    assert stranger.post("/tema", {"Referer": said}, tema="gelap").onward == f"/{office.slug}/tugas"
    assert stranger.post("/keluar", {"Referer": said}).onward == f"/{office.slug}/masuk"


def test_a_part_of_a_page_without_a_session_moves_the_whole_page(office, stranger):
    at = {"HX-Request": "true", "HX-Current-URL": f"http://localhost/{office.slug}/tugas?lihat=selesai"}
    page = stranger.get("/tugas", at, lanjut="abc")
    assert page.status == 401 and page.source == ""
    assert page.answer.headers["HX-Redirect"] == f"/{office.slug}/masuk?lanjut=/{office.slug}/tugas?lihat%3Dselesai"


def test_the_pages_script_is_told_where_to_log_in(office, stranger):
    page = stranger.post(f"{TASK}/simpan", {"X-Langkah": "simpan"})
    assert page.status == 401 and page.answer.headers["X-Langkah-Ke"].startswith(f"/{office.slug}/masuk")


def test_the_theme_is_kept_in_the_browser_and_brings_one_back(stranger):
    page = stranger.get("/masuk")
    assert "data-bs-theme" not in page.source
    assert stranger.post("/tema", tema="gelap").onward == stranger.at
    assert 'data-bs-theme="dark"' in stranger.get("/masuk").source
    stranger.post("/tema", tema="terang")
    assert 'data-bs-theme="light"' in stranger.get("/masuk").source
    for other in ("ikut", '"><script>', ""):
        stranger.post("/tema", tema="gelap")
        stranger.post("/tema", tema=other)
        assert "data-bs-theme" not in stranger.get("/masuk").source
    assert stranger.client.get_cookie("tema") is None


def test_what_a_log_in_costs(database, ani, stranger):
    with counted(database) as sent:
        ani.get("/sandi")
    assert len(sent) == 2, "the scope and the actor"
    with counted(database) as sent:
        stranger.get("/masuk")
    assert len(sent) == 1
