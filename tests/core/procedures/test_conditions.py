"""The closed grammar of conditions: what it takes, what it means, what it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.procedures.condition_parser import BadCondition
from core.procedures.condition_terms import (
    Both,
    Compare,
    Either,
    Empty,
    In,
    Literal,
    Name,
    Not,
    render,
)
from core.procedures.condition_types import check
from core.procedures.conditions import evaluate, fields, parse
from core.procedures.model import Choice, Field

ANSWERS = {
    "survei.jumlah": 3,
    "survei.lengkap": False,
    "case.kelas": "berat",
    "survei.jenis": ["jalan", "air"],
    "survei.tanggal": "2026-03-01",
    "survei.batas": "2026-04-01",
    "survei.catatan": "  ",
}


@pytest.mark.parametrize(
    "text",
    [
        "survei.jumlah = 3",
        "survei.jumlah >= 3 and survei.jumlah < 4",
        "survei.lengkap = false",
        "not survei.lengkap = true",
        "case.kelas in ('ringan', 'berat')",
        "'air' in survei.jenis",
        "survei.tanggal < '2026-03-02'",
        "survei.tanggal <= survei.batas",
        "survei.catatan is empty",
        "survei.jumlah is not empty",
        "survei.tiada is empty",
        "case.kelas = 'ringan' or case.kelas = 'berat' and survei.jumlah != 4",
        "not (case.kelas = 'ringan' and survei.lengkap = false)",
        'case.kelas = "berat"',
        "survei.jumlah > -1 and survei.jumlah < 3.5",
    ],
)
def test_what_holds(text):
    assert evaluate(parse(text), ANSWERS)


@pytest.mark.parametrize(
    "text",
    [
        "survei.tiada = 'a'",
        "survei.tiada != 'a'",
        "survei.tiada < 3",
        "survei.tiada in ('a')",
        "'a' in survei.tiada",
        "survei.catatan != 'a'",
        "survei.lengkap = 0",
        "survei.jumlah = '3'",
        "survei.jenis = 'air'",
        "'listrik' in survei.jenis",
        "(case.kelas = 'ringan' or case.kelas = 'berat') and survei.jumlah != 3",
    ],
)
def test_what_does_not_hold(text):
    assert not evaluate(parse(text), ANSWERS)


def test_fields_looked_at():
    text = "a.b = 1 and (c in ('x') or not d.e is empty) or 'y' in case.f"
    assert fields(parse(text)) == {"a.b", "c", "d.e", "case.f"}


@pytest.mark.parametrize(
    ("text", "reason", "suggestion"),
    [
        ("", "ada akhir syarat, seharusnya isian atau nilai", None),
        ("a.b", "ada akhir syarat, seharusnya pembanding (= != < <= > >=, in, is empty)", None),
        ("a.b == 1", "ada '=', seharusnya isian atau nilai", None),
        ("a.b = 1 adn c.d = 2", "ada 'adn', seharusnya 'and' atau 'or'", "and"),
        ("a.b is emtpy", "ada 'emtpy', seharusnya 'empty'", "empty"),
        ("(a.b = 1", "ada akhir syarat, seharusnya ')'", None),
        ("a.b in ()", "ada ')', seharusnya nilai", None),
        ("a.b in 'x'", "ada ''x'', seharusnya '('", None),
        ("a.b = 'x", "tidak mengerti ''x'", None),
        ("__import__('os')", "tidak mengerti '__import__('os')'", None),
        ("a.b.c = 1", "tidak mengerti '.c = 1'", None),
        ("not " * 60 + "a.b = 1", "bersarang terlalu dalam", None),
        ("(" * 60, "bersarang terlalu dalam", None),
        ("a.b = 1 or " * 300, "lebih panjang dari 2000 huruf", None),
    ],
)
def test_what_is_no_condition(text, reason, suggestion):
    with pytest.raises(BadCondition) as caught:
        parse(text)
    assert str(caught.value) == f"Syarat tidak terbaca: {reason}"
    assert caught.value.suggestion == suggestion


KNOWN = {
    "s.teks": Field("teks", "Teks", "text"),
    "s.angka": Field("angka", "Angka", "number"),
    "s.ya": Field("ya", "Ya", "yes_no"),
    "s.tanggal": Field("tanggal", "Tanggal", "date"),
    "s.kelas": Field("kelas", "Kelas", "choice", choices=(Choice("ringan", "R"), Choice("berat", "B"))),
    "s.jenis": Field("jenis", "Jenis", "choices", choices=(Choice("jalan", "J"), Choice("air", "A"))),
    "s.berkas": Field("berkas", "Berkas", "file", many=True),
}


@pytest.mark.parametrize(
    "text",
    [
        "s.angka > 3", "s.teks = 'a'", "s.ya = true", "s.tanggal >= '2026-01-01'", "s.kelas = 'berat'",
        "s.kelas in ('berat', 'ringan')", "'air' in s.jenis", "s.berkas is empty", "s.jenis is not empty",
    ],
)  # fmt: skip
def test_what_fits_the_forms(text):
    assert list(check(parse(text), KNOWN)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("s.tks = 'a'", "syarat menyebut isian 's.tks' yang tidak ada"),
        ("s.angka = 'tiga'", "isian 's.angka' (angka) tidak sebanding dengan nilai 'tiga' (teks)"),
        ("s.ya = 1", "isian 's.ya' (ya/tidak: true, false) tidak sebanding dengan nilai '1' (angka)"),
        ("s.teks < 'b'", "'s.teks' tidak berurutan; gunakan = atau !="),
        ("s.jenis = 'air'", "'s.jenis' berisi banyak pilihan; tulis 'pilihan' in s.jenis"),
        ("s.berkas = 'a'", "'s.berkas' tidak dapat dibandingkan, hanya 'is empty'"),
        ("s.kelas = 'brat'", "'brat' bukan pilihan isian 's.kelas'"),
        ("s.kelas in ('berat', 'sedang')", "'sedang' bukan pilihan isian 's.kelas'"),
        ("'listrik' in s.jenis", "'listrik' bukan pilihan isian 's.jenis'"),
        ("'a' in s.teks", "'s.teks' bukan isian dengan banyak pilihan; tulis daftar ('a', 'b')"),
        ("1 = 1", "syarat membandingkan nilai dengan nilai, tanpa isian"),
        ("s.ya = true and s.tiada is empty", "syarat menyebut isian 's.tiada' yang tidak ada"),
    ],
)
def test_what_does_not_fit_the_forms(text, message):
    assert [misfit.text for misfit in check(parse(text), KNOWN)] == [message]


names = st.from_regex(r"[a-z]{1,3}\.[a-z]{1,3}", fullmatch=True).map(Name)
texts = st.text(st.characters(blacklist_characters="'\n", blacklist_categories=("Cs",)), max_size=8)
numbers = st.integers(-999, 999) | st.integers(-999, 999).map(lambda n: n / 8)
literals = (texts | numbers | st.booleans()).map(Literal)
sides = names | literals
tests = (
    st.builds(Compare, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), sides, sides)
    | st.builds(In, sides, names | st.lists(literals, min_size=1, max_size=3).map(tuple))
    | st.builds(Empty, names)
)
conditions = st.recursive(
    tests,
    lambda inner: st.builds(Not, inner) | st.builds(Both, inner, inner) | st.builds(Either, inner, inner),
    max_leaves=8,
)
answers = st.dictionaries(
    st.from_regex(r"[a-z]{1,3}\.[a-z]{1,3}", fullmatch=True),
    st.none() | texts | numbers | st.booleans() | st.lists(texts, max_size=3) | st.dictionaries(texts, texts),
    max_size=5,
)


@given(conditions)
def test_rendering_is_read_back(condition):
    assert parse(render(condition)) == condition


@given(conditions, conditions, answers)
def test_logic(one, other, values):
    holds, also = evaluate(one, values), evaluate(other, values)
    assert evaluate(Not(one), values) is not holds
    assert evaluate(Both(one, other), values) is (holds and also)
    assert evaluate(Either(one, other), values) is (holds or also)


@given(names, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), sides)
def test_nothing_compares_with_a_missing_value(name, sign, side):
    assert not evaluate(Compare(sign, name, side), {})
    assert evaluate(Empty(name), {})


@given(conditions, answers)
def test_only_the_named_fields_matter(condition, values):
    seen = {name: value for name, value in values.items() if name in fields(condition)}
    assert evaluate(condition, values) == evaluate(condition, seen)


@given(st.text(max_size=60) | st.text("abc.='()<> notandorinis1", max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        condition = parse(text)
    except BadCondition:
        return
    assert parse(render(condition)) == condition
