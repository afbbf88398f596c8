"""Taking a release back, within ten minutes: what was not sent stays unsent, what was sent says so, nobody has met."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.content import refusals
from bot.domain.lifecycle import MATCH, ROUND, MatchAct, RoundAct
from bot.domain.matching import inputs_from_json, plan_from_json
from bot.domain.pairs import PairEnding, PairStatus
from bot.domain.people import Actor
from bot.domain.programs import UNDO_WITHIN, RunStatus
from bot.errors import NotPossibleNow
from bot.services import introducing, moving, parting, rematching, waiting
from bot.services.administering import check_organizer
from storage import pairs, people, programs
from storage.tables import MatchRun, Pair, Program


def last_release(session: Session, actor: Actor, program_id: int, *, now: datetime) -> MatchRun:
    """The match that can still be taken back."""
    check_organizer(session, actor, program_id)
    run = programs.last_release(session, program_id)
    if run is None:
        raise NotPossibleNow(refusals.NOTHING_TO_TAKE_BACK)
    _check_in_time(run, now)
    return run


def take_back(session: Session, actor: Actor, run_id: int, *, now: datetime) -> MatchRun:
    """Undo a release; answers with the same match as a preview. Of two organizers at once exactly one does it.

    A pair that ended by itself meanwhile stays as it is: its people have chosen.
    """
    run = programs.match_run(session, actor.workspace_id, run_id)
    if run is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    program = check_organizer(session, actor, run.program_id)
    if run.status is RunStatus.RELEASED:
        _check_in_time(run, now)
    moving.move_match(session, run, MatchAct.TAKE_BACK)
    made = _made_by(session, run)
    for pair in made:
        if pair.status is PairStatus.ACTIVE:
            _part(session, pair, program, now=now)
    if run.cycle_id is None:
        cycle = programs.cycle_of_run(session, run_id)
        assert cycle is not None
        moving.move(ROUND, cycle, RoundAct.TAKE_BACK)
        waiting.unsay(session, program, cycle, now=now)
    else:
        rematching.wait_again(session, run, now=now)
    _count_as_before(session, run, _who_parted(session, made))
    return _preview_again(session, run, actor, now=now)


def _check_in_time(run: MatchRun, now: datetime) -> None:
    if run.released_at is None or now > run.released_at + UNDO_WITHIN:
        raise NotPossibleNow(refusals.TOO_LATE_TO_TAKE_BACK)


def _part(session: Session, pair: Pair, program: Program, *, now: datetime) -> None:
    moving.end(pair, PairEnding.TAKEN_BACK, now=now)
    introducing.take_back(session, pair, program.name, now=now)
    known = people.people_named(session, pair.workspace_id, pairs.members_of(session, pair.id))
    parting.close_questions(session, pair, known, now=now)


def _made_by(session: Session, run: MatchRun) -> list[Pair]:
    """The pairs of a release, and those in which two of three went on: all of its round, or those that joined one."""
    if run.cycle_id is None:
        cycle = programs.cycle_of_run(session, run.id)
        return pairs.pairs_in_cycle(session, cycle.id) if cycle else []
    in_it = {member for pair in plan_from_json(run.plan).pairs for member in pair.members}
    ever = pairs.pairs_in_cycle(session, run.cycle_id)
    since = [pair for pair in ever if run.released_at is not None and pair.started_at >= run.released_at]
    members = pairs.partners_of(session, since)
    return [pair for pair in since if in_it >= set(members[pair.id])]


def _who_parted(session: Session, made: Sequence[Pair]) -> set[str]:
    """Everyone whose pair had ended by itself."""
    pairs_now = {pair.id for pair in made if pair.ending is PairEnding.TAKEN_BACK}
    members = pairs.partners_of(session, made)
    ended = {user_id for pair_id, users in members.items() if pair_id not in pairs_now for user_id in users}
    return ended - {user_id for pair_id, users in members.items() if pair_id in pairs_now for user_id in users}


def _count_as_before(session: Session, run: MatchRun, parted: Collection[str]) -> None:
    """How often each was left out, as it was before the release; who was promised to come first still does."""
    before = {candidate.id: candidate.left_out for candidate in inputs_from_json(run.inputs).candidates}
    for enrollment in programs.enrolled(session, run.program_id):
        if enrollment.user_id in before:
            count = before[enrollment.user_id]
            enrollment.left_out = max(count, enrollment.left_out) if enrollment.user_id in parted else count


def _preview_again(session: Session, run: MatchRun, actor: Actor, *, now: datetime) -> MatchRun:
    for other in programs.previews_of(session, run.program_id):
        moving.move(MATCH, other, MatchAct.REPLACE)
    again = MatchRun(
        workspace_id=run.workspace_id,
        program_id=run.program_id,
        made_at=now,
        made_by=actor.user_id,
        seed=run.seed,
        inputs=run.inputs,
        plan=run.plan,
        locks=run.locks,
        cycle_id=run.cycle_id,
    )
    session.add(again)
    session.flush()
    return again
