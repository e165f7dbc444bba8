"""Whether what the files name is there: keys once only, nothing dangling, no hierarchy in circles."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.organization.roles import standard_roles
from core.procedures.problems import Problem, Report
from core.procedures.reader import Document

Path = tuple[str | int, ...]

LISTS = {"unit": "units", "position": "positions", "team": "teams", "set": "sets", "role": "roles"}
SAID = {"unit": "unit", "position": "jabatan", "team": "tim", "set": "himpunan", "role": "peran", "right": "hak"}


@dataclass(frozen=True)
class Known:
    """What may be named besides what stands in the file: keys of the application's own rows, by kind."""

    own: Mapping[str, frozenset[str]]
    rights: frozenset[str]

    def with_files(self, data: Mapping[str, Any]) -> dict[str, frozenset[str]]:
        """All keys that may be named, by kind; `right` among them."""
        found = {
            kind: self.own.get(kind, frozenset()) | {item["key"] for item in data.get(name, ())}
            for kind, name in LISTS.items()
        }
        found["role"] |= {role.key for role in standard_roles()}
        return {**found, "right": self.rights}


def check_organization(document: Document, known: Known) -> list[Problem]:
    """Every fault of an organization file that its schema cannot see."""
    check = _Check(document, known)
    check.keys()
    for place, unit in check.items("units"):
        check.named("unit", unit.get("parent"), (*place, "parent"))
        check.named("position", unit.get("receives"), (*place, "receives"))
    for place, post in check.items("positions"):
        check.named("unit", post["unit"], (*place, "unit"))
        check.named("position", post.get("superior"), (*place, "superior"))
    for place, team in check.items("teams"):
        check.team(team, place)
    for place, group in check.items("sets"):
        for number, key in enumerate(group["units"]):
            check.named("unit", key, (*place, "units", number))
    for place, role in check.items("roles"):
        for number, right in enumerate(role["rights"]):
            check.named("right", right, (*place, "rights", number))
    check.grants()
    check.heads()
    check.circles("units", "parent", "unit")
    check.circles("positions", "superior", "jabatan")
    return check.report.problems


class _Check:
    def __init__(self, document: Document, known: Known) -> None:
        self.report = Report(document.places)
        self._data = document.data
        self._known = known.with_files(document.data)

    def items(self, name: str) -> Iterable[tuple[Path, dict[str, Any]]]:
        """Each item of a list with its path."""
        return (((name, number), item) for number, item in enumerate(self._data.get(name, ())))

    def named(self, kind: str, key: str | None, path: Path) -> None:
        """A reference; None refers to nothing."""
        if key is not None and key not in self._known[kind]:
            self.report.add(path, f"{SAID[kind]} '{key}' tidak ada", key, sorted(self._known[kind]))

    def keys(self) -> None:
        """A key stands once; a tenant's own role has not the key of a standard one."""
        for kind, name in LISTS.items():
            self.once(name, lambda item: str(item["key"]), f"kunci {SAID[kind]}")
        standard = {role.key for role in standard_roles()}
        for place, role in self.items("roles"):
            if role["key"] in standard:
                self.report.add((*place, "key"), f"peran '{role['key']}' adalah peran baku; pakai kunci lain")

    def once(self, name: str, told: Callable[[dict[str, Any]], str], what: str) -> None:
        """No two items of a list are told by the same word."""
        seen: dict[str, int] = {}
        for place, item in self.items(name):
            word = told(item)
            if word in seen:
                self.report.add(place, f"{what} '{word}' tertulis dua kali (sudah ada di baris {seen[word]})")
            seen.setdefault(word, self.report.place(place).line)

    def team(self, team: dict[str, Any], place: Path) -> None:
        """A team's unit, head and members; a position sits in it once."""
        self.named("unit", team["unit"], (*place, "unit"))
        self.named("position", team["head"], (*place, "head"))
        seen: set[str] = set()
        for number, member in enumerate(team["members"]):
            path = (*place, "members", number)
            self.named("position", member["position"], (*path, "position"))
            if member["position"] in seen:
                self.report.add(path, f"jabatan '{member['position']}' duduk dua kali di tim '{team['key']}'")
            seen.add(member["position"])

    def grants(self) -> None:
        """A role is given to a position once."""
        for place, given in self.items("grants"):
            self.named("role", given["role"], (*place, "role"))
            self.named("position", given["position"], (*place, "position"))
        self.once("grants", lambda item: f"{item['role']} → {item['position']}", "peran")

    def heads(self) -> None:
        """A unit has one head at most."""
        first: dict[str, str] = {}
        for place, post in self.items("positions"):
            if post.get("head") and post["unit"] in first:
                text = f"unit '{post['unit']}' sudah mempunyai kepala: '{first[post['unit']]}'"
                self.report.add((*place, "head"), text)
            elif post.get("head"):
                first[post["unit"]] = post["key"]

    def circles(self, name: str, upward: str, said: str) -> None:
        """Nothing stands above itself."""
        above = {item["key"]: item.get(upward) for _, item in self.items(name)}
        told: set[str] = set()
        for place, item in self.items(name):
            chain = circle(item["key"], above)
            if chain and not told & set(chain):
                told |= set(chain)
                self.report.add((*place, upward), f"susunan {said} berputar: {' → '.join(chain)}")


def circle(start: str, above: Mapping[str, str | None]) -> list[str]:
    """The circle that `start` stands on, from it back to itself; empty where it stands on none."""
    chain = [start]
    while (upper := above.get(chain[-1])) is not None:
        chain.append(upper)
        if upper == start:
            return chain
        if len(chain) > len(above):
            break
    return []
