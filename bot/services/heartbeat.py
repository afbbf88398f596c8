"""All that the passing of time alone can cause: ticked every minute. It also says when it has something to do."""

from datetime import datetime

from sqlmodel import Session, select

from bot.domain.cadence import start_of_day
from bot.domain.checkins import Met, meetings
from bot.domain.notices import PairFinished
from bot.domain.pairs import PairEnding, PairStatus
from bot.domain.people import first_name
from bot.domain.programs import CycleStatus
from bot.services import (
    celebrating,
    considering,
    delivering,
    enrolling,
    holding,
    introducing,
    nudging,
    parting,
    rolling,
    thanking,
)
from bot.services.reaching import next_moment_for
from storage import celebrations, considerations, outbox, pairs, people, programs
from storage.tables import Cycle, Pair, Program
from storage.turns import have_turn

PAIRS_AT_ONCE = 100


def tick(session: Session, *, now: datetime) -> bool:
    """Do everything that is due; doing it again at once changes nothing.

    Returns whether more waits than one transaction should hold: then `go_on` in a new one, until it says no.
    """
    if not have_turn(session):
        return False
    enrolling.end_pauses(session, now=now)
    holding.hold_back(session, now=now)
    for cycle in programs.running_cycles(session):
        celebrating.reach_halfway(session, cycle, now=now)
    considering.close_due(session, now=now)
    delivering.tell_organizers(session, now=now)
    celebrating.lapse(session, now=now)
    thanking.lapse(session, now=now)
    for program in session.exec(select(Program)):
        thanking.round_up(session, program, now=now)
    return _finish_and_ask(session, now=now)


def go_on(session: Session, *, now: datetime) -> bool:
    """The next of what concerns many people at once; whether there is more."""
    return have_turn(session) and _finish_and_ask(session, now=now)


def _finish_and_ask(session: Session, *, now: datetime) -> bool:
    if nudging.ask_due(session, now=now):
        return True
    over = [cycle for cycle in programs.running_cycles(session) if now >= end_of(session, cycle)]
    return any(_finish(session, cycle, now=now) for cycle in over)


def next_due(session: Session, *, now: datetime) -> datetime | None:
    """The next moment at which a tick may have something to do; None when nothing waits. For the sender see
    `outbox.next_due`.

    Sometimes early, never late: an extra tick does nothing.
    """
    moments = [
        nudging.next_ask(session, now=now),
        enrolling.next_pause_end(session, now=now),
        celebrations.next_deadline(session),
        considerations.next_close(session),
        rolling.next_due(session, now=now),
        delivering.next_telling(session, now=now),
    ]
    for cycle in programs.running_cycles(session):
        moments += [end_of(session, cycle), celebrating.halfway_of(session, cycle)]
    moments += [thanking.next_round_up(session, program, now=now) for program in session.exec(select(Program))]
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


def end_of(session: Session, cycle: Cycle) -> datetime:
    """The start of a cycle's last day in its program's zone."""
    program = programs.its_program(session, cycle.workspace_id, cycle.program_id)
    return start_of_day(cycle.ends_on, program.timezone)


def _finish(session: Session, cycle: Cycle, *, now: datetime) -> bool:
    """End a round, so many pairs at a time; whether there are more."""
    running = pairs.active_pairs_in_cycle(session, cycle.id)
    for pair in running[:PAIRS_AT_ONCE]:
        _finish_pair(session, pair, now=now)
    if len(running) > PAIRS_AT_ONCE:
        return True
    cycle.status = CycleStatus.FINISHED
    return False


def _finish_pair(session: Session, pair: Pair, *, now: datetime) -> None:
    pair.status, pair.ending, pair.ended_at = PairStatus.ENDED, PairEnding.FINISHED, now
    program = programs.its_program(session, pair.workspace_id, pair.program_id)
    members = pairs.members_of(session, pair.id)
    known = people.people_named(session, pair.workspace_id, members)
    introducing.close(session, pair, now=now)
    parting.close_questions(session, pair, known, now=now)
    met = pairs.met_answers(session, [pair.id]).get(pair.id, [])
    held = meetings([Met(answer.on_date, answer.minutes) for answer in met if answer.on_date])
    for user_id in members:
        enrollment = programs.enrollment_of(session, program.id, user_id)
        assert enrollment is not None
        notice = PairFinished(
            program=program.name,
            first_name=first_name(known[user_id].name),
            partners=tuple(known[other].name for other in members if other != user_id),
            meetings=len(held),
            enrollment_id=enrollment.id,
        )
        outbox.enqueue(
            session,
            pair.workspace_id,
            notice,
            key=f"finished:pair-{pair.id}:{user_id}",
            to=f"user:{user_id}",
            due_at=next_moment_for(session, pair.workspace_id, user_id, now=now),
        )
