"""What goes in and out of the API. Times are ISO 8601 with offset; ids are UUIDs; keys are the organization's own."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import Schema, fields, validate

NAME = validate.Length(min=1, max=200)
TEXT = validate.Length(max=10_000)
LIMIT = validate.Range(min=1, max=200)
LARGEST = 2**31 - 1  # of an integer column
COUNT = validate.Range(min=1, max=LARGEST)


class Problem(Schema):
    """RFC 9457: `type` is stable, `detail` is for the person and says what to do."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.Dict()


class LoginSchema(Schema):
    """An account is a NIP (spaces are ignored), a user name or an e-mail address."""

    account = fields.String(required=True, validate=NAME)
    password = fields.String(required=True, validate=validate.Length(min=1, max=1024))
    name = fields.String(load_default="Masuk lewat API", validate=validate.Length(min=1, max=80))
    days = fields.Integer(strict=True, load_default=1, validate=validate.Range(min=1, max=366))


class TokenSchema(Schema):
    """A token; its `secret` is shown once, in the answer that issued it. `current`: it is the one you come with."""

    id = fields.UUID(required=True)
    name = fields.String()
    hint = fields.String()
    secret = fields.String()
    created_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime(allow_none=True)
    must_change = fields.Boolean()
    current = fields.Boolean()


class TokenRequest(Schema):
    """A further token of one's own."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=80))
    days = fields.Integer(strict=True, load_default=None, allow_none=True, validate=validate.Range(min=1, max=366))


class PasswordChange(Schema):
    """A password of one's own."""

    old = fields.String(required=True, validate=validate.Length(min=1, max=1024))
    new = fields.String(required=True, validate=validate.Length(min=1, max=1024))


class Redemption(Schema):
    """A one-time code from the tenant's admin, and the password chosen with it."""

    account = fields.String(required=True, validate=NAME)
    code = fields.String(required=True, validate=validate.Length(min=1, max=40))
    new = fields.String(required=True, validate=validate.Length(min=1, max=1024))


class CodeSchema(Schema):
    """A one-time code, shown once."""

    code = fields.String(required=True)
    expires_at = fields.AwareDateTime()


class HeldPosition(Schema):
    """A position somebody holds today, and in which capacity."""

    id = fields.UUID()
    title = fields.String()
    capacity = fields.String()


class MeSchema(Schema):
    """Who the token's bearer is here. `acting`: the one of his positions in which he acts, null for all of them."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    username = fields.String()
    must_change = fields.Boolean()
    positions = fields.List(fields.Nested(HeldPosition))
    acting = fields.UUID(allow_none=True)
    rights = fields.List(fields.String())


class ActingSchema(Schema):
    """The position to act in, one that the token's bearer holds today; null for all he holds."""

    position_id = fields.UUID(required=True, allow_none=True)


class SessionSchema(Schema):
    """A browser in which somebody is logged in; `address` is the network's."""

    id = fields.UUID(required=True)
    browser = fields.String()
    address = fields.String(allow_none=True)
    created_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime()


class UnitSchema(Schema):
    """An office."""

    id = fields.UUID(required=True)
    key = fields.String()
    name = fields.String()
    short = fields.String(allow_none=True)
    kind = fields.String()
    opd = fields.Boolean()
    parent_id = fields.UUID(allow_none=True)


class HolderSchema(Schema):
    """Who answers for a position today."""

    person_id = fields.UUID()
    name = fields.String()
    capacity = fields.String()


class PositionSchema(Schema):
    """A post and who answers for it today; `capacity` superior means that it is vacant."""

    id = fields.UUID(required=True)
    key = fields.String()
    title = fields.String()
    kind = fields.String()
    echelon = fields.String(allow_none=True)
    unit_id = fields.UUID()
    superior_id = fields.UUID(allow_none=True)
    head = fields.Boolean()
    holders = fields.List(fields.Nested(HolderSchema))


class PageQuery(Schema):
    """Where a list goes on: `cursor` is the `next` of the page before."""

    cursor = fields.String(load_default=None, validate=validate.Length(max=200))
    limit = fields.Integer(load_default=50, validate=LIMIT)


class CaseQuery(PageQuery):
    """Which cases: by status, SOP, plugin, text in number or subject."""

    status = fields.String(load_default=None, validate=validate.OneOf(["open", "done", "cancelled"]))
    code = fields.String(load_default=None, validate=NAME)
    plugin = fields.String(load_default=None, validate=NAME)
    text = fields.String(data_key="q", load_default=None, validate=validate.Length(max=200))


class EventQuery(Schema):
    """Events after a number."""

    after = fields.Integer(load_default=0, validate=validate.Range(min=0, max=LARGEST))
    limit = fields.Integer(load_default=100, validate=LIMIT)


class CaseStart(Schema):
    """The SOP's code, and the answers to what its start asks."""

    code = fields.String(required=True, validate=NAME)
    answers = fields.Dict(keys=fields.String(), load_default=dict)


