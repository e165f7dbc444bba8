"""The files of the governments, brought into the database or only read, with what the platform offers them."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Literal

import click

from core.commands.governments import walked
from core.config import load
from core.extensions import Extensions
from core.organization.rights import catalogue
from core.platform import Platform, read_procedure
from core.procedures.model import Edition
from core.sync.demo import load_demo
from core.sync.files import folders
from core.sync.inspection import FilesRefused
from core.sync.merge import Take
from core.sync.national import read_national
from core.sync.reading import Platform as Offers
from core.sync.reading import read_folders
from core.sync.request import SyncReport, SyncRequest
from core.sync.service import sync
from core.sync.sops import Offered

# Known to everybody, and therefore only ever given to people who do not exist.
PASSWORD = "selangkah-demi-selangkah"


def sync_files(
    platform: Platform,
    tenant: str | None = None,
    *,
    effective: date | Literal["today"] | None = None,
    takes: Mapping[str, Take] | None = None,
    plan_only: bool = False,
) -> SyncReport:
    """Brings the files into the database, as core.sync.service.sync does."""
    extensions = platform.extensions
    request = SyncRequest(
        offered=_offered(extensions),
        plugins=frozenset(extensions.plugins),
        rights=frozenset(catalogue()),
        tenant=tenant,
        takes=dict(takes or {}),
        effective=effective,
    )
    return sync(platform.database, platform.config.tenants_dir, request, plan_only=plan_only)


def stock(platform: Platform) -> None:
    """Fills an embedded database that has no government yet, so that commands have something to work on.

    It is the database of demo and trial; one that was given by DATABASE_URL is never filled by itself.
    """
    if platform.config.embedded and not walked(platform.database):
        click.echo("Basis data bawaan masih kosong: pemerintah daerah dan pegawai contoh dimuat.", err=True)
        sync_files(platform, effective="today")
        sync_people(platform)


def sync_people(platform: Platform, tenant: str | None = None) -> int:
    """Adds the invented people of demo.yaml who are not there yet; how many they were."""
    loaded = load_demo(platform.database, platform.config.tenants_dir, PASSWORD, tenant)
    return sum(len(one.loaded) for one in loaded)


def sync_people_once(platform: Platform) -> None:
    """As sync_people, for a demo that starts again: files that were loaded before are not even read as YAML."""
    files = sorted(platform.config.tenants_dir.glob("*/demo.yaml"))
    seen = hashlib.sha256(b"\n".join(file.read_bytes() for file in files)).hexdigest()
    mark = platform.config.data_dir / "demo-people"
    if not mark.exists() or mark.read_text() != seen:
        sync_people(platform)
        mark.write_text(seen)


def read_editions(tenant: str | None) -> tuple[list[str], list[Edition]]:
    """What is wrong in the files, and the editions they make where nothing is; no database is asked.

    A government's files name others (its parent), so all are read, whichever one is asked for.
    """
    extensions = Extensions.load(read_procedure)
    offers = Offers(
        _offered(extensions),
        frozenset(extensions.plugins),
        frozenset(catalogue()),
        frozenset(rule.id for rule in read_national()),
    )
    try:
        wanted = read_folders(folders(load().tenants_dir), {}, {}, offers)
    except FilesRefused as error:
        return [str(problem) for problem in error.problems], []
    contents = [
        content
        for slug, one in wanted.items()
        for found, content in one.contents.items()
        if found.kind == "procedure" and tenant in (None, slug)
    ]
    return [], [Edition.from_json(content) for content in contents]


def _offered(extensions: Extensions) -> dict[str, Offered]:
    return {
        key: Offered(owned.definition, owned.plugin.name, owned.plugin.version)
        for key, owned in extensions.procedures.items()
    }
