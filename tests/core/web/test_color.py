"""A government's colour can be read whatever colour its file names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.web.color import contrast, parsed, style_sheet

COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
WHITE, PAPER, HEAD = (255, 255, 255), (0xF4, 0xF6, 0xF9), (0xF8, 0xFA, 0xFC)
DARK_CARD, DARK_PAPER, DARK_HEAD = (0x1B, 0x24, 0x33), (0x11, 0x18, 0x27), (0x20, 0x2B, 0x3B)


def read(color):
    """The colours of the sheet: the surface, the text on light and on dark ground, what is written on the surface."""
    sheet = style_sheet(color)
    light, dark = re.search(r"--daerah-teks:light-dark\((#\w{6}),(#\w{6})\)", sheet).groups()
    surface, ink = (re.search(rf"--{name}:(#\w{{6}})", sheet)[1] for name in ("daerah", "daerah-tinta"))
    return [parsed(one) for one in (surface, light, dark, ink)]


def mixed(one, other, share):
    return tuple(round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True))


@given(COLORS)
def test_every_colour_is_readable_on_every_ground(color):
    surface, light, dark, ink = read(color)
    grounds = [
        (ink, surface), (mixed(ink, surface, 0.88), surface), (ink, mixed(WHITE, surface, 0.14)),
        *((light, ground) for ground in (WHITE, PAPER, HEAD, mixed(surface, WHITE, 0.09))),
        *((dark, ground) for ground in (DARK_CARD, DARK_PAPER, DARK_HEAD, mixed(surface, DARK_CARD, 0.09))),
    ]  # fmt: skip
    for text, ground in grounds:
        assert contrast(text, ground) >= 4.5, (color, text, ground)


@given(COLORS)
def test_a_sheet_is_nothing_but_colours(color):
    value = r"(#[0-9a-f]{6}|\d+, \d+, \d+|light-dark\(#[0-9a-f]{6},#[0-9a-f]{6}\))"
    assert re.fullmatch(rf":root\{{(--[a-z-]+:{value};)+--daerah-tinta:{value}\}}", style_sheet(color))


@pytest.mark.parametrize("color", ["#0b5c8c", "#7a1f2b", "#1d5c3a"])
def test_a_colour_that_is_readable_already_is_left_as_it_is(color):
    assert read(color)[0] == parsed(color)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#ffffff", "#000000", 21), ("#ffffff", "#ffffff", 1), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59)],
)
def test_the_contrast_is_that_of_wcag(one, other, ratio):
    assert (
        contrast(parsed(one), parsed(other)) == contrast(parsed(other), parsed(one)) == pytest.approx(ratio, abs=0.01)
    )
