"""What of a request's texts a column can hold."""


def storable(text: str) -> bool:
    """Whether a text column can hold it: neither NUL nor half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
