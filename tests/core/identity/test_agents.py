"""Browsers in words, from what they say of themselves."""

import pytest

from core.identity.agents import UNKNOWN, spoken_agent

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
PHONE = "Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
CHROME = "Chrome/126.0.0.0"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "spoken"),
    [
        (f"{WINDOWS} {WEBKIT} {CHROME} Safari/537.36", "Chrome di Windows"),
        (f"{WINDOWS} {WEBKIT} {CHROME} Safari/537.36 Edg/126.0.0.0", "Edge di Windows"),
        (f"{WINDOWS} {WEBKIT} {CHROME} Safari/537.36 OPR/111.0.0.0", "Opera di Windows"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox di Windows"),
        ("Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko", "Internet Explorer di Windows"),
        ("Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0", "Firefox di Android"),
        (f"{PHONE} {CHROME} Mobile Safari/537.36", "Chrome di Android"),
        (f"{PHONE} SamsungBrowser/25.0 {CHROME} Mobile Safari/537.36", "Samsung Internet di Android"),
        (f"{PHONE} Version/4.0 {CHROME} Mobile Safari/537.36 XiaoMi/MiuiBrowser/14.1", "Mi Browser di Android"),
        ("Mozilla/5.0 (Linux; Android 13; SM-A145F; wv) Version/4.0 Chrome/126.0 Mobile", "Aplikasi di Android"),
        ("WhatsApp/2.24.10 Android", "WhatsApp di Android"),
        (f"{IPHONE} Version/17.5 Mobile/15E148 Safari/604.1", "Safari di iPhone"),
        (f"{IPHONE} CriOS/126.0.0.0 Mobile/15E148 Safari/604.1", "Chrome di iPhone"),
        (f"{IPHONE} FxiOS/127.0 Mobile/15E148 Safari/605.1.15", "Firefox di iPhone"),
        ("Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) Version/16.6 Safari/604.1", "Safari di iPad"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15", "Safari di Mac"),
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} {CHROME} Safari/537.36", "Chrome di Linux"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {WEBKIT} {CHROME} Safari/537.36", "Chrome di ChromeOS"),
        ("Opera/9.80 (J2ME/MIDP; Opera Mini/7.1; U; id) Presto/2.8.119", "Opera"),
        ("Lynx/2.9 (Linux)", "Peramban lain di Linux"),
    ],
)
def test_a_browser_is_named_as_its_user_would(agent, spoken):
    assert spoken_agent(agent) == spoken


@pytest.mark.parametrize("agent", [None, "", "curl/8.5.0", "<script>alert(1)</script>", "x" * 200])
def test_what_is_no_browser_we_know_is_said_to_be_unknown_and_never_quoted(agent):
    assert spoken_agent(agent) == UNKNOWN
