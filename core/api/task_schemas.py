"""Tasks as the API shows them, in lists and one by one."""

from marshmallow import Schema, fields, validate

from core.api.schemas import NAME, PageQuery
from core.engine.desk import LISTS


class TaskQuery(PageQuery):
    """Which of one's lists, and what of it: a SOP's code, text in the number or subject, one of one's posts."""

    which = fields.String(data_key="list", load_default="menunggu", validate=validate.OneOf(LISTS))
    code = fields.String(load_default=None, validate=NAME)
    text = fields.String(data_key="q", load_default=None, validate=validate.Length(max=200))
    position = fields.UUID(load_default=None)


class TallyQuery(Schema):
    """For all of one's posts, or one of them."""

    position = fields.UUID(load_default=None)


class TaskSchema(Schema):
    """A task; without a deadline `due_at` is null. From the second visit on it was returned, or taken back."""

    id = fields.UUID(required=True)
    case_id = fields.UUID()
    number = fields.String()
    subject = fields.String()
    code = fields.String()
    title = fields.String()
    step = fields.String()
    no = fields.String(allow_none=True)
    activity = fields.String(allow_none=True)
    member = fields.String()
    label = fields.String(allow_none=True)
    visit = fields.Integer()
    version = fields.Integer()
    opened_at = fields.AwareDateTime()
    started_at = fields.AwareDateTime(allow_none=True)
    due_at = fields.AwareDateTime(allow_none=True)
    warn_at = fields.AwareDateTime(allow_none=True)


class ListedTask(TaskSchema):
    """A task in a list; `assignee` tells whose it is in the list of what one supervises.

    `offered_to` is the person who did a returned one before: as long as he may, nobody else can finish it.
    """

    status = fields.String()
    assignee = fields.String(allow_none=True)
    offered_to = fields.UUID(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    outcome = fields.String(allow_none=True)
    outcome_label = fields.String(allow_none=True)


class TaskPage(Schema):
    """Open tasks, the most urgent first; closed ones, the newest first. `next` is null on the last page."""

    items = fields.List(fields.Nested(ListedTask), required=True)
    next = fields.String(allow_none=True)


class TallySchema(Schema):
    """How many tasks each list holds; 100 stands for as many or more."""

    late = fields.Integer(required=True)
    soon = fields.Integer(required=True)
    open = fields.Integer(required=True)
    supervised_late = fields.Integer(required=True)


class TaskDetail(TaskSchema):
    """A task with what it needs, its form, its evidence, and what may be done with it now.

    `answers` are null to who may not read them: a member of an `each` never sees another's. `former` are those of the
    visit before; `returned` tells by whom, when, from which step and why this visit came back.
    """

    status = fields.String()
    closed_at = fields.AwareDateTime(allow_none=True)
    closed_by = fields.String(allow_none=True)
    outcome = fields.String(allow_none=True)
    requirements = fields.List(fields.String())
    output = fields.String(allow_none=True)
    duration = fields.String(allow_none=True)
    form = fields.List(fields.Dict())
    answers = fields.Dict(allow_none=True)
    draft = fields.Dict(allow_none=True)
    former = fields.Dict(allow_none=True)
    returned = fields.Dict(allow_none=True)
    evidence = fields.List(fields.Dict())
    options = fields.List(fields.Dict())
