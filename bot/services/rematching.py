"""A partner during the round: those who wait, in a program that releases its matches, may still be matched with each
other.

Who waits: whoever asked to be matched again since their pair ended, and whoever has had no partner in this round, as
they joined late or were left out. An organizer previews and releases such a match as any other; its pairs join the
running round and end with it. Rolling programs match every week anyway.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations

from sqlmodel import Session

from bot.content import refusals
from bot.domain.cadence import local_date
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.matching import Inputs, inputs_from_json
from bot.domain.pairs import PairEnding
from bot.domain.programs import CycleStatus, Rounds
from bot.domain.rematches import WEEKS_LEFT
from bot.errors import NotPossibleNow
from bot.services.readiness import not_ready
from storage import pairs, programs
from storage.tables import Cycle, Enrollment, MatchRun, Program


def round_to_join(session: Session, program: Program, *, now: datetime) -> Cycle | None:
    """The running round in which a pair can still begin."""
    if program.rounds is not Rounds.RELEASE:
        return None
    soon = local_date(now, program.timezone) + timedelta(weeks=WEEKS_LEFT)
    running = [cycle for cycle in programs.cycles_of(session, program.id) if cycle.status is CycleStatus.RUNNING]
    return next((cycle for cycle in reversed(running) if cycle.ends_on >= soon), None)


def check_round(session: Session, program: Program, cycle_id: int | None = None, *, now: datetime) -> Cycle:
    """The round a rematch joins; NotPossibleNow where none can be joined, or not the one it was made for."""
    cycle = round_to_join(session, program, now=now)
    if cycle is None or cycle_id not in (None, cycle.id):
        raise NotPossibleNow(refusals.NO_ROUND_TO_JOIN.format(weeks=WEEKS_LEFT))
    return cycle


def among_those_who_wait(session: Session, workspace_id: str, inputs: Inputs, cycle_id: int) -> Inputs:
    """Of those who are free, the ones who wait; all that was ruled out before this round holds, and nobody gets a
    partner back whom they have had in it."""
    cycle = programs.its_cycle(session, workspace_id, cycle_id)
    partners = _partners_in(session, cycle)
    content = _content(session, cycle, partners)
    waiting = tuple(candidate for candidate in inputs.candidates if candidate.id not in content)
    known = {candidate.id for candidate in waiting}
    before = inputs_from_json(programs.its_run(session, cycle.workspace_id, cycle.run_id).inputs).rules
    had = {frozenset(two) for group in partners for two in combinations(group, 2)}
    rules = replace(
        inputs.rules,
        vetoes=inputs.rules.vetoes | before.vetoes,
        rather_not=inputs.rules.rather_not | before.rather_not | had,
        locks=tuple(lock for lock in inputs.rules.locks if set(lock) <= known),
    )
    return replace(inputs, candidates=waiting, rules=rules)


def unread(session: Session, program: Program, cycle_id: int | None) -> int:
    """How many more a match would have if they had read the first lessons: of all who are free, or of those who wait
    during that round."""
    left = not_ready(session, program).keys()
    if cycle_id is None:
        return len(left)
    cycle = programs.its_cycle(session, program.workspace_id, cycle_id)
    return len(left - _content(session, cycle, _partners_in(session, cycle)))


def _content(session: Session, cycle: Cycle, partners: Sequence[Sequence[str]]) -> set[str]:
    """Who has been partners in a round and asked for nobody else since."""
    asked = {enrollment.user_id for enrollment in programs.enrolled(session, cycle.program_id) if enrollment.again_at}
    return {user_id for group in partners for user_id in group} - asked


def _partners_in(session: Session, cycle: Cycle) -> list[list[str]]:
    """Who has been partners in a round; what was taken back never was."""
    ever = [pair for pair in pairs.pairs_in_cycle(session, cycle.id) if pair.ending is not PairEnding.TAKEN_BACK]
    return list(pairs.partners_of(session, ever).values())


def may_ask(session: Session, program: Program, enrollment: Enrollment, *, now: datetime) -> bool:
    """Whether someone had a partner in the running round, has none now, and has not asked for another yet."""
    if enrollment.status is not EnrollmentStatus.ACTIVE or enrollment.again_at is not None:
        return False
    cycle = round_to_join(session, program, now=now)
    if cycle is None or not any(enrollment.user_id in group for group in _partners_in(session, cycle)):
        return False
    mine = pairs.active_pairs_of(session, enrollment.workspace_id, enrollment.user_id)
    return not any(pair.program_id == program.id for pair in mine)


def satisfied(session: Session, program_id: int, members: set[str]) -> None:
    """These have a partner, so they wait no longer."""
    for enrollment in programs.enrolled(session, program_id):
        if enrollment.user_id in members:
            enrollment.again_at = None


def wait_again(session: Session, run: MatchRun, *, now: datetime) -> None:
    """A rematch was taken back: all in it wait as they did."""
    everyone = {candidate.id for candidate in inputs_from_json(run.inputs).candidates}
    for enrollment in programs.enrolled(session, run.program_id):
        if enrollment.user_id in everyone:
            enrollment.again_at = enrollment.again_at or now
