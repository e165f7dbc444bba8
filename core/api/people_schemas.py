"""What goes in and out of the API of people, their accounts and their roles."""

from marshmallow import Schema, fields, validate

from core.api.organization_schemas import CURSOR, TEXT, AssignmentSchema
from core.api.schemas import LIMIT


class PeopleQuery(Schema):
    """A page of people; `search` is the beginning of any word of the name."""

    search = fields.String(load_default=None, validate=validate.Length(max=200))
    cursor = fields.String(load_default=None, validate=CURSOR)
    limit = fields.Integer(load_default=50, validate=LIMIT)


class HeldToday(Schema):
    """A post somebody holds today, its title as he signs."""

    position_id = fields.UUID()
    title = fields.String()
    capacity = fields.String()
    unit_id = fields.UUID()
    unit = fields.String()


class PersonSchema(Schema):
    """A person as his colleagues find him; numbers and addresses are his own."""

    id = fields.UUID(required=True)
    name = fields.String()
    positions = fields.List(fields.Nested(HeldToday))


class PersonPage(Schema):
    """People by name; `next` is null on the last page."""

    items = fields.List(fields.Nested(PersonSchema), required=True)
    next = fields.String(allow_none=True)


class PersonTeamSchema(Schema):
    """A team somebody sits in today; `title` is the post he does so from."""

    id = fields.UUID()
    name = fields.String()
    function = fields.String(allow_none=True)
    head = fields.Boolean()
    title = fields.String(allow_none=True)


class PersonRoleSchema(Schema):
    """A role somebody has today; `title` is the post that gives it to him."""

    id = fields.UUID()
    name = fields.String()
    title = fields.String(allow_none=True)
    ends_on = fields.Date(allow_none=True)


class PersonDetail(Schema):
    """A person with the latest of his posts; `roles` are null to who may not know them."""

    id = fields.UUID(required=True)
    name = fields.String()
    active = fields.Boolean()
    history = fields.List(fields.Nested(AssignmentSchema))
    teams = fields.List(fields.Nested(PersonTeamSchema))
    roles = fields.List(fields.Nested(PersonRoleSchema), allow_none=True)


class AccountSchema(Schema):
    """An account; `state` is active, invited (no password of his own yet) or disabled."""

    id = fields.UUID(required=True)
    name = fields.String()
    username = fields.String()
    nip = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    state = fields.String()
    created_at = fields.AwareDateTime()


class AccountPage(Schema):
    """Accounts by name; `next` is null on the last page."""

    items = fields.List(fields.Nested(AccountSchema), required=True)
    next = fields.String(allow_none=True)


class AccountChange(Schema):
    """What of an account is to change; what is left out stays."""

    name = fields.String(validate=TEXT)
    username = fields.String(validate=TEXT)
    nip = fields.String(allow_none=True, validate=TEXT)
    email = fields.String(allow_none=True, validate=TEXT)
    phone = fields.String(allow_none=True, validate=TEXT)


class AccountRequest(Schema):
    """A new account; its owner enters with a one-time code."""

    name = fields.String(required=True, validate=TEXT)
    username = fields.String(required=True, validate=TEXT)
    nip = fields.String(allow_none=True, validate=TEXT)
    email = fields.String(allow_none=True, validate=TEXT)
    phone = fields.String(allow_none=True, validate=TEXT)


class RightSchema(Schema):
    """A right in words."""

    key = fields.String(required=True)
    label = fields.String()


class RoleSchema(Schema):
    """A role with its rights; `everyone`: all people of the government have it."""

    id = fields.UUID(required=True)
    key = fields.String()
    name = fields.String()
    everyone = fields.Boolean()
    rights = fields.List(fields.Nested(RightSchema))


class GrantQuery(Schema):
    """Which roles given: those that are over too?"""

    past = fields.Boolean(load_default=False)


class GrantSchema(Schema):
    """A role given: `to` is a post's title (with its unit) or a person's name; `current`: it holds today."""

    id = fields.UUID(required=True)
    role_id = fields.UUID()
    role = fields.String()
    position_id = fields.UUID(allow_none=True)
    person_id = fields.UUID(allow_none=True)
    to = fields.String()
    unit = fields.String(allow_none=True)
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
    current = fields.Boolean()


class GrantRequest(Schema):
    """A role by its key, for a post or a person, exactly one of the two; without dates it has no end."""

    role = fields.String(required=True, validate=TEXT)
    position_id = fields.UUID(allow_none=True)
    person_id = fields.UUID(allow_none=True)
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)


class GrantRecord(Schema):
    """A role just given."""

    id = fields.UUID(required=True)
    role_id = fields.UUID()
    position_id = fields.UUID(allow_none=True)
    person_id = fields.UUID(allow_none=True)
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
