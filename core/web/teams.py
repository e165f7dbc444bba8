"""Tim: those by decree, one with who fills each seat today; made, changed, dissolved, its members."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template

from core.http.door import Guard, actor, visit
from core.moments import spoken_date
from core.organization import teams, units
from core.organization.errors import StillNeeded
from core.organization.journal import EDIT
from core.organization.models import Team
from core.organization.team_view import team_lines, team_view
from core.organization.usage import ON_TEAM, not_needed
from core.tenancy.versions import version
from core.web import edits, picking
from core.web.door import page, see_other
from core.web.language import _

blueprint = Blueprint("teams", __name__)

READ = Guard(right="organization.read")
READ_TEAM = Guard(right="organization.read", finds=teams.get_team)
MAKE = Guard(right=EDIT)
EDIT_TEAM = Guard(right=EDIT, finds=teams.get_team)
EDIT_MEMBER = Guard(right=EDIT, finds=teams.get_member)

TEAM = "/organisasi/tim/<uuid:team_id>"


@blueprint.get("/organisasi/tim")
@page(READ)
def listed() -> str:
    """All teams by name."""
    session, closed = visit().session, []
    if actor().may(EDIT):
        closed = [team for team in teams.teams(session, inactive=True) if not team.active]
    return render_template("organization/teams.html", rows=team_lines(session), closed=closed)


@blueprint.get(TEAM)
@page(READ_TEAM)
def one(team_id: UUID) -> str:
    """One team: its decree and period, its members and who fills each seat today."""
    view = team_view(visit().session, team_id)
    return render_template("organization/team.html", team=view.team, seats=view.seats)


@blueprint.get("/organisasi/tim/baru")
@page(MAKE)
def ask_new() -> str:
    """A form for a new team."""
    values = edits.begun(nama="", unit="", surat="", tanggal="", mulai="", sampai="")
    offices = picking.nested(units.units(visit().session))
    return render_template("organization/team_new.html", values=values, offices=offices)


@blueprint.post("/organisasi/tim/baru")
@page(MAKE, again=ask_new)
def create() -> Response:
    """Makes it; its members come next."""
    made = teams.create_team(visit().session, actor(), **_given())
    return see_other("teams.one", "tim-baru", team_id=made.id)


@blueprint.get(f"{TEAM}/ubah")
@page(EDIT_TEAM)
def ask_change(team_id: UUID) -> str:
    """A form with the team as it stands."""
    session = visit().session
    row = teams.get_team(session, team_id)
    draft = edits.draft(_fields(row), version(Team, row))
    offices = picking.nested(units.units(session, inactive=True), keep=row.unit_id)
    return render_template("organization/team_change.html", row=row, draft=draft, values=draft.values, offices=offices)


@blueprint.post(f"{TEAM}/ubah")
@page(EDIT_TEAM, again=ask_change)
def change(team_id: UUID) -> Response:
    """Changes it."""
    changed = edits.differing(teams.get_team(visit().session, team_id), **_given())
    teams.update_team(visit().session, actor(), team_id, seen=edits.seen(), **changed)
    return see_other("teams.one", "tim-ubah", team_id=team_id)


@blueprint.get(f"{TEAM}/nonaktifkan")
@page(EDIT_TEAM)
def ask_close(team_id: UUID) -> str:
    """Asks before a team is dissolved; where something hangs on it, says what."""
    row, hangs = teams.get_team(visit().session, team_id), None
    try:
        not_needed(visit().session, ON_TEAM, team_id, "Tim", row.name)
    except StillNeeded as needed:
        hangs = needed.details["reasons"].split("; ")
    return render_template("organization/team_close.html", row=row, version=version(Team, row), hangs=hangs)


@blueprint.post(f"{TEAM}/nonaktifkan")
@page(EDIT_TEAM, again=ask_close)
def close(team_id: UUID) -> Response:
    """Dissolves it."""
    teams.update_team(visit().session, actor(), team_id, seen=edits.seen(), active=False)
    return see_other("teams.one", "tim-tutup", team_id=team_id)


@blueprint.post(f"{TEAM}/aktifkan")
@page(EDIT_TEAM, again=one)
def reopen(team_id: UUID) -> Response:
    """Brings it back."""
    teams.update_team(visit().session, actor(), team_id, seen=edits.seen(), active=True)
    return see_other("teams.one", "tim-buka", team_id=team_id)


@blueprint.get(f"{TEAM}/anggota")
@page(EDIT_TEAM)
def ask_member(team_id: UUID) -> str:
    """Which post, or who by name, is to have a seat."""
    session = visit().session
    values = edits.begun(jabatan="", kedudukan="", ketua="")
    posts, people = picking.grouped(session), picking.picker(session)
    row = teams.get_team(session, team_id)
    return render_template("organization/member_new.html", row=row, values=values, posts=posts, picker=people)


@blueprint.post(f"{TEAM}/anggota")
@page(EDIT_TEAM, again=ask_member)
def add_member(team_id: UUID) -> Response:
    """Gives it."""
    teams.add_member(
        visit().session, actor(), team_id, position_id=edits.chosen("jabatan"), person_id=edits.chosen("pegawai"),
        function=edits.text("kedudukan"), head=edits.ticked("ketua"),
    )  # fmt: skip
    return see_other("teams.one", "anggota-baru", team_id=team_id)


@blueprint.get(f"{TEAM}/anggota/<uuid:member_id>/keluarkan")
@page(EDIT_MEMBER)
def ask_remove(team_id: UUID, member_id: UUID) -> str:
    """Asks before a seat is taken away."""
    teams.get_member(visit().session, team_id, member_id)
    view = team_view(visit().session, team_id)
    seat = next(seat for seat in view.seats if seat.id == member_id)
    return render_template("organization/member_remove.html", team=view.team, seat=seat)


@blueprint.post(f"{TEAM}/anggota/<uuid:member_id>/keluarkan")
@page(EDIT_MEMBER, again=ask_remove)
def remove_member(team_id: UUID, member_id: UUID) -> Response:
    """Takes it away."""
    teams.remove_member(visit().session, actor(), team_id, member_id)
    return see_other("teams.one", "anggota-keluar", team_id=team_id)


def _fields(row: Team) -> list[edits.Field]:
    days = (
        ("tanggal", _("Tanggal keputusan"), row.decree_date),
        ("mulai", _("Berlaku mulai"), row.starts_on),
        ("sampai", _("Berlaku sampai"), row.ends_on),
    )
    return [
        edits.Field("nama", _("Nama tim"), row.name, row.name),
        edits.Field("unit", _("Unit"), str(row.unit_id), units.get_unit(visit().session, row.unit_id).name),
        edits.Field("surat", _("Nomor keputusan"), row.decree_number or "", row.decree_number or "–"),
        *(
            edits.Field(name, label, day.isoformat() if day else "", spoken_date(day) if day else "–")
            for name, label, day in days
        ),
    ]


def _given() -> dict[str, Any]:
    return {
        "name": edits.text("nama"),
        "unit_id": edits.chosen("unit") or UUID(int=0),
        "decree_number": edits.text("surat") or None,
        "decree_date": edits.day("tanggal", _("Tanggal keputusan")),
        "starts_on": edits.day("mulai", _("Berlaku mulai")),
        "ends_on": edits.day("sampai", _("Berlaku sampai")),
    }
