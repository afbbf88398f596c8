"""What somebody has in the diary: a day, and the hour where they know it, on their own clock."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from bot.content import refusals
from bot.domain.cadence import instant, offsets_differ, zone
from bot.domain.checkins import Answer, CheckInState, Moment
from bot.domain.people import Actor
from bot.errors import WrongDay, WrongTime
from bot.services.reaching import today_of
from storage import pairs, people
from storage.tables import CheckIn, Pair

DIARY_REACH = timedelta(days=92)


def at_its_moment(session: Session, actor: Actor, given: Answer, *, now: datetime) -> Answer:
    """The answer with the instant of its hour, where it is of a day and an hour on the actor's clock.

    WrongDay or WrongTime for what is over, and for what is too far away.
    """
    if given.state is not CheckInState.SCHEDULED or given.on is None:
        return given
    _check_day(given.on, today_of(session, actor, now=now))
    if given.starting is None:
        return given
    at = instant(given.on, given.starting, people.its_person(session, actor.workspace_id, actor.user_id).timezone)
    if at <= now:
        raise WrongTime(refusals.DIARY_HOUR_PAST)
    return replace(given, at=at)


def _check_day(on: date, today: date) -> None:
    if on < today:
        raise WrongDay(refusals.DIARY_IN_PAST)
    if on - today > DIARY_REACH:
        raise WrongDay(refusals.DIARY_TOO_FAR)


def moment_of(session: Session, kept: CheckIn) -> Moment | None:
    """The hour that an answer put in the diary, as its author reads it; None where only the day is known."""
    if kept.starts_at is None:
        return None
    pair = pairs.its_pair(session, kept.workspace_id, kept.pair_id)
    return moment(session, pair, kept.user_id, kept.starts_at)


def moment(session: Session, pair: Pair, reader: str, start: datetime) -> Moment:
    """An instant as someone of a pair reads it: the zone is said where the clock of a partner shows another hour."""
    known = people.people_named(session, pair.workspace_id, pairs.members_of(session, pair.id))
    zones = {person.timezone for person in known.values()}
    return Moment(start, known[reader].timezone, offsets_differ(start, zones))


def on_their_clock(session: Session, actor: Actor, start: datetime) -> tuple[date, time]:
    """The day and the hour of an instant as the actor's clock shows them."""
    local = start.astimezone(zone(people.its_person(session, actor.workspace_id, actor.user_id).timezone))
    return local.date(), local.time()


def zone_to_name(session: Session, pair: Pair, reader: str, on: date) -> str:
    """The reader's zone, where their partners' clocks show another hour on that day; else nothing."""
    here = people.its_person(session, pair.workspace_id, reader).timezone
    return here if moment(session, pair, reader, instant(on, time(12), here)).elsewhere else ""
