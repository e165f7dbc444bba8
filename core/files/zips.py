"""A look into ZIP files: Office and OpenDocument, plain archives, and what must not come in.

Only the directory is read, and of two small entries at most a few bytes; nothing is ever unpacked.
"""

import lzma
import re
import struct
import zipfile
import zlib
from typing import BinaryIO

from core.files.errors import ArchiveRefused, BrokenFile, KindRefused, MacrosRefused
from core.files.types import BY_MIME, DOCX, ODS, ODT, PPTX, REFUSED, XLSX, ZIP, Kind

ENTRIES = 10_000
UNPACKED = 1024**3  # bytes, as the directory declares them
# Office files shrink 10 to 50 times, a bomb a thousand times; below 64 MB unpacked nobody is harmed.
HARMLESS = 64 * 1024**2
RATIO = 200

_MAIN_PARTS = (
    (b"wordprocessingml.document.main+xml", DOCX),
    (b"spreadsheetml.sheet.main+xml", XLSX),
    (b"presentationml.presentation.main+xml", PPTX),
    (b"presentationml.slideshow.main+xml", PPTX),
)
_OOXML_MACRO = re.compile(r"(^|/)vbaproject\.bin$|^xl/macrosheets/", re.IGNORECASE)
# LibreOffice leaves empty library lists behind; a module beside them is a macro.
_ODF_MACRO = re.compile(r"^(Basic|Scripts)/(?!.*script-l[bc]\.xml$).*[^/]$")
_PROGRAM = re.compile(
    r"\.(exe|dll|scr|com|bat|cmd|msi|ps1|vbs|vbe|jse?|wsf|hta|lnk|jar|apk|docm|xlsm|xlsb|pptm)$",
    re.IGNORECASE,
)
_JAVA = ("META-INF/MANIFEST.MF", "AndroidManifest.xml")
_CENTRAL = b"PK\x01\x02"
_END = b"PK\x05\x06"
_READ = 1024**2
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,  # an encrypted entry; NotImplementedError, an unknown compression, is one too
)


def kind_of_zip(content: BinaryIO, name: str) -> Kind:
    """Which accepted kind a file beginning like a ZIP is.

    :raises FileRefused: broken, a bomb, with macros or programs, or an office format that is not accepted.
    """
    _require_few_entries(content, name)
    try:
        with zipfile.ZipFile(content) as archive:
            _require_whole(archive, content, name)
            _require_no_bomb(archive, name)
            names = [entry.filename for entry in archive.infolist()]
            if "mimetype" in names:
                return _open_document(archive, names, name)
            if "[Content_Types].xml" in names:
                return _office(archive, names, name)
            return _plain(names, name)
    except _BROKEN as error:
        raise BrokenFile(name=name, label="arsip ZIP atau dokumen Office") from error


def carries_zip(tail: bytes) -> bool:
    """Whether the last bytes of some other file are the end of a ZIP: a file with two meanings."""
    at = tail.rfind(_END)
    return at >= 0 and at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail)


def _require_few_entries(content: BinaryIO, name: str) -> None:
    """Before zipfile builds an object for each: there cannot be more entries than signatures of one."""
    content.seek(0)
    found, kept = 0, b""
    while chunk := content.read(_READ):
        found += (kept + chunk).count(_CENTRAL)
        kept = chunk[-3:]
    if found > ENTRIES:
        raise ArchiveRefused(name=name, reason=f"isinya lebih dari {ENTRIES:,} berkas".replace(",", "."))


def _require_whole(archive: zipfile.ZipFile, content: BinaryIO, name: str) -> None:
    """From the first byte to the last it is this archive: nothing before, between or behind."""
    entries = archive.infolist()
    content.seek(-22 - len(archive.comment), 2)
    ends = content.read(4) == _END
    if not ends or not entries or min(entry.header_offset for entry in entries) != 0:
        raise zipfile.BadZipFile("something stands before or behind the archive")
    if any(_escapes(entry.filename) for entry in entries):
        raise ArchiveRefused(name=name, reason="ada nama di dalamnya yang menunjuk ke luar arsip")


def _escapes(entry: str) -> bool:
    return entry.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", entry) or entry[1:2] == ":"


def _require_no_bomb(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    # Entries that share their bytes (Fifield's bomb) add up to more than lies before the directory.
    overlapping = packed > archive.start_dir
    if overlapping or unpacked > UNPACKED or unpacked > max(HARMLESS, RATIO * packed):
        raise ArchiveRefused(name=name, reason="isinya membengkak tidak wajar bila dibuka")


def _office(archive: zipfile.ZipFile, names: list[str], name: str) -> Kind:
    with archive.open("[Content_Types].xml") as types:
        declared = types.read(_READ)
    if b"macroEnabled" in declared or b"vbaProject" in declared or any(map(_OOXML_MACRO.search, names)):
        raise MacrosRefused(name=name)
    for main_part, kind in _MAIN_PARTS:
        if main_part in declared:
            return kind
    raise _refused("application/vnd.openxmlformats-officedocument", name)


def _open_document(archive: zipfile.ZipFile, names: list[str], name: str) -> Kind:
    with archive.open("mimetype") as entry:
        mime = entry.read(200).decode("ascii", "replace").strip()
    if any(map(_ODF_MACRO.search, names)):
        raise MacrosRefused(name=name)
    kind = BY_MIME.get(mime)
    if kind in (ODT, ODS):
        return kind
    raise _refused(mime if mime in REFUSED else "application/vnd.oasis.opendocument", name)


def _plain(names: list[str], name: str) -> Kind:
    if any(map(_OOXML_MACRO.search, names)):
        raise MacrosRefused(name=name)
    if any(entry in names for entry in _JAVA):
        raise _refused("application/java-archive", name)
    program = next((entry for entry in names if _PROGRAM.search(entry)), None)
    if program:
        inner = program.rpartition("/")[2]
        raise ArchiveRefused(name=name, reason=f'di dalamnya ada program atau makro ("{inner}")')
    return ZIP


def _refused(mime: str, name: str) -> KindRefused:
    label, remedy = REFUSED[mime]
    return KindRefused(name=name, label=label, remedy=remedy)
