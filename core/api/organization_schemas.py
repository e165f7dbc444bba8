"""What goes in and out of the organization's API. Limits of texts are the services' (core.organization.texts)."""

from marshmallow import Schema, fields, validate

from core.api.schemas import LIMIT, UnitSchema
from core.organization.models import ASSIGNMENT_KINDS, POSITION_KINDS
from core.organization.units import UNIT_KINDS

# Wide of every limit of the services, which say it in their own words; nothing longer is even looked at.
TEXT = validate.Length(max=2000)
MEMBERS = validate.Length(max=1000)
CURSOR = validate.Length(max=2000)


class UnitRecord(UnitSchema):
    """A unit's own row."""

    receiver_id = fields.UUID(allow_none=True)
    active = fields.Boolean()


class UnitChange(Schema):
    """What of a unit is to change; what is left out stays. `receiver_id` null: its head receives."""

    name = fields.String(validate=TEXT)
    short = fields.String(allow_none=True, validate=TEXT)
    kind = fields.String(validate=validate.OneOf(UNIT_KINDS))
    parent_id = fields.UUID(allow_none=True)
    receiver_id = fields.UUID(allow_none=True)
    opd = fields.Boolean()
    active = fields.Boolean()


class UnitRequest(Schema):
    """A new unit; its key is made from its name where none is given."""

    key = fields.String(validate=TEXT)
    name = fields.String(required=True, validate=TEXT)
    short = fields.String(allow_none=True, validate=TEXT)
    kind = fields.String(required=True, validate=validate.OneOf(UNIT_KINDS))
    parent_id = fields.UUID(allow_none=True)
    receiver_id = fields.UUID(allow_none=True)
    opd = fields.Boolean()


class IncumbentSchema(Schema):
    """Who answers for a post today. `capacity` superior: the post is vacant, and he does so from his own."""

    person_id = fields.UUID()
    name = fields.String()
    active = fields.Boolean()
    capacity = fields.String()
    position_id = fields.UUID()
    title = fields.String()
    assignment_id = fields.UUID(allow_none=True)
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
    order_number = fields.String(allow_none=True)


class PostSchema(Schema):
    """A post with who fills it today."""

    id = fields.UUID(required=True)
    key = fields.String()
    title = fields.String()
    kind = fields.String()
    echelon = fields.String(allow_none=True)
    head = fields.Boolean()
    active = fields.Boolean()
    unit_id = fields.UUID()
    unit = fields.String()
    superior_id = fields.UUID(allow_none=True)
    superior = fields.String(allow_none=True)
    vacant = fields.Boolean()
    holders = fields.List(fields.Nested(IncumbentSchema))


class PostNode(PostSchema):
    """A post with those below it."""

    below = fields.List(fields.Nested(lambda: PostNode()))


class PositionRecord(Schema):
    """A post's own row."""

    id = fields.UUID(required=True)
    key = fields.String()
    title = fields.String()
    kind = fields.String()
    echelon = fields.String(allow_none=True)
    head = fields.Boolean()
    active = fields.Boolean()
    unit_id = fields.UUID()
    superior_id = fields.UUID(allow_none=True)


class PositionChange(Schema):
    """What of a post is to change; what is left out stays."""

    title = fields.String(validate=TEXT)
    unit_id = fields.UUID()
    superior_id = fields.UUID(allow_none=True)
    kind = fields.String(validate=validate.OneOf(POSITION_KINDS))
    echelon = fields.String(allow_none=True, validate=TEXT)
    head = fields.Boolean()
    active = fields.Boolean()


class PositionRequest(Schema):
    """A new post; `again` where the unit is to have one more of this title below the same superior."""

    key = fields.String(validate=TEXT)
    title = fields.String(required=True, validate=TEXT)
    unit_id = fields.UUID(required=True)
    superior_id = fields.UUID(allow_none=True)
    kind = fields.String(required=True, validate=validate.OneOf(POSITION_KINDS))
    echelon = fields.String(allow_none=True, validate=TEXT)
    head = fields.Boolean()
    again = fields.Boolean()


class AssignmentSchema(Schema):
    """An assignment: `title` as its holder signs, `when` is past, current or future."""

    id = fields.UUID(required=True)
    person_id = fields.UUID()
    name = fields.String()
    position_id = fields.UUID()
    title = fields.String()
    unit_id = fields.UUID()
    unit = fields.String()
    kind = fields.String()
    order_number = fields.String(allow_none=True)
    starts_on = fields.Date()
    ends_on = fields.Date(allow_none=True)
    when = fields.String()


class AssignmentPage(Schema):
    """Assignments, the latest first; `next` is null on the last page."""

    items = fields.List(fields.Nested(AssignmentSchema), required=True)
    next = fields.String(allow_none=True)


