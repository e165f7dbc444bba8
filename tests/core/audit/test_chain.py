"""The chain of a log: what each MAC covers, how links hang together, and one spelling on both sides of jsonb."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from core.audit import chain
from core.database import new_id

KEY = b"kunci uji yang cukup panjang 0123456789"
STAMP = chain.Stamp(7, new_id(), datetime(2026, 3, 2, 1, 2, 3, 456789, UTC), new_id(), new_id(), "plt")
HAPPENED = [
    ("task_completed", {"step": "a", "visit": 1}, {"isian": {"nama": "Ani", "nilai": 3.0}}),
    ("task_opened", {"step": "b", "assignee": ["unit", "u"]}, None),
    ("case_ended", {"how": "selesai"}, {"teks": "tamat"}),
]


def verified(links, stamp=STAMP, key=KEY):
    """The seq of the first link that does not hold, or None."""
    head = chain.START
    for link in links:
        mac = chain.mac_of(key, stamp, link.seq, link.kind, link.body, link.payload_hash, head.mac)
        if (link.seq, link.prev_mac, link.mac) != (head.seq + 1, head.mac, mac):
            return head.seq + 1
        head = chain.Head(link.seq, mac)
    return None


def test_links_hang_on_each_other_from_an_empty_log_on():
    links, head = chain.append(KEY, STAMP, chain.START, HAPPENED)
    assert [link.seq for link in links] == [1, 2, 3]
    assert links[0].prev_mac == bytes(32)
    assert [link.prev_mac for link in links[1:]] == [link.mac for link in links[:-1]]
    assert head == chain.Head(3, links[-1].mac)
    assert verified(links) is None


def test_a_log_goes_on_from_its_head():
    first, head = chain.append(KEY, STAMP, chain.START, HAPPENED)
    more, head = chain.append(KEY, replace(STAMP, capacity="definitive"), head, HAPPENED)
    assert [link.seq for link in more] == [4, 5, 6]
    assert more[0].prev_mac == first[-1].mac
    assert head.seq == 6


def test_nothing_happened_adds_nothing():
    assert chain.append(KEY, STAMP, chain.START, []) == ([], chain.START)


def test_every_part_of_a_link_is_covered():
    links, _ = chain.append(KEY, STAMP, chain.START, HAPPENED)
    changed = [
        replace(STAMP, tenant=8),
        replace(STAMP, case=new_id()),
        replace(STAMP, at=STAMP.at + timedelta(microseconds=1)),
        replace(STAMP, person=new_id()),
        replace(STAMP, position=None),
        replace(STAMP, capacity="definitive"),
    ]
    assert [verified(links, stamp) for stamp in changed] == [1] * len(changed)
    for change in (
        {"kind": "case_ended"},
        {"body": {"step": "a", "visit": 2}},
        {"payload_hash": bytes(32)},
        {"seq": 2},
    ):
        assert verified([replace(links[0], **change), *links[1:]]) == 1


def test_without_the_key_no_link_can_be_made():
    links, _ = chain.append(b"kunci lain", STAMP, chain.START, HAPPENED)
    assert verified(links) == 1


def test_the_same_moment_in_another_zone_is_the_same():
    there = replace(STAMP, at=STAMP.at.astimezone(timezone(timedelta(hours=9))))
    links, _ = chain.append(KEY, there, chain.START, HAPPENED)
    assert verified(links) is None


def test_a_payload_is_hashed_with_a_salt_of_its_own_so_that_equal_texts_do_not_show():
    twice = [("commented", {}, {"teks": "setuju"})] * 2
    one, other = chain.append(KEY, STAMP, chain.START, twice)[0]
    assert one.salt != other.salt
    assert one.payload_hash != other.payload_hash
    assert one.payload_hash == chain.payload_hash({"teks": "setuju"}, one.salt)
    assert len(one.salt) == 16


def test_a_link_without_payload_has_neither_salt_nor_hash():
    [link] = chain.append(KEY, STAMP, chain.START, [("case_started", {}, None)])[0]
    assert (link.payload, link.salt, link.payload_hash) == (None, None, None)


def test_numbers_are_finite():
    with pytest.raises(ValueError, match="Out of range"):
        chain.canonical({"nilai": float("nan")})


# What a form or a comment can hold: text without NUL and lone surrogates, which are refused before (shell.plain).
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.database
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(texts, values, max_size=4))
@example({"a": 1e16, "b": 1e23, "c": 5e-324, "d": -0.0, "e": 1.7976931348623157e308, "f": 10**40})
@example({"ключ": "’“–", "A": 1, "a": 2, "": [{}], "\u2028": "\ufeff"})
def test_a_value_is_spelled_alike_before_jsonb_and_after(connection, value):
    stored = connection.execute("SELECT %s", (Jsonb(value),)).fetchone()[0]
    assert chain.canonical(stored) == chain.canonical(value)


@pytest.fixture(scope="module")
def connection(addresses):
    with psycopg.connect(addresses.app) as connection:
        yield connection
