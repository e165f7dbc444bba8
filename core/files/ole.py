"""The directory of a compound file: Word and Excel before 2007 ([MS-CFB], version 3 and 4).

Only the directory is read. The kind is told by the streams right under the root, because a document with a
table embedded has the streams of both further down; a macro counts wherever it stands.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from core.files.errors import BrokenFile, KindRefused, MacrosRefused, PasswordLocked, UnknownKind
from core.files.types import ACCEPTED, DOC, REFUSED, XLS, Kind

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_HEADER = 512
_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFFA  # numbers above it mark ends and gaps
_MACROS = {"_vba_project", "_vba_project_cur", "vba", "macros"}
_KINDS = (("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS))


class _Entry(NamedTuple):
    name: str
    left: int
    right: int
    child: int


def kind_of_ole(content: BinaryIO, name: str) -> Kind:
    """Which accepted kind a compound file is.

    :raises FileRefused: broken, locked, with macros, or another program's format.
    """
    try:
        entries = list(_entries(content))
        top = set(_under_root(entries))
    except (struct.error, IndexError, ValueError) as error:
        raise BrokenFile(name=name, label="dokumen Office lama") from error
    if "EncryptedPackage" in top:
        raise PasswordLocked(name=name)
    if _MACROS & {entry.name.lower() for entry in entries}:
        raise MacrosRefused(name=name)
    for stream, kind in _KINDS:
        if stream in top:
            return kind
    if "PowerPoint Document" in top:
        label, remedy = REFUSED["application/vnd.ms-powerpoint"]
        raise KindRefused(name=name, label=label, remedy=remedy)
    raise UnknownKind(name=name, accepted=ACCEPTED)


def _entries(content: BinaryIO) -> Iterator[_Entry]:
    for sector in _directory_sectors(content):
        for at in range(0, len(sector), _ENTRY):
            raw = sector[at : at + _ENTRY]
            length = min(max(struct.unpack_from("<H", raw, 64)[0] - 2, 0), 62)
            label = raw[:length].decode("utf-16-le", "replace") if raw[66] else ""
            yield _Entry(label, *struct.unpack_from("<III", raw, 68))


def _under_root(entries: list[_Entry]) -> Iterator[str]:
    """The names in the tree that hangs at the root's child; a tree that bites its tail ends, too."""
    seen: set[int] = set()
    waiting = [entries[0].child]
    while waiting:
        at = waiting.pop()
        if at > _LAST_SECTOR or at in seen:
            continue
        seen.add(at)
        yield entries[at].name
        waiting += (entries[at].left, entries[at].right)


def _directory_sectors(content: BinaryIO) -> Iterator[bytes]:
    content.seek(0)
    header = content.read(_HEADER)
    size = 1 << struct.unpack_from("<H", header, 30)[0]
    if size not in (512, 4096):
        raise ValueError("the sector size is neither 512 nor 4096 bytes")
    tables = _table_sectors(content, header, size)
    sector = struct.unpack_from("<I", header, 48)[0]
    seen: set[int] = set()
    while sector <= _LAST_SECTOR:
        if sector in seen:
            raise ValueError("the directory runs in a circle")
        seen.add(sector)
        yield _read(content, sector, size)
        row, column = divmod(sector, size // 4)
        sector = struct.unpack_from("<I", _read(content, tables[row], size), column * 4)[0]


def _table_sectors(content: BinaryIO, header: bytes, size: int) -> list[int]:
    """Where the allocation table stands: 109 numbers in the header, the others in a chain of sectors."""
    numbers = list(struct.unpack_from("<109I", header, 76))
    following = struct.unpack_from("<I", header, 68)[0]
    seen: set[int] = set()
    while following <= _LAST_SECTOR:
        if following in seen:
            raise ValueError("the allocation table runs in a circle")
        seen.add(following)
        *more, following = struct.unpack(f"<{size // 4}I", _read(content, following, size))
        numbers += more
    return [number for number in numbers if number <= _LAST_SECTOR]


def _read(content: BinaryIO, sector: int, size: int) -> bytes:
    content.seek((sector + 1) * size)
    raw = content.read(size)
    if len(raw) < size:
        raise ValueError("a sector lies behind the end")
    return raw
