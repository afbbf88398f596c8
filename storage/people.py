"""Questions about people and the workspace they are in."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, or_, select, update

from bot.domain.people import first_name
from storage.engine import insert
from storage.readers import Reader, among
from storage.tables import Avoidance, Brought, OutboxRow, OutboxStatus, PairMember, Person, SeenEvent, Workspace


def workspace(session: Session, workspace_id: str) -> Workspace:
    """The workspace the bot was started for; a KeyError when it was not remembered yet."""
    found = session.get(Workspace, workspace_id)
    if found is None:
        raise KeyError(workspace_id)
    return found


def person(session: Session, workspace_id: str, user_id: str) -> Person | None:
    """What is known of someone; None when the bot never met them."""
    return session.get(Person, (workspace_id, user_id))


def its_person(session: Session, workspace_id: str, user_id: str) -> Person:
    """Someone the bot has met, whom a row of ours names; NoResultFound otherwise."""
    return session.get_one(Person, (workspace_id, user_id))


def called(session: Session, name: str) -> list[Person]:
    """Those with this id or, letter case aside, this name; where there is none, those with this first name."""
    wanted = name.strip().removeprefix("@").casefold()
    known = list(session.exec(select(Person)))
    exactly = [one for one in known if wanted in (one.user_id.casefold(), one.name.casefold())]
    return exactly or [one for one in known if wanted and wanted == first_name(one.name).casefold()]


def of_readers(session: Session, readers: Collection[Reader]) -> dict[Reader, Person]:
    """Those of `readers` the bot knows."""
    if not readers:
        return {}
    wanted = select(Person).where(among(Person, readers))
    return {(known.workspace_id, known.user_id): known for known in session.exec(wanted)}


def written_to_soon(
    session: Session, workspace_id: str, until: datetime, asked_before: datetime, most: int
) -> list[str]:
    """Who will be asked or written to by `until`, and of whom Slack was not asked since `asked_before`
    whether they want quiet; at most so many."""
    stale = or_(col(Person.asked_undisturbed_at).is_(None), col(Person.asked_undisturbed_at) < asked_before)
    here = select(Person.user_id).where(Person.workspace_id == workspace_id, col(Person.is_gone).is_(False), stale)
    them = (col(PairMember.workspace_id) == Person.workspace_id) & (col(PairMember.user_id) == Person.user_id)
    asked = here.join(PairMember, them).where(col(PairMember.look_at) <= until)
    reader = func.substr(OutboxRow.to, len("user:") + 1)
    theirs = (col(OutboxRow.workspace_id) == Person.workspace_id) & (reader == col(Person.user_id))
    waiting = here.join(OutboxRow, theirs).where(col(OutboxRow.due_at) <= until)
    waiting = waiting.where(OutboxRow.status == OutboxStatus.PENDING, col(OutboxRow.to).startswith("user:"))
    found = {user_id for query in (asked, waiting) for user_id in session.exec(query.limit(most))}
    return sorted(found)[:most]


def people_named(session: Session, workspace_id: str, user_ids: Iterable[str]) -> dict[str, Person]:
    """Those of `user_ids` the bot knows, by id."""
    wanted = select(Person).where(Person.workspace_id == workspace_id, col(Person.user_id).in_(list(user_ids)))
    return {known.user_id: known for known in session.exec(wanted)}


def everyone_known(session: Session, workspace_id: str) -> dict[str, Person]:
    """Everyone the bot has met, by id: reporting lines run through people who did not join."""
    return {p.user_id: p for p in session.exec(select(Person).where(Person.workspace_id == workspace_id))}


def brought_of(session: Session, workspace_id: str, user_id: str) -> Brought | None:
    """What an organizer brought of someone."""
    return session.get(Brought, (workspace_id, user_id))


def brought(session: Session, workspace_id: str) -> dict[str, Brought]:
    """What organizers brought of everybody, by id."""
    return {row.user_id: row for row in session.exec(select(Brought).where(Brought.workspace_id == workspace_id))}


def avoided_by(session: Session, workspace_id: str, user_id: str) -> list[str]:
    """The ids a person would rather not be matched with, in a steady order."""
    mine = select(Avoidance.avoided_id).where(Avoidance.workspace_id == workspace_id, Avoidance.user_id == user_id)
    return sorted(session.exec(mine))


def all_avoidances(session: Session, workspace_id: str) -> dict[str, set[str]]:
    """Who avoids whom: for the match alone."""
    wishes: dict[str, set[str]] = {}
    for row in session.exec(select(Avoidance).where(Avoidance.workspace_id == workspace_id)):
        wishes.setdefault(row.user_id, set()).add(row.avoided_id)
    return wishes


def avoidance(session: Session, workspace_id: str, user_id: str, avoided_id: str) -> Avoidance | None:
    """One wish, or None."""
    return session.get(Avoidance, (workspace_id, user_id, avoided_id))


def first_sight_of(session: Session, workspace_id: str, event_id: str, now: datetime) -> bool:
    """Whether Slack never delivered this event before, to any of us; from now on it did."""
    seen = insert(session)(SeenEvent).values(workspace_id=workspace_id, event_id=event_id, seen_at=now)
    return session.exec(seen.on_conflict_do_nothing().returning(col(SeenEvent.event_id))).first() is not None


def forget_events(session: Session, before: datetime) -> None:
    """Slack delivers an event again within minutes, or not at all."""
    session.exec(delete(SeenEvent).where(col(SeenEvent.seen_at) < before))


def begin_sweep(session: Session, workspace_id: str, now: datetime, every: timedelta) -> bool:
    """Whether a sweep is due and ours to make; of several bots on one database one makes it.

    A sweep that lies in the future was made before the clock was set back.
    """
    last = col(Workspace.swept_at)
    due = or_(last.is_(None), last <= now - every, last > now + every)
    ours = update(Workspace).where(col(Workspace.id) == workspace_id, due).values(swept_at=now)
    return session.exec(ours).rowcount == 1
