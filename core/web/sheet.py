"""The official sheet of a SOP laid out for its page: the cover's boxes, the step table, numbered doubts below it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.moments import spoken_date
from core.web.language import later

# (cell, its words on the sheet); the terms are those of the SOP-AP guide.
IDENTITY = (
    ("number", later("Nomor SOP")),
    ("created", later("Tanggal pembuatan")),
    ("revised", later("Tanggal revisi")),
    ("effective", later("Tanggal efektif")),
    ("approved_by", later("Disahkan oleh")),
    ("unit", later("Unit kerja")),
    ("title", later("Nama SOP")),
)
BOXES = (
    ("legal_bases", later("Dasar hukum")),
    ("qualifications", later("Kualifikasi pelaksana")),
    ("related", later("Keterkaitan")),
    ("equipment", later("Peralatan/perlengkapan")),
    ("warnings", later("Peringatan")),
    ("records", later("Pencatatan dan pendataan")),
)
DATES = ("created", "revised", "effective")
# How an actor was found whose column the sheet no longer shows.
INFERRED = {
    "likely": later("Kotak bagan alir tidak terbaca; pelaksananya disimpulkan dari isi langkah (cukup yakin)."),
    "guess": later("Kotak bagan alir tidak terbaca; pelaksananya diperkirakan dari isi langkah (belum pasti)."),
}


@dataclass(frozen=True)
class Cell:
    """One line of the cover; `note` is the number of the doubt about it."""

    label: Any
    text: str | None
    note: int | None


@dataclass(frozen=True)
class Group:
    """Items of a box under the heading printed among them, '' before the first."""

    heading: str
    items: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Box:
    """One box of the cover."""

    label: Any
    groups: tuple[Group, ...]
    note: int | None


@dataclass(frozen=True)
class Row:
    """A row of the step table: `cells` as printed; `notes` by cell; of `actors` the first is responsible."""

    cells: Mapping[str, Any]
    actors: tuple[str, ...]
    notes: Mapping[str, int]


@dataclass(frozen=True)
class Sheet:
    """All of it; `doubts` in the order of their numbers, from 1."""

    identity: tuple[Cell, ...]
    boxes: tuple[Box, ...]
    actors: tuple[tuple[str, str, int | None], ...]
    rows: tuple[Row, ...]
    doubts: tuple[str, ...]


@dataclass
class _Doubts:
    """Numbers each doubt once, however many cells it is about."""

    found: list[str] = field(default_factory=list)

    def number(self, *texts: Any) -> int | None:
        text = " ".join(str(each) for each in texts if each)
        if not text:
            return None
        if text not in self.found:
            self.found.append(text)
        return self.found.index(text) + 1


def laid_out(shown: Mapping[str, Any]) -> Sheet:
    """The sheet that core.procedures.sheet has; doubts are numbered as the eye meets them."""
    doubts = _Doubts()
    about = shown.get("uncertain") or {}
    identity = tuple(
        Cell(label, printed(name, shown[name]), doubts.number(about.get(name))) for name, label in IDENTITY
    )
    boxes = tuple(
        Box(label, tuple(_groups(shown[name], doubts)), doubts.number(about.get(name))) for name, label in BOXES
    )
    actors = tuple((each["key"], each["name"], doubts.number(each.get("uncertain"))) for each in shown["actors"])
    rows = tuple(_row(cells, doubts) for cells in shown["steps"])
    return Sheet(identity, boxes, actors, rows, tuple(doubts.found))


def printed(name: str, text: str | None) -> str | None:
    """A cell as it is read: a date in words, whatever else was printed there as it stands."""
    if text is None or name not in DATES:
        return text
    try:
        return spoken_date(date.fromisoformat(text))
    except ValueError:
        return text


def _groups(items: Sequence[Any], doubts: _Doubts) -> Iterator[Group]:
    """A printed item such as "Pengetahuan :" heads those after it, which are numbered anew."""
    heading, found = "", list[tuple[str, int | None]]()
    for item in items:
        text = item["citation"] if isinstance(item, Mapping) else item
        if text.rstrip().endswith(":"):
            yield from _group(heading, found)
            heading, found = text.rstrip().rstrip(":").rstrip(), []
        else:
            doubt = item.get("uncertain") if isinstance(item, Mapping) else None
            found.append((text, doubts.number(doubt)))
    yield from _group(heading, found)


def _group(heading: str, items: list[tuple[str, int | None]]) -> Iterator[Group]:
    if heading or items:
        yield Group(heading, tuple(items))


def _row(cells: Mapping[str, Any], doubts: _Doubts) -> Row:
    about = dict(cells.get("uncertain") or {})
    inferred = INFERRED.get(cells.get("actor_inferred", ""))
    if inferred and "actors" not in about:
        about["actors"] = str(inferred)
    numbered = {name: doubts.number(text) for name, text in about.items()}
    return Row(cells, tuple(cells["actors"]), {name: number for name, number in numbered.items() if number})
