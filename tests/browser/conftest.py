"""The ground of the tests in a real browser: the platform as it is served, Debian's Chromium, people who use it.

    def test_something(visitor):
        dewi = visitor().log_in("pangkalpinang", "dewi")
        dewi.page.get_by_role("link", name="Tugas Saya").click()
        assert dewi.axe() == []

When a test ends, every page it opened has shown no error, kept our policy, asked no other host and weighed at most
300 kB; where not, the test has failed.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from core.simulation.samples import make_samples
from tests.browser import chromium
from tests.browser.serving import Server, served
from tests.browser.visitors import Visitor
from tests.core.commands.installation import Installation, installed

HERE = Path(__file__).parent
FLAGS = (
    "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks what needs a browser, and leaves it out where there is none and none is required."""
    browsing = [item for item in items if HERE in item.path.parents]
    for item in browsing:
        item.add_marker("browser")
    if browsing and chromium.find() is None and not chromium.required():
        config.hook.pytest_deselected(items=browsing)
        items[:] = [item for item in items if HERE not in item.path.parents]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The one line; with several workers `make test` has said it before."""
    if chromium.find() is None:
        terminalreporter.line(chromium.LEFT_OUT)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium per worker; each visitor has a context of his own in it."""
    found = chromium.find()
    if found is None:
        pytest.fail(chromium.LEFT_OUT, pytrace=False)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def installation(postgres, tmp_path_factory) -> Iterator[Installation]:
    """What `make demo` begins with, in a database of this worker's own: all governments, the invented people, and both
    cities' cases at every step, one late, one given back, one finished.
    """
    with installed(postgres, tmp_path_factory.mktemp("langkah")) as one:
        with one.platform() as platform:
            for city in ("pangkalpinang", "pontianak"):
                make_samples(platform, city)
        yield one


@pytest.fixture(scope="session")
def server(installation, tmp_path_factory) -> Iterator[Server]:
    """The platform, as `langkah serve` runs it."""
    with served(installation, tmp_path_factory.mktemp("server") / "log.txt") as server:
        yield server


@pytest.fixture
def visitor(browser, server) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors: visitor(width=360, height=740), visitor(javascript=False), visitor(dark=True)."""
    server.faults()
    there: list[Visitor] = []

    def arrive(*, width: int = 1280, height: int = 800, javascript: bool = True, dark: bool = False) -> Visitor:
        there.append(Visitor(browser, server, width=width, height=height, javascript=javascript, dark=dark))
        return there[-1]

    yield arrive
    complaints = [complaint for one in there for complaint in one.leave()] + server.faults()
    if complaints:
        pytest.fail("\n".join(dict.fromkeys(complaints)), pytrace=False)
