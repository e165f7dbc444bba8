"""A browser without a window: a client of the application that sends what a browser sends; no pytest in here.

page = Browser(app, "pangkalpinang").get("/masuk")
page.form("/masuk").fields["lanjut"]
assert "Masuk" in page.text
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from core.web.cookies import session_name
from tests.core.api.office import PASSWORD

HOST = "http://localhost"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"
# Elements that have no end.
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Element:
    """One element of a page with what stands in it, in order."""

    tag: str
    attributes: dict[str, str]
    inside: "list[Element | str]" = field(default_factory=list)

    def all(self, *tags: str, **attributes: str) -> "Iterator[Element]":
        """Every element of these tags below this one with these attributes (class_ for class: one of its words)."""
        for child in self.inside:
            if isinstance(child, Element):
                if (not tags or child.tag in tags) and child._has(attributes):
                    yield child
                yield from child.all(*tags, **attributes)

    def _has(self, attributes: dict[str, str]) -> bool:
        wanted = attributes.copy()
        word = wanted.pop("class_", None)
        own = {name.replace("-", "_"): value for name, value in self.attributes.items()}
        classes = self.attributes.get("class", "").split()
        return (word is None or word in classes) and all(own.get(name) == value for name, value in wanted.items())

    @property
    def text(self) -> str:
        """What is read of it, on one line."""
        return " ".join(" ".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for child in self.inside:
            if isinstance(child, str):
                yield child
            elif child.tag not in ("script", "style", "title"):
                yield from child._words()


class _Reader(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attributes})
        self._open[-1].inside.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, text: str) -> None:
        self._open[-1].inside.append(text)


class Form:
    """A form as the page shows it: where it goes, what it holds before anybody types."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.action = element.attributes.get("action", "")
        self.method = element.attributes.get("method", "get").lower()

    @cached_property
    def fields(self) -> dict[str, str]:
        """Its fields by name with their values; of a choice the one that is chosen."""
        found: dict[str, str] = {}
        for each in self.element.all("input", "textarea", "select"):
            chosen = each.attributes.get("type") not in ("checkbox", "radio") or "checked" in each.attributes
            if "name" in each.attributes and chosen:
                found[each.attributes["name"]] = self._value(each)
        return found

    @staticmethod
    def _value(each: Element) -> str:
        if each.tag == "input":
            return each.attributes.get("value", "")
        if each.tag == "textarea":
            return "".join(part for part in each.inside if isinstance(part, str))
        options = list(each.all("option"))
        chosen = next((one for one in options if "selected" in one.attributes), options[0] if options else None)
        return chosen.attributes.get("value", "") if chosen else ""

    @property
    def buttons(self) -> dict[str, dict[str, str]]:
        """Its buttons by what stands on them, with their attributes."""
        return {each.text: each.attributes for each in self.element.all("button")}


class Page:
    """An answer as it is read."""

    def __init__(self, answer: TestResponse) -> None:
        self.answer = answer
        self.status = answer.status_code
        self.source = answer.get_data(as_text=True)

    @cached_property
    def root(self) -> Element:
        """All its elements."""
        return _Reader(self.source).root

    @property
    def text(self) -> str:
        """All that is read on it."""
        return self.root.text

    @property
    def path(self) -> str:
        """Its own address, without host and query."""
        return self.answer.request.path

    @property
    def onward(self) -> str:
        """Where it sends the browser; '' where it does not."""
        return self.answer.headers.get("Location", "")

    @property
    def heading(self) -> str:
        """Its title as it is read."""
        return next(self.root.all("h1")).text

    @property
    def alert(self) -> str:
        """Why what was sent was refused; '' where nothing was."""
        return " ".join(each.text for each in self.root.all(role="alert"))

    @property
    def news(self) -> str:
        """The word of what was just done; '' where there is none."""
        return " ".join(each.text for each in self.root.all(role="status"))

    @property
    def links(self) -> dict[str, str]:
        """The addresses it leads to, by what stands on them."""
        return {each.text: each.attributes["href"] for each in self.root.all("a") if "href" in each.attributes}

    @property
    def forms(self) -> list[Form]:
        """Its forms in order."""
        return [Form(each) for each in self.root.all("form")]

    def form(self, action: str) -> Form:
        """The form whose address ends so."""
        found = [form for form in self.forms if form.action.endswith(action)]
        assert found, f"no form for {action} among {[form.action for form in self.forms]}"
        return found[0]


class Browser:
    """Somebody's browser at one government; it keeps cookies, and says where a request comes from."""

    def __init__(self, app: Flask, slug: str, agent: str = FIREFOX, host: str = HOST) -> None:
        self.client = app.test_client()
        self.slug, self.agent, self.host = slug, agent, host
        self.at: str | None = None

    def open(self, method: str, address: str, headers: dict[str, Any] | None = None, **options: Any) -> Page:
        """Any request; `options` are Werkzeug's. A header of None is left out."""
        sent: dict[str, Any] = {"User-Agent": self.agent}
        if method not in ("GET", "HEAD"):
            sent |= {"Origin": self.host}
        if self.at:
            sent["Referer"] = self.host + self.at
        sent |= headers or {}
        kept = {name: value for name, value in sent.items() if value is not None}
        answer = self.client.open(address, method=method, base_url=self.host, headers=kept, buffered=True, **options)
        return Page(answer)

    def get(self, path: str, headers: dict[str, Any] | None = None, **query: Any) -> Page:
        """Reads a page of the government; the browser stands there from now on."""
        page = self.open("GET", f"/{self.slug}{path}", headers, query_string=query or None)
        if page.status == 200:
            self.at = page.answer.request.full_path.rstrip("?")
        return page

    def post(self, path: str, headers: dict[str, Any] | None = None, **typed: Any) -> Page:
        """Sends a form to an address of the government."""
        return self.open("POST", f"/{self.slug}{path}", headers, data=typed)

    def submit(self, page: Page, action: str, button: str | None = None, **typed: Any) -> Page:
        """Fills in a form of the page and sends it, by the button with that text, as a browser would."""
        form = page.form(action)
        data = {**form.fields, **typed}
        if button is not None:
            pressed = form.buttons[button]
            data |= {pressed["name"]: pressed.get("value", "")} if "name" in pressed else {}
        return self.open("POST", form.action, data=data)

    def follow(self, page: Page) -> Page:
        """Goes where it was sent, to the end of it."""
        while page.onward:
            target = urlsplit(page.onward)
            assert target.netloc in ("", urlsplit(self.host).netloc), page.onward
            page = self.open("GET", target.path, query_string=target.query)
            if page.status == 200:
                self.at = page.answer.request.full_path.rstrip("?")
        return page

    def log_in(self, account: str, password: str = PASSWORD, **typed: Any) -> Page:
        """The log-in, by its form; the answer to it, not yet followed."""
        return self.submit(self.get("/masuk"), "/masuk", akun=account, sandi=password, **typed)

    @property
    def secret(self) -> str | None:
        """What the session's cookie holds."""
        cookie = self.client.get_cookie(session_name(self.slug), path=f"/{self.slug}")
        return cookie.value if cookie else None
