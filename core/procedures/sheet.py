"""An edition as its page shows it: the printed sheet, the dates of its cover, and how sure its columns are."""

from typing import Any

from core.procedures.export import export
from core.procedures.model import Edition, walk

# Cells of the cover that `langkah sop export` leaves out, as no sheet of the seeds has them.
_MORE = ("revised", "effective", "approved_by")


def sheet(edition: Edition) -> dict[str, Any]:
    """What `export` has, with the rest of the cover; each step has its key, and `actor_inferred` where it was."""
    shown = export(edition)
    cover = edition.cover
    for name in _MORE:
        shown[name] = cover.printed.get(name, getattr(cover, name))
    rows = [step for step in walk(edition.steps) if not step.is_block]
    for cells, step in zip(shown["steps"], rows, strict=True):
        cells["key"] = step.key
        if step.actor_inferred:
            cells["actor_inferred"] = step.actor_inferred
    return shown
