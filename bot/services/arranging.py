"""Finding a time for a pair: at most five that suit all of them; the one that is chosen goes to their group DM."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot.content import refusals
from bot.domain.cadence import WorkingHours, local_date, shared_working_moment, zone
from bot.domain.checkins import Answer, CheckInState
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.lifecycle import CheckInAct
from bot.domain.meeting_times import is_possible, offered_times
from bot.domain.notices import CheckInAnswered, TimeProposed
from bot.domain.people import Actor
from bot.domain.programs import MEETING_MINUTES
from bot.errors import NotPossibleNow
from bot.services import checking_in
from bot.services.reaching import hours_of
from storage import outbox, pairs, people, programs
from storage.tables import Pair


@dataclass(frozen=True)
class Offer:
    """Times at which a person and their partners all work, as the person's own clock shows them; none may be left."""

    partners: tuple[str, ...]
    timezone: str
    times: tuple[datetime, ...]


def offer(session: Session, actor: Actor, check_in_id: int | None, *, now: datetime) -> Offer:
    """Times for the pair that an answer of the actor's own is about."""
    kept = checking_in.own_check_in(session, actor, check_in_id, CheckInAct.FIND_A_TIME)
    pair = checking_in.my_pair(session, actor, kept.pair_id)
    hours = _hours_of_pair(session, actor, pair)
    known = people.people_named(session, actor.workspace_id, pairs.members_of(session, pair.id))
    partners = tuple(person.name for user_id, person in known.items() if user_id != actor.user_id)
    times = offered_times(hours, MEETING_MINUTES, now)
    where = hours[0].timezone
    return Offer(partners, where, tuple(time.astimezone(zone(where)) for time in times))


def propose(
    session: Session, actor: Actor, check_in_id: int | None, start: datetime, *, now: datetime
) -> CheckInAnswered:
    """Tell the pair of a time that was offered. For who chose it, it is in the diary; what a partner answers is theirs.

    NotPossibleNow where that time no longer suits everyone.
    """
    kept = checking_in.own_check_in(session, actor, check_in_id, CheckInAct.FIND_A_TIME)
    pair = checking_in.my_pair(session, actor, kept.pair_id)
    hours = _hours_of_pair(session, actor, pair)
    if not is_possible(start, hours, MEETING_MINUTES, now):
        raise NotPossibleNow(refusals.TIME_GONE)
    _tell_the_pair(session, actor, pair, start, hours, now=now)
    given = Answer(CheckInState.SCHEDULED, on=local_date(start, hours[0].timezone), at=start)
    shown = checking_in.answer(session, actor, pair, given, now=now)
    checking_in.show_instead(session, actor, kept, shown, now=now)
    return shown


def key_of(pair_id: int, start: datetime) -> str:
    """What makes a time for a pair once, whoever proposes it."""
    return f"time:pair-{pair_id}:{start:%Y%m%dT%H%MZ}"


def _tell_the_pair(
    session: Session, actor: Actor, pair: Pair, start: datetime, hours: list[WorkingHours], *, now: datetime
) -> None:
    members = pairs.members_of(session, pair.id)
    known = people.people_named(session, pair.workspace_id, members)
    notice = TimeProposed(
        program=programs.its_program(session, pair.workspace_id, pair.program_id).name,
        pair_id=pair.id,
        names=tuple(known[user_id].name for user_id in members),
        chooser=known[actor.user_id].name,
        start=start,
        minutes=MEETING_MINUTES,
        timezone=hours[0].timezone,
    )
    outbox.enqueue(
        session,
        pair.workspace_id,
        notice,
        key=key_of(pair.id, start),
        to=f"pair:{pair.id}",
        due_at=shared_working_moment(now, hours),
        expires_at=start,
    )


def _hours_of_pair(session: Session, actor: Actor, pair: Pair) -> list[WorkingHours]:
    """The days and hours of everyone in a pair, the actor's first; a break and the program's quiet weeks count."""
    quiet = programs.quiet_weeks(session, pair.program_id)
    members = sorted(pairs.members_of(session, pair.id), key=lambda user_id: user_id != actor.user_id)
    found = []
    for user_id in members:
        enrollment = programs.enrollment_of(session, pair.program_id, user_id)
        hours = hours_of(people.its_person(session, pair.workspace_id, user_id), enrollment)
        paused = enrollment is not None and enrollment.status is EnrollmentStatus.PAUSED
        back_on = enrollment.paused_until if paused and enrollment is not None else None
        found.append(replace(hours, quiet=quiet, back_on=back_on))
    return found
