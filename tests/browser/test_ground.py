"""The ground itself: it sees what it promises to see, and does not cry without reason."""

import pytest


@pytest.fixture
def mistaken(visitor):
    """A visitor whose mistakes are the test's purpose."""
    one = visitor()
    one.open("/")
    yield one
    one.expects("")


def complaints(one):
    one.page.wait_for_timeout(300)
    return " | ".join(one.watch.complaints())


def test_the_front_page_is_clean_and_light(visitor):
    one = visitor()
    assert one.open("/") == 200
    assert "Langkah" in one.page.title()
    assert one.axe() == []
    (load,) = one.watch.loads
    assert 1_000 < load.weight < 300_000, load


@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_a_phone_without_scripts(visitor, dark):
    one = visitor(width=360, height=740, javascript=False, dark=dark)
    assert one.open("/") == 200
    assert one.overflow() == 0
    assert one.shot("front-360").stat().st_size > 1_000


def test_somebody_logs_in(visitor):
    one = visitor().log_in("pangkalpinang", "dewi")
    assert "Tugas Saya" in one.page.title()
    assert [load.address.rsplit("/", 1)[1] for load in one.watch.loads] == ["masuk", "tugas"]


def test_two_visitors_are_two_people(visitor):
    dewi, nobody = visitor().log_in("pangkalpinang", "dewi"), visitor()
    nobody.open(dewi.page.url)
    assert "/masuk" in nobody.page.url


def test_a_breach_of_our_policy_is_seen(mistaken):
    mistaken.page.evaluate("document.body.setAttribute('style', 'color: red')")
    mistaken.page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))")
    seen = complaints(mistaken)
    assert "style-src" in seen and "script-src" in seen


def test_an_error_of_a_script_is_seen(mistaken):
    mistaken.page.evaluate("setTimeout(() => { throw new Error('salah sendiri') })")
    mistaken.page.evaluate("console.error('salah lagi')")
    seen = complaints(mistaken)
    assert "script: " in seen and "salah sendiri" in seen and "console: salah lagi" in seen


def test_another_host_is_seen_and_not_reached(mistaken):
    mistaken.page.evaluate("document.body.append(Object.assign(new Image, {src: 'http://contoh.invalid/a.png'}))")
    assert "a foreign host was asked: http://contoh.invalid/a.png" in complaints(mistaken)


def test_a_heavy_page_is_seen(mistaken, monkeypatch):
    monkeypatch.setattr("tests.browser.watch.HEAVIEST", 1_000)
    assert "too heavy, /: " in complaints(mistaken)


def test_every_load_is_weighed_as_the_first(visitor):
    one = visitor()
    one.open("/")
    one.open("/")
    first, second = (load.weight for load in one.watch.loads)
    assert abs(first - second) < 2_000


def test_what_a_test_brings_about_is_allowed(visitor):
    one = visitor()
    assert one.open("/tidak/ada") == 404
    assert "status of 404" in complaints(one)
    one.expects(404)
    assert complaints(one) == ""


def test_axe_finds_what_is_wrong(mistaken):
    mistaken.page.evaluate("document.body.append(document.createElement('button'))")
    assert any(found.startswith("button-name") for found in mistaken.axe())


def test_a_fault_of_the_server_is_seen(server):
    server.faults()
    with server.log.open("a") as log:
        log.write('{"event": "request_crashed"}\n')
    assert "request_crashed" in server.faults()[0]
    assert server.faults() == []
