"""Plain text told from everything else: UTF-8 to its last byte, without control characters."""

import codecs
import re
from typing import BinaryIO

from core.files.storage import CHUNK

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# What a browser takes for markup stands at the beginning (WHATWG MIME sniffing); further down "<" is text.
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?[\s\x0c]*<[a-z!?/]", re.IGNORECASE)


def is_text(content: BinaryIO) -> bool:
    """Whether all of it is readable text; reads no further than the first byte that is not."""
    content.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := content.read(CHUNK):
            if _CONTROLS.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def refused_text(head: bytes) -> str | None:
    """The MIME type of a text that is more than text (page, script, print file); None for a harmless one."""
    if _MARKUP.match(head):
        return _markup(head.lower())
    if head.startswith(b"#!"):
        return "text/x-script"
    if head.startswith(b"{\\rtf"):
        return "application/rtf"
    if head.startswith(b"%!PS"):
        return "application/postscript"
    return None


def _markup(head: bytes) -> str:
    if b"<svg" in head:
        return "image/svg+xml"
    return "text/xml" if b"<?xml" in head and b"<html" not in head else "text/html"
