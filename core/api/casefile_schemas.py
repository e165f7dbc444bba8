"""A case as its page shows it, for whoever asks the API: all of it in one answer."""

from marshmallow import Schema, fields

from core.api.schemas import CaseDetail, EventSchema, HolderSchema
from core.api.task_schemas import TaskDetail


class OpenTask(Schema):
    """A task that is open, and who answers for it today; `title` is as he signs."""

    id = fields.UUID(required=True)
    step = fields.String(required=True)
    member = fields.String()
    label = fields.String(allow_none=True)
    due_at = fields.AwareDateTime(allow_none=True)
    holders = fields.List(fields.Nested(HolderSchema), required=True)


class CaseEvidence(Schema):
    """A file of the case that the reader may open, under the task it was handed in with; `size` in bytes."""

    id = fields.UUID(required=True)
    task_id = fields.UUID(required=True)
    step = fields.String(attribute="step_key")
    member = fields.String()
    label = fields.String(allow_none=True)
    field = fields.String()
    name = fields.String(required=True)
    mime = fields.String()
    size = fields.Integer()
    sha256 = fields.String()
    scan = fields.String()
    attached_at = fields.AwareDateTime()
    attached_by = fields.String()


class CaseFileSchema(Schema):
    """The case, the task at hand (null where none is the reader's), what is open, the files, what he may do.

    `recent` are the last events, the newest first; the whole log is at /events.
    """

    case = fields.Nested(CaseDetail, required=True)
    task = fields.Nested(TaskDetail, allow_none=True)
    mine = fields.List(fields.UUID(), required=True)
    open = fields.List(fields.Nested(OpenTask), required=True)
    evidence = fields.List(fields.Nested(CaseEvidence), required=True)
    options = fields.List(fields.Dict(), required=True)
    recent = fields.List(fields.Nested(EventSchema), required=True)
