"""From checked plain data to the dataclasses of model; reports what only meaning shows to be wrong."""

from dataclasses import replace
from typing import Any

from core.procedures.build_form import build_form, build_requirements
from core.procedures.durations import BadDuration, parse
from core.procedures.model import END_CASE, NEVER, NEXT, Branch, Duration, Each, Outcome, Step
from core.procedures.problems import KeyPath, Report
from core.procedures.words import JUDGING, LATER_STEP, RETURNED, SEGREGATED

_PLAIN = (
    "no", "phase", "activity", "actor_inferred", "kind", "output", "remark", "keep", "standing", "help",
    "uncertain", "printed", "ocr",
)  # fmt: skip


def build_steps(items: list[dict[str, Any]], path: KeyPath, report: Report) -> tuple[Step, ...]:
    """The steps of one list of the document, which stands at `path`."""
    return tuple(build_step(item, (*path, index), report) for index, item in enumerate(items))


def build_step(item: dict[str, Any], path: KeyPath, report: Report) -> Step:
    """One step or block, its default return and segregation written out."""
    plain = {name: item[name] for name in _PLAIN if item.get(name) is not None}
    step = Step(
        key=item["key"],
        **plain,
        actors=_actors(item, path, report),
        requirements=build_requirements(item.get("requirements") or []),
        duration=build_duration(item.get("duration"), (*path, "duration"), report),
        outcomes=tuple(_outcome(entry) for entry in item.get("outcomes", ())),
        each=_each(item.get("each"), path, report),
        branches=_branches(item.get("parallel", ()), path, report),
        form=build_form(item.get("form", ())),
        returns_to=item.get("returns_to"),
        not_by=tuple(item.get("not_by", ())),
        extra={name: item[name] for name in LATER_STEP if item.get(name) not in (None, False)},
    )
    return _with_return(step, item, path, report)


def build_duration(text: str | None, path: KeyPath, report: Report) -> Duration | None:
    """The duration, or None with a problem reported."""
    try:
        return parse(text)
    except BadDuration as bad:
        report.add(path, f"waktu '{text}' tidak terbaca: {bad.reason}", suggestion=bad.suggestion)
        return None


def as_list(value: Any) -> list[Any]:
    """A value that may be written alone or as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _actors(item: dict[str, Any], path: KeyPath, report: Report) -> tuple[str, ...]:
    if "actor" in item and "actors" in item:
        report.add((*path, "actors"), "tulis 'actor' atau 'actors', tidak keduanya")
    return tuple(dict.fromkeys(as_list(item.get("actor")) + as_list(item.get("actors"))))


def _outcome(entry: dict[str, Any]) -> Outcome:
    to = entry.get("to", NEXT)
    to = END_CASE if isinstance(to, dict) else to
    return Outcome(entry["key"], entry["label"], to, entry.get("added"))


def _each(item: dict[str, Any] | None, path: KeyPath, report: Report) -> Each | None:
    if item is None:
        return None
    over, of = "actor", item["of"]
    if isinstance(of, dict):
        if len(of) != 1:
            report.add((*path, "each", "of"), "'of' harus berisi tepat satu dari rows dan records")
        over, of = next(iter(of.items()), ("rows", ""))
    join = item.get("join", "all")
    if isinstance(join, str) and join.startswith("at least "):
        join = int(join.removeprefix("at least "))
    return Each(
        of=of,
        over=over,
        join=join,
        approve=item.get("approve"),
        supervisor=item.get("supervisor"),
        steps=build_steps(item.get("steps", []), (*path, "each", "steps"), report),
    )


def _branches(items: Any, path: KeyPath, report: Report) -> tuple[Branch, ...]:
    return tuple(
        Branch(
            key=item["key"],
            label=item.get("label", item["key"]),
            steps=build_steps(item["steps"], (*path, "parallel", index, "steps"), report),
        )
        for index, item in enumerate(items)
    )


def _with_return(step: Step, item: dict[str, Any], path: KeyPath, report: Report) -> Step:
    """Writes out what engine.md says by default: 'dikembalikan' and `not_by` (Exactly 1 and 6)."""
    judged = tuple(dict.fromkeys(r.step for r in step.requirements if r.step and r.case is None))
    target = _return_target(step, item, judged, path, report)
    outcomes = step.outcomes
    if target and target != NEVER and RETURNED not in (outcome.key for outcome in outcomes):
        outcomes = (*outcomes, Outcome(RETURNED, "Dikembalikan", target))
    not_by = step.not_by
    examined = target if target and target != NEVER else judged[0] if len(judged) == 1 else None
    if step.kind in SEGREGATED and "not_by" not in item and examined:
        not_by = (examined,)
    return replace(step, outcomes=outcomes, returns_to=target, not_by=not_by)


def _return_target(
    step: Step, item: dict[str, Any], judged: tuple[str, ...], path: KeyPath, report: Report
) -> str | None:
    written = next((o.to for o in step.outcomes if o.key == RETURNED), None)
    if "return" in item:
        if step.returns_to or written:
            report.add((*path, "return"), "'return: none' bertentangan dengan tujuan pengembalian yang ditulis")
        return NEVER
    if step.returns_to or written:
        if step.returns_to and written and step.returns_to != written:
            report.add((*path, "returns_to"), f"'returns_to' berbeda dengan tujuan '{RETURNED}': '{written}'")
        return step.returns_to or written
    if step.kind not in JUDGING or step.standing or step.is_block:
        return None
    if len(judged) == 1:
        return judged[0]
    named = f"menyebut beberapa langkah ({', '.join(judged)})" if judged else "tidak menyebut langkah (from)"
    written_at = (*path, "requirements") if report.knows((*path, "requirements")) else (*path, "kind")
    report.add(
        written_at,
        f"langkah '{step.key}' ({step.kind}) perlu 'returns_to' atau 'return: none': kelengkapannya {named}",
    )
    return NEVER
