"""Keeping what an organizer brings of people: all of a table or nothing, and the same table again changes nothing.

The later word counts: what is brought wins over Slack's profile field until that field changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot.domain.cadence import local_date
from bot.domain.importing import BroughtRow, Somebody, read_brought
from bot.domain.matching.roster import Row
from bot.domain.people import Actor, PersonFacts
from bot.services import reconciling
from bot.services.administering import check_organizer
from bot.services.remembering import remember_listed
from storage import people, programs
from storage.tables import Brought, Person

COLUMNS = {
    "department": "department",
    "manager": "manager_id",
    "level": "level",
    "location": "location",
    "start date": "started_on",
}
"""A field of a row -> where it is kept."""


@dataclass(frozen=True)
class Imported:
    """How many people a table named, and of how many something changed; `previewed`: a match that was made before it
    is still to be released."""

    people: int
    changed: int
    previewed: bool = False


def bring(
    session: Session,
    actor: Actor,
    program_id: int,
    rows: Sequence[Row],
    listed: Sequence[PersonFacts],
    *,
    now: datetime,
) -> Imported:
    """An organizer's table, in Slack. Raises BadRows with every problem of every row, and nothing is kept then."""
    check_organizer(session, actor, program_id)
    kept = bring_all(session, actor.workspace_id, rows, listed, by=actor.user_id, now=now)
    return replace(kept, previewed=bool(programs.previews_of(session, program_id)))


def bring_all(
    session: Session, workspace_id: str, rows: Sequence[Row], listed: Sequence[PersonFacts], *, by: str, now: datetime
) -> Imported:
    """The same for whoever runs the bot. `listed`: everybody Slack names, as far as it was asked."""
    known = people.everyone_known(session, workspace_id)
    members = {one.user_id: Somebody(one.user_id, one.name) for one in known.values() if _is_member(one)}
    members |= {one.user_id: Somebody(one.user_id, one.name, one.also) for one in listed if _is_member(one)}
    brought = read_brought(rows, members.values(), local_date(now, "UTC"))
    named = {row.user_id for row in brought} | {
        str(row.facts["manager"]) for row in brought if row.facts.get("manager")
    }
    remember_listed(session, workspace_id, [facts for facts in listed if facts.user_id in named])
    session.flush()
    known = people.people_named(session, workspace_id, named)
    before = people.brought(session, workspace_id)
    changed = [_keep(session, known[row.user_id], before.get(row.user_id), row, by=by, now=now) for row in brought]
    return Imported(len(brought), sum(changed))


def _is_member(person: Person | PersonFacts) -> bool:
    """Whether details may be brought of them."""
    return person.may_join and not person.is_gone


def _keep(session: Session, person: Person, before: Brought | None, row: BroughtRow, *, by: str, now: datetime) -> bool:
    """Keep one row; whether it says anything new."""
    kept = before or _first_brought(person, now)
    new = {COLUMNS[field]: value for field, value in row.facts.items()}
    if all(getattr(kept, column) == value for column, value in new.items()):
        return False
    for column, value in new.items():
        setattr(kept, column, value)
    kept.brought_at, kept.brought_by = now, by
    session.add(kept)
    reconciling.stand(person, kept)
    return True


def _first_brought(person: Person, now: datetime) -> Brought:
    return Brought(
        workspace_id=person.workspace_id,
        user_id=person.user_id,
        slack_read=person.refreshed_at is not None,
        slack_department=person.department,
        slack_manager_id=person.manager_id,
        brought_at=now,
    )
