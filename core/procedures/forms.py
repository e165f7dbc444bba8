"""Checks the answers to a form, the same for a page and the API. Pure: nothing is read or written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.errors import BadInput
from core.procedures import conditions
from core.procedures.answers import Unfit, clean
from core.procedures.conditions import is_empty
from core.procedures.model import Field
from core.procedures.problems import nearest
from core.procedures.words import ATTACHED


class AnswersRejected(BadInput):
    """Isian belum lengkap atau keliru: {reason}."""

    type = "isian-formulir"

    def __init__(self, fields: Mapping[str, str]) -> None:
        """:param fields: what is wrong, in Indonesian, by field key."""
        self.fields = dict(fields)
        super().__init__(reason="; ".join(self.fields.values()), fields=self.fields)


def check_answers(
    fields: Iterable[Field],
    answers: Mapping[str, Any],
    evidence: Mapping[str, Sequence[Any]],
    values: Mapping[str, Any] | None = None,
    draft: bool = False,
) -> dict[str, Any]:
    """The answers as they are stored: every given one cleaned, a file field as the list of its evidence ids.

    `evidence` has the ids of the files attached, by field key. `values` are other steps' answers by
    'step.field' or 'case.field', for conditions that ask for them. A `draft` may lack what is required.

    :raises AnswersRejected: an answer does not fit, is missing or was not asked for; one message per field.
    """
    asked = {field.key: field for field in fields}
    problems = _strangers(asked, answers, evidence)
    cleaned: dict[str, Any] = {}
    for field in asked.values():
        try:
            value = _given(field, answers, evidence, draft)
        except Unfit as unfit:
            problems[field.key] = f"{field.label}: {unfit}"
            continue
        if value is not None:
            cleaned[field.key] = value
    if not draft:
        known = {**(values or {}), **cleaned}
        missing = (f for f in asked.values() if f.key not in problems and f.key not in cleaned)
        problems |= {f.key: f"{f.label}: wajib {_verb(f)}" for f in missing if _is_required(f, known)}
    if problems:
        raise AnswersRejected(problems)
    return cleaned


def _given(field: Field, answers: Mapping[str, Any], evidence: Mapping[str, Sequence[Any]], draft: bool) -> Any:
    """The cleaned answer, or None where none was given."""
    if field.type in ATTACHED:
        ids = [str(one) for one in evidence.get(field.key, ())]
        if len(ids) > 1 and not field.many:
            raise Unfit(f"hanya satu berkas, sekarang {len(ids)}")
        return ids or None
    answer = answers.get(field.key)
    if is_empty(answer):
        return None
    return clean(_lenient(field) if draft else field, answer)


def _lenient(field: Field) -> Field:
    """In a draft a checklist may be half ticked."""
    return replace(field, required=False)


def _is_required(field: Field, known: Mapping[str, Any]) -> bool:
    if isinstance(field.required, str):
        return conditions.evaluate(conditions.parse(field.required), known)
    return field.required


def _verb(field: Field) -> str:
    return "dilampiri berkas" if field.type in ATTACHED else "diisi"


def _strangers(
    asked: Mapping[str, Field], answers: Mapping[str, Any], evidence: Mapping[str, Sequence[Any]]
) -> dict[str, str]:
    """Answers and files for fields that are not there, or that are not what was sent."""
    problems: dict[str, str] = {}
    for key, answer in answers.items():
        if key not in asked:
            near = nearest(key, asked)
            hint = f"; mungkin maksudnya '{near}'" if near else ""
            problems[key] = f"isian '{key[:40]}' tidak ada pada formulir ini{hint}"
        elif asked[key].type in ATTACHED and not is_empty(answer):
            problems[key] = f"{asked[key].label}: unggah berkasnya sebagai lampiran"
    for key, ids in evidence.items():
        if ids and (key not in asked or asked[key].type not in ATTACHED):
            problems[key] = f"isian '{key}' tidak menerima berkas"
    return problems
