"""Contents made on the spot, as small as their formats allow; no real document is among them."""

import struct
import zipfile
from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EXE = b"MZ\x90\x00\x03" + b"\x00" * 200 + b"This program cannot be run in DOS mode."
ELF = b"\x7fELF\x02\x01\x01" + b"\x00" * 200
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64
TEXT = "No;Uraian\n1;Penilaian mandiri — selesai\n".encode()
MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
WORD = MAIN.format("wordprocessingml.document")
EXCEL = MAIN.format("spreadsheetml.sheet")
POINT = MAIN.format("presentationml.presentation")
ODF = "application/vnd.oasis.opendocument."


def image(form="JPEG", size=(40, 20), mode="RGB", **options):
    """A picture whose left half is red and right half blue, so that a turn shows."""
    picture = Image.new(mode, size, "red" if mode != "CMYK" else (0, 255, 255, 0))
    picture.paste("blue" if mode != "CMYK" else (255, 255, 0, 0), (size[0] // 2, 0, *size))
    out = BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def photo(form="JPEG", orientation=6):
    """A telephone's photo: upright by its orientation only, with place, camera and owner."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "KameraRahasia"
    exif[0x013B] = "PemilikRahasia"
    exif.get_ifd(0x8825).update({1: "S", 2: (2.0, 7.0, 30.0), 3: "E", 4: (106.0, 6.0, 48.0)})
    options = {"exif": exif.tobytes(), "xmp": b"<x:xmpmeta>LokasiRahasia</x:xmpmeta>"}
    if form == "PNG":
        texts = PngInfo()
        texts.add_text("Comment", "CatatanRahasia")
        texts.add_itxt("XML:com.adobe.xmp", "LokasiRahasia")
        options = {"exif": exif.tobytes(), "pnginfo": texts}
    elif form == "JPEG":
        options["comment"] = b"CatatanRahasia"
    return image(form, **options)


def archive(entries, compression=zipfile.ZIP_DEFLATED):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def office(main_type, **more):
    types = f'<Types><Override PartName="/main.xml" ContentType="{main_type}"/></Types>'
    return archive({"[Content_Types].xml": types, "_rels/.rels": "<Relationships/>", **more})


def open_document(kind, **more):
    return archive({"mimetype": ODF + kind, "content.xml": "<office/>", **more})


def compound(*top, below=(), fat_tail=()):
    """A compound file with these streams under its root, and `below` in a storage further down."""
    names = ["Root Entry", *top, *(["ObjectPool", *below] if below else [])]
    entries = []
    for at, name in enumerate(names):
        right, child = at + 1, 0xFFFFFFFF
        last_on_top = at == len(top) + bool(below)
        if at == 0:
            right, child = 0xFFFFFFFF, 1 if top else 0xFFFFFFFF
        elif last_on_top and below:
            right, child = 0xFFFFFFFF, at + 1
        elif last_on_top or at == len(names) - 1:
            right = 0xFFFFFFFF
        raw = name.encode("utf-16-le").ljust(64, b"\0")
        kind = 5 if at == 0 else 1 if child != 0xFFFFFFFF else 2
        entries.append(
            raw + struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, 0xFFFFFFFF, right, child).ljust(64, b"\0")
        )
    while len(entries) % 4:
        entries.append(b"\0" * 66 + b"\0\0" + b"\xff" * 12 + b"\0" * 48)
    sectors = len(entries) // 4
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE, *fat_tail]
    table = struct.pack("<128I", *(chain + [0xFFFFFFFF] * 128)[:128])
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<108I", header, 80, *[0xFFFFFFFF] * 108)
    return bytes(header) + table + b"".join(entries)


ACCEPTED = {
    "surat.pdf": (PDF, "application/pdf"),
    "foto.jpg": (image(), "image/jpeg"),
    "layar.png": (image("PNG"), "image/png"),
    "layar.webp": (image("WEBP"), "image/webp"),
    "notula.docx": (office(WORD), WORD.removesuffix(".main+xml")),
    "data.xlsx": (office(EXCEL), EXCEL.removesuffix(".main+xml")),
    "paparan.pptx": (office(POINT), POINT.removesuffix(".main+xml")),
    "notula.odt": (open_document("text"), ODF + "text"),
    "data.ods": (open_document("spreadsheet"), ODF + "spreadsheet"),
    "lama.doc": (compound("WordDocument", "1Table"), "application/msword"),
    "lama.xls": (compound("Workbook"), "application/vnd.ms-excel"),
    "data.csv": (TEXT, "text/plain"),
    "catatan.txt": (b"MZ dan BMKG hanyalah kata.", "text/plain"),
    "bundel.zip": (archive({"surat.pdf": PDF}), "application/zip"),
}
