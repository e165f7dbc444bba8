"""The templates of the pages keep our policy (ground.md 13), go through the translation, and draw icons that exist."""

import re

import pytest

from core.config import ROOT
from core.extensions import Extensions
from core.platform import read_procedure
from core.web.menu import PAGES
from tests.structure.sources import shown
from tests.structure.templates import Markup, icons, pages, unspoken

each_template = pytest.mark.parametrize("path", pages(), ids=shown)

# What is read or seen of a tag besides its text.
SPOKEN = {"alt", "aria-description", "aria-label", "aria-roledescription", "placeholder", "title", "hx-confirm"}
LOADED = {"src", "srcset", "data", "poster", "action", "formaction", "hx-get", "hx-post", "hx-put", "hx-delete"}
ELSEWHERE = re.compile(r"^\s*(?:[a-z]+:)?//", re.IGNORECASE)
CODE = re.compile(r"\bjavascript:|^\s*js:", re.IGNORECASE)
# Names and what is typed are the same in every language.
SAME_EVERYWHERE = re.compile(r"\bLangkah\b")
TYPED = {"code", "kbd", "samp"}


def breaches(source):
    """What the policy would refuse, or what would need an exception from it."""
    for tag, attributes in Markup(source).tags:
        if tag in ("style", "iframe", "object", "embed", "base"):
            yield f"<{tag}>"
        if tag == "script" and "src" not in attributes:
            yield "a script without src"
        for name, value in attributes.items():
            if name == "style" or name.startswith(("on", "hx-on", "data-hx-on")):
                yield f"{name}="
            if CODE.search(value):
                yield f'{name}="{value}"'
            if name in ("hx-trigger", "data-hx-trigger") and "[" in value:
                yield f'a filter in {name}="{value}"'
            if ELSEWHERE.search(value) and (name in LOADED or (name == "href" and tag != "a")):
                yield f'{name}="{value}"'


def unsaid(source):
    """What somebody would read or hear that goes through no translation."""
    markup = Markup(source)
    for tag, text in markup.texts:
        if tag not in TYPED and _said(text):
            yield " ".join(text.split())
    for _, attributes in markup.tags:
        yield from (f'{name}="{attributes[name]}"' for name in SPOKEN & attributes.keys() if _said(attributes[name]))
    yield from unspoken(source)


def _said(text):
    return re.search(r"[^\W\d_]", SAME_EVERYWHERE.sub("", text)) is not None


@each_template
def test_it_asks_nothing_that_the_policy_refuses(path):
    assert list(breaches(path.read_text(encoding="utf-8"))) == []


@each_template
def test_every_text_goes_through_the_translation(path):
    assert list(unsaid(path.read_text(encoding="utf-8"))) == []


@each_template
def test_its_icons_are_in_the_sprite(path):
    assert set(icons(path.read_text(encoding="utf-8"))) - sprite() == set()


def test_the_icons_of_the_menu_are_in_the_sprite():
    extensions = Extensions.load(read_procedure)
    brought = {entry.icon for entries in extensions.menus.values() for entry in entries}
    assert {icon for _, icon, *_ in PAGES} | brought - {None} <= sprite()


def sprite():
    return set((ROOT / "core/web/assets/icons.txt").read_text().split())


@pytest.mark.parametrize(
    "source",
    [
        '<p style="color: red">',
        "<style>p { color: red }</style>",
        "<script>alert(1)</script>",
        '<button onclick="f()">',
        '<button {% if a > b %}onfocus="f()"{% endif %}>',
        '<div hx-on:click="f()">',
        '<a href="javascript:f()">',
        "<div hx-vals='js:{a: b}'>",
        '<div hx-trigger="keyup[ctrlKey]">',
        '<script src="https://contoh.invalid/a.js"></script>',
        '<img src="//contoh.invalid/a.png">',
        '<link rel="stylesheet" href="http://contoh.invalid/a.css">',
        '<form action="https://contoh.invalid/">',
        '{% block a %} onclick="f()"{% endblock %}',
        "{% macro m() %}<iframe></iframe>{% endmacro %}",
    ],
)
def test_a_breach_would_be_found(source):
    assert len(list(breaches(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "<p>Masuk</p>",
        '<img alt="Lambang">',
        "<p>{% if a %}ya{% endif %}</p>",
        '{{ line("akun", "Nama pengguna") }}',
        '{% set title = "Tugas" %}',
        "<p>{{ _('Masuk') }} sekarang</p>",
    ],
)
def test_an_untranslated_text_would_be_found(source):
    assert len(list(unsaid(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "{# Untuk pembaca templat #}<p>{{ _('Masuk') }}</p>",
        "<p>{% trans %}Masuk{% endtrans %} &middot; 2026</p>",
        '<p class="judul">{{ name }} – <code>langkah tenants sync</code></p>',
        '<a href="https://contoh.invalid" title="{{ _("Buka") }}">{{ icon("search") }} Langkah</a>',
        '{{ line("akun", _("Nama pengguna"), type="text") }}',
        '{% block kind %} class="polos"{% endblock %}',
    ],
)
def test_what_is_right_is_left_alone(source):
    assert [*breaches(source), *unsaid(source)] == []


def test_an_icon_is_found_in_every_branch():
    source = '{{ icon("a") if x == "no" else icon("b") }}{{ icon("c" if x == "no" else "d", _("Cari")) }}'
    assert sorted(icons(source)) == ["a", "b", "c", "d"]
