"""The library of SOPs as the API shows it: SOPs, their editions, who runs them here, what changed."""

from marshmallow import Schema, fields, validate

from core.api.schemas import LARGEST, LIMIT, NAME, HolderSchema
from core.engine.library import A_SHELF, EDITIONS

NUMBER = validate.Range(min=1, max=LARGEST)


class ShelfQuery(Schema):
    """Which SOPs: text in title, code or SOP number; `after` is the code of the last one of the page before."""

    text = fields.String(data_key="q", load_default=None, validate=validate.Length(max=200))
    after = fields.String(load_default=None, validate=NAME)
    limit = fields.Integer(load_default=A_SHELF, validate=LIMIT)


class EditionQuery(Schema):
    """Editions with a lower number than `before`, the latest first."""

    before = fields.Integer(load_default=None, validate=NUMBER)
    limit = fields.Integer(load_default=EDITIONS, validate=LIMIT)


class SinceQuery(Schema):
    """The number of the edition to compare with; without one it is the edition before."""

    since = fields.Integer(load_default=None, validate=NUMBER)


class EditionHead(Schema):
    """An edition without its content; in force from `effective_on`, until `retired_on` where another followed it."""

    id = fields.UUID(required=True)
    number = fields.Integer()
    status = fields.String()
    effective_on = fields.Date(allow_none=True)
    retired_on = fields.Date(allow_none=True)
    content_hash = fields.String()


class ProcedureSchema(Schema):
    """A SOP and the edition in force, with the SOP number of its sheet.

    `running` is how many of its cases that you may see run now; 100 stands for as many or more.
    """

    id = fields.UUID(required=True)
    code = fields.String()
    title = fields.String()
    plugin = fields.String()
    domain = fields.String()
    number = fields.String(allow_none=True)
    effective_id = fields.UUID(allow_none=True)
    edition = fields.Integer(allow_none=True)
    effective_on = fields.Date(allow_none=True)
    running = fields.Integer()


class ActingHolder(HolderSchema):
    """Who answers for it today, with the title he signs with; `capacity` superior means that the post is vacant."""

    title = fields.String(allow_none=True)


class DeskSchema(Schema):
    """What a task can be given to: a post, a team, a unit."""

    id = fields.UUID()
    name = fields.String()
    active = fields.Boolean()
    holders = fields.List(fields.Nested(ActingHolder))


class BindingSchema(Schema):
    """An actor of the edition: what he is bound to here, and each desk of it with who answers for it today."""

    key = fields.String()
    actor = fields.String()
    kind = fields.String(allow_none=True)
    head = fields.Boolean()
    name = fields.String(allow_none=True)
    desks = fields.List(fields.Nested(DeskSchema))
    uncertain = fields.String(allow_none=True)


class SuccessorSchema(Schema):
    """A rule that changed or revoked another."""

    name = fields.String()
    date = fields.String(allow_none=True)
    note = fields.String(allow_none=True)


class StandingSchema(Schema):
    """A cited rule as the registry knows it: its status, where that was read, and how sure it is."""

    id = fields.String()
    name = fields.String()
    title = fields.String()
    status = fields.String()
    revoked_by = fields.Nested(SuccessorSchema, allow_none=True)
    amended_by = fields.List(fields.Nested(SuccessorSchema))
    source = fields.String(allow_none=True)
    second_source = fields.Boolean()
    sure = fields.String(allow_none=True)
    note = fields.String(allow_none=True)


class ProcedureDetail(ProcedureSchema):
    """A SOP with its latest editions, and of the one in force (or else the latest) its actors and its rules.

    `may_start`: you may open a case of it.
    """

    may_start = fields.Boolean()
    editions = fields.List(fields.Nested(EditionHead))
    actors = fields.List(fields.Nested(BindingSchema))
    rules = fields.List(fields.Nested(StandingSchema))


class EditionDetail(EditionHead):
    """An edition as its sheet prints it, and what its start asks."""

    sheet = fields.Dict()
    asks = fields.List(fields.Dict())


class FirstSchema(Schema):
    """The first step that a start opens, and on whose desks it lies."""

    step = fields.String()
    no = fields.String(allow_none=True)
    activity = fields.String(allow_none=True)
    desks = fields.List(fields.Nested(DeskSchema))


class StartSchema(Schema):
    """What a start asks, its subject with {key} to be filled in from the answers, and what it opens."""

    code = fields.String()
    edition = fields.Integer()
    subject = fields.String()
    asks = fields.List(fields.Dict())
    first = fields.Nested(FirstSchema, allow_none=True)


class ChangeSchema(Schema):
    """One thing that differs; of a list only the items that went and those that came."""

    what = fields.String()
    before = fields.List(fields.String())
    after = fields.List(fields.String())


class StepChangeSchema(Schema):
    """A step that was added, removed or changed; `moved`: it stands in another place."""

    key = fields.String()
    no = fields.String(allow_none=True)
    activity = fields.String(allow_none=True)
    how = fields.String()
    moved = fields.Boolean()
    changes = fields.List(fields.Nested(ChangeSchema))


class DifferenceSchema(Schema):
    """What changed since the edition `since`, null where there is none before."""

    since = fields.Integer(allow_none=True)
    cover = fields.List(fields.Nested(ChangeSchema))
    actors = fields.List(fields.Nested(ChangeSchema))
    start = fields.List(fields.Nested(ChangeSchema))
    steps = fields.List(fields.Nested(StepChangeSchema))
