"""A meeting as a calendar file, for who pressed for it: at once, in their own DM."""

from datetime import date, datetime

from sqlmodel import Session

from bot.content import refusals
from bot.domain.cadence import local_date
from bot.domain.checkins import CheckInState
from bot.domain.notices import CalendarFile, TimeProposed
from bot.domain.people import Actor
from bot.domain.programs import MEETING_MINUTES
from bot.errors import NotPossibleNow
from bot.services import arranging, checking_in
from storage import outbox, pairs, people, programs
from storage.tables import Pair


def of_answer(session: Session, actor: Actor, check_in_id: int | None, *, now: datetime) -> None:
    """Send the day that the actor's own answer put in the diary, with its time where one was chosen."""
    kept = checking_in.own_check_in(session, actor, check_in_id)
    if kept.state is not CheckInState.SCHEDULED or kept.on_date is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    pair = checking_in.my_pair(session, actor, kept.pair_id)
    _send(session, actor, pair, kept.on_date, kept.starts_at, now=now)


def of_proposal(session: Session, actor: Actor, pair_id: int, start: datetime, *, now: datetime) -> None:
    """Send a time that was suggested to the actor's pair."""
    pair = checking_in.my_pair(session, actor, pair_id)
    proposed = outbox.what_was_said(session, pair.workspace_id, arranging.key_of(pair.id, start))
    if not isinstance(proposed, TimeProposed):
        raise NotPossibleNow(refusals.STALE_BUTTON)
    zone = people.its_person(session, actor.workspace_id, actor.user_id).timezone
    _send(session, actor, pair, local_date(start, zone), start, now=now)


def _send(session: Session, actor: Actor, pair: Pair, on: date, start: datetime | None, *, now: datetime) -> None:
    """Pressed twice in a minute it is sent once; with another hour it is another file."""
    members = pairs.members_of(session, pair.id)
    known = people.people_named(session, pair.workspace_id, members)
    notice = CalendarFile(
        uid=uid_of(pair, on),
        program=programs.its_program(session, pair.workspace_id, pair.program_id).name,
        names=tuple(known[user_id].name for user_id in members),
        partners=tuple(known[user_id].name for user_id in members if user_id != actor.user_id),
        on=on,
        start=start,
        minutes=MEETING_MINUTES,
        timezone=known[actor.user_id].timezone,
        made_at=now,
    )
    hour = f"{start:%H%M}" if start else "day"
    key = f"calendar:{notice.uid}:{hour}:{actor.user_id}:{now:%Y%m%dT%H%M}"
    outbox.enqueue(session, pair.workspace_id, notice, key=key, to=f"user:{actor.user_id}", due_at=now)


def uid_of(pair: Pair, on: date) -> str:
    """What a calendar knows a pair's meeting of a day by."""
    return f"mentor-{pair.workspace_id}-{pair.id}-{on:%Y%m%d}"
