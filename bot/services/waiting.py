"""A word to whoever has no partner this time: the reason, what would change it, and when they come first."""

from datetime import date, datetime

from sqlmodel import Session

from bot.domain.cadence import local_date
from bot.domain.matching import MatchPlan
from bot.domain.notices import NoMatch, TakenBack
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
