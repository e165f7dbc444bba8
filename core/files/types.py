"""The kinds of files that are accepted, and those refused with a remedy: data, not code.

What a content is, core.files.detection tells; here stands how it is called and which extensions belong to it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from core.files.errors import KindNotAsked, WrongExtension
from core.files.names import clean_name, extension, shorten


@dataclass(frozen=True)
class Kind:
    """One accepted kind; the first of `extensions` is given to a name that has none."""

    mime: str
    extensions: tuple[str, ...]
    label: str


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"

PDF = Kind("application/pdf", ("pdf",), "dokumen PDF")
JPEG = Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), "gambar JPG")
PNG = Kind("image/png", ("png",), "gambar PNG")
WEBP = Kind("image/webp", ("webp",), "gambar WebP")
DOCX = Kind(f"{_OOXML}.wordprocessingml.document", ("docx",), "dokumen Word (DOCX)")
XLSX = Kind(f"{_OOXML}.spreadsheetml.sheet", ("xlsx",), "lembar kerja Excel (XLSX)")
PPTX = Kind(f"{_OOXML}.presentationml.presentation", ("pptx",), "presentasi PowerPoint (PPTX)")
ODT = Kind(f"{_ODF}.text", ("odt",), "dokumen OpenDocument (ODT)")
ODS = Kind(f"{_ODF}.spreadsheet", ("ods",), "lembar kerja OpenDocument (ODS)")
DOC = Kind("application/msword", ("doc",), "dokumen Word lama (DOC)")
XLS = Kind("application/vnd.ms-excel", ("xls",), "lembar kerja Excel lama (XLS)")
# A table of comma-separated values is text: no content tells the two apart, so they are one kind.
TEXT = Kind("text/plain", ("txt", "csv"), "teks (TXT atau CSV)")
ZIP = Kind("application/zip", ("zip",), "arsip ZIP")

KINDS = (PDF, JPEG, PNG, WEBP, DOCX, XLSX, PPTX, ODT, ODS, DOC, XLS, TEXT, ZIP)
IMAGES = (JPEG, PNG, WEBP)
BY_MIME = {kind.mime: kind for kind in KINDS}
ACCEPTED = ", ".join(ending.upper() for kind in KINDS for ending in kind.extensions[:2] if ending != "jpeg")

_AS_PICTURE = "Simpan sebagai JPG atau PNG, lalu unggah kembali."
_AS_DOCUMENT = "Simpan sebagai PDF, lalu unggah kembali."
_AS_ZIP = "Susun ulang sebagai ZIP, lalu unggah kembali."
_NEVER = "Unggah dokumen atau gambarnya saja."

# What is recognised and refused, by MIME type or by its first half: what it is called, and what to do.
# HEIC is among them because nothing here reads it, and so its place and camera could not be removed.
REFUSED: dict[str, tuple[str, str]] = {
    "image/heic": (
        "gambar HEIC",
        "Simpan sebagai JPG, lalu unggah kembali (pada iPhone: Pengaturan, Kamera, Format, Paling Kompatibel).",
    ),
    "image/svg+xml": ("gambar SVG, yang dapat memuat program", _AS_PICTURE),
    "image/": ("gambar jenis {ext}", _AS_PICTURE),
    "video/": ("video", "Unggah foto atau dokumennya, atau cantumkan tautan videonya."),
    "audio/": ("rekaman suara", "Unggah notula atau dokumennya, atau cantumkan tautan rekamannya."),
    "text/html": (
        "halaman web (HTML)",
        "Bila ini unduhan dari aplikasi lain, buka dengan Excel atau peramban, simpan sebagai XLSX atau PDF, "
        "lalu unggah kembali.",
    ),
    "text/xml": (
        "data XML",
        "Buka dengan aplikasi asalnya, simpan sebagai XLSX atau PDF, lalu unggah kembali.",
    ),
    "text/x-script": ("program (skrip)", _NEVER),
    "application/rtf": ("dokumen RTF", "Simpan sebagai DOCX atau PDF, lalu unggah kembali."),
    "application/postscript": ("dokumen PostScript", _AS_DOCUMENT),
    "application/vnd.ms-powerpoint": ("presentasi PowerPoint lama (PPT)", "Simpan sebagai PPTX atau PDF."),
    "application/vnd.oasis.opendocument": ("dokumen OpenDocument jenis lain", _AS_DOCUMENT),
    "application/vnd.openxmlformats-officedocument": ("dokumen Office jenis lain", _AS_DOCUMENT),
    "application/epub+zip": ("buku EPUB", _AS_DOCUMENT),
    "application/java-archive": ("program (Java atau Android)", _NEVER),
    "application/x-msdownload": ("program Windows", _NEVER),
    "application/x-executable": ("program", _NEVER),
    "application/x-rar-compressed": ("arsip RAR", _AS_ZIP),
    "application/x-7z-compressed": ("arsip 7z", _AS_ZIP),
    "application/gzip": ("arsip GZ", _AS_ZIP),
    "application/x-tar": ("arsip TAR", _AS_ZIP),
}


def fitting_name(raw: str, kind: Kind) -> str:
    """The clean name for a content of this kind; one without extension is given the kind's first.

    :raises WrongExtension: the extension belongs to something else.
    """
    name = clean_name(raw)
    ending = extension(name)
    if ending in kind.extensions:
        return name
    if ending:
        raise WrongExtension(name=name, label=kind.label, extension=kind.extensions[0])
    return shorten(f"{name}.{kind.extensions[0]}")


def display_name(raw: str, mime: str) -> str:
    """The name to keep beside a stored file of this MIME type, for `evidence.name`."""
    return fitting_name(raw, BY_MIME[mime])


def require_asked(name: str, kind: Kind, accept: Collection[str]) -> None:
    """Holds a file against what its form field accepts: extensions without dot; none means every kind.

    :raises KindNotAsked: the field does not ask for this kind.
    """
    if accept and not set(kind.extensions) & {ending.lower().lstrip(".") for ending in accept}:
        accepted = ", ".join(ending.upper().lstrip(".") for ending in accept)
        raise KindNotAsked(name=name, label=kind.label, accepted=accepted)
