"""Every text field of every form that an admin or an official can reach, filled with what attackers type.

The forms are found by walking the pages as he would, so a new form is tried without being named here. Whatever is typed
is refused in words or kept as text: nothing breaks, and no page ever gives it back as markup.
"""

import pytest

from core.web.cookies import session_name
from tests.core.web.browsing import Form

pytestmark = pytest.mark.database

MARK = "zq9"
HOSTILE = (
    f"<script>{MARK}()</script>",
    f'"><img src=x onerror={MARK}()>',
    f"{{{{ {MARK} * 7 }}}}",
    f"'; DROP TABLE people; -- {MARK}",
    f"../../{MARK}",
    f"javascript:{MARK}()",
    f"%s%n{{{MARK}}}\u202e\u2028",
    "\x00",
    "9" * 400,
    "٣",
)
MARKUP = (f"<script>{MARK}", f"<img src=x onerror={MARK}", f'href="javascript:{MARK}')
TYPED = ("text", "search", "url", "tel", "number", "date", "email", "hidden", "", "password")
MOST = 90


@pytest.fixture
def lived_in(office):
    """A government with a case at work in it."""
    code = office.put_in_force()
    office.start("ani", code, perihal="Jaringan")
    return office


def walk(browser):
    """The pages within reach, each kind of address once."""
    seen, queue = {}, ["/tugas"]
    while queue and len(seen) < MOST:
        path = queue.pop(0)
        page = browser.open("GET", f"/{browser.slug}{path}")
        kind = tuple(
            "*" if any(letter.isdigit() for letter in part) else part for part in path.partition("?")[0].split("/")
        )
        if kind in seen or page.status != 200 or page.answer.mimetype != "text/html":
            continue
        seen[kind] = (path, page)
        own = f"/{browser.slug}/"
        queue += [link.removeprefix(f"/{browser.slug}") for link in page.links.values() if link.startswith(own)]
    return list(seen.values())


def text_fields(form: Form):
    """The names of what can be typed into the form, or changed in it by who knows how."""
    for each in form.element.all("input", "textarea", "select"):
        typed = each.tag != "input" or each.attributes.get("type", "") in TYPED
        if typed and "name" in each.attributes:
            yield each.attributes["name"]


@pytest.mark.parametrize("turn", [0, 3, 7])
@pytest.mark.parametrize("name", ["gita", "ani"])
def test_nothing_typed_into_any_field_breaks_anything(browser, lived_in, name, turn):
    one = browser(name)
    tried = 0
    for path, page in walk(one):
        for form in page.forms:
            action = form.action or f"/{one.slug}{path}"
            if action.endswith("/keluar") or "/masuk" in action:
                continue
            for field in dict.fromkeys(text_fields(form)):
                value = HOSTILE[(tried + turn) % len(HOSTILE)]
                data = {**form.fields, field: value}
                method = form.method.upper()
                sent = {"query_string": data} if method == "GET" else {"data": data}
                answer = one.open(method, action.partition("?")[0], **sent)
                assert answer.status < 500, (action, field, value, answer.source[:300])
                assert not any(sign in answer.source for sign in MARKUP), (
                    action,
                    field,
                    value,
                )
                tried += 1
    assert tried > 25, tried
    for path, page in walk(one):
        assert not any(sign in page.source for sign in MARKUP), path
    assert one.secret, session_name(one.slug)
