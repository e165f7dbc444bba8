"""Builds what browsers load: files under names that carry their content, with their compressed forms beside them.

`make setup` runs it. A name changes with every change of content, so a browser may keep a file for ever and still
sees a new one at once. `manifest.json` tells which name stands for which file today; it is written last.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

from whitenoise.compress import Compressor

from core.config import ROOT
from core.web.assets.manifest import DIST, MANIFEST
from core.web.assets.sprite import UnknownIcon, sprite

MODULES = ROOT / "node_modules"
OWN = Path(__file__).parent
# Of the libraries only these are served; package.json has their versions.
LIBRARIES = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
}
ICONS = "@tabler/icons"
SERVED = (".css", ".js", ".svg")
# Where a library's unbuilt source would be; it is not served, and asking for it would be an error on every page.
SOURCE_MAP = re.compile(rb"\s*/[/*]# sourceMappingURL=\S+(?: \*/)?\s*$")


def contents(modules: Path = MODULES, own: Path = OWN) -> dict[str, bytes]:
    """Every asset by the name that templates use.

    :raises UnknownIcon: icons.txt names one that the library does not have.
    """
    found = {name: SOURCE_MAP.sub(b"\n", (modules / path).read_bytes()) for name, path in LIBRARIES.items()}
    found |= {file.name: file.read_bytes() for file in own.iterdir() if file.suffix in SERVED}
    found["icons.svg"] = sprite(sorted(set((own / "icons.txt").read_text().split())), modules / ICONS)
    return found


def build(assets: Mapping[str, bytes], folder: Path = DIST) -> dict[str, str]:
    """Writes what is new, removes what nobody names any more, and gives the manifest.

    What is there already is left alone: its name says that its content is the same.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = {name: _named(name, content) for name, content in sorted(assets.items())}
    for name, content in assets.items():
        _write(folder / names[name], content)
    _replace(folder / MANIFEST, json.dumps(names, indent=2).encode())
    kept = {MANIFEST} | {name + ending for name in names.values() for ending in ("", ".gz", ".br")}
    for file in folder.iterdir():
        if file.name not in kept:
            file.unlink()
    return names


def _named(name: str, content: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"


def _write(file: Path, content: bytes) -> None:
    """The compressed forms first: a file that is there is there with them."""
    if file.exists():
        return
    draft = file.with_name("new-" + file.name)
    draft.write_bytes(content)
    for compressed in map(Path, Compressor(quiet=True).compress(str(draft))):
        compressed.replace(file.with_name(compressed.name.removeprefix("new-")))
    draft.replace(file)


def _replace(file: Path, content: bytes) -> None:
    draft = file.with_name("new-" + file.name)
    draft.write_bytes(content)
    draft.replace(file)


def main() -> None:
    """Builds into the package; what is wrong is said in one line."""
    try:
        build(contents())
    except (UnknownIcon, OSError) as error:
        raise SystemExit(f"The assets cannot be built: {error}") from error


if __name__ == "__main__":
    main()
