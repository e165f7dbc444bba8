"""National rules from the platform's own file: the same three-way judgement, each rule remembering its own file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy.orm import Session

from core.legal import registry
from core.legal.registry import Rule
from core.sync.inspection import FilesRefused, open_file
from core.sync.merge import APPLIED, Judgement, Take, Verdict, differing, judge
from core.sync.objects import Object, hashed
from core.sync.plan import Line
from core.sync.reading import read_rules

NATIONAL = Path(registry.__file__).with_name("national.yaml")
WHOSE = "nasional"


@dataclass(frozen=True)
class NationalPlan:
    """What is to be done to the national rules: `writes` goes in one statement; `differing` may be chosen for."""

    lines: list[Line] = field(default_factory=list)
    writes: list[Rule] = field(default_factory=list)
    differing: set[Object] = field(default_factory=set)

    @property
    def conflicts(self) -> list[Line]:
        """Rules that an operator and the file both changed."""
        return [line for line in self.lines if line.verdict is Verdict.CONFLICT]


def read_national(file: Path = NATIONAL) -> list[Rule]:
    """The rules of the file.

    :raises FilesRefused: anything is wrong in it.
    """
    document, problems = open_file(file.read_bytes(), file.name, "legal")
    rules, doubled = read_rules(document) if document else ([], [])
    if problems or doubled:
        raise FilesRefused([*problems, *doubled])
    return rules


def plan_national(session: Session, wanted: list[Rule], takes: Mapping[Object, Take]) -> NationalPlan:
    """Compares the file's rules with the database's; a rule that left the file stays, since sheets cite it."""
    present = registry.national_rules(session)
    plan = NationalPlan()
    for rule in wanted:
        known = present.get(rule.id)
        found = Object("regulation", rule.id)
        file = hashed(rule.content())
        database = hashed(known.content()) if known else None
        judgement = judge(file, known.applied if known else None, database, takes.get(found))
        if file != database:
            plan.differing.add(found)
        write = _write(rule, known, judgement)
        if write is not None:
            plan.writes.append(write)
        if judgement.verdict is not Verdict.SAME:
            fields = differing(rule.content(), known.content() if known else None)
            plan.lines.append(Line(WHOSE, found, judgement.verdict, fields))
    return plan


def _write(rule: Rule, known: Rule | None, judgement: Judgement) -> Rule | None:
    """The file's rule, or the database's own with what it must remember, or nothing."""
    if known is None or judgement.verdict in APPLIED:
        return replace(rule, applied=judgement.memory)
    return replace(known, applied=judgement.memory) if known.applied != judgement.memory else None
