"""What a file is, told by its content alone; its name and what the browser claims count for nothing."""

from typing import BinaryIO

import filetype  # type: ignore[import-untyped]  # the library ships no types

from core.files import ole, texts, zips
from core.files.errors import (
    AnimationRefused,
    BrokenFile,
    FileRefused,
    KindRefused,
    NotUtf8,
    TwoContents,
    UnknownKind,
)
from core.files.names import extension
from core.files.types import ACCEPTED, BY_MIME, IMAGES, PDF, REFUSED, TEXT, Kind

HEAD = 8192
TAIL = 22 + 65_535  # the end of a ZIP with the longest comment
_PDF_END = 1024  # ISO 32000-1 Annex H, note 18: %%EOF within the last 1024 bytes


def detect(content: BinaryIO, name: str) -> Kind:
    """The kind of a seekable content; `name` is clean and only for the messages.

    :raises FileRefused: it is none of the accepted kinds, or broken, or two things at once.
    """
    content.seek(0)
    head = content.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        return zips.kind_of_zip(content, name)
    kind = _without_zip(content, head, name)
    if zips.carries_zip(_tail(content, TAIL)):
        raise TwoContents(name=name, label=kind.label)
    return kind


def _without_zip(content: BinaryIO, head: bytes, name: str) -> Kind:
    if head.startswith(ole.MAGIC):
        return ole.kind_of_ole(content, name)
    if head.startswith(b"%PDF-"):
        return _whole_pdf(content, name)
    # Before the library, which takes "BMKG" for a bitmap and "MZ" for a program.
    if texts.is_text(content):
        return _harmless_text(head, name)
    found = filetype.guess(head)
    kind = BY_MIME.get(found.mime) if found else None
    if kind in IMAGES:
        return kind
    raise _refusal(found.mime if found else "", found.extension if found else "", name)


def _whole_pdf(content: BinaryIO, name: str) -> Kind:
    if b"%%EOF" not in _tail(content, _PDF_END):
        raise BrokenFile(name=name, label=PDF.label)
    return PDF


def _harmless_text(head: bytes, name: str) -> Kind:
    mime = texts.refused_text(head)
    if mime is not None:
        raise _refusal(mime, "", name)
    return TEXT


def _refusal(mime: str, ending: str, name: str) -> FileRefused:
    if mime == "image/apng":
        return AnimationRefused(name=name)
    known = REFUSED.get(mime) or REFUSED.get(f"{mime.partition('/')[0]}/")
    if known:
        label, remedy = known
        return KindRefused(name=name, label=label.format(ext=ending.upper()), remedy=remedy)
    if extension(name) in TEXT.extensions:
        return NotUtf8(name=name)
    return UnknownKind(name=name, accepted=ACCEPTED)


def _tail(content: BinaryIO, length: int) -> bytes:
    size = content.seek(0, 2)
    content.seek(max(0, size - length))
    return content.read()
