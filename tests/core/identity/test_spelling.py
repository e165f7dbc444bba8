"""Numbers and names as people type them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from core.identity import spelling
from core.identity.spelling import WrongNip

SPACES = st.text(st.sampled_from(" \u00a0\u2009\t"), max_size=3)


@st.composite
def valid_nips(draw):
    born = draw(st.dates(min_value=date(1940, 1, 1), max_value=date(2005, 12, 31)))
    year = born.year + draw(st.integers(18, 57))
    month = draw(st.sampled_from([f"{n:02}" for n in range(1, 13)] + ["21"]))
    return f"{born:%Y%m%d}{year}{month}{draw(st.sampled_from('12'))}{draw(st.integers(1, 999)):03}"


@settings(deadline=None)
@given(valid_nips(), st.data())
def test_a_nip_is_the_same_however_it_is_spaced(nip, data):
    typed = "".join(data.draw(SPACES) + digit for digit in nip)
    assert spelling.nip(typed) == nip == spelling.normalise(typed)


@settings(deadline=None)
@given(st.text())
def test_normalising_any_text_twice_changes_nothing_more(typed):
    once = spelling.normalise(typed)
    assert spelling.normalise(once) == once
    assert all("!" <= letter <= "~" for letter in once)


@settings(deadline=None)
@given(st.text(st.sampled_from("abcXYZ019.@ _-"), max_size=30))
def test_case_and_spaces_never_matter(typed):
    assert spelling.normalise(typed) == spelling.normalise(f"  {typed.upper()} ")


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_as_a_nip_is_eighteen_digits_or_refused_with_a_reason(typed):
    try:
        assert len(spelling.nip(typed)) == 18
    except WrongNip as refusal:
        assert "NIP tidak sah" in str(refusal) and refusal.status == 422


@pytest.mark.parametrize("typed", ["0000198001012005011", "0000 19800101 2005 1", "", "NIP 19800101"])
def test_a_nip_has_eighteen_digits(typed):
    with pytest.raises(WrongNip, match="harus 18 angka"):
        spelling.nip(typed)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("198013012005011001", "bukan tanggal lahir"),
        ("198002302005011001", "bukan tanggal lahir"),
        ("180001012005011001", "bukan tanggal lahir"),
        ("198001011985011001", "tahun pengangkatan"),
        ("198001012005131001", "harus bulan 01–12, atau 21 untuk PPPK"),
        ("198001012005001001", "harus bulan 01–12"),
        ("198001012005013001", "angka ke-15"),
    ],
)
def test_each_part_of_a_nip_must_be_possible(typed, reason):
    with pytest.raises(WrongNip, match=reason):
        spelling.nip(typed)


def test_the_number_of_a_pppk_and_of_an_invented_person_are_valid():
    assert spelling.nip("19900215 202321 2 001") == "199002152023212001"
    assert spelling.nip("0000 0000 0000 0000 17") == "000000000000000017"


def test_full_width_digits_are_digits():
    assert spelling.nip("１９８００１０１２００５０１１００１") == "198001012005011001"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0812-3456-7890", "+6281234567890"), ("62 812 3456 7890", "+6281234567890"), ("+60 12 345 6789", "+60123456789")],
)
def test_a_mobile_number_is_kept_in_international_form(typed, kept):
    assert spelling.phone(typed) == kept


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (spelling.phone, "0812", "nomor ponsel tidak lengkap"),
        (spelling.email, "budi@kantor", "alamat e-mail tidak lengkap"),
        (spelling.email, "budi", "alamat e-mail tidak lengkap"),
        (spelling.email, "büdi@contoh.go.id", "alamat e-mail tidak lengkap"),
        (spelling.username, "büdi", "diawali huruf"),
        (spelling.username, "bu", "diawali huruf"),
        (spelling.username, "0812345", "diawali huruf"),
        (spelling.username, "budi@kantor.go.id", "diawali huruf"),
        (spelling.name, "   ", "nama lengkap"),
        (spelling.name, "a\x00b", "nama lengkap"),
        (spelling.name, "a" * 201, "nama lengkap"),
    ],
)
def test_bad_fields_say_what_to_write(field, typed, message):
    with pytest.raises(BadInput, match=message):
        field(typed)


def test_names_and_addresses_keep_one_form():
    assert spelling.name("  Budi   Santoso, S.Kom. ") == "Budi Santoso, S.Kom."
    assert spelling.email(" Budi.S@Contoh.GO.ID ") == "budi.s@contoh.go.id"
    assert spelling.username("Budi.Santoso") == "budi.santoso"
