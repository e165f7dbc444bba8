"""The templates of the pages as syntax: what they write literally, what they say, which icons they draw."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

from core.config import ROOT

TRANSLATED = {"_", "gettext", "ngettext", "pgettext"}
ATTRIBUTE = re.compile(r"""([\w:-]+)=["']([^"']*)["']""")
LOOSE = {"br", "hr", "img", "input", "link", "meta"}


@cache
def pages() -> tuple[Path, ...]:
    return tuple(sorted(ROOT.glob("core/web/templates/**/*.html")))


@cache
def syntax(source: str) -> nodes.Template:
    return Environment(extensions=["jinja2.ext.i18n"]).parse(source)


def literal(source: str) -> str:
    """What the template writes as it stands; what it computes is left out, comments as well."""
    return "".join(node.data for node in syntax(source).find_all(nodes.TemplateData))


def unspoken(source: str) -> Iterator[str]:
    """Texts in the template's own expressions that look like a sentence and go through no translation."""
    translated = {
        id(text)
        for call in syntax(source).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in TRANSLATED
        for text in call.find_all(nodes.Const)
    }
    for text in syntax(source).find_all(nodes.Const):
        if isinstance(text.value, str) and id(text) not in translated and _sentence(text.value):
            yield text.value


def icons(source: str) -> Iterator[str]:
    """Every icon the template names itself, whichever branch it stands in."""
    for call in syntax(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "icon" and call.args:
            given = call.args[0]
            found = [given] if isinstance(given, nodes.Const) else list(_chosen(given))
            yield from (text.value for text in found if isinstance(text.value, str))


def _chosen(given: nodes.Node) -> Iterator[nodes.Const]:
    """The constants an expression may become, not those it asks about."""
    branches = [given.expr1, given.expr2] if isinstance(given, nodes.CondExpr) else []
    for branch in filter(None, branches):
        yield from [branch] if isinstance(branch, nodes.Const) else _chosen(branch)


def _sentence(text: str) -> bool:
    return text[:1].isupper() and any(letter.islower() for letter in text) and not text.startswith("Asia/")


class Markup(HTMLParser):
    """Reads what a template writes: tags with their attributes, and text with the tag it stands in."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(literal(source))
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attributes}))
        if tag not in LOOSE:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """A tag that two branches open, or close, is not counted against the rest."""
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]

    def handle_data(self, text: str) -> None:
        """A block may hold an attribute alone, for a tag of the template it extends."""
        alone = ATTRIBUTE.fullmatch(text.strip())
        if alone:
            self.tags.append(("", {alone[1]: alone[2]}))
        else:
            self.texts.append((self._open[-1] if self._open else "", text))
