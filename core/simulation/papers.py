"""Small real files to hand in as evidence: a one-page PDF, and a picture where only a picture will do."""

import struct
import zlib
from collections.abc import Sequence

_PAGE = (595, 842)  # A4 in points


def pdf(title: str, lines: Sequence[str]) -> bytes:
    """A PDF of one page in Helvetica; letters outside Latin-1 become question marks."""
    shown = [b"BT /F1 14 Tf 60 780 Td 22 TL", _shown(title), b"T* /F1 11 Tf 16 TL"]
    shown += [_shown(line) + b" T*" for line in lines]
    stream = b"\n".join([*shown, b"ET"])
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>" % _PAGE,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    return _assembled(objects)


def png(width: int = 64, height: int = 48) -> bytes:
    """A plain picture, one shade of blue."""
    row = b"\x00" + bytes((26, 95, 180)) * width
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(row * height)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _shown(text: str) -> bytes:
    plain = text.encode("latin-1", "replace")
    for special in (b"\\", b"(", b")"):
        plain = plain.replace(special, b"\\" + special)
    return b"(%s) Tj" % plain


def _assembled(objects: Sequence[bytes]) -> bytes:
    """The objects with the table that says where each begins (ISO 32000-1, 7.5)."""
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return b"%sxref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        body, size, table, size, len(body),
    )  # fmt: skip


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
