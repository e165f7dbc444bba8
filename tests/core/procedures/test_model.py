"""Editions as JSON: exact both ways, one spelling, a hash of the contents alone."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.procedures.codec import canonical
from core.procedures.durations import UNITS
from core.procedures.loader import load_procedure
from core.procedures.model import (
    Actor,
    Choice,
    Citation,
    Cover,
    Duration,
    Each,
    Edition,
    Field,
    Outcome,
    Requirement,
    Start,
    Step,
    Target,
)
from tests.core.procedures.samples import WHOLE

whole = load_procedure(WHOLE)
WHOLE_EDITION = Edition(
    tenant="contoh",
    code="lengkap",
    plugin="umum",
    procedure=whole.key,
    plugin_version="1",
    title=whole.title,
    cover=Cover(number="1", legal_bases=(Citation(None, "UU"),), uncertain={"number": "kabur"}),
    actors=whole.actors,
    steps=whole.steps,
    start=whole.start,
    secrecy=whole.secrecy,
    extra=whole.extra,
)

words = st.text(min_size=1, max_size=6)
maybe = st.none() | words
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | words,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2),
    max_leaves=4,
)
floats = st.floats(0, 1e6, allow_nan=False)
durations = st.builds(Duration, words, st.sampled_from(UNITS), floats, floats, maybe, st.booleans())
requirements = st.builds(Requirement, words, maybe, maybe, maybe, st.booleans(), maybe)
choices = st.builds(Choice, words, words, st.none() | floats)
forms = st.builds(
    Field, words, words, words, required=st.booleans() | words, many=st.booleans(),
    choices=st.lists(choices, max_size=2).map(tuple), max_mb=st.none() | floats, default=plain,
    minimum=st.none() | st.integers(0, 9).map(float),
    fields=st.lists(st.builds(Field, words, words, words), max_size=2).map(tuple),
)  # fmt: skip
leaves = st.builds(
    Step, words, no=maybe, actors=st.lists(words, max_size=2).map(tuple), duration=st.none() | durations,
    requirements=st.lists(requirements, max_size=2).map(tuple), form=st.lists(forms, max_size=2).map(tuple),
    outcomes=st.lists(st.builds(Outcome, words, words, words, maybe), max_size=2).map(tuple),
    keep=st.booleans(), uncertain=st.dictionaries(words, words, max_size=2),
    extra=st.dictionaries(words, plain, max_size=2),
)  # fmt: skip
joins = st.sampled_from(["all", "any"]) | st.integers(1, 9)
steps = st.builds(
    replace, leaves, each=st.none() | st.builds(Each, words, join=joins, steps=st.lists(leaves, max_size=2).map(tuple))
)
targets = st.builds(Target, words, words, st.sampled_from(["any", "head"]), st.lists(words, max_size=2).map(tuple))
actors = st.lists(
    st.builds(Actor, words, words, st.lists(words, max_size=2).map(tuple), st.none() | targets, st.booleans()),
    max_size=4, unique_by=lambda actor: actor.key,
).map(lambda all_of_them: {actor.key: actor for actor in all_of_them})  # fmt: skip
editions = st.builds(
    Edition, words, words, words, words, words, words, st.builds(Cover, maybe, records=st.lists(words).map(tuple)),
    actors, st.lists(steps, max_size=3).map(tuple), st.builds(Start, st.lists(words).map(tuple), subject=words),
    extra=st.dictionaries(words, plain, max_size=2),
)  # fmt: skip


def jsonb(data):
    """What a jsonb column does to an object: the order of its keys is lost."""
    return json.loads(json.dumps(data, sort_keys=True))


@given(editions)
def test_json_and_back(edition):
    again = Edition.from_json(jsonb(edition.to_json()))
    assert again == edition
    assert list(again.actors) == list(edition.actors)
    assert again.content_hash() == edition.content_hash()


def test_json_and_back_with_every_construct():
    again = Edition.from_json(jsonb(WHOLE_EDITION.to_json()))
    assert again == WHOLE_EDITION
    assert again.rows["survei"].extra["appointment"] == {"with": ["warga"], "place": "Kantor"}


def test_whole_numbers_stay_what_they_were():
    """Through jsonb a 1.0 may come back as 1; the hash must not notice."""
    data = json.loads(json.dumps(WHOLE_EDITION.to_json()).replace(".0,", ",").replace(".0}", "}"))
    assert Edition.from_json(data).content_hash() == WHOLE_EDITION.content_hash()


def test_a_field_that_is_unknown_here_is_passed_over():
    data = {**WHOLE_EDITION.to_json(), "from_a_later_release": 1}
    assert Edition.from_json(data) == WHOLE_EDITION


def test_defaults_are_not_written():
    assert Edition.to_json(replace(WHOLE_EDITION, steps=(Step("a"),)))["steps"] == [{"key": "a"}]


def test_the_hash_is_of_the_contents():
    same = replace(WHOLE_EDITION, plugin_version="2")
    other = replace(WHOLE_EDITION, title="Lain")
    reordered = replace(WHOLE_EDITION, actors=dict(reversed(WHOLE_EDITION.actors.items())))
    assert same.content_hash() == WHOLE_EDITION.content_hash()
    assert len({edition.content_hash() for edition in (WHOLE_EDITION, other, reordered)}) == 3


def test_one_spelling():
    assert canonical({"b": [1, None], "a": "é"}) == '{"a":"é","b":[1,null]}'.encode()


def test_rows_are_in_print_order():
    assert list(WHOLE_EDITION.rows)[:5] == ["terima", "telaah", "survei", "simpul", "kaji"]


def test_frozen():
    with pytest.raises(AttributeError):
        WHOLE_EDITION.title = "Lain"
