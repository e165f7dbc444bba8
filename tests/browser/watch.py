"""What a page must never do, seen by the browser itself: errors, breaches of our policy, foreign hosts, weight.

The caches of a watched page are off, so every load is weighed as on a first visit: all that it needs until a second
after it was there, as it travelled, headers and compression included.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

HEAVIEST = 300_000  # bytes, ground.md 14
OURS = "127.0.0.1"
# Fragments fetched later than this after the page was there are answers to what its reader did.
SETTLED = 1.0  # seconds
FETCHED = ("Fetch", "XHR")
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event => console.error(
  "policy: " + event.violatedDirective + " refused " + event.blockedURI + " " + event.sample))
"""


@dataclass
class Load:
    """One page as it came over the line."""

    address: str
    weight: int = 0
    ready: float | None = None
    page: bool = True

    def __str__(self) -> str:
        return f"{urlsplit(self.address).path}: {self.weight / 1000:.0f} kB"


class Watch:
    """Watches every page of one context; `allowed` are the texts of errors that a test brings about on purpose."""

    def __init__(self, context: Any) -> None:
        self.allowed: list[str] = []
        self.loads: list[Load] = []
        self._seen: list[str] = []
        context.add_init_script(TELL_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._seen.append(f"script: {error.error}"))
        context.on("request", self._request)

    def follow(self, context: Any, page: Any) -> None:
        """Weighs what this page loads, from before its first address."""
        line, asked = context.new_cdp_session(page), dict[str, Load]()
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        line.send("Page.enable")
        line.on("Network.requestWillBeSent", lambda event: self._sent(event, asked))
        line.on("Network.responseReceived", lambda event: self._answered(event, asked))
        line.on("Network.loadingFinished", lambda event: self._arrived(event, asked))
        line.on("Page.loadEventFired", self._ready)

    def complaints(self) -> Iterator[str]:
        """Everything that was seen and not allowed, and the pages that are too heavy."""
        yield from (text for text in self._seen if not any(part in text for part in self.allowed))
        yield from (f"too heavy, {load}" for load in self.loads if load.page and load.weight > HEAVIEST)

    def _console(self, message: Any) -> None:
        if message.type == "error":
            self._seen.append(f"console: {message.text} ({message.location['url']})")

    def _request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != OURS:
            self._seen.append(f"a foreign host was asked: {request.url}")

    def _sent(self, event: dict[str, Any], asked: dict[str, Load]) -> None:
        number, kind = event["requestId"], event.get("type")
        if kind == "Document" and number == event["loaderId"]:
            if number not in asked:
                self.loads.append(Load(event["request"]["url"]))
            else:  # led on: a load is called after the page that came in the end
                asked[number].address = event["request"]["url"]
        if not self.loads:
            return
        load = self.loads[-1]
        late = load.ready is not None and event["timestamp"] > load.ready + SETTLED
        if not (late and kind in FETCHED):
            asked[number] = load

    def _answered(self, event: dict[str, Any], asked: dict[str, Load]) -> None:
        """A file that a reader takes down is no page."""
        load = asked.get(event["requestId"])
        if load is not None and event["requestId"] == event["loaderId"]:
            load.page = event["response"]["mimeType"] == "text/html"

    def _arrived(self, event: dict[str, Any], asked: dict[str, Load]) -> None:
        load = asked.pop(event["requestId"], None)
        if load is not None:
            load.weight += int(event["encodedDataLength"])

    def _ready(self, event: dict[str, Any]) -> None:
        if self.loads:
            self.loads[-1].ready = event["timestamp"]
