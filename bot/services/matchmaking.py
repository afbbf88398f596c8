"""From a roster to released pairs: previewed by an organizer, released once, told to everyone it concerns.

Solving takes seconds, so it is never done in here, where a transaction is open: `prepare`, solve, `keep`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import Enum, auto
from typing import Any

from sqlmodel import Session

from bot.content import refusals
from bot.domain.cadence import local_date
from bot.domain.considering import with_together
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.exchanges import Group
from bot.domain.lifecycle import MATCH, MatchAct
from bot.domain.matching import Candidate, Inputs, MatchPlan, Meeting, Rules, Weights
from bot.domain.matching.rules import Round
from bot.domain.matching.sentences import overlap_sentence, reason
from bot.domain.matching.stored import inputs_from_json, inputs_to_json, plan_from_json, plan_to_json
from bot.domain.pairs import PairStatus
from bot.domain.people import Actor
from bot.domain.program_dates import first_day
from bot.domain.skills import renamed
from bot.errors import NotPossibleNow, SomeoneLeft
from bot.services import considering, introducing, moving, rematching, waiting
from bot.services.administering import check_organizer
from bot.services.reaching import may_take_part
from bot.services.readiness import still_to_read
from bot.views.kit import escape
from storage import pairs, people, programs, skills
from storage.tables import Cycle, Enrollment, MatchRun, Pair, Person, Program


@dataclass(frozen=True)
class Released:
    """What a release set in motion."""

    pairs: int
    waiting: int


class Since(Enum):
    """What happened to the people of a preview: some are not free any more, or someone joined or changed something."""

    NOTHING = auto()
    SOMEONE_LEFT = auto()
    CHANGED = auto()


@dataclass(frozen=True)
class Draft:
    """A match still to be kept: all its plan depends on, and the plan where it is known already (`solved`).

    `locks`: what the organizer wants kept. `replaces`: the preview it was made from. `cycle_id`: the running round that
    its pairs would join.
    """

    program_id: int
    inputs: Inputs
    locks: tuple[Group, ...] = ()
    replaces: int | None = None
    solved: MatchPlan | None = None
    cycle_id: int | None = None


def prepare(session: Session, actor: Actor, program_id: int, cycle_id: int | None = None, *, now: datetime) -> Draft:
    """Everyone who is free (who waits during that round), for a new preview; the locks and vetoes of one that was not
    released still hold."""
    program = check_organizer(session, actor, program_id)
    inputs = gather(session, program, cycle_id, now=now)
    if len(inputs.candidates) < 2:
        unread = rematching.unread(session, program, cycle_id)
        too_few = refusals.TOO_FEW_READY if unread else refusals.TOO_FEW
        raise NotPossibleNow(too_few.format(count=len(inputs.candidates), unread=unread))
    earlier = programs.previews_of(session, program_id)
    draft = with_wishes_of(session, earlier[-1], inputs) if earlier else Draft(program_id, inputs)
    return replace(draft, cycle_id=cycle_id)


def with_wishes_of(session: Session, run: MatchRun, inputs: Inputs) -> Draft:
    """These inputs with the locks and vetoes of a preview, as far as they are about people who are still free."""
    free = {candidate.id for candidate in inputs.candidates}
    locks = tuple(tuple(lock) for lock in run.locks if free >= set(lock))
    vetoed = with_rules(inputs, vetoes=inputs.rules.vetoes | inputs_from_json(run.inputs).rules.vetoes)
    suggested = considering.wishes(session, run.program_id).together
    return Draft(run.program_id, begun_with(vetoed, locks, suggested), locks, replaces=run.id, cycle_id=run.cycle_id)


def begun_with(inputs: Inputs, locks: Collection[Group], suggested: Sequence[tuple[str, str]]) -> Inputs:
    """The organizer's locks, then those who suggested each other, as far as they still can be partners."""
    taken = {person for lock in locks for person in lock}
    free = with_together(with_rules(inputs, locks=()), [pair for pair in suggested if not taken & set(pair)])
    return with_rules(inputs, locks=(*locks, *free.rules.locks))


def with_rules(inputs: Inputs, **wishes: Any) -> Inputs:
    """The same round with other locks or vetoes."""
    return replace(inputs, rules=replace(inputs.rules, **wishes))


def earlier_preview(session: Session, actor: Actor, program_id: int, cycle_id: int | None = None) -> MatchRun | None:
    """The preview as an organizer left it, of a match that joins this round."""
    check_organizer(session, actor, program_id)
    earlier = [run for run in programs.previews_of(session, program_id) if run.cycle_id == cycle_id]
    return earlier[-1] if earlier else None


