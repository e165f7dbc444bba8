"""Norm times in every form the seeds print, and in our own spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.procedures.durations import UNITS, BadDuration, parse, show
from core.procedures.model import Duration

# SOP-AP reference, section 4: the forms the parser must take.
PRINTED = [
    ("5 menit", "menit", 5, 5, None, False),
    ("30 Menit", "menit", 30, 30, None, False),
    ("60menit", "menit", 60, 60, None, False),
    ("3 jam", "jam", 3, 3, None, False),
    ("1 hari", "hari", 1, 1, None, False),
    ("1-2 minggu", "minggu", 1, 2, None, False),
    ("1 - 2 minggu", "minggu", 1, 2, None, False),
    ("1 – 2 minggu", "minggu", 1, 2, None, False),
    ("1 s.d. 2 minggu", "minggu", 1, 2, None, False),
    ("1 Bulan", "bulan", 1, 1, None, False),
    ("12 bulan", "bulan", 12, 12, None, False),
    ("30 Hari kerja", "hari", 30, 30, None, True),
    ("15 menit/ Elemen Data", "menit", 15, 15, "Elemen Data", False),
    ("15 menit per berkas", "menit", 15, 15, "berkas", False),
    ("1,5 jam", "jam", 1.5, 1.5, None, False),
]


@pytest.mark.parametrize(("text", "unit", "low", "high", "per", "working"), PRINTED)
def test_printed_forms(text, unit, low, high, per, working):
    assert parse(text) == Duration(text, unit, low, high, per, working)


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a_blank_cell_has_no_norm(blank):
    assert parse(blank) is None


def test_the_print_is_kept_without_its_margins():
    found = parse("  1 -  2 Minggu ")
    assert found is not None
    assert found.text == "1 -  2 Minggu"


@pytest.mark.parametrize(
    ("text", "reason", "suggestion"),
    [
        ("30 mneit", "satuan 'mneit' tidak dikenal", "menit"),
        ("2 pekan", "satuan 'pekan' tidak dikenal", None),
        (".5 menit", "tulis seperti '30 menit', '1-2 minggu' atau '15 menit/ berkas'", None),
        ("segera", "tulis seperti '30 menit', '1-2 minggu' atau '15 menit/ berkas'", None),
        ("0 menit", "waktu harus lebih dari nol; kosongkan bila tidak tercetak", None),
        ("3-2 minggu", "batas atas lebih kecil daripada batas bawah", None),
        ("2 minggu kerja", "'minggu kerja' tidak dikenal; gunakan hari kerja", None),
        ("5 hari kalender", "tulis seperti '30 menit', '1-2 minggu' atau '15 menit/ berkas'", None),
    ],
)
def test_what_is_no_time_says_why(text, reason, suggestion):
    with pytest.raises(BadDuration) as caught:
        parse(text)
    assert str(caught.value) == f"Waktu '{text}' tidak terbaca: {reason}"
    assert caught.value.suggestion == suggestion


amounts = st.integers(1, 99_999).map(float) | st.integers(1, 999).map(lambda n: n / 4)
items = st.none() | st.from_regex(r"[A-Za-z][A-Za-z ]{0,20}[A-Za-z]", fullmatch=True)


@given(st.sampled_from(UNITS), amounts, amounts, items, st.booleans())
def test_our_spelling_is_read_back(unit, one, other, per, working):
    working = working and unit not in ("minggu", "bulan")
    duration = Duration("", unit, min(one, other), max(one, other), per, working)
    text = show(duration)
    assert parse(text) == Duration(text, unit, duration.low, duration.high, per, working)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        found = parse(text)
    except BadDuration:
        return
    assert found is None or (0 < found.low <= found.high and found.unit in UNITS)
