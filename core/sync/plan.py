"""What a sync would do to one government, line by line, before anything is written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.procedures.editions import Proof
from core.procedures.model import Edition
from core.procedures.support import unsupported
from core.sync.merge import APPLIED, Judgement, Take, Verdict, differing, judge
from core.sync.objects import Content, Object
from core.sync.present import FINGERPRINT, Present
from core.sync.reading import Wanted

# Why an object that left the files stays all the same, by object.
InUse = Callable[[Sequence[Object]], Mapping[Object, str]]
# The edition a draft holds, by its code.
Drafted = Callable[[str], Edition]

_MARKS = {
    Verdict.NEW: "+",
    Verdict.CHANGED: "~",
    Verdict.GONE: "-",
    Verdict.KEPT: "=",
    Verdict.CONFLICT: "!",
    Verdict.IN_FORCE: "*",
    Verdict.HELD: "?",
}


@dataclass(frozen=True)
class Line:
    """One line of a plan. `fields` names what differs, `reason` says why it is so; text is Indonesian."""

    tenant: str
    object: Object
    verdict: Verdict
    fields: tuple[str, ...] = ()
    reason: str | None = None

    def __str__(self) -> str:
        differs = f" ({', '.join(self.fields)})" if self.fields else ""
        because = f": {self.reason}" if self.reason else ""
        return f"{_MARKS[self.verdict]} {self.tenant}/{self.object} {self.verdict}{differs}{because}"


@dataclass
class TenantPlan:
    """What is to be done to one government.

    `contents` is the files' side, empty where the folder is as it was last applied; `files` its hashes.
    """

    slug: str
    fingerprint: str
    present: Present
    contents: Mapping[Object, Content]
    files: dict[Object, str | None] = field(default_factory=dict)
    judgements: dict[Object, Judgement] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    @property
    def conflicts(self) -> list[Line]:
        """What nobody but a person can decide."""
        return [line for line in self.lines if line.verdict is Verdict.CONFLICT]

    @property
    def differing(self) -> set[Object]:
        """What is not the same in the files and in the database, and was in the files at some time."""
        here = self.present.hash_of
        known = {*self.contents, *self.present.applied}
        return {found for found, file in self.files.items() if found in known and file != here(found)}

    @property
    def memories(self) -> dict[Object, str | None]:
        """What must be remembered anew, or forgotten (None); the folder's fingerprint once nothing is left over."""
        remembered: dict[Object, str | None] = {
            found: judgement.memory
            for found, judgement in self.judgements.items()
            if judgement.memory != self.present.applied.get(found)
        }
        settled = all(self.judgements[found].memory == file for found, file in self.files.items())
        mine = self.fingerprint if settled else None
        if self.present.applied.get(FINGERPRINT) != mine:
            remembered[FINGERPRINT] = mine
        return remembered

    @property
    def work(self) -> bool:
        """Whether there is anything to write."""
        doing = (*APPLIED, Verdict.IN_FORCE)
        return bool(self.memories) or any(line.verdict in doing for line in self.lines)

    def applied(self, kind: str) -> dict[str, Content | None]:
        """The objects of a kind to be written, by key in the files' order; None where they leave."""
        return {
            found.key: self.contents.get(found)
            for found, judgement in self.judgements.items()
            if found.kind == kind and judgement.verdict in APPLIED
        }


def plan_tenant(
    slug: str,
    fingerprint: str,
    present: Present,
    wanted: Wanted | None,
    takes: Mapping[Object, Take],
    in_use: InUse,
) -> TenantPlan:
    """The plan for one government.

    :param wanted: None where the folder is as it was when it was last applied: the files then say what is remembered.
    :param takes: what a person decided, by object.
    """
    plan = TenantPlan(slug, fingerprint, present, wanted.contents if wanted else {})
    for found in _all(present, wanted):
        applied = present.applied.get(found)
        plan.files[found] = file = wanted.hashes.get(found) if wanted else applied
        plan.judgements[found] = judge(file, applied, present.hash_of(found), takes.get(found))
    _spare(plan, in_use)
    for found, judgement in plan.judgements.items():
        if judgement.verdict is not Verdict.SAME and not _unknown_to_files(plan, found):
            plan.lines.append(_line(plan, found, judgement))
    return plan


def plan_force(plan: TenantPlan, drafted: Drafted, proof: Proof | None) -> None:
    """Adds a line for every draft that came from the files: put into force, or why not."""
    codes = [code for code in plan.applied("procedure") if Object("procedure", code) in plan.contents]
    for code in plan.present.drafts:
        judgement = plan.judgements.get(Object("procedure", code))
        if judgement is not None and judgement.verdict is Verdict.SAME:
            codes.append(code)
    for code in codes:
        content = plan.contents.get(Object("procedure", code))
        edition = Edition.from_json(content) if content is not None else drafted(code)
        reasons = [*unsupported(edition), *(proof(edition) if proof else ())]
        verdict = Verdict.HELD if reasons else Verdict.IN_FORCE
        plan.lines.append(Line(plan.slug, Object("procedure", code), verdict, reason="; ".join(reasons) or None))


def _all(present: Present, wanted: Wanted | None) -> Iterable[Object]:
    """The files' objects in their order, then what only the database or the memory has."""
    found = dict.fromkeys(wanted.contents if wanted else ())
    found |= dict.fromkeys(present.applied) | dict.fromkeys(present.hashes)
    found.pop(FINGERPRINT, None)
    return found


def _spare(plan: TenantPlan, in_use: InUse) -> None:
    """What left the files but is still needed stays, and stays remembered, so that it is told again next time."""
    leaving = [found for found, one in plan.judgements.items() if one.verdict is Verdict.GONE]
    for found, reason in (in_use(leaving) if leaving else {}).items():
        plan.judgements[found] = Judgement(Verdict.KEPT, plan.present.applied.get(found))
        plan.lines.append(Line(plan.slug, found, Verdict.KEPT, reason=reason))


def _unknown_to_files(plan: TenantPlan, found: Object) -> bool:
    """What an office made in the application is its own affair; and no object is told twice."""
    if any(line.object == found for line in plan.lines):
        return True
    return found not in plan.contents and found not in plan.present.applied


def _line(plan: TenantPlan, found: Object, judgement: Judgement) -> Line:
    fields = differing(plan.contents.get(found), plan.present.contents.get(found))
    reason = None
    if judgement.verdict is Verdict.KEPT:
        reason = "diubah di basis data saja"
    elif judgement.verdict is Verdict.CONFLICT:
        reason = "diubah di berkas dan di basis data; pilih dengan --take file atau --take database"
    return Line(plan.slug, found, judgement.verdict, fields if found.kind != "procedure" else (), reason)
