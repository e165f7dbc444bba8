"""Where a reader goes on who was sent elsewhere first: an address that came with the request, if it is a page of ours.

Such an address may have been written by anybody. Only the path of a page of the same government gets through, so that
nobody is led to another host, or to another government, by a link that begins with ours.
"""

from urllib.parse import unquote

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect


def own_page(address: str, slug: str) -> str:
    """The page of the government at this address, or the nearest above it; '' where it lies elsewhere.

    Above it where only a form is sent there: of /…/tugas/<id>/selesai it is the task.
    """
    path, _, query = address.partition("#")[0].partition("?")
    steps = path.split("/")
    if steps[:2] != ["", slug] or "" in steps[2:-1] or not all(map(_plain, steps)) or not address.isprintable():
        return ""
    for end in range(len(steps), 2, -1):
        page = "/".join(steps[:end])
        if _is_read(page):
            return f"{page}?{query}" if query and end == len(steps) else page
    return f"/{slug}/" if len(steps) > 2 else ""


def came_from(slug: str) -> str:
    """The page of the government on which the request was made, as the browser says; '' where it does not."""
    said = request.headers.get("HX-Current-URL") or request.referrer or ""
    host, _, path = said.partition("://")[2].partition("/")
    return own_page(f"/{path}", slug) if host == request.host else ""


def _plain(step: str) -> bool:
    """Whether a browser takes this part of a path as it stands: it reads .. and a backslash as a way elsewhere."""
    read = unquote(step)
    return read not in (".", "..") and "\\" not in read and "/" not in read


def _is_read(path: str) -> bool:
    """Whether a page can be opened there."""
    try:
        current_app.create_url_adapter(request).match(unquote(path), method="GET")  # type: ignore[union-attr]
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True
