"""A government's colour as a style sheet: readable on light and on dark, whatever colour its file names.

Contrast as WCAG 2.2 measures it (relative luminance, 4.5 to 1 for text).
"""

Rgb = tuple[int, int, int]

WHITE: Rgb = (255, 255, 255)
INK: Rgb = (24, 36, 51)
NIGHT: Rgb = (24, 36, 51)  # the card of the dark theme, on which links and marks stand
READABLE = 4.5


def style_sheet(color: str) -> str:
    """CSS that makes `color` ('#0b5c8c') the primary one: as surface, and as text on light and dark ground."""
    base = parsed(color)
    on_light, on_dark = _towards(base, (0, 0, 0), WHITE), _towards(base, WHITE, NIGHT)
    ink = WHITE if contrast(on_light, WHITE) >= READABLE else INK
    numbers, text = ", ".join(map(str, on_light)), f"light-dark({_hex(on_light)},{_hex(on_dark)})"
    return (
        f":root{{--tblr-primary:{_hex(on_light)};--tblr-primary-rgb:{numbers};--tblr-primary-fg:{_hex(ink)};"
        f"--tblr-link-color:{text};--tblr-link-hover-color:{text};"
        f"--daerah:{_hex(on_light)};--daerah-teks:{text};--daerah-tinta:{_hex(ink)}}}"
    )


def parsed(color: str) -> Rgb:
    """The three parts of '#rrggbb', each 0 to 255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _towards(color: Rgb, goal: Rgb, ground: Rgb) -> Rgb:
    """The colour, moved towards `goal` only as far as it must be to be read on `ground`."""
    for step in range(21):
        tried = _mixed(color, goal, step / 20)
        if contrast(tried, ground) >= READABLE:
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
