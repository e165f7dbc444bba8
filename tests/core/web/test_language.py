"""The words of the pages: as written here, or from a catalogue that is asked for once a request."""

import pytest
from babel.support import NullTranslations
from flask import render_template_string

from core.web import language
from core.web.language import _, later

pytestmark = pytest.mark.database


class English(NullTranslations):
    """A catalogue of one text."""

    def ugettext(self, message: str) -> str:
        return {"Halo, %(name)s": "Hello, %(name)s"}.get(message, message)


@pytest.fixture
def asked(monkeypatch):
    """The reader has another language; how often it was asked for."""
    times: list[None] = []

    def english():
        times.append(None)
        return English()

    monkeypatch.setattr(language, "get_translations", english)
    return times


def test_a_catalogue_translates_and_is_asked_for_once(app, asked):
    page = '{{ _("Halo, %(name)s", name="Ani") }}. {{ _("Keluar") }}. {{ word }}.'
    with app.test_request_context():
        assert render_template_string(page, word=later("Masuk")) == "Hello, Ani. Keluar. Masuk."
        assert _("Halo, %(name)s", name="Budi") == "Hello, Budi"
    assert len(asked) == 1


def test_each_request_asks_anew(app, asked):
    for _number in range(2):
        with app.test_request_context():
            _("Keluar")
    assert len(asked) == 2


def test_what_is_filled_in_is_escaped_and_the_text_is_not(app):
    page = '{{ _("Milik <b>%(name)s</b>", name=name) }}'
    with app.test_request_context():
        shown = render_template_string(page, name="<script>alert(1)</script>")
    assert shown == "Milik <b>&lt;script&gt;alert(1)&lt;/script&gt;</b>"


def test_a_sign_of_per_cent_is_written_twice(app):
    with app.test_request_context():
        assert render_template_string('{{ _("50%% selesai") }}') == "50% selesai"


def test_outside_any_request_a_text_is_as_it_is_written():
    assert str(later("Tugas Saya")) == "Tugas Saya"
    assert _("%(count)s hari", count=3) == "3 hari"
