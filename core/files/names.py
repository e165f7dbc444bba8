"""The name a file is shown under: what the user called it, without what could deceive or break.

The name is never part of a path; contents stand under their digest (core.files.storage).
"""

import re
import unicodedata

LONGEST = 150  # characters
NAMELESS = "berkas"

# Controls, invisible marks (bidi overrides among them, which turn "exe.fdp" around), surrogates, private use.
_HIDDEN = ("Cc", "Cf", "Cs", "Co")
_SEPARATORS = re.compile(r"[/\\]")
# "Laporan v1.2" and "Surat Kadis. Kominfo" have no extension: digits alone and spaces are none.
_EXTENSION = re.compile(r"\.(?=[a-z0-9]*[a-z])([a-z0-9]{1,8})", re.IGNORECASE)


def clean_name(raw: str) -> str:
    """The last part of the path the browser sent, in NFC, at most 150 characters, its extension kept.

    Never empty; cleaning twice changes nothing.
    """
    spaced = " ".join(raw.split())
    visible = "".join(letter for letter in spaced if unicodedata.category(letter) not in _HIDDEN)
    parts = [part.strip(" .") for part in _SEPARATORS.split(unicodedata.normalize("NFC", visible))]
    name = " ".join(next((part for part in reversed(parts) if part), NAMELESS).split())
    return shorten(name)


def extension(name: str) -> str:
    """The extension in lower case without its dot; '' when the name has none."""
    found = _EXTENSION.fullmatch(name[name.rfind(".") :]) if "." in name else None
    return found.group(1).lower() if found else ""


def shorten(name: str) -> str:
    """At most 150 characters, cut before the extension."""
    if len(name) <= LONGEST:
        return name
    ending = f".{name.rpartition('.')[2]}" if extension(name) else ""
    stem = name[: len(name) - len(ending)] if ending else name
    return stem[: LONGEST - len(ending)].rstrip(" .") + ending
