"""The browser of the tests is Debian's own: found by its name, installed where that can be done unasked.

`make test` runs this before the tests. Where there is no browser the tests that need one are left out, and one line
says so; where LANGKAH_REQUIRE_BROWSER is set, as CI does, that is a failure instead.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without a font a page is boxes, and every width is wrong.
PACKAGES = ("chromium", "fonts-dejavu-core")
LEFT_OUT = "No Chromium here: the browser tests are left out. `apt-get install chromium` brings it."


def find() -> str | None:
    """Where it is."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def required() -> bool:
    """Whether a run without it has failed."""
    return bool(os.environ.get("LANGKAH_REQUIRE_BROWSER"))


def installable() -> bool:
    """Whether this is a Debian on which we may install."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install() -> None:
    """Asks Debian; what it says is shown only where it fails."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update",), ("install", "--yes", "--no-install-recommends", *PACKAGES)):
        done = subprocess.run(
            ["apt-get", "-qq", *command], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if done.returncode:
            sys.stderr.write(done.stderr)
            return


def main() -> None:
    """Installs it where it is missing; ends with an error only where it is required."""
    if find() is None and installable():
        sys.stdout.write("Installing Chromium for the browser tests …\n")
        sys.stdout.flush()
        install()
    if find() is None:
        sys.stdout.write(LEFT_OUT + "\n")
        raise SystemExit(required())


if __name__ == "__main__":
    main()
