"""What of a request's texts a column can hold."""

from collections.abc import Iterable

from core.errors import BadInput


class UnusableCharacters(BadInput):
    """Isian {where} memuat karakter yang tidak dapat disimpan. Ketik ulang teks itu tanpa karakter khusus."""

    type = "karakter-tidak-dapat-disimpan"


def storable(text: str) -> bool:
    """Whether a text column can hold it: neither NUL nor half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def refuse_unusable(pairs: Iterable[tuple[str, str]]) -> None:
    """Looks at every field of a form or query.

    :raises UnusableCharacters: one has a text that no column can hold.
    """
    for name, text in pairs:
        if not (storable(name) and storable(text)):
            raise UnusableCharacters(where=name if storable(name) else "permintaan")
