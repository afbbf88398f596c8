"""What an organizer reads of a match under review: the preview, one pair, its swaps, why, and other weights."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields, replace
from datetime import datetime

from sqlmodel import Session

from bot.domain.exchanges import Group, Table
from bot.domain.matching import (
    Audience,
    Inputs,
    MatchPlan,
    PlannedPair,
    Weights,
    inputs_from_json,
    overlap_sentence,
    plan_from_json,
    reason,
)
from bot.domain.matching.scores import points
from bot.domain.people import Actor
from bot.domain.rematches import MOST_COUNTED, most_pairs
from bot.domain.weightings import Weighting, weighting_of
from bot.services.administering import name_among_several
from bot.services.matchmaking import gather, what_blocks
from bot.services.rematching import round_to_join, unread
from bot.services.reviewing import Review
from bot.views.models import (
    Comparison,
    PairDetail,
    Preview,
    PreviewedPair,
    Rematch,
    Seated,
    SwapOffer,
    SwapOption,
    Weighed,
)
from bot.views.reviewed import Changes
from storage import people, programs
from storage.tables import MatchRun, Program

PARTS = tuple(part.name for part in fields(Weights))
Names = Mapping[str, str]


def read_preview(session: Session, run: MatchRun) -> Preview:
    """The stored plan with people's names; `blocked` says why it cannot be released yet."""
    program = programs.its_program(session, run.workspace_id, run.program_id)
    plan, names = plan_from_json(run.plan), _names(session, run.workspace_id)
    locks = {frozenset(lock) for lock in run.locks}
    vetoes = inputs_from_json(run.inputs).rules.vetoes
    return Preview(
        run_id=run.id,
        program=name_among_several(session, program),
        pairs=tuple(previewed(pair, names, locked=frozenset(pair.members) in locks) for pair in plan.pairs),
        waiting=tuple((names[who.id], who.reason) for who in plan.leftover),
        blocked=what_blocks(session, program),
        vetoed=tuple(sorted(_called(sorted(veto), names) for veto in vetoes)),
        joins_until=programs.its_cycle(session, run.workspace_id, run.cycle_id).ends_on
        if run.cycle_id is not None
        else None,
        unread=unread(session, program, run.cycle_id),
        refused=tuple(_called(lock, names) for lock in plan.refused_locks if frozenset(lock) in locks),
    )


def rematch(session: Session, actor: Actor, program: Program, *, now: datetime) -> Rematch | None:
    """Those who wait during the running round, where there are two or more."""
    cycle = round_to_join(session, program, now=now)
    if cycle is None:
        return None
    inputs = gather(session, program, cycle.id, now=now)
    waiting = {candidate.id for candidate in inputs.candidates}
    if len(waiting) < 2:
        return None
    return Rematch(len(waiting), None if actor.user_id in waiting else most_pairs(inputs), cycle.ends_on)


def none_fit(session: Session, actor: Actor, program: Program, *, now: datetime) -> bool:
    """Whether a match would be empty, as no two of the few who wait can be partners. An organizer who waits too is not
    told: they could tell from it who cannot be theirs."""
    inputs = gather(session, program, now=now)
    waiting = {candidate.id for candidate in inputs.candidates}
    return 2 <= len(waiting) <= MOST_COUNTED and actor.user_id not in waiting and not most_pairs(inputs)


def previewed(planned: PlannedPair, names: Names, *, locked: bool = False) -> PreviewedPair:
    """A pair of a plan as an organizer reads it."""
    return PreviewedPair(
        names=_called(planned.members, names),
        score=points(planned.score),
        why=reason(planned.clauses, planned.members, names, Audience.ORGANIZER),
        overlap=overlap_sentence(planned.overlap, Audience.ORGANIZER),
        cautions=planned.warnings,
        locked=locked,
    )


