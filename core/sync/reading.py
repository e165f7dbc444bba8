"""From the folders to the objects they propose, strictly: every fault at once, and nothing half-read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.legal.registry import Rule
from core.organization.roles import standard_roles
from core.procedures.binding import Organization
from core.procedures.problems import Problem
from core.procedures.reader import Document
from core.sync import objects
from core.sync.files import Folder
from core.sync.governments import TOLD, Government, check_governments
from core.sync.inspection import FilesRefused, open_file
from core.sync.objects import Content, Object, hashed
from core.sync.references import Known, check_organization
from core.sync.sops import Offered, read_procedures

_RULE = ("id", "kind", "number", "year", "title", "status")


@dataclass
class Wanted:
    """The files' side of one government, in the files' order."""

    contents: dict[Object, Content] = field(default_factory=dict)
    hashes: dict[Object, str] = field(default_factory=dict)

    def add(self, kind: str, key: str, content: Content, known: str | None = None) -> None:
        """Notes an object; `known` is its hash where its kind has a reckoning of its own."""
        found = Object(kind, key)
        self.contents[found] = content
        self.hashes[found] = known or hashed(content)


@dataclass(frozen=True)
class Platform:
    """What the files may name beyond themselves.

    `offered`: the plugins' procedures by key. `rights`: every right there is. `rules`: the ids of national rules.
    """

    offered: Mapping[str, Offered]
    plugins: frozenset[str]
    rights: frozenset[str]
    rules: frozenset[str]


def read_folders(
    found: Iterable[Folder],
    own: Mapping[str, Mapping[str, frozenset[str]]],
    others: Mapping[str, Government],
    platform: Platform,
) -> Mapping[str, Wanted]:
    """What each folder proposes, by slug.

    :param own: per slug and kind the keys of rows that no file brought.
    :param others: governments of the database that are not among these folders.
    :raises FilesRefused: anything is wrong anywhere; names file, line and nearest word.
    """
    reading = _Reading(platform)
    wanted = {folder.slug: reading.folder(folder, own.get(folder.slug, {})) for folder in found}
    broken = wanted.keys() - reading.tenants.keys()
    reading.problems += check_governments(reading.tenants, others, broken, platform.plugins)
    if reading.problems:
        raise FilesRefused(reading.problems)
    return wanted


class _Reading:
    def __init__(self, platform: Platform) -> None:
        self.problems: list[Problem] = []
        self.tenants: dict[str, tuple[Folder, Document]] = {}
        self._platform = platform

    def folder(self, folder: Folder, own: Mapping[str, frozenset[str]]) -> Wanted:
        """One government; what is wrong is among the problems, and what depends on it is left out."""
        wanted = Wanted()
        tenant = self._open(folder, "tenant")
        if tenant:
            self.tenants[folder.slug] = folder, tenant
            wanted.add("tenant", folder.slug, _tenant(tenant.data))
        organization = self._open(folder, "organization")
        if organization:
            self.problems += check_organization(organization, Known(own, self._platform.rights))
            _add_organization(organization.data, wanted)
        rules = self._open(folder, "legal")
        if rules:
            self._add_rules(rules, wanted)
        if tenant and organization and (rules or "legal.yaml" not in folder.files):
            enabled = frozenset(tenant.data["plugins"])
            keys = _keys(folder, wanted, own, self._platform)
            editions, problems = read_procedures(folder, keys, enabled, self._platform.offered)
            self.problems += problems
            for edition in editions:
                wanted.add("procedure", edition.code, edition.to_json(), edition.content_hash())
        return wanted

    def _open(self, folder: Folder, kind: str) -> Document | None:
        source = folder.files.get(f"{kind}.yaml")
        if source is None:
            return None
        document, problems = open_file(source, folder.name(f"{kind}.yaml"), kind)
        self.problems += problems
        return document

    def _add_rules(self, document: Document, wanted: Wanted) -> None:
        rules, problems = read_rules(document)
        self.problems += problems
        for rule in rules:
            wanted.add("regulation", rule.id, rule.content())
            if rule.id in self._platform.rules:
                text = f"peraturan '{rule.id}' sudah ada di daftar nasional; pakai id lain"
                self.problems.append(Problem(document.name, 1, text))


def read_rules(document: Document) -> tuple[list[Rule], list[Problem]]:
    """The rules of a legal file, and those it has twice."""
    rules: dict[str, Rule] = {}
    problems = []
    for number, item in enumerate(document.data["regulations"]):
        if item["id"] in rules:
            line = document.places["regulations", number].line
            problems.append(Problem(document.name, line, f"peraturan '{item['id']}' tertulis dua kali"))
        facts = {name: value for name, value in item.items() if name not in _RULE}
        rules[item["id"]] = Rule(**{name: item[name] for name in _RULE}, facts=facts)
    return list(rules.values()), problems


def _tenant(data: Mapping[str, Any]) -> Content:
    told = {name: data.get(name) for name in TOLD}
    return objects.tenant(parent=data["parent"], plugins=data["plugins"], **told)


def _add_organization(data: Mapping[str, Any], wanted: Wanted) -> None:
    for role in standard_roles():
        content = objects.role(name=role.name, everyone=role.everyone, rights=list(role.rights))
        wanted.add("role", role.key, content)
    for item in data["units"]:
        content = objects.unit(
            name=item["name"], short=item.get("short"), kind=item["kind"], parent=item.get("parent"),
            opd=item.get("opd", False), receives=item.get("receives"),
        )  # fmt: skip
        wanted.add("unit", item["key"], content)
    for item in data["positions"]:
        content = objects.position(
            title=item["title"], unit=item["unit"], kind=item["kind"], echelon=item.get("echelon"),
            superior=item.get("superior"), head=item.get("head", False),
        )  # fmt: skip
        wanted.add("position", item["key"], content)
    for item in data.get("teams", ()):
        wanted.add("team", item["key"], _team(item))
    for item in data.get("sets", ()):
        wanted.add("set", item["key"], objects.unit_set(name=item["name"], units=item["units"]))
    for item in data.get("roles", ()):
        everyone = item.get("everyone", False)
        wanted.add("role", item["key"], objects.role(name=item["name"], everyone=everyone, rights=item["rights"]))
    for item in data.get("grants", ()):
        wanted.add("grant", f"{item['role']}/{item['position']}", objects.grant())


def _team(item: Mapping[str, Any]) -> Content:
    """The head has a seat, whether the file lists him among the members or not."""
    seats = {member["position"]: member.get("function") for member in item["members"]}
    seats.setdefault(item["head"], None)
    decree = item.get("decree") or {}
    return objects.team(
        name=item["name"],
        unit=item["unit"],
        decree=objects.decree(decree.get("number"), decree.get("date"), decree.get("from"), decree.get("until")),
        members=[(position, function, position == item["head"]) for position, function in seats.items()],
    )


def _keys(folder: Folder, wanted: Wanted, own: Mapping[str, frozenset[str]], platform: Platform) -> Any:
    def all_of(kind: str) -> frozenset[str]:
        return own.get(kind, frozenset()) | {found.key for found in wanted.contents if found.kind == kind}

    return Organization(
        tenant=folder.slug,
        positions=all_of("position"),
        teams=all_of("team"),
        units=all_of("unit"),
        sets=all_of("set"),
        regulations=all_of("regulation") | platform.rules,
    )
