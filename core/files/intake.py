"""What arrives is read up to its limit, recognised, scanned and cleaned, before any database hears of it.

This part lasts as long as the sender's line and the scanner do; keep it outside a transaction where you can.
"""

import hashlib
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Literal, Protocol, cast

from core.files.detection import detect
from core.files.errors import EmptyFile, Infected, TooLarge
from core.files.images import strip_metadata
from core.files.names import clean_name
from core.files.storage import CHUNK
from core.files.types import IMAGES, Kind, fitting_name, require_asked

Scan = Callable[[Path], Literal["clean", "infected"] | None]

# How the state of `files.scan` is shown.
SCAN_LABELS = {"unscanned": "belum dipindai", "clean": "bersih", "infected": "terinfeksi"}


class Readable(Protocol):
    """All that is asked of an upload."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


@dataclass(frozen=True)
class Received:
    """A file fit to be kept, under the name to show.

    `digest` (SHA-256, hex) and `size` (bytes) are of the cleaned content, which stands at its beginning.
    """

    name: str
    kind: Kind
    scan: str
    digest: str
    size: int
    content: BinaryIO


@contextmanager
def receive(
    stream: Readable, name: str, max_size: int, *, scan: Scan | None = None, accept: Collection[str] = ()
) -> Iterator[Received]:
    """Takes a file in; its content lies in a temporary file until the block ends.

    :param name: what the browser called it, as hostile as it may be.
    :param max_size: in bytes; of a longer stream one byte more is read, and no further.
    :param scan: looks at the file as it came; None, or an answer None, leaves it "unscanned".
    :param accept: the extensions the form field asks for; none means every kind.
    :raises FileRefused: one of core.files.errors.
    """
    shown = clean_name(name)
    with tempfile.NamedTemporaryFile(prefix="langkah-") as original, tempfile.TemporaryFile() as cleaned:
        _fill(original, stream, shown, max_size)
        kind = detect(_binary(original), shown)
        fitting = fitting_name(shown, kind)
        require_asked(fitting, kind, accept)
        state = _scanned(Path(original.name), shown, scan)
        content = _binary(original)
        if kind in IMAGES:
            strip_metadata(content, _binary(cleaned), kind, shown)
            content = _binary(cleaned)
        digest, size = _measured(content)
        yield Received(fitting, kind, state, digest, size, content)


def _fill(target: IO[bytes], stream: Readable, name: str, max_size: int) -> None:
    size = 0
    while chunk := stream.read(min(CHUNK, max_size + 1 - size)):
        size += len(chunk)
        if size > max_size:
            raise TooLarge(name=name, limit=_megabytes(max_size), max_size=max_size)
        target.write(chunk)
    if not size:
        raise EmptyFile(name=name)
    target.flush()


def _scanned(path: Path, name: str, scan: Scan | None) -> str:
    found = scan(path) if scan else None
    if found == "infected":
        raise Infected(name=name)
    return found or "unscanned"


def _measured(content: BinaryIO) -> tuple[str, int]:
    content.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    return digest.hexdigest(), size


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:.1f}".removesuffix(".0").replace(".", ",")


def _binary(file: IO[bytes]) -> BinaryIO:
    return cast(BinaryIO, file)
