"""Browsers in words, from what they call themselves: enough for somebody to know his own in a list of sessions.

Nothing is decided by it, since anybody can send any name.
"""

UNKNOWN = "Peramban tidak dikenal"

# The first mark found names it. Nearly all say that they are Chrome and Safari too, so those that say more come first.
_BROWSERS = (
    ("WhatsApp", "WhatsApp"),
    ("Instagram", "Instagram"),
    ("FBAN/", "Facebook"),
    ("FBAV/", "Facebook"),
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edge/", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("OPX/", "Opera"),
    ("Opera", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("MiuiBrowser/", "Mi Browser"),
    ("UCBrowser/", "UC Browser"),
    ("HeyTapBrowser/", "Browser OPPO"),
    ("VivoBrowser/", "Browser vivo"),
    ("HuaweiBrowser/", "Browser Huawei"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("; wv)", "Aplikasi"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("MSIE ", "Internet Explorer"),
    ("Trident/", "Internet Explorer"),
    ("Safari/", "Safari"),
)

# Android says that it is Linux, an iPhone that it is like Mac OS X.
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def spoken_agent(agent: str | None) -> str:
    """'Chrome di Windows': what a browser's User-Agent says, as its user would say it.

    >>> spoken_agent("Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0")
    'Firefox di Android'
    """
    browser, system = _first(_BROWSERS, agent or ""), _first(_SYSTEMS, agent or "")
    if browser is None and system is None:
        return UNKNOWN
    return f"{browser or 'Peramban lain'} di {system}" if system else f"{browser}"


def _first(marks: tuple[tuple[str, str], ...], agent: str) -> str | None:
    return next((name for mark, name in marks if mark in agent), None)