class ReasonSchema(Schema):
    """Why."""

    reason = fields.String(load_default=None, allow_none=True, validate=TEXT)


class CommentSchema(Schema):
    """A comment on a case."""

    text = fields.String(required=True, validate=validate.Length(min=1, max=10_000))


class MemberSchema(Schema):
    """A unit that is to take part in an `each` step."""

    step = fields.String(required=True, validate=NAME)
    unit_id = fields.UUID(required=True)


class ConclusionSchema(ReasonSchema):
    """How the supervisor lets an `each` step go on."""

    step = fields.String(required=True, validate=NAME)
    visit = fields.Integer(strict=True, required=True, validate=COUNT)
    outcome = fields.String(load_default=None, allow_none=True, validate=NAME)
    target = fields.String(load_default=None, allow_none=True, validate=NAME)
    members = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=1000))


class CompletionSchema(Schema):
    """How a task is finished: its outcome (none where the step has only one) and its form."""

    outcome = fields.String(load_default=None, allow_none=True, validate=NAME)
    answers = fields.Dict(keys=fields.String(), load_default=dict)
    reason = fields.String(load_default=None, allow_none=True, validate=TEXT)


class ReturnSchema(Schema):
    """A return: why, to which step, and after an `each` to which members (ids of units)."""

    reason = fields.String(load_default=None, allow_none=True, validate=TEXT)
    outcome = fields.String(load_default="dikembalikan", validate=NAME)
    target = fields.String(load_default=None, allow_none=True, validate=NAME)
    members = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=1000))


class ReassignSchema(ReasonSchema):
    """To whom, and why."""

    person_id = fields.UUID(required=True)


class DraftSchema(Schema):
    """A form as it is being typed."""

    answers = fields.Dict(keys=fields.String(), required=True)


class FieldSchema(Schema):
    """The form's field that a file belongs to."""

    field = fields.String(required=True, validate=NAME)


class FileSchema(Schema):
    """The file."""

    file = Upload(required=True)


class AttachmentSchema(FieldSchema, FileSchema):
    """A file with the field it belongs to, as one form."""


class AnswerSchema(Schema):
    """What a command led to: the case, the task, and the tasks it opened."""

    def dump(self, obj: Any, *, many: bool | None = None) -> Any:
        """The answer itself: the engine has made it plain JSON, since its key remembers it."""
        return obj

    case = fields.Dict(required=True)
    task = fields.Dict()
    number = fields.String()
    subject = fields.String()
    opened = fields.List(fields.Dict())
    evidence = fields.Dict()


class CaseSchema(Schema):
    """A case, as far as whoever asks may see it."""

    id = fields.UUID(required=True)
    number = fields.String()
    subject = fields.String()
    code = fields.String()
    title = fields.String()
    status = fields.String()
    ended = fields.String(allow_none=True)
    secrecy = fields.String()
    opened_at = fields.AwareDateTime()
    closed_at = fields.AwareDateTime(allow_none=True)


class VisitSchema(Schema):
    """The latest visit of a task on the rail: whose part, until when, and by whom it was closed from which post."""

    id = fields.UUID(required=True)
    member = fields.String()
    label = fields.String(allow_none=True)
    visit = fields.Integer()
    status = fields.String()
    version = fields.Integer()
    opened_at = fields.AwareDateTime()
    started_at = fields.AwareDateTime(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    due_at = fields.AwareDateTime(allow_none=True)
    warn_at = fields.AwareDateTime(allow_none=True)
    outcome = fields.String(allow_none=True)
    capacity = fields.String(allow_none=True)
    closed_by = fields.String(allow_none=True)
    position = fields.String(allow_none=True)


class StepSchema(Schema):
    """A step on the rail: done, now or next, how often returned, and its tasks' latest visits."""

    key = fields.String()
    no = fields.String(allow_none=True)
    activity = fields.String(allow_none=True)
    actors = fields.List(fields.String())
    duration = fields.String(allow_none=True)
    status = fields.String()
    visit = fields.Integer()
    tasks = fields.List(fields.Nested(VisitSchema))


class CaseDetail(CaseSchema):
    """A case with its rail."""

    edition_id = fields.UUID()
    edition_number = fields.Integer()
    opened_by = fields.String()
    steps = fields.List(fields.Nested(StepSchema))


class CasePage(Schema):
    """Cases, the newest first; `next` is null on the last page."""

    items = fields.List(fields.Nested(CaseSchema), required=True)
    next = fields.String(allow_none=True)


class EventSchema(Schema):
    """An event of the log; `value` holds free text and form values, null to who may not read them."""

    seq = fields.Integer(required=True)
    kind = fields.String()
    at = fields.AwareDateTime()
    person = fields.String(allow_none=True)
    position = fields.String(allow_none=True)
    capacity = fields.String(allow_none=True)
    body = fields.Dict()
    value = fields.Dict(allow_none=True)


class EventPage(Schema):
    """Events in order; `next` is the number to ask on after, null at the end."""

    items = fields.List(fields.Nested(EventSchema), required=True)
    next = fields.Integer(allow_none=True)
