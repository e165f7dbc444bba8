"""What contains a text that somebody typed: the pattern of a search, in which its own signs stand for themselves."""

from core.engine.shell import plain


def containing(text: str | None) -> str | None:
    """The pattern for ILIKE, None where nothing is asked for.

    :raises UnusableText: the text has characters that no text here can have.
    """
    sought = plain(text)
    if sought is None:
        return None
    for sign in ("\\", "%", "_"):
        sought = sought.replace(sign, f"\\{sign}")
    return f"%{sought}%"