def since_preview(session: Session, run: MatchRun, program: Program, *, now: datetime) -> Since:
    """What happened to its people since a preview was made."""
    seen, there = inputs_from_json(run.inputs), gather(session, program, run.cycle_id, now=now)
    free = {candidate.id for candidate in there.candidates}
    still = tuple(candidate for candidate in seen.candidates if candidate.id in free)
    if still != there.candidates or _lines(seen, free) != _lines(there, free):
        return Since.CHANGED
    return Since.SOMEONE_LEFT if len(there.candidates) < len(seen.candidates) else Since.NOTHING


def _lines(inputs: Inputs, among: Collection[str]) -> frozenset[frozenset[str]]:
    """Who of them are in one reporting line: it may run through people who take no part."""
    return Round(inputs.candidates, inputs.history, inputs.rules, inputs.on).lines(among)


def keep(session: Session, actor: Actor, draft: Draft, plan: MatchPlan, *, now: datetime) -> MatchRun:
    """Keep a solved match with its inputs, to be shown, released and replayed; earlier previews are superseded.

    NotPossibleNow where the preview it was made from has been changed or released by someone else meanwhile.
    """
    check_organizer(session, actor, draft.program_id)
    if draft.replaces:
        replaced = programs.its_run(session, actor.workspace_id, draft.replaces)
        moving.move_match(session, replaced, MatchAct.REPLACE)
    for earlier in programs.previews_of(session, draft.program_id):
        moving.move(MATCH, earlier, MatchAct.REPLACE)
    run = MatchRun(
        workspace_id=actor.workspace_id,
        program_id=draft.program_id,
        made_at=now,
        made_by=actor.user_id,
        seed=draft.inputs.seed,
        inputs=inputs_to_json(draft.inputs),
        plan=plan_to_json(plan),
        locks=[list(lock) for lock in draft.locks],
        cycle_id=draft.cycle_id,
    )
    session.add(run)
    session.flush()
    return run


def gather(session: Session, program: Program, cycle_id: int | None = None, *, now: datetime) -> Inputs:
    """Everything a plan depends on: who is free (who waits during that round), who met whom, who reports to whom, whom
    each would rather avoid."""
    everyone = people.everyone_known(session, program.workspace_id)
    history = pairs.pairs_ever(session, program.id)
    partners = pairs.partners_of(session, history)
    taken = {user for pair in history if pair.status is PairStatus.ACTIVE for user in partners[pair.id]}
    levels = {user_id: kept.level for user_id, kept in people.brought(session, program.workspace_id).items()}
    avoids = people.all_avoidances(session, program.workspace_id)
    said, called = considering.wishes(session, program.id), skills.aliases(session, program.workspace_id)
    free = [
        enrollment
        for enrollment in programs.enrolled(session, program.id)
        if enrollment.status is EnrollmentStatus.ACTIVE
        and enrollment.user_id not in taken
        and may_take_part(everyone.get(enrollment.user_id))
    ]
    unread = still_to_read(session, program, [enrollment.user_id for enrollment in free])
    free = [enrollment for enrollment in free if enrollment.user_id not in unread]
    inputs = Inputs(
        candidates=tuple(
            replace(
                _candidate(everyone[e.user_id], e, frozenset(avoids.get(e.user_id, ())), called),
                level=levels.get(e.user_id),
            )
            for e in free
        ),
        history=tuple(_meeting(pair, partners[pair.id], program) for pair in history),
        rules=Rules(
            cooldown_weeks=program.cooldown_weeks,
            managers={p.user_id: p.manager_id for p in everyone.values() if p.manager_id},
            rather_not=said.rather_not,
        ),
        weights=Weights(**program.weights),
        on=local_date(now, program.timezone),
        seed=programs.rounds_so_far(session, program.id) + 1,
    )
    inputs = with_together(inputs, said.together)
    if cycle_id is None:
        return inputs
    return rematching.among_those_who_wait(session, program.workspace_id, inputs, cycle_id)