def pair_detail(session: Session, review: Review, number: int) -> PairDetail:
    """One pair, part by part."""
    group = review.numbered(number)
    planned, names = review.plan.pairs[number - 1], _names(session, review.run.workspace_id)
    brought_by = zip(PARTS, astuple(planned.parts), astuple(review.inputs.weights), strict=True)
    return PairDetail(
        previewed(planned, names, locked=group in review.locks),
        tuple((part, points(brought), most) for part, brought, most in brought_by if most),
    )


def swap_offer(session: Session, review: Review, number: int) -> SwapOffer:
    """The best swaps for a pair, with what each does to everyone."""
    group, names = review.numbered(number), _names(session, review.run.workspace_id)

    def seated(members: Group) -> Seated:
        return Seated(_called(members, names), points(review.table.score(members)))

    options = tuple(
        SwapOption(tuple(map(seated, exchange.after)), seated(exchange.before[1]), points(exchange.gain))
        for exchange in review.exchanges(group)
    )
    return SwapOffer(review.run.id, number, seated(group), options)


def comparison(review: Review, weighting: Weighting, plan: MatchPlan) -> Comparison:
    """The preview beside the same people matched with other weights."""
    before = set(review.groups)
    return Comparison(
        review.run.id,
        _weighed(review, weighting_of(review.inputs.weights), review.plan),
        _weighed(review, weighting, plan),
        differing=sum(pair.members not in before for pair in plan.pairs),
    )


def _weighed(review: Review, weighting: Weighting | None, plan: MatchPlan) -> Weighed:
    groups = [pair.members for pair in plan.pairs]
    covered = sum(map(len, groups))
    return Weighed(
        weighting=weighting,
        covered=covered,
        total=covered + len(plan.leftover),
        groups=tuple(map(len, groups)),
        weakest=points(min(map(review.table.score, groups), default=0)),
        parts=tuple(_fulfilled(review.inputs, groups)),
    )


def _fulfilled(inputs: Inputs, groups: Sequence[Group]) -> Iterable[tuple[str, int]]:
    """How far each part is fulfilled over all pairs: the mean score where that part alone had weight."""
    for part in ("complement", "goals", "style", "new"):
        alone = {name: 100 * (name == part) for name in PARTS}
        table = Table(replace(inputs, weights=Weights(**alone)))
        yield part, round(points(sum(map(table.score, groups))) / max(1, len(groups)))


def changes(session: Session, before: MatchRun, after: MatchRun) -> Changes:
    """Who is in the first match and not in the second, the pairs that only the second has, and how many of the first
    are no more through nobody's hand: neither their people were locked or vetoed in between, nor did they leave."""
    names = _names(session, after.workspace_id)
    was, now = (inputs_from_json(run.inputs) for run in (before, after))
    free = {candidate.id for candidate in now.candidates}
    gone = [candidate.id for candidate in was.candidates if candidate.id not in free]
    stood, stand = (_groups(run) for run in (before, after))
    locked = [tuple(lock) for lock in after.locks if lock not in before.locks]
    chosen = {person for group in (*locked, *(now.rules.vetoes - was.rules.vetoes)) for person in group}
    return Changes(
        _called(gone, names),
        tuple(_called(members, names) for members in stand if members not in stood),
        tuple(_called(members, names) for members in locked),
        sum(not chosen.union(gone) & set(members) for members in stood if members not in stand),
        by_hand=bool(chosen),
    )


def _groups(run: MatchRun) -> list[Group]:
    return [pair.members for pair in plan_from_json(run.plan).pairs]


def called(session: Session, workspace_id: str, *members: str) -> tuple[str, ...]:
    """What these people are called."""
    return _called(members, _names(session, workspace_id))


def _names(session: Session, workspace_id: str) -> dict[str, str]:
    return {user_id: person.name for user_id, person in people.everyone_known(session, workspace_id).items()}


def _called(members: Iterable[str], names: Names) -> tuple[str, ...]:
    return tuple(names[member] for member in members)
