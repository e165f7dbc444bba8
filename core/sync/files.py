"""The folders of the governments as bytes, each with a fingerprint; nothing is parsed here."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from core.organization.roles import STANDARD_ROLES
from core.procedures.problems import Problem, nearest
from core.sync.inspection import FilesRefused
from core.sync.objects import FORMAT

NEEDED = ("tenant.yaml", "organization.yaml")
KNOWN = (*NEEDED, "legal.yaml", "demo.yaml")
PROCEDURES = "procedures"


@dataclass(frozen=True)
class Folder:
    """`tenants/<slug>` as it stands: `files` by their path in it, `crests` the pictures."""

    slug: str
    files: Mapping[str, bytes]
    crests: frozenset[str]

    def name(self, path: str) -> str:
        """What messages call a file."""
        return f"{self.slug}/{path}"

    @cached_property
    def fingerprint(self) -> str:
        """Equal for equal files; people of the demo are no part of it."""
        digest = hashlib.sha256(f"{FORMAT}\n".encode() + STANDARD_ROLES.read_bytes())
        for path, content in sorted(self.files.items()):
            if path != "demo.yaml":
                digest.update(f"\n{path} {len(content)}\n".encode() + content)
        return digest.hexdigest()


def folders(root: Path, tenant: str | None = None) -> list[Folder]:
    """The folder of every government, or of one.

    :raises FilesRefused: there is no such folder, a file is missing, or one has a name that means nothing here.
    """
    slugs = sorted(path.name for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    slugs = [slug for slug in slugs if not slug.startswith((".", "_"))]
    if not slugs or (tenant is not None and tenant not in slugs):
        wanted = tenant or "pemerintah daerah"
        text = f"folder '{wanted}' tidak ada"
        raise FilesRefused([Problem(str(root.name), 1, text, nearest(wanted, slugs))])
    read = [_folder(root / slug) for slug in slugs if tenant in (None, slug)]
    problems = [problem for folder in read for problem in _misplaced(folder)]
    if problems:
        raise FilesRefused(problems)
    return read


def _folder(path: Path) -> Folder:
    found = [file for file in path.iterdir() if file.suffix in (".yaml", ".yml")]
    procedures = path / PROCEDURES
    if procedures.is_dir():
        found += [file for file in procedures.iterdir() if file.suffix in (".yaml", ".yml")]
    return Folder(
        slug=path.name,
        files={str(file.relative_to(path)): file.read_bytes() for file in found},
        crests=frozenset(file.name for file in path.glob("*.svg")),
    )


def _misplaced(folder: Folder) -> list[Problem]:
    problems = [
        Problem(folder.name(path), 1, f"berkas '{path}' wajib ada") for path in NEEDED if path not in folder.files
    ]
    for path in folder.files:
        if path.endswith(".yml"):
            problems.append(Problem(folder.name(path), 1, "nama berkas harus berakhiran .yaml"))
        elif path not in KNOWN and not path.startswith(f"{PROCEDURES}/"):
            problems.append(Problem(folder.name(path), 1, f"berkas '{path}' tidak dikenal", nearest(path, KNOWN)))
    return problems
