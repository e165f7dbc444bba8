"""The governments the database knows, and what holds between them: codes once only, parents that are there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.procedures.problems import Problem, Report
from core.procedures.reader import Document
from core.sync import objects
from core.sync.files import Folder
from core.sync.objects import Content, Object, hashed
from core.sync.present import Present
from core.sync.references import circle
from core.tenancy.models import Tenant

TOLD = ("code", "bps", "kind", "name", "short", "head_title", "timezone", "color", "crest")


@dataclass(frozen=True)
class Government:
    """A row of tenants. `parent_id` and `id` are the platform's numbers, `told` its plain columns."""

    id: int
    slug: str
    active: bool
    parent_id: int | None
    plugins: tuple[str, ...]
    told: Mapping[str, Any]

    def parent(self, known: Mapping[str, "Government"]) -> str | None:
        """The slug of its parent."""
        return next((slug for slug, one in known.items() if one.id == self.parent_id), None)

    def content(self, known: Mapping[str, "Government"]) -> Content:
        """In the shape that sync compares."""
        return objects.tenant(parent=self.parent(known), plugins=list(self.plugins), **self.told)


def governments(session: Session, *, lock: str | None = None) -> Mapping[str, Government]:
    """All governments by slug; nobody else changes the one named by `lock` until the transaction ends."""
    if lock is not None:
        session.execute(select(Tenant.id).where(Tenant.slug == lock).with_for_update(key_share=True))
    return {
        row.slug: Government(
            id=row.id,
            slug=row.slug,
            active=row.active,
            parent_id=row.parent_id,
            plugins=tuple(row.plugins),
            told={name: getattr(row, name) for name in TOLD},
        )
        for row in session.scalars(select(Tenant).execution_options(populate_existing=True))
    }


def add_itself(present: Present, government: Government, known: Mapping[str, Government]) -> None:
    """Counts the government's own row among what the database has."""
    found, content = Object("tenant", government.slug), government.content(known)
    present.contents[found], present.hashes[found] = content, hashed(content)


def check_governments(
    documents: Mapping[str, tuple[Folder, Document]],
    others: Mapping[str, Government],
    broken: Collection[str],
    plugins: Collection[str],
) -> list[Problem]:
    """Every fault of the tenant files that their schema cannot see.

    :param others: governments the database has beside these files.
    :param broken: folders whose tenant file cannot be read; what is wrong with it is said elsewhere.
    """
    codes = {str(one.told["code"]): slug for slug, one in others.items()}
    parents: dict[str, str | None] = {slug: one.parent(others) for slug, one in others.items()}
    parents |= dict.fromkeys(broken)
    parents |= {slug: document.data["parent"] for slug, (_, document) in documents.items()}
    problems: list[Problem] = []
    for slug, (folder, document) in documents.items():
        data, report = document.data, Report(document.places)
        _check_one(folder, document, report, plugins)
        if codes.setdefault(data["code"], slug) != slug:
            report.add(("code",), f"kode '{data['code']}' sudah dipakai '{codes[data['code']]}'")
        if data["parent"] is not None and data["parent"] not in parents:
            text = f"pemerintah daerah '{data['parent']}' belum ada; terapkan dahulu foldernya"
            report.add(("parent",), text, data["parent"], sorted(parents))
        if chain := circle(slug, parents):
            report.add(("parent",), f"susunan pemerintah daerah berputar: {' → '.join(chain)}")
        problems += report.problems
    return problems


def _check_one(folder: Folder, document: Document, report: Report, plugins: Collection[str]) -> None:
    data = document.data
    if data["slug"] != folder.slug:
        report.add(("slug",), f"slug '{data['slug']}' berbeda dari nama foldernya, '{folder.slug}'")
    if data["timezone"] not in available_timezones():
        zones = sorted(available_timezones())
        report.add(("timezone",), f"zona waktu '{data['timezone']}' tidak dikenal", data["timezone"], zones)
    if data["crest"] not in folder.crests:
        report.add(
            ("crest",), f"berkas '{data['crest']}' tidak ada di folder ini", data["crest"], sorted(folder.crests)
        )
    for number, plugin in enumerate(data["plugins"]):
        if plugin not in plugins:
            report.add(("plugins", number), f"plugin '{plugin}' tidak terpasang", plugin, sorted(plugins))
