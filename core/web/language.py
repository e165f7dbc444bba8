"""The words of the pages: Indonesian as written here, another language where a catalogue has one.

A page has some two hundred of them, and flask-babel finds out the reader's language for each one anew, which was a
quarter of the page's time: here that is done once a request.
"""

from typing import Any

from flask import g
from flask_babel import get_translations
from flask_babel.speaklater import LazyString
from markupsafe import Markup


def _(text: str, **values: Any) -> str:
    """The text in the reader's language, with %(name)s filled in."""
    found = _translated(text)
    return found % values if values else found


def later(text: str) -> Any:
    """The text for a table made when the module is loaded; the reader's language is asked for when it is shown."""
    return LazyString(_, text)


def shown(text: str, **values: Any) -> Markup:
    """`_` as the templates have it: what is filled in is escaped, and a per cent sign is written twice (%%)."""
    found = Markup(_translated(text))
    return found % values if "%" in found else found


def _translated(text: str) -> str:
    if not g:  # outside any request
        return text
    words = g.get("words")
    if words is None:
        words = g.words = get_translations()
    return str(words.ugettext(text))
