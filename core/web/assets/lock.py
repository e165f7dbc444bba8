"""Takes out of package-lock.json what npm notes besides versions and hashes: where authors ask for money."""

import json
from pathlib import Path

LOCK = Path("package-lock.json")


def main() -> None:
    """Rewrites the file in the folder `make lock` stands in."""
    content = json.loads(LOCK.read_text(encoding="utf-8"))
    for package in content["packages"].values():
        package.pop("funding", None)
    LOCK.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
