"""Where the contents of files are: addressed by their SHA-256, apart for each tenant.

A folder for now. Another place (S3) is another class with the same methods, chosen where the platform is
wired; nothing above this module knows a path.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

CHUNK = 64 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PARTIAL = ".partial-"


class Held(NamedTuple):
    """A content in storage: its SHA-256 (hex), and when it was last put there."""

    digest: str
    since: datetime


class Storage(Protocol):
    """Contents by tenant and SHA-256 (64 lower-case hex digits); never by a name that a user chose.

    Which contents may be deleted is the service's to know; it also serialises put and delete of one content.
    """

    def put(self, tenant: int, stream: BinaryIO) -> str:
        """Keeps all that is left in `stream`, durably, and returns its digest; afterwards its age is zero."""

    def open(self, tenant: int, digest: str) -> BinaryIO:
        """The content, to be closed by the caller.

        :raises FileNotFoundError: it is not here.
        """

    def exists(self, tenant: int, digest: str) -> bool:
        """Whether the content is here."""

    def delete(self, tenant: int, digest: str) -> None:
        """Removes the content; nothing happens when it is gone already."""

    def iterate(self, tenant: int, after: str = "") -> Iterator[Held]:
        """The tenant's contents in the order of their digests, beginning behind `after`."""

    def discard_partial(self, tenant: int, before: datetime) -> int:
        """Removes what uploads that broke off before that moment left behind; returns how many."""


class FolderStorage:
    """Contents in a local folder: `<root>/<tenant id>/<first two digits>/<digest>`, mode 0640.

    A content appears under its digest complete and on disk, or not at all: it is written under another name,
    flushed, renamed, and the folders are flushed too. Digests and tenant ids are the only parts of a path.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, tenant: int, stream: BinaryIO) -> str:
        """Writes beside the fan-out folders, because the digest is known only once all has been read."""
        folder = self._made(self.root / str(tenant))
        partial = folder / f"{_PARTIAL}{secrets.token_hex(16)}"
        try:
            digest = _write(partial, stream)
            target = self._path(tenant, digest)
            self._made(target.parent)
            # Over an equal content as well: the fresh date keeps the sweep away from it.
            os.replace(partial, target)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        _flush(target.parent)
        _flush(folder)
        return digest

    def open(self, tenant: int, digest: str) -> BinaryIO:
        """A link is not followed, even if somebody put one there."""
        return os.fdopen(os.open(self._path(tenant, digest), os.O_RDONLY | os.O_NOFOLLOW), "rb")

    def exists(self, tenant: int, digest: str) -> bool:
        """Whether a regular file stands under the digest."""
        path = self._path(tenant, digest)
        return path.is_file() and not path.is_symlink()

    def delete(self, tenant: int, digest: str) -> None:
        """Not flushed: a deletion that a power cut undoes is swept again."""
        self._path(tenant, digest).unlink(missing_ok=True)

    def iterate(self, tenant: int, after: str = "") -> Iterator[Held]:
        """Holds the names of one fan-out folder at a time; the date is the file's own."""
        for fan in _names(self.root / str(tenant), "[0-9a-f]{2}"):
            if fan < after[:2]:
                continue
            for digest in _names(self.root / str(tenant) / fan, _DIGEST.pattern):
                if digest > after:
                    with suppress(FileNotFoundError):
                        yield Held(digest, _since(self._path(tenant, digest)))

    def discard_partial(self, tenant: int, before: datetime) -> int:
        """Only names this class gives to unfinished files are touched."""
        discarded = 0
        for name in _names(self.root / str(tenant), re.escape(_PARTIAL) + "[0-9a-f]{32}"):
            path = self.root / str(tenant) / name
            with suppress(FileNotFoundError):
                if _since(path) < before:
                    path.unlink()
                    discarded += 1
        return discarded

    def _path(self, tenant: int, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise ValueError(f"not a SHA-256 in lower-case hex: {digest!r}")
        return self.root / str(int(tenant)) / digest[:2] / digest

    def _made(self, folder: Path) -> Path:
        if not folder.is_dir():
            folder.mkdir(mode=0o750, parents=True, exist_ok=True)
            _flush(folder.parent)
        return folder


def _write(path: Path, stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags, 0o640), "wb") as file:
        os.fchmod(file.fileno(), 0o640)  # whatever the umask: the backup's group reads
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _names(folder: Path, pattern: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if re.fullmatch(pattern, name))
    except FileNotFoundError:
        return []


def _since(path: Path) -> datetime:
    return datetime.fromtimestamp(path.lstat().st_mtime, UTC)
