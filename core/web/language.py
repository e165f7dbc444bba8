"""The words of the pages: Indonesian as written here, another language where a catalogue has one."""

from typing import Any

from flask_babel import gettext, lazy_gettext


def _(text: str, **values: Any) -> str:
    """The text in the reader's language, with %(name)s filled in."""
    return str(gettext(text, **values))


def later(text: str) -> Any:
    """The text for a table made when the module is loaded; the reader's language is asked for when it is shown."""
    return lazy_gettext(text)
