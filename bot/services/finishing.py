"""A round is over: its pairs finish, who waits for a partner hears what comes next, the organizers hear it is over.

In a rolling program pairs end week by week: who waits is told of the next Monday, and the organizers of every match
(bot/services/rolling.py), so there only the pairs finish.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.domain.cadence import local_date, start_of_day
from bot.domain.lifecycle import ROUND, RoundAct
from bot.domain.matching import LeftoverReason
from bot.domain.matching.rules import Round
from bot.domain.notices import RoundEnded, StillWaiting
from bot.domain.pairs import PairEnding
from bot.domain.people import first_name
from bot.domain.programs import Rounds
from bot.services import concluding, introducing, matchmaking, moving, parting, waiting
from bot.services.reaching import working_moment_for
from bot.services.readiness import not_ready
from storage import outbox, pairs, people, programs
from storage.tables import Cycle, Pair, Program

PAIRS_AT_ONCE = 20
PEOPLE_AT_ONCE = 50


@dataclass(frozen=True)
class InLine:
    """Those of a program who have no partner: who is free for a match (`ready` of them) or has lessons to read before
    it; `why`: what keeps the free ones from everyone else who is."""

    ready: int
    why: Mapping[str, LeftoverReason | None]
    lessons: Mapping[str, tuple[int, ...]]


def end_of(cycle: Cycle, program: Program) -> datetime:
    """The start of a cycle's last day in its program's zone."""
    return start_of_day(cycle.ends_on, program.timezone)


def finish_due(session: Session, *, now: datetime) -> bool:
    """End the rounds that are over, so many pairs and people at a time; whether there are more."""
    over = [(cycle, program) for cycle, program in programs.running_rounds(session) if now >= end_of(cycle, program)]
    return any(_finish(session, cycle, program, now=now) for cycle, program in over)


def _finish(session: Session, cycle: Cycle, program: Program, *, now: datetime) -> bool:
    running = pairs.active_pairs_in_cycle(session, cycle.id, PAIRS_AT_ONCE + 1)
    for pair in running[:PAIRS_AT_ONCE]:
        _finish_pair(session, pair, now=now)
    if len(running) > PAIRS_AT_ONCE:
        return True
    if program.rounds is Rounds.RELEASE and _tell(session, cycle, program, now=now):
        return True
    moving.move(ROUND, cycle, RoundAct.FINISH)
    return False


def _finish_pair(session: Session, pair: Pair, *, now: datetime) -> None:
    moving.end(pair, PairEnding.FINISHED, now=now)
    members = pairs.members_of(session, pair.id)
    known = people.people_named(session, pair.workspace_id, members)
    parting.close_questions(session, pair, known, now=now)
    words = [concluding.say_goodbye(session, pair, user_id, known, now=now) for user_id in members]
    introducing.close(session, pair, at=outbox.last_of(session, pair.workspace_id, words) or now)
    concluding.celebrate(session, pair, now=now)


def _tell(session: Session, cycle: Cycle, program: Program, *, now: datetime) -> bool:
    """Tell so many of those who wait, and the organizers once all have been told; whether there are more."""
    session.flush()
    line = _in_line(session, program, now=now)
    lasted = [pair for pair in pairs.pairs_in_cycle(session, cycle.id) if pair.ending is PairEnding.FINISHED]
    until_today = {user_id for members in pairs.partners_of(session, lasted).values() for user_id in members}
    who_waits = sorted({*line.why, *line.lessons} - until_today)
    untold = waiting.not_told_of_end(session, cycle, who_waits)
    for user_id in untold[:PEOPLE_AT_ONCE]:
        _tell_who_waits(session, cycle, program, line, user_id, now=now)
    if len(untold) > PEOPLE_AT_ONCE:
        return True
    ended = RoundEnded(program.name, program.id, len(lasted), len(who_waits), line.ready)
    _tell_organizers(session, cycle, ended, now=now)
    return False


def _in_line(session: Session, program: Program, *, now: datetime) -> InLine:
    """Everyone who would be in the next match, or could be once they have read the first lessons."""
    inputs = matchmaking.gather(session, program, now=now)
    this_round = Round(inputs.candidates, inputs.history, inputs.rules, inputs.on)
    why = {user_id: _still_why(this_round, user_id) for user_id in this_round.people}
    return InLine(len(why), why, not_ready(session, program))


def _still_why(this_round: Round, user_id: str) -> LeftoverReason | None:
    """What keeps someone from everyone who is free; None where nothing does, or nobody else is free."""
    others = this_round.people.keys() - {user_id}
    reason = this_round.why_alone(user_id, others) if others else LeftoverReason.NOBODY_FREE
    return None if reason is LeftoverReason.NOBODY_FREE else reason


def _tell_who_waits(
    session: Session, cycle: Cycle, program: Program, line: InLine, user_id: str, *, now: datetime
) -> None:
    enrollment = programs.enrollment_of(session, program.id, user_id)
    assert enrollment is not None
    notice = StillWaiting(
        program=program.name,
        first_name=first_name(people.its_person(session, program.workspace_id, user_id).name),
        reason=line.why.get(user_id),
        comes_first=enrollment.left_out > 0,
        enrollment_id=enrollment.id,
        starts_on=_next_start(program, now),
        lessons=line.lessons.get(user_id, ()),
    )
    waiting.tell_of_end(session, program, cycle, user_id, notice, now=now)


def _next_start(program: Program, now: datetime) -> date | None:
    """The day on which the next round begins, where it is known."""
    to_come = program.starts_on is not None and program.starts_on > local_date(now, program.timezone)
    return program.starts_on if to_come else None


def _tell_organizers(session: Session, cycle: Cycle, notice: RoundEnded, *, now: datetime) -> None:
    for organizer in programs.organizers_of(session, cycle.program_id):
        outbox.enqueue(
            session,
            cycle.workspace_id,
            notice,
            key=waiting.key_of_end(cycle, organizer, RoundEnded),
            to=f"user:{organizer}",
            due_at=working_moment_for(session, cycle.workspace_id, organizer, now=now),
        )
