"""The three-way judgement on one object: the file, what was last applied of it, the database. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Take = Literal["file", "database"]


class Verdict(StrEnum):
    """What becomes of an object, in the words of the plan."""

    SAME = "sama"
    NEW = "baru"
    CHANGED = "berubah"
    GONE = "tidak ada lagi di berkas"
    KEPT = "dipertahankan"
    CONFLICT = "bentrok"
    IN_FORCE = "diberlakukan"
    HELD = "belum diberlakukan"


APPLIED = (Verdict.NEW, Verdict.CHANGED, Verdict.GONE)


@dataclass(frozen=True)
class Judgement:
    """A verdict, and the hash to remember as applied from now on (None: forget the object)."""

    verdict: Verdict
    memory: str | None


def judge(file: str | None, applied: str | None, database: str | None, take: Take | None = None) -> Judgement:
    """Each of the three is the hash of the object's content there, or None where it is not.

    What somebody changed in the database is overwritten only by `take="file"`, given for this very object.
    """
    if file == database:
        return Judgement(Verdict.SAME, file)
    if take == "database":
        return Judgement(Verdict.KEPT, file)
    if take is None and file == applied:
        return Judgement(Verdict.KEPT, applied)
    if take is None and database != applied:
        return Judgement(Verdict.CONFLICT, applied)
    verdict = Verdict.NEW if database is None else Verdict.GONE if file is None else Verdict.CHANGED
    return Judgement(verdict, file)


def differing(file: Mapping[str, object] | None, database: Mapping[str, object] | None) -> tuple[str, ...]:
    """The names of what differs between two contents, in the file's order."""
    if file is None or database is None:
        return ()
    return tuple(name for name in {**file, **database} if file.get(name) != database.get(name))
