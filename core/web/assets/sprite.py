"""One drawing with the icons we name, a <symbol> each: one request, whatever a page shows.

A page uses one as <use href="…/icons.<hash>.svg#search">; its colour is that of the text around it.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path

SVG = "http://www.w3.org/2000/svg"
OUTLINES = "icons/outline"
# What a symbol must say itself, as the drawing around its picture is not there any more.
KEPT = ("viewBox", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin")


class UnknownIcon(Exception):
    """The library has no icon of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"icons.txt names {name!r}, which Tabler does not have: see its list of outline icons")


def sprite(names: Iterable[str], library: Path) -> bytes:
    """The drawing.

    :param library: the folder of the library: one `<name>.svg` per icon, and its licence.
    :raises UnknownIcon: the first name that is not there.
    """
    ET.register_namespace("", SVG)
    root = ET.Element(f"{{{SVG}}}svg")
    # The licence (MIT) asks that its notice goes with copies.
    root.append(ET.Comment(" Tabler Icons. " + (library / "LICENSE").read_text(encoding="utf-8").replace("--", "–")))
    for name in names:
        root.append(_symbol(name, library / OUTLINES / f"{name}.svg"))
    return ET.tostring(root, encoding="unicode").encode()


def _symbol(name: str, drawing: Path) -> ET.Element:
    if not drawing.is_file():
        raise UnknownIcon(name)
    drawn = ET.parse(drawing).getroot()
    symbol = ET.Element(f"{{{SVG}}}symbol", {"id": name} | {key: drawn.attrib[key] for key in KEPT})
    for path in drawn:
        if path.get("stroke") != "none":  # the empty square behind every icon
            path.tail = None
            symbol.append(path)
    return symbol