def _candidate(person: Person, enrollment: Enrollment, avoid: frozenset[str], called: Mapping[str, str]) -> Candidate:
    """`called`: what stands for another phrase, should a profile hold it still."""
    return Candidate(
        id=person.user_id,
        offers=tuple(renamed(enrollment.offers, called)),
        asks=tuple(renamed(enrollment.asks, called)),
        goals=(enrollment.goal,) if enrollment.goal else (),
        style=dict(enrollment.style),
        department=person.department,
        manager=person.manager_id,
        timezone=person.timezone,
        hours=(_minutes(enrollment.hours_from), _minutes(enrollment.hours_to)),
        avoid=avoid,
        left_out=enrollment.left_out,
    )


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _meeting(pair: Pair, members: list[str], program: Program) -> Meeting:
    return Meeting(tuple(members), local_date(pair.ended_at or pair.started_at, program.timezone))


def release(session: Session, actor: Actor, run_id: int, *, now: datetime) -> Released:
    """Make the pairs of a preview real and tell everyone concerned, in one transaction.

    Refused where the bot cannot post in the channel yet, where it was done before, and where someone joined or changed
    what they said since: an organizer releases what they saw. SomeoneLeft where that is all that happened.
    """
    run = programs.match_run(session, actor.workspace_id, run_id)
    if run is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    program = check_organizer(session, actor, run.program_id)
    moving.after(MATCH, run.status, MatchAct.RELEASE)
    check_channel(session, program)
    check_roster(session, run, program, now=now)
    moving.move_match(session, run, MatchAct.RELEASE)
    run.released_at = now
    plan = plan_from_json(run.plan)
    told = 0
    if run.cycle_id is None:
        cycle = _start_cycle(session, program, run, now=now)
        waiting.overtaken(session, program)
        told = waiting.tell(session, program, plan, cycle, now=now)
        _count_left_out(session, run.program_id, plan)
    else:
        cycle = rematching.check_round(session, program, run.cycle_id, now=now)
        _count_left_out(session, run.program_id, replace(plan, leftover=()))
    _pair_everyone(session, cycle, plan, now=now)
    rematching.satisfied(session, program.id, {member for pair in plan.pairs for member in pair.members})
    return Released(len(plan.pairs), told)


def check_channel(session: Session, program: Program) -> None:
    """Shoutouts need a place: the sentence says what to type where."""
    if program.channel_id is None:
        raise NotPossibleNow(refusals.NO_CHANNEL)
    if not program.channel_joined:
        bot = people.workspace(session, program.workspace_id).bot_name
        raise NotPossibleNow(refusals.NOT_IN_CHANNEL.format(channel=escape(program.channel_name), bot=bot))


def check_roster(session: Session, run: MatchRun, program: Program, *, now: datetime) -> None:
    """An organizer releases what they saw. SomeoneLeft where some are not free any more and all others as they were."""
    since = since_preview(session, run, program, now=now)
    if since is Since.CHANGED:
        raise NotPossibleNow(refusals.PREVIEW_STALE)
    if since is Since.SOMEONE_LEFT:
        raise SomeoneLeft(refusals.SOMEONE_LEFT)


def _start_cycle(session: Session, program: Program, run: MatchRun, *, now: datetime) -> Cycle:
    starts_on = first_day(program.starts_on, local_date(now, program.timezone))
    cycle = Cycle(
        workspace_id=program.workspace_id,
        program_id=program.id,
        run_id=run.id,
        number=len(programs.cycles_of(session, program.id)) + 1,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=program.length_weeks),
    )
    session.add(cycle)
    session.flush()
    return cycle


def _pair_everyone(session: Session, cycle: Cycle, plan: MatchPlan, *, now: datetime) -> None:
    place = (cycle.workspace_id, cycle.program_id, cycle.id)
    for planned in plan.pairs:
        known = people.people_named(session, cycle.workspace_id, planned.members)
        names = {user_id: person.name for user_id, person in known.items()}
        why = reason(planned.clauses, planned.members, names)
        introducing.pair_up(session, place, planned.members, why, overlap_sentence(planned.overlap), now=now)


def _count_left_out(session: Session, program_id: int, plan: MatchPlan) -> None:
    """Whoever waits or is in a trio comes first next time."""
    again = {who.id for who in plan.leftover} | {
        m for pair in plan.pairs if len(pair.members) > 2 for m in pair.members
    }
    everyone = again | {member for pair in plan.pairs for member in pair.members}
    for user_id in everyone:
        enrollment = programs.enrollment_of(session, program_id, user_id)
        assert enrollment is not None
        enrollment.left_out = enrollment.left_out + 1 if user_id in again else 0


def what_blocks(session: Session, program: Program) -> str | None:
    """The sentence for why a release has to wait, or None."""
    try:
        check_channel(session, program)
    except NotPossibleNow as refused:
        return refused.user_message
    return None
