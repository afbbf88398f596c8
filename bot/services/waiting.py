"""A word to whoever has no partner this time, and once more when the round is over: the reason, what would change it,
and when they come first."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session

from bot.domain.cadence import local_date
from bot.domain.matching import MatchPlan
from bot.domain.notices import NoMatch, RoundEnded, StillWaiting, TakenBack
from bot.domain.programs import Rounds
from bot.domain.rolling import next_week
from bot.services.placing import say
from bot.services.readiness import not_ready
from storage import outbox, pairs, programs
from storage.tables import Cycle, Program


def tell(session: Session, program: Program, plan: MatchPlan, cycle: Cycle | None, *, now: datetime) -> int:
    """Everyone the plan leaves over, and whoever has still to read the first lessons; how many that are. A week of a
    rolling program in which nobody could be matched has no `cycle`."""
    unread = not_ready(session, program)
    why = {**{leftover.id: leftover.reason for leftover in plan.leftover}, **dict.fromkeys(unread)}
    for user_id, reason in why.items():
        enrollment = programs.enrollment_of(session, program.id, user_id)
        assert enrollment is not None
        once, priority_on = _next_time(session, program, cycle, user_id, now=now)
        notice = NoMatch(program.name, reason, priority_on, enrollment.id, unread.get(user_id, ()))
        say(session, program.workspace_id, user_id, notice, key=_key(once, user_id), now=now)
    return len(why)


def unsay(session: Session, program: Program, cycle: Cycle, *, now: datetime) -> None:
    """The release was taken back. In a rolling program the word stays: next Monday is next Monday."""
    if program.rounds is not Rounds.RELEASE:
        return
    said = TakenBack(program.name, introduction=False)
    everyone = {enrollment.user_id for enrollment in programs.enrollments_ever(session, program.id)}
    for user_id in sorted(everyone):
        key, to = _key(f"cycle-{cycle.id}", user_id), f"user:{user_id}"
        if outbox.what_was_said(session, program.workspace_id, key) is None:
            continue
        if not outbox.withdraw(session, program.workspace_id, key):
            outbox.enqueue(
                session, program.workspace_id, said, key=f"{key}:taken-back", to=to, due_at=now, replaces=key
            )


def tell_of_end(
    session: Session, program: Program, cycle: Cycle, user_id: str, notice: StillWaiting, *, now: datetime
) -> None:
    """The round is over, and they have no partner."""
    say(session, program.workspace_id, user_id, notice, key=key_of_end(cycle, user_id, StillWaiting), now=now)


def not_told_of_end(session: Session, cycle: Cycle, user_ids: Iterable[str]) -> list[str]:
    """Who of them has not been told yet."""
    keys = {user_id: (cycle.workspace_id, key_of_end(cycle, user_id, StillWaiting)) for user_id in user_ids}
    told = outbox.said_already(session, set(keys.values()))
    return [user_id for user_id, key in keys.items() if key not in told]


def overtaken(session: Session, program: Program, user_id: str = "") -> None:
    """A new round has begun, or that person has left: what was still to be said of the end of the last is not said."""
    for what in (StillWaiting, RoundEnded) if not user_id else (StillWaiting,):
        begins = f"{_ends_of(program.id, what)}{user_id}:" if user_id else _ends_of(program.id, what)
        outbox.withdraw_all(session, program.workspace_id, begins)


def key_of_end(cycle: Cycle, user_id: str, what: type[StillWaiting | RoundEnded]) -> str:
    """What makes the word about the end of a round once."""
    return f"{_ends_of(cycle.program_id, what)}{user_id}:cycle-{cycle.id}"


def _ends_of(program_id: int, what: type[StillWaiting | RoundEnded]) -> str:
    return f"{what.kind.replace('_', '-')}:program-{program_id}:"


def _key(once: str, user_id: str) -> str:
    return f"no-match:{once}:{user_id}"


def _next_time(
    session: Session, program: Program, cycle: Cycle | None, user_id: str, *, now: datetime
) -> tuple[str, date]:
    """What makes the word once, and the day of priority: the cycle's end; in a rolling program next Monday, said once
    for as long as someone waits and not every week."""
    if cycle is not None and program.rounds is Rounds.RELEASE:
        return f"cycle-{cycle.id}", cycle.ends_on
    partnered = len(pairs.pairs_ever_of(session, program.id, user_id))
    monday = local_date(next_week(now, program.timezone), program.timezone)
    return f"program-{program.id}:after-{partnered}", monday
