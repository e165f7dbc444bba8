"""A government's colour as a style sheet: readable on light and on dark, whatever colour its file names.

Contrast as WCAG 2.2 measures it (relative luminance, 4.5 to 1 for text).
"""

Rgb = tuple[int, int, int]

BLACK: Rgb = (0, 0, 0)
WHITE: Rgb = (255, 255, 255)
NIGHT: Rgb = (32, 43, 59)  # the lightest ground of the dark theme on which links and marks stand
READABLE = 4.5
# Against white. White stands on the colour also at 88 % or on a lighter place under the pointer, and the colour also on
# its own pale tint: with this much on plain white all of these still have 4.5.
FIRM = 6.3


def style_sheet(color: str) -> str:
    """CSS that makes `color` ('#0b5c8c') the primary one: as surface, and as text on light and dark ground."""
    base = parsed(color)
    firm, on_dark = _towards(base, BLACK, WHITE, FIRM), _towards(base, WHITE, NIGHT, READABLE)
    numbers, text = ", ".join(map(str, firm)), f"light-dark({_hex(firm)},{_hex(on_dark)})"
    return (
        f":root{{--tblr-primary:{_hex(firm)};--tblr-primary-rgb:{numbers};--tblr-primary-fg:{_hex(WHITE)};"
        f"--tblr-link-color:{text};--tblr-link-hover-color:{text};"
        f"--daerah:{_hex(firm)};--daerah-teks:{text};--daerah-tinta:{_hex(WHITE)}}}"
    )


def parsed(color: str) -> Rgb:
    """The three parts of '#rrggbb', each 0 to 255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _towards(color: Rgb, goal: Rgb, ground: Rgb, least: float) -> Rgb:
    """The colour, moved towards `goal` only as far as it must be to have `least` contrast with `ground`."""
    for step in range(21):
        tried = _mixed(color, goal, step / 20)
        if contrast(tried, ground) >= least:
            return tried
    return goal


def _mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _luminance(color: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _hex(color: Rgb) -> str:
    return "#" + "".join(f"{part:02x}" for part in color)
