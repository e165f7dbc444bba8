"""Contents on disk: whole or not at all, apart for each tenant, and never where a name says."""

import hashlib
import os
import stat
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from core.files.storage import FolderStorage

CONTENT = b"isi berkas" * 50_000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def storage(tmp_path):
    return FolderStorage(tmp_path / "files")


class Breaking(BytesIO):
    """A line that breaks after its first chunk."""

    def read(self, size=-1):
        if self.tell():
            raise ConnectionResetError("the line broke")
        return super().read(size)


def files_under(storage):
    return [path for path in storage.root.rglob("*") if path.is_file()]


def test_a_content_stands_under_its_digest_in_its_tenants_folder(storage):
    assert storage.put(7, BytesIO(CONTENT)) == DIGEST
    path = storage.root / "7" / DIGEST[:2] / DIGEST
    assert path.read_bytes() == CONTENT
    assert storage.exists(7, DIGEST)
    with storage.open(7, DIGEST) as found:
        assert found.read() == CONTENT


def test_only_owner_and_group_read_it_whatever_the_umask(storage):
    old = os.umask(0o077)
    try:
        storage.put(7, BytesIO(CONTENT))
    finally:
        os.umask(old)
    assert stat.S_IMODE((storage.root / "7" / DIGEST[:2] / DIGEST).stat().st_mode) == 0o640


def test_the_same_content_of_two_tenants_is_two_files(storage):
    storage.put(7, BytesIO(CONTENT))
    assert not storage.exists(8, DIGEST)
    storage.put(8, BytesIO(CONTENT))
    storage.delete(7, DIGEST)
    assert storage.exists(8, DIGEST)


def test_a_line_that_breaks_leaves_nothing(storage):
    with pytest.raises(ConnectionResetError):
        storage.put(7, Breaking(CONTENT))
    assert files_under(storage) == []


def test_file_and_folders_are_flushed_before_and_after_the_rename(storage, monkeypatch):
    steps = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda fd: (steps.append(stat.S_IFMT(os.fstat(fd).st_mode)), fsync(fd))[1])
    monkeypatch.setattr(os, "replace", lambda a, b: (steps.append("rename"), replace(a, b))[1])
    storage.put(7, BytesIO(CONTENT))
    at = steps.index("rename")
    assert stat.S_IFREG in steps[:at]
    assert steps[at + 1 :] == [stat.S_IFDIR, stat.S_IFDIR]


def test_a_content_put_again_is_young_again(storage):
    storage.put(7, BytesIO(CONTENT))
    path = storage.root / "7" / DIGEST[:2] / DIGEST
    os.utime(path, (0, 0))
    storage.put(7, BytesIO(CONTENT))
    [held] = storage.iterate(7)
    assert datetime.now(UTC) - held.since < timedelta(minutes=1)


def test_contents_come_in_order_and_from_behind_a_digest(storage):
    put = sorted(storage.put(7, BytesIO(b"%d" % number)) for number in range(40))
    (storage.root / "7" / "README").write_text("not ours")
    assert [held.digest for held in storage.iterate(7)] == put
    assert [held.digest for held in storage.iterate(7, put[17])] == put[18:]
    assert list(storage.iterate(8)) == []


def test_what_broken_uploads_left_goes_once_it_is_old(storage):
    storage.put(7, BytesIO(CONTENT))
    left = storage.root / "7" / (".partial-" + "0" * 32)
    left.write_bytes(b"half")
    now = datetime.now(UTC)
    assert storage.discard_partial(7, now - timedelta(hours=1)) == 0
    assert storage.discard_partial(7, now + timedelta(hours=1)) == 1
    assert not left.exists()
    assert storage.exists(7, DIGEST)


def test_deleting_twice_is_no_error_and_opening_what_is_gone_is(storage):
    storage.put(7, BytesIO(CONTENT))
    storage.delete(7, DIGEST)
    storage.delete(7, DIGEST)
    with pytest.raises(FileNotFoundError):
        storage.open(7, DIGEST)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "ab", DIGEST.upper(), DIGEST + "\n", f"../{DIGEST}"])
def test_nothing_but_a_digest_becomes_a_path(storage, name):
    for method in (storage.open, storage.exists, storage.delete):
        with pytest.raises(ValueError, match="not a SHA-256"):
            method(7, name)


def test_a_link_in_the_place_of_a_content_is_not_followed(storage, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("rahasia")
    path = storage.root / "7" / DIGEST[:2] / DIGEST
    path.parent.mkdir(parents=True)
    path.symlink_to(secret)
    assert not storage.exists(7, DIGEST)
    with pytest.raises(OSError, match="symbolic links"):
        storage.open(7, DIGEST)