class AssignmentQuery(Schema):
    """Whose assignments: a post's or a person's, exactly one of the two."""

    position_id = fields.UUID(load_default=None)
    person_id = fields.UUID(load_default=None)
    cursor = fields.String(load_default=None, validate=CURSOR)
    limit = fields.Integer(load_default=50, validate=LIMIT)


class AssignmentRequest(Schema):
    """A person into a post; both dates are days in office."""

    person_id = fields.UUID(required=True)
    position_id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(ASSIGNMENT_KINDS))
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(allow_none=True)
    order_number = fields.String(allow_none=True, validate=TEXT)


class AssignmentChange(Schema):
    """What of an assignment is to change; `ends_on` null: it is open again."""

    starts_on = fields.Date()
    ends_on = fields.Date(allow_none=True)
    order_number = fields.String(allow_none=True, validate=TEXT)


class TeamSchema(Schema):
    """A team; `chair` leads it, `current`: its decree holds today."""

    id = fields.UUID(required=True)
    key = fields.String()
    name = fields.String()
    unit_id = fields.UUID()
    unit = fields.String()
    decree_number = fields.String(allow_none=True)
    decree_date = fields.Date(allow_none=True)
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
    active = fields.Boolean()
    current = fields.Boolean()
    chair = fields.String(allow_none=True)
    seats = fields.Integer()


class SeatSchema(Schema):
    """A seat of a team and who fills it today; a vacant post's superior does not sit for it."""

    id = fields.UUID(required=True)
    position_id = fields.UUID(allow_none=True)
    person_id = fields.UUID(allow_none=True)
    who = fields.String()
    unit = fields.String(allow_none=True)
    function = fields.String(allow_none=True)
    head = fields.Boolean()
    holders = fields.List(fields.Nested(IncumbentSchema))


class TeamDetail(TeamSchema):
    """A team with its members, its head first."""

    members = fields.List(fields.Nested(SeatSchema))


class TeamChange(Schema):
    """What of a team is to change; what is left out stays."""

    name = fields.String(validate=TEXT)
    unit_id = fields.UUID()
    decree_number = fields.String(allow_none=True, validate=TEXT)
    decree_date = fields.Date(allow_none=True)
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
    active = fields.Boolean()


class TeamRequest(Schema):
    """A new team; `unit_id` is the unit it works for."""

    key = fields.String(validate=TEXT)
    name = fields.String(required=True, validate=TEXT)
    unit_id = fields.UUID(required=True)
    decree_number = fields.String(allow_none=True, validate=TEXT)
    decree_date = fields.Date(allow_none=True)
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)


class SeatRequest(Schema):
    """A seat for a post or for a person by name, exactly one of the two."""

    position_id = fields.UUID(allow_none=True)
    person_id = fields.UUID(allow_none=True)
    function = fields.String(allow_none=True, validate=TEXT)
    head = fields.Boolean()


class UnitSetSchema(Schema):
    """A named set of units, in its order."""

    id = fields.UUID(required=True)
    key = fields.String()
    name = fields.String()
    units = fields.List(fields.Nested(UnitSchema))


class UnitSetChange(Schema):
    """What of a set is to change; `units` are all its units in order."""

    name = fields.String(validate=TEXT)
    units = fields.List(fields.UUID(), validate=MEMBERS)


class UnitSetRequest(Schema):
    """A new set of units."""

    key = fields.String(validate=TEXT)
    name = fields.String(required=True, validate=TEXT)
    units = fields.List(fields.UUID(), required=True, validate=MEMBERS)


class OfficeSchema(UnitRecord):
    """A unit at a glance: its head's post and who fills it today, and how many posts it has."""

    head_id = fields.UUID(allow_none=True)
    head_title = fields.String(allow_none=True)
    post_count = fields.Integer()
    holders = fields.List(fields.Nested(IncumbentSchema))


class OfficeNode(OfficeSchema):
    """A unit with those below it."""

    below = fields.List(fields.Nested(lambda: OfficeNode()))


class UnitDetail(OfficeSchema):
    """A unit with the units above and right below it, its posts as a tree, its teams, and the desk that receives."""

    path = fields.List(fields.Nested(UnitRecord))
    desk = fields.Nested(PostSchema, allow_none=True)
    posts = fields.List(fields.Nested(PostNode))
    below = fields.List(fields.Nested(OfficeSchema))
    teams = fields.List(fields.Nested(TeamSchema))


class PositionDetail(PostNode):
    """A post with those right below it and the latest of its assignments; /assignments has the older ones."""

    history = fields.List(fields.Nested(AssignmentSchema))
