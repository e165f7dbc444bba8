"""Mounts the pages: those outside any government, then those of each, in the order of the menu."""

from flask import Blueprint, Flask

from core.web import (
    account,
    accounts,
    acts,
    appointments,
    attachments,
    cases,
    entry,
    formats,
    forms,
    front,
    library,
    offices,
    organization,
    people,
    posts,
    roles,
    shell,
    tasks,
    teams,
)
from core.web.commands import fresh_key
from core.web.door import refusal

TENANT = "/<tenant>"
# Around them all, since the API names its parts alike: tasks.mine is web.tasks.mine to Flask, and `here` knows that.
WEB = "web"
# What stands below /organisasi, each in a module of its own.
OF_ORGANIZATION = (offices, posts, appointments, people, accounts, teams, roles)


def mount(app: Flask) -> None:
    """Registers the pages' blueprints, and what their templates know."""
    shell.register(app)
    formats.register(app)
    app.jinja_env.globals.update(refusal=refusal, fresh_key=fresh_key, pairs=forms.pairs, spoken=forms.spoken)
    web = Blueprint(WEB, __name__, template_folder="templates")
    web.register_blueprint(front.blueprint)
    for module in (entry, account, tasks, acts, attachments, cases, library, organization, *OF_ORGANIZATION):
        web.register_blueprint(module.blueprint, url_prefix=TENANT)
    app.register_blueprint(web)
