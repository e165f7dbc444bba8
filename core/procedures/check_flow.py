"""Where steps may go: keys, targets, returns, branches, closing rows (engine.md, Flow and Exactly 1–3, 13)."""

from core.procedures.flow import Flow, Node, is_behind, may_go
from core.procedures.model import END, END_CASE, NEXT, Actor, Outcome
from core.procedures.problems import Report
from core.procedures.words import RESERVED, RETURNED, SETS

_ENDS = (NEXT, END, END_CASE)
# What a block of steps may say about itself; everything else belongs to the steps in it.
_BLOCK_KEYS = ("key", "no", "phase", "each", "parallel", "when", "optional", "keep", "help", "uncertain")


def check_flow(flow: Flow, actors: dict[str, Actor], report: Report) -> None:
    """Reports every fault in how the steps follow each other."""
    _check_keys(flow, report)
    for node in flow.nodes:
        _check_outcomes(node, flow, report)
        _check_named_steps(node, flow, report)
        _check_block(node, report)
        _check_standing(node, flow, actors, report)


def _check_keys(flow: Flow, report: Report) -> None:
    for node in flow.nodes:
        key, first = node.step.key, flow.by_key[node.step.key]
        if key in RESERVED:
            report.add((*node.path, "key"), f"kunci langkah '{key}' sudah punya arti lain; pilih yang lain")
        if first is not node:
            line = report.place((*first.path, "key")).line
            report.add((*node.path, "key"), f"kunci langkah '{key}' sudah dipakai di baris {line}")


def _check_outcomes(node: Node, flow: Flow, report: Report) -> None:
    seen: set[str] = set()
    for index, outcome in enumerate(node.step.outcomes):
        path = (*node.path, "outcomes", index)
        if outcome.key in seen:
            report.add(path, f"keputusan '{outcome.key}' tertulis dua kali pada langkah '{node.step.key}'")
        seen.add(outcome.key)
        _check_target(node, outcome, index, flow, report)


def _check_target(node: Node, outcome: Outcome, index: int, flow: Flow, report: Report) -> None:
    path = (*node.path, "outcomes", index, "to")
    if outcome.key == RETURNED and not report.knows(path):
        path = (*node.path, "returns_to")
        if not report.knows(path):
            # Taken from `requirements: from`, which is checked where it is written.
            path = (*node.path, "requirements")
            if flow.find(outcome.to) is None:
                return
    if outcome.to in _ENDS:
        if outcome.key == RETURNED:
            report.add(path, f"keputusan '{RETURNED}' harus menuju langkah sebelumnya, bukan '{outcome.to}'")
        return
    target = flow.find(outcome.to)
    if target is None:
        report.add(path, f"langkah tujuan '{outcome.to}' tidak ada", outcome.to, (*flow.keys, *_ENDS))
    elif target.step.key == node.step.key:
        report.add(path, f"langkah '{node.step.key}' tidak boleh menuju dirinya sendiri")
    elif outcome.key == RETURNED and not is_behind(target, node):
        report.add(path, f"pengembalian harus menuju langkah sebelum '{node.step.key}', bukan '{outcome.to}'")
    elif not may_go(node, target):
        report.add(path, f"langkah tujuan '{outcome.to}' berada di luar cabang langkah '{node.step.key}'")


def _check_named_steps(node: Node, flow: Flow, report: Report) -> None:
    step = node.step
    for key in step.not_by:
        path = (*node.path, "not_by")
        if flow.find(key) is None and report.knows(path):
            report.add(path, f"langkah '{key}' pada not_by tidak ada", key, flow.keys)
        elif key == step.key:
            report.add(path, "not_by tidak boleh menyebut langkah itu sendiri")
    for index, requirement in enumerate(step.requirements):
        if requirement.step is None or requirement.case is not None:
            continue
        source = flow.find(requirement.step)
        path = (*node.path, "requirements", index, "from")
        if source is None:
            report.add(path, f"langkah '{requirement.step}' tidak ada", requirement.step, flow.earlier(node))
        elif not is_behind(source, node):
            report.add(path, f"langkah '{requirement.step}' belum berjalan saat langkah '{step.key}' dimulai")
        elif requirement.field is not None:
            _check_output(source, requirement.field, path, report)
    _check_until(node, flow, report)


def _check_until(node: Node, flow: Flow, report: Report) -> None:
    until = node.step.extra.get("recurring", {}).get("until")
    key = until.get("step") if isinstance(until, dict) else until
    if key is not None and flow.find(key) is None:
        report.add((*node.path, "recurring", "until"), f"langkah '{key}' tidak ada", key, flow.keys)


def _check_output(source: Node, name: str, path: tuple[str | int, ...], report: Report) -> None:
    fields = [field.key for field in source.step.form]
    documents = [document["kind"] for document in source.step.extra.get("documents", ())]
    if name not in (*fields, *documents):
        text = f"langkah '{source.step.key}' tidak punya isian atau naskah '{name}'"
        report.add(path, text, name, (*fields, *documents))


def _check_block(node: Node, report: Report) -> None:
    step = node.step
    if step.is_block:
        if step.each and step.branches:
            report.add((*node.path, "parallel"), "satu butir tidak boleh memuat each dan parallel sekaligus")
        for name in report.keys_at(node.path):
            if name not in _BLOCK_KEYS:
                text = f"'{name}' tidak berlaku untuk blok '{step.key}'; tulis pada langkah di dalamnya"
                report.add((*node.path, name), text)
        names = [branch.key for branch in step.branches]
        for index, name in enumerate(names):
            if name in names[:index]:
                report.add((*node.path, "parallel", index, "key"), f"cabang '{name}' tertulis dua kali")
    elif step.activity is None:
        report.add(node.path, f"kunci 'activity' wajib ada pada '{step.key}'")


def _check_standing(node: Node, flow: Flow, actors: dict[str, Actor], report: Report) -> None:
    """A closing row opens no task, so nothing may depend on one (engine.md, Exactly 13)."""
    step = node.step
    if not step.standing:
        return
    path = (*node.path, "standing")
    after = [other for other in flow.nodes if other.rank > node.rank and not other.step.standing]
    if after or node.inside or node.rank == 0:
        report.add(path, f"langkah '{step.key}' bukan baris penutup; standing hanya untuk baris terakhir")
    everybody = all(set(actors[key].kinds) <= {"public", *SETS} for key in step.actors if key in actors)
    if step.duration and not (step.actors and everybody):
        report.add(path, f"langkah '{step.key}' punya waktu baku, jadi tugas, bukan standing")
    for name in ("each", "form", "outcomes", "returns_to", "documents", "starts"):
        if report.knows((*node.path, name)):
            report.add((*node.path, name), f"'{name}' tidak berlaku untuk baris standing '{step.key}'")
