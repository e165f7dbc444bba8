"""A person at a browser: a context of his own, watched, with what a test does to any page."""

import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from core.commands.seeding import PASSWORD
from core.config import ROOT
from tests.browser.serving import Server
from tests.browser.watch import Watch

PATIENCE = 20_000  # milliseconds; a machine busy with other tests is slow
GRAVE = ("serious", "critical")
LOOK = """
async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(found => ({
  id: found.id, impact: found.impact, help: found.help,
  where: found.nodes.map(node => node.target.join(" ") + " – " + node.failureSummary),
}))
"""


class Visitor:
    """One person's browser; `page` is what he has open.

    Addresses are paths: `visitor.page.goto("/pangkalpinang/masuk")`.
    """

    def __init__(self, browser: Any, server: Server, *, width: int, height: int, javascript: bool, dark: bool) -> None:
        self.server = server
        self.javascript = javascript
        self.context = browser.new_context(
            base_url=server.address,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="id-ID",
            timezone_id="Asia/Jakarta",
        )
        self.context.set_default_timeout(PATIENCE)
        self.watch = Watch(self.context)
        self.page = self.new_page()

    def new_page(self) -> Any:
        """A further page of the same person, watched as well."""
        page = self.context.new_page()
        self.watch.follow(self.context, page)
        return page

    def open(self, path: str) -> int:
        """Goes there; the status of the answer."""
        return self.page.goto(path).status

    def log_in(self, tenant: str, account: str, password: str = PASSWORD) -> "Visitor":
        """Logs in by the page, as one of the invented people."""
        self.open(f"/{tenant}/masuk")
        self.page.fill("[name=akun]", account)
        self.page.fill("[name=sandi]", password)
        self.page.click("form:has([name=sandi]) button")
        self.page.wait_for_url(lambda address: not address.endswith("/masuk"))
        return self

    def expects(self, *errors: int | str) -> None:
        """Says which errors this test brings about: the status of an answer, or a part of the browser's own words."""
        self.watch.allowed += [f"status of {error}" if isinstance(error, int) else error for error in errors]

    def axe(self) -> list[str]:
        """The serious and critical findings of axe-core on the page as it stands, one sentence each.

        The library is evaluated by the browser's tools, which our policy does not bind; the page never loads it.
        """
        assert self.javascript, "axe-core needs JavaScript"
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(_axe_core())
        found = self.page.evaluate(LOOK)
        return [f"{one['id']}: {one['help']}: {one['where']}" for one in found if one["impact"] in GRAVE]

    def shot(self, name: str, *, whole: bool = True) -> Path:
        """A picture of the page; `make shots` keeps those for the README."""
        folder = ROOT / os.environ["LANGKAH_SHOTS"] if "LANGKAH_SHOTS" in os.environ else _folder()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.png"
        self.page.screenshot(path=path, full_page=whole, animations="disabled")
        return path

    def overflow(self) -> int:
        """How many pixels the page is wider than its window; 0 where nobody need scroll sideways."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def leave(self) -> Iterator[str]:
        """Closes the browser; what its pages did wrong."""
        if self.context.pages:
            # Events reach us while the browser is being asked something.
            self.context.pages[0].wait_for_timeout(50)
        self.context.close()
        yield from self.watch.complaints()


@cache
def _axe_core() -> str:
    return (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


@cache
def _folder() -> Path:
    return Path(tempfile.gettempdir()) / "langkah-shots"
